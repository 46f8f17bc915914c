import Testing

/// A number of pods that can be.
@Suite struct ReplicaTests {
    @Test(arguments: [
        Case(#"{replicas: -1}"#, #"replicas: spec.replicas: -1 is out of range; use 0 to 10000, 0 pauses the set"#),
        Case(#"{replicas: 10001}"#, #"replicas: spec.replicas: 10001 is out of range; use 0 to 10000, 0 pauses the set"#),
        Case(#"{replicas: 0}"#),
        Case(#"{replicas: 10000}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
