import KubernetesModel
import Testing

@testable import SetController

/// `maxUnavailable` as a number or a share of the replicas, never less than one pod and never all of several.
@Suite struct MaxUnavailableTests {
    @Test(
        arguments: [
            (nil, 5, 1), (.int(0), 5, 1), (.int(-3), 5, 1), (.int(1), 5, 1), (.int(3), 5, 3), (.int(5), 5, 4), (.int(99), 5, 4),
            (.int(2), 1, 1), (.int(2), 0, 1), (.string("25%"), 4, 1), (.string("25%"), 8, 2), (.string("33%"), 10, 3),
            (.string("0%"), 10, 1), (.string("100%"), 10, 9), (.string("250%"), 10, 9), (.string("-50%"), 10, 1),
            (.string("3"), 10, 3), (.string("many"), 10, 1), (.string("%"), 10, 1), (.string(""), 10, 1),
            (.string("9223372036854775807%"), 10, 9), (.string("-9223372036854775808%"), 10, 1),
            (.string("99999999999999999999%"), 10, 1),
        ] as [(IntOrString?, Int, Int)])
    func resolves(value: IntOrString?, replicas: Int, expected: Int) {
        #expect(MaxUnavailable.resolve(value, replicas: replicas) == expected)
    }
}
