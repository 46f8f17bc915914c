import JSON

/// Random changes of a tree.
struct Mutation {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func mutated(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(var members) where !members.isEmpty && below(8) > 0:
            let keys = members.keys.sorted()
            let key = keys[below(keys.count)]
            switch below(12) {
            case 0: members[key] = nil
            case 1: members[odd().stringValue ?? "x"] = members[key]
            default: members[key] = members[key].map { mutated($0) }
            }
            return .object(members)
        case .array(var elements) where !elements.isEmpty && below(8) > 0:
            let index = below(elements.count)
            switch below(10) {
            case 0: elements.remove(at: index)
            case 1: elements.append(elements[index])
            case 2: elements += Array(repeating: elements[index], count: 1 + below(200))
            default: elements[index] = mutated(elements[index])
            }
            return .array(elements)
        case .string where below(2) == 0: return .string(text())
        case .int where below(2) == 0:
            return .int([-1, 0, 1, Int64(Int32.max), Int64(Int32.min), .max, .min, 65536][below(8)])
        default: return below(4) > 0 ? value : odd()
        }
    }

    private mutating func odd() -> JSONValue {
        [.null, true, -1, 1.5, [], [:], [[:]], ["": ""], .string(text())][below(9)]
    }

    private mutating func text() -> String {
        let samples = [
            "", "%", "-1%", "999999999999%", "/", "//", ":", "@", "a\nb\"c\\", "\u{0}", "\u{202E}ä\u{1F600}", "10.0.0.0/99",
            "1e99Gi",
            "spice.ai/app", String(repeating: "x", count: 5000), "name: [", "kubernetes:", "v9", "9223372036854775808s",
        ]
        return samples[below(samples.count)]
    }
}
