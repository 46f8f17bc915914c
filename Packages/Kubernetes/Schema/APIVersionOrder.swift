/// How Kubernetes orders the versions of a group: `v2` before `v1` before `v2beta1` before `v1alpha1`, anything else last and by name.
///
/// See "Version priority" in https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/
public enum APIVersionOrder {
    public static func isPreferred(_ left: String, over right: String) -> Bool {
        switch (Rank(left), Rank(right)) {
        case (let left?, let right?): right < left
        case (.some, nil): true
        case (nil, .some): false
        case (nil, nil): left < right
        }
    }

    private struct Rank: Comparable {
        var stage = 2
        var major: Int
        var minor = 0

        init?(_ version: String) {
            var rest = Substring(version)
            guard rest.popFirst() == "v", let major = Self.number(&rest) else { return nil }
            self.major = major
            if rest.isEmpty { return }
            guard let stage = ["alpha", "beta"].firstIndex(where: { rest.hasPrefix($0) }) else { return nil }
            self.stage = stage
            rest = rest.drop { $0.isLetter }
            guard let minor = Self.number(&rest), rest.isEmpty else { return nil }
            self.minor = minor
        }

        private static func number(_ rest: inout Substring) -> Int? {
            let digits = rest.prefix { $0.isNumber }
            rest = rest.dropFirst(digits.count)
            return Int(digits)
        }

        static func < (left: Rank, right: Rank) -> Bool {
            (left.stage, left.major, left.minor) < (right.stage, right.major, right.minor)
        }
    }
}
