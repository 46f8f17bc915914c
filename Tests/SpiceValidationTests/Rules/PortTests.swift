import Testing

/// Three ports, all different and in range.
@Suite struct PortTests {
    @Test(arguments: [
        Case(#"{http: {port: 50051}}"#, #"ports: spec.flight.port: 50051 is the port of http as well; use another one"#),
        Case(
            #"{http: {port: 9}, flight: {port: 9}, metrics: {port: 9}}"#,
            #"ports: spec.flight.port: 9 is the port of http as well; use another one"#,
            #"ports: spec.metrics.port: 9 is the port of http as well; use another one"#),
        Case(#"{metrics: {port: 8090}}"#, #"ports: spec.metrics.port: 8090 is the port of http as well; use another one"#),
        Case(
            #"{http: {port: 0}, flight: {port: 65536}}"#, #"ports: spec.http.port: 0 is no port; use 1 to 65535"#,
            #"ports: spec.flight.port: 65536 is no port; use 1 to 65535"#),
        Case(#"{http: {port: 8091}, flight: {port: 50052}, metrics: {port: 65535}}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
