import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Server-side apply owns exactly what it sets, in the shapes of a real API server.
@Suite struct ApplyOwnershipTests {
    private func fields(_ answer: API.Answer, of manager: String) -> JSONValue? {
        answer.body[path: "metadata", "managedFields"]?.arrayValue?.first { $0["manager"] == .string(manager) }?["fieldsV1"]
    }

    /// An apply that creates owns the fields it sent, not the defaults it was given.
    @Test func createdByApply() async throws {
        let api = try await API.withWidgets()
        let answer = try await api.apply(
            "\(Path.widgets)/w", as: "a",
            widget("w", ["name": "abc", "ports": [["name": "x", "port": 1]], "tags": ["t"], "plain": [["x": "1"]]]))
        #expect(answer.status == 201)
        #expect(answer.body[path: "spec", "mode"] == "A")
        let expected: JSONValue = [
            "f:spec": [
                "f:name": [:], "f:plain": [:], "f:tags": ["v:\"t\"": [:]],
                "f:ports": ["k:{\"name\":\"x\"}": [".": [:], "f:name": [:], "f:port": [:]]],
            ]
        ]
        #expect(fields(answer, of: "a") == expected)
    }

    /// A plain create owns all it set and the defaults, with markers of the maps it made.
    @Test func createdByPost() async throws {
        let api = try await API.withWidgets()
        let answer = try await api.call(
            .post, Path.widgets, widget("w", ["name": "abc", "any": ["q": [["r": 1]]], "labels": ["k": "v"], "nested": ["a": "1"]]))
        let expected: JSONValue = [
            "f:spec": [
                ".": [:], "f:any": [".": [:], "f:q": [:]], "f:labels": [".": [:], "f:k": [:]], "f:mode": [:], "f:name": [:],
                "f:nested": [".": [:], "f:a": [:]], "f:replicas": [:],
            ]
        ]
        #expect(fields(answer, of: "tests") == expected)
    }

    /// A typed struct is never absent, so it carries no marker; lists that may be absent do.
    @Test func builtInShapes() async throws {
        let api = API()
        let answer = try await api.call(
            .post, Path.statefulSets,
            [
                "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": ["name": "s"],
                "spec": [
                    "serviceName": "s", "selector": ["matchLabels": ["a": "b"]],
                    "template": [
                        "metadata": ["labels": ["a": "b"]],
                        "spec": [
                            "containers": [
                                [
                                    "name": "c", "image": "i:1", "env": [["name": "A", "value": "b"]],
                                    "ports": [["containerPort": 80]],
                                ]
                            ]
                        ],
                    ],
                ],
            ])
        let expected: JSONValue = [
            "f:spec": [
                "f:persistentVolumeClaimRetentionPolicy": [".": [:], "f:whenDeleted": [:], "f:whenScaled": [:]],
                "f:podManagementPolicy": [:], "f:replicas": [:], "f:revisionHistoryLimit": [:], "f:selector": [:],
                "f:serviceName": [:],
                "f:template": [
                    "f:metadata": ["f:labels": [".": [:], "f:a": [:]]],
                    "f:spec": [
                        "f:containers": [
                            "k:{\"name\":\"c\"}": [
                                ".": [:], "f:env": [".": [:], "k:{\"name\":\"A\"}": [".": [:], "f:name": [:], "f:value": [:]]],
                                "f:image": [:], "f:imagePullPolicy": [:], "f:name": [:],
                                "f:ports": [
                                    ".": [:],
                                    "k:{\"containerPort\":80,\"protocol\":\"TCP\"}": [
                                        ".": [:], "f:containerPort": [:], "f:protocol": [:],
                                    ],
                                ],
                                "f:resources": [:], "f:terminationMessagePath": [:], "f:terminationMessagePolicy": [:],
                            ]
                        ],
                        "f:dnsPolicy": [:], "f:restartPolicy": [:], "f:schedulerName": [:], "f:securityContext": [:],
                        "f:terminationGracePeriodSeconds": [:],
                    ],
                ],
                "f:updateStrategy": ["f:rollingUpdate": [".": [:], "f:partition": [:]], "f:type": [:]],
            ]
        ]
        #expect(fields(answer, of: "tests") == expected)
    }

    /// What its only owner applies no more is removed; what another applies as well stays.
    @Test func abandonedFieldsGo() async throws {
        let api = try await API.withWidgets()
        let path = "\(Path.widgets)/w"
        _ = try await api.apply(path, as: "a", widget("w", ["name": "abc", "nested": ["a": "1", "b": "2"], "tags": ["x", "y"]]))
        _ = try await api.apply(path, as: "b", widget("w", ["name": "abc", "nested": ["b": "2"], "tags": ["y"]]))
        let answer = try await api.apply(path, as: "a", widget("w", ["name": "abc"]))
        #expect(answer.body[path: "spec", "nested"] == ["b": "2"])
        #expect(answer.body[path: "spec", "tags"] == ["y"])
    }

    /// An applied list item takes the place its order gives it and keeps what others set on it.
    @Test func keyedItemsMerge() async throws {
        let api = try await API.withWidgets()
        let path = "\(Path.widgets)/w"
        _ = try await api.apply(path, as: "a", widget("w", ["name": "abc", "ports": [["name": "x", "port": 1]]]))
        let answer = try await api.apply(path, as: "b", widget("w", ["ports": [["name": "y", "port": 2]]]))
        #expect(answer.body[path: "spec", "ports"]?.arrayValue?.count == 2)
        let less = try await api.apply(path, as: "a", widget("w", ["name": "abc"]))
        #expect(less.body[path: "spec", "ports"] == [["name": "y", "port": 2]])
    }

    /// Applying the same again changes neither resourceVersion nor the time of ownership.
    @Test func sameAgain() async throws {
        let api = try await API.withWidgets()
        let intent = widget("w", ["name": "abc", "tags": ["t"], "nested": ["a": "1"]])
        let first = try await api.apply("\(Path.widgets)/w", as: "a", intent)
        api.advance(.seconds(60))
        let second = try await api.apply("\(Path.widgets)/w", as: "a", intent)
        #expect(second.status == 200)
        #expect(second.body == first.body)
    }

    /// Status is applied through its subresource only, and owned there.
    @Test func statusIsApart() async throws {
        let api = try await API.withWidgets()
        _ = try await api.apply("\(Path.widgets)/w", as: "a", widget("w", ["name": "abc"]))
        var status = widget("w", [:])
        status["spec"] = nil
        status["metadata"] = ["name": "w", "labels": ["x": "y"]]
        status["status"] = ["replicas": 1, "conditions": [["type": "Ready", "status": "True"]]]
        let answer = try await api.apply("\(Path.widgets)/w/status", as: "s", status)
        #expect(answer.status == 200)
        #expect(answer.body[path: "metadata", "labels"] == nil)
        #expect(answer.body[path: "metadata", "generation"] == 1)
        let entry = answer.body[path: "metadata", "managedFields"]?.arrayValue?.first { $0["manager"] == "s" }
        #expect(entry?["subresource"] == "status")
        let expected: JSONValue = [
            "f:status": [
                "f:conditions": ["k:{\"type\":\"Ready\"}": [".": [:], "f:status": [:], "f:type": [:]]], "f:replicas": [:],
            ]
        ]
        #expect(entry?["fieldsV1"] == expected)
    }
}
