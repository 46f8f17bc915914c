import Testing

/// Amounts of CPU and memory are amounts, and requests are within limits.
@Suite struct ResourceTests {
    @Test(arguments: [
        Case(
            #"{resources: {requests: {cpu: two}}}"#,
            #"resources: spec.resources.requests.cpu: "two" is no quantity; write 500m, 2 or 4Gi"#),
        Case(
            #"{resources: {limits: {memory: -1Gi}}}"#, #"resources: spec.resources.limits.memory: "-1Gi" is below 0; use 0 or more"#
        ),
        Case(
            #"{resources: {requests: {memory: 5Gi}, limits: {memory: 4Gi}}}"#,
            #"resources: spec.resources.requests.memory: 5Gi is above the limit of 4Gi; lower it or raise the limit"#),
        Case(#"{resources: {requests: {cpu: 200m, memory: 1Gi}, limits: {cpu: "2", memory: 1024Mi}}}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
