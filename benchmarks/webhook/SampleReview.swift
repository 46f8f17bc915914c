import JSON

/// Reviews of a typical set: a Spicepod of a hundred datasets, updated in one of them.
enum SampleReview {
    static var admission: JSONValue {
        var old = set(version: "spice.ai/v2")
        old[path: "spec", "replicas"] = 2
        return [
            "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
            "request": [
                "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
                "kind": ["group": "spice.ai", "version": "v2", "kind": "SpicepodSet"],
                "resource": ["group": "spice.ai", "version": "v2", "resource": "spicepodsets"], "name": "web",
                "namespace": "default", "operation": "UPDATE", "dryRun": false,
                "userInfo": ["username": "admin", "groups": ["system:authenticated"]],
                "object": set(version: "spice.ai/v2"), "oldObject": old,
                "options": ["kind": "UpdateOptions", "apiVersion": "meta.k8s.io/v1"],
            ],
        ]
    }

    static var conversion: JSONValue {
        [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview",
            "request": [
                "uid": "705ab4f5-6393-11e8-b7cc-42010a800003", "desiredAPIVersion": "spice.ai/v2",
                "objects": [set(version: "spice.ai/v1")],
            ],
        ]
    }

    private static func set(version: String) -> JSONValue {
        let datasets = (0..<100).map { index -> JSONValue in
            [
                "from": .string("s3://bucket/path/table_\(index)/"), "name": .string("table_\(index)"),
                "params": ["file_format": "parquet", "s3_region": "eu-west-1"],
                "acceleration": ["enabled": true, "engine": "duckdb", "refresh_mode": "full", "refresh_check_interval": "10m"],
            ]
        }
        return [
            "apiVersion": .string(version), "kind": "SpicepodSet",
            "metadata": [
                "name": "web", "namespace": "default", "uid": "4c1c4d5e-0f4b-4f2e-9d0a-0d2c4c9b8a77", "generation": 3,
                "labels": ["app.kubernetes.io/part-of": "shop"],
            ],
            "spec": [
                "replicas": 3,
                "image": version.hasSuffix("v1")
                    ? ["registry": "ghcr.io", "name": "spiceai/spiceai", "tag": "1.0"]
                    : ["repository": "ghcr.io/spiceai/spiceai", "tag": "1.0"],
                "env": [["name": "RUST_LOG", "value": "info"]],
                "resources": ["requests": ["cpu": "1", "memory": "2Gi"], "limits": ["memory": "4Gi"]],
                "spicepod": [
                    "version": "v1", "kind": "Spicepod", "name": "web", "datasets": .array(datasets),
                    "runtime": ["task_history": ["enabled": true]],
                ],
            ],
        ]
    }
}
