import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Deployments that earlier versions of the operator made, and those of `--adaptive-deployment`: the Service is never without a
/// ready endpoint, whatever becomes of them.
struct DeploymentTests {
    /// Such a Deployment serves on without a restart, takes up a new image, and gives way to StatefulSets.
    @Test(arguments: ControlPlane.available) func grandfathered(_ kind: ControlPlane) async throws {
        try await World.with(kind, "grandfathered") { world in
            try await world.make("old")
            try await world.makeLegacyWorkload("old")
            let pod = try await eventually("the old pod is ready") { try await world.pods("app=old").first(where: \.isReady) }
            let history = EndpointHistory()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await history.record("old", in: world) }
                try await eventually("the old pod receives traffic") { history.states.last == [pod.name] }

                try await world.startController()
                let adopted = try await world.ready("old")
                let deployment = try await world.client.get(.deployments, world.key("old"))
                #expect(
                    deployment[path: "metadata", "annotations"]?[AnnotationKey.fullVersion]
                        == adopted[path: "status", "activeVersion"])
                #expect(try await world.pods("app=old").map(\.uid) == [pod.uid])
                #expect(try await world.pods("app=old").allSatisfy { $0.restarts == 0 })

                try await world.rollsItsDeployment("old", history)
                try await world.dropsAVariable("old", history)

                try await world.change("old", spec: ["replicas": 2])
                try await world.ready("old")
                #expect(try await world.uid(.deployments, "old") != nil, "its connections drain")
                try await eventually("the StatefulSets receive traffic") { history.states.last == ["old-0-0", "old-1-0"] }
                try await eventually("the Deployment is gone") { try await world.uid(.deployments, "old") == nil }
                group.cancelAll()
            }
            #expect(history.fewest >= 1, "\(history.states)")
            #expect(try await world.events(of: "old", reason: "SwitchingTraffic").count == 1)
        }
    }

    /// Both ways, and a roll in between.
    @Test(arguments: ControlPlane.available) func adaptive(_ kind: ControlPlane) async throws {
        try await World.with(kind, "adaptive") { world in
            try await world.startController("a", ["--adaptive-deployment"])
            try await world.make("flex")
            let first = try await world.ready("flex")
            #expect(first[path: "status", "replicas"] == "1/1")
            #expect(try await world.names(.statefulSets, of: "flex") == [])
            #expect(try await world.names(.deployments, of: "flex") == ["flex"])
            let history = EndpointHistory()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await history.record("flex", in: world) }
                try await eventually("the pod receives traffic") { history.states.last?.count == 1 }
                try await world.rollsItsDeployment("flex", history)

                try await world.change("flex", spec: ["replicas": 2])
                try await world.ready("flex")
                try await eventually("the StatefulSets receive traffic") { history.states.last == ["flex-0-0", "flex-1-0"] }
                try await world.change("flex", spec: ["replicas": 1])
                try await world.ready("flex")
                try await eventually("one pod of the Deployment receives traffic") {
                    history.states.last?.count == 1 && history.states.last?.contains("flex-0-0") == false
                }
                try await eventually("the StatefulSets are gone") { try await world.names(.statefulSets, of: "flex") == [] }
                group.cancelAll()
            }
            #expect(history.fewest >= 1, "\(history.states)")
        }
    }

    /// An idle Deployment costs no writes, adopted or our own.
    @Test(arguments: ControlPlane.available) func costsNothing(_ kind: ControlPlane) async throws {
        try await World.with(kind, "quiet") { world in
            try await world.make("old")
            try await world.makeLegacyWorkload("old")
            _ = try await eventually("the old pod is ready") { try await world.pods("app=old").first(where: \.isReady) }
            try await world.startController("a", ["--adaptive-deployment"])
            try await world.make("new")
            for name in ["old", "new"] {
                try await world.ready(name)
                try await eventually("\(name)'s event is there") { try await !world.events(of: name, reason: "Ready").isEmpty }
            }
            let start = try world.plane.audit.mark()
            for name in ["old", "new"] { try await world.touch(name) }
            try await world.make("later", ["replicas": 0])
            try await world.condition("later", "Paused", "True")
            let writes = try world.writes(since: start).filter { $0.name.hasPrefix("old") || $0.name.hasPrefix("new") }
            #expect(writes.isEmpty, "\(writes)")
        }
    }
}

extension World {
    /// Pods by a label selector.
    fileprivate func pods(_ selector: String) async throws -> [JSONValue] {
        try await client.list(.pods, namespace: namespace, selector: Selector(labels: selector)).items
            .filter { !$0.isBeingDeleted }
    }

    /// A Deployment and a Service as an operator of another make made them: its own labels, names and field manager, ports without
    /// names, and fields that nobody sets today.
    fileprivate func makeLegacyWorkload(_ name: String) async throws {
        let set = try await client.get(.spicepodSets, key(name))
        let owner: JSONValue = [
            "apiVersion": "spice.ai/v2", "kind": "SpicepodSet", "name": .string(name), "uid": .string(set.uid), "controller": true,
            "blockOwnerDeletion": true,
        ]
        let metadata: JSONValue = [
            "name": .string(name), "namespace": .string(namespace), "labels": ["app": .string(name)], "ownerReferences": [owner],
        ]
        let container: JSONValue = [
            "name": "legacy", "image": "spiceai/spiceai:0.9", "ports": [["containerPort": 8090]],
            "env": [["name": "LEGACY", "value": "1"]],
            "readinessProbe": ["httpGet": ["path": "/v1/ready", "port": 8090], "periodSeconds": 1],
        ]
        let template: JSONValue = [
            "metadata": ["labels": ["app": .string(name)]], "spec": ["hostNetwork": false, "containers": [container]],
        ]
        var legacy = client
        legacy.fieldManager = "spiceai-operator"
        _ = try await legacy.create(
            .deployments,
            [
                "apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata,
                "spec": ["replicas": 1, "selector": ["matchLabels": ["app": .string(name)]], "template": template],
            ])
        _ = try await legacy.create(
            .services,
            [
                "apiVersion": "v1", "kind": "Service", "metadata": metadata,
                "spec": [
                    "selector": ["app": .string(name)], "ports": [["name": "http", "port": 8090, "targetPort": 8090]],
                ],
            ])
    }

    /// Another image: one pod takes the other's place, made of nothing but the new version.
    fileprivate func rollsItsDeployment(_ name: String, _ history: EndpointHistory) async throws {
        let before = history.states.last ?? []
        let uid = try await uid(.deployments, name)
        let image: JSONValue = ["repository": "spiceai/spiceai", "tag": "2.0.0"]
        try await change(name, spec: ["image": image, "env": [["name": "A", "value": "1"], ["name": "B", "value": "1"]]])
        let version = try await ready(name)[path: "status", "activeVersion"]?.stringValue ?? ""
        try await eventually("the next pod receives traffic") {
            history.states.last?.count == 1 && history.states.last.map(before.isDisjoint) == true
        }
        let deployment = try await client.get(.deployments, key(name))
        #expect(deployment.uid == uid)
        let template = deployment[path: "spec", "template"]
        #expect(template?[path: "metadata", "labels"]?[LabelKey.version]?.stringValue.map { version.hasPrefix($0) } == true)
        let containers = template?[path: "spec", "containers"]?.arrayValue ?? []
        #expect(containers.map { $0["name"] } == ["spiced"])
        #expect(containers.first?["image"] == "spiceai/spiceai:2.0.0")
        #expect(containers.first?["env"]?.arrayValue?.map { $0["name"] } == ["A", "B"])
    }

    /// What leaves the spec leaves the Deployment: nobody else owns it any more.
    fileprivate func dropsAVariable(_ name: String, _ history: EndpointHistory) async throws {
        try await change(name, spec: ["env": [["name": "B", "value": "1"]]])
        try await ready(name)
        let deployment = try await client.get(.deployments, key(name))
        let containers = deployment[path: "spec", "template", "spec", "containers"]?.arrayValue ?? []
        #expect(containers.map { $0["name"] } == ["spiced"])
        #expect(containers.first?["env"]?.arrayValue?.map { $0["name"] } == ["B"])
        let managers = (deployment[path: "metadata", "managedFields"]?.arrayValue ?? []).filter {
            $0[path: "fieldsV1", "f:spec"] != nil
        }
        #expect(managers.map { $0["manager"] } == ["spice-set-controller"])
    }
}

extension JSONValue {
    fileprivate var restarts: Int64 {
        (self[path: "status", "containerStatuses"]?.arrayValue ?? []).reduce(0) { $0 + ($1["restartCount"]?.intValue ?? 0) }
    }
}
