import JSON
import YAML

extension Shape {
    /// Some value that the schema allows.
    func random(_ random: inout SeededRandom, depth: Int = 0) -> JSONValue {
        switch kind {
        case .object(let properties):
            var members: [String: JSONValue] = [:]
            for (name, shape, required) in properties where required || random.chance(depth == 0 ? 22 : 35) {
                members[name] = shape.random(&random, depth: depth + 1)
            }
            return .object(members)
        case .map(let shape):
            var members: [String: JSONValue] = [:]
            for _ in 0..<random.below(3) {
                members[random.pick("a", "team", "spice.test/x", "")] = shape.random(&random, depth: depth + 1)
            }
            return .object(members)
        case .list(let shape):
            return .array((0..<random.below(depth > 3 ? 2 : 3)).map { _ in shape.random(&random, depth: depth + 1) })
        case .choice(let words): return .string(random.pick(from: words) ?? "")
        case .string: return .string(random.pick("a", "data", "x-y", "true", "1", "ghcr.io/a/b", "é \"quoted\"\n", ""))
        case .instant: return .string(random.pick("2026-11-21T06:54:33Z", "1999-12-31T23:59:59Z"))
        case .boolean: return .bool(random.chance(50))
        case .number: return random.pick(.double(0.5), .int(3))
        case .quantity: return random.pick("1", "10Gi", "500m", 2)
        case .intOrString: return random.pick("25%", 1, "http", 0)
        case .integer(let range):
            let small = range.lowerBound + Int64(random.below(20))
            return .int(range.contains(small) ? random.pick(small, min(range.upperBound, 100_000)) : range.lowerBound)
        case .anything: return random.spicepod()
        }
    }
}

extension SeededRandom {
    /// A Spicepod in one of its notations.
    mutating func spicepod() -> JSONValue {
        switch below(10) {
        case 0..<5: return tree()
        case 5..<8: return .string("# kept as it is\n" + YAML.serialize(tree()))
        default:
            return .string(
                pick(
                    "name: demo\nversion: v1 # why\ndatasets: [{from: 's3://x', name: y}]\n", "{}", "a: &x {b: 012}\nc: *x\n",
                    "", "no mapping", "- a\n- b\n", "a: [", "a: 1\na: 2\n", "a: 1\n---\nb: 2\n", "a: .nan\n", "~"))
        }
    }

    /// Some object of arbitrary members.
    mutating func tree(depth: Int = 0) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for _ in 0..<(1 + below(3)) { members[pick("name", "version", "datasets", "params", "on", "1")] = node(depth: depth + 1) }
        return .object(members)
    }

    /// Any JSON.
    mutating func node(depth: Int = 0) -> JSONValue {
        switch below(depth > 3 ? 7 : 9) {
        case 0: .null
        case 1: .bool(chance(50))
        case 2: .int(Int64(below(100)) - 50)
        case 3: .double(Double(below(100)) / 8)
        case 4, 5, 6: .string(pick("", "a", "yes", "012", "1e3", "text: with # signs", "two\nlines", "2026-11-21T06:54:33Z", "v1"))
        case 7: .array((0..<below(3)).map { _ in node(depth: depth + 1) })
        default: tree(depth: depth + 1)
        }
    }
}
