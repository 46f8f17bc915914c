/// Where a check is in a document; text is made of it only when something is told.
struct SpicepodPath {
    enum Step {
        case key(String)
        case index(Int)
    }

    private let root: String
    private var steps: [Step] = []

    init(root: String) {
        self.root = root
    }

    mutating func push(_ step: Step) { steps.append(step) }
    mutating func pop() { steps.removeLast() }

    /// `spec.spicepod.datasets[2].params[a.b]`
    var text: String {
        var text = root
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key): text += Self.isPlain(key) ? ".\(key)" : Quoted.key(key)
            }
        }
        return text
    }

    private static func isPlain(_ key: String) -> Bool {
        (1...80).contains(key.utf8.count)
            && key.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
