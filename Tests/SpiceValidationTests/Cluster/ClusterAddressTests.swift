import SpiceValidation
import Testing

/// Nodes bind an address and a port, and executors find schedulers at a URL that fits how nodes talk.
@Suite struct ClusterAddressTests {
    @Test(arguments: [
        ("0.0.0.0:50052", nil), ("[::]:50052", nil), ("10.1.2.3:1", nil),
        ("0.0.0.0", "has no port; write an IP address and a port, such as 0.0.0.0:50052"),
        (":50052", "has no port; write an IP address and a port, such as 0.0.0.0:50052"),
        ("0.0.0.0:x", "has no port; write an IP address and a port, such as 0.0.0.0:50052"),
        ("0.0.0.0:0", "has no port from 1 to 65535; write an IP address and a port, such as 0.0.0.0:50052"),
        ("0.0.0.0:70000", "has no port from 1 to 65535; write an IP address and a port, such as 0.0.0.0:50052"),
        ("", "has no port; write an IP address and a port, such as 0.0.0.0:50052"),
        ("0.0.0.0:65536", "has no port from 1 to 65535; write an IP address and a port, such as 0.0.0.0:50052"),
        ("localhost:50052", "names no IP address; write one and a port, such as 0.0.0.0:50052"),
        ("::1:50052", "has no port; write an IP address and a port, such as 0.0.0.0:50052"),
    ])
    func bindAddress(_ address: String, _ problem: String?) throws {
        let node = "{cluster: {bindAddress: '\(address)'}}"
        let told = problem.map { "\"\(address)\" \($0)" }
        #expect(
            try ClusterSample.told(executor: node)
                == (told.map { ["cluster-addresses: spec.executorSpec.cluster.bindAddress: \($0)"] } ?? []))
        // once: the address made of it for executors is not their user's
        #expect(
            try ClusterSample.told(scheduler: node)
                == (told.map { ["cluster-addresses: spec.schedulerSpec.cluster.bindAddress: \($0)"] } ?? []))
    }

    @Test(arguments: [
        ("https://schedulers.example.com:50052", false, nil), ("https://schedulers", false, nil),
        ("http://10.0.0.1:50052", true, nil), ("https://[fd00::1]:50052", false, nil),
        ("http://schedulers:50052", false, "does not fit nodes that talk with mutual TLS; write https://host:50052"),
        ("https://schedulers:50052", true, "does not fit nodes that talk without mutual TLS; write http://host:50052"),
        ("schedulers:50052", false, "is no URL; write https://host:50052"),
        ("https://", false, "has something else than a host and a port; write https://host:50052"),
        ("https://a/b", false, "has something else than a host and a port; write https://host:50052"),
        ("https://a:99999", false, "has no port from 1 to 65535; write https://host:50052"),
    ])
    func schedulerAddress(_ address: String, _ insecure: Bool, _ problem: String?) throws {
        let told = try ClusterSample.told(executor: "{cluster: {schedulerAddress: '\(address)'}}", insecure: insecure)
            .filter { !$0.hasPrefix("insecure-connections") }
        #expect(
            told
                == (problem.map { ["cluster-addresses: spec.executorSpec.cluster.schedulerAddress: \"\(address)\" \($0)"] } ?? []))
    }

    @Test func passwordsAreNotRepeated() throws {
        #expect(
            try ClusterSample.told(executor: "{cluster: {schedulerAddress: 'https://me:secret@a:1'}}") == [
                "cluster-addresses: spec.executorSpec.cluster.schedulerAddress: holds a user or a password; write a host and a port "
                    + "alone"
            ])
    }

    @Test func schedulersHaveNone() throws {
        #expect(
            try ClusterSample.told(scheduler: "{cluster: {schedulerAddress: 'https://a:1'}}") == [
                "cluster-addresses: spec.schedulerSpec.cluster.schedulerAddress: is for executors, which find the schedulers by it; "
                    + "remove it here"
            ])
    }

    @Test func theNodesPortIsAPortOfItsOwn() throws {
        #expect(
            try ClusterSample.told(
                scheduler: "{cluster: {bindAddress: '0.0.0.0:50051'}}", executor: "{metrics: {port: 50052}}") == [
                    "ports: spec.schedulerSpec.cluster.bindAddress: 50051 is the port of flight and the one that nodes of the "
                        + "cluster talk on; use another one",
                    "ports: spec.executorSpec.metrics.port: 50052 is the port of metrics and the one that nodes of the cluster talk "
                        + "on; use another one",
                ])
    }
}
