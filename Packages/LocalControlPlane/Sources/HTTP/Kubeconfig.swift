import JSON
import YAML

/// The kubeconfig of the local control plane's administrator.
enum Kubeconfig {
    static func text(server: String, authority: String, token: String) -> String {
        YAML.serialize([
            "apiVersion": "v1", "kind": "Config", "current-context": "local",
            "clusters": [
                [
                    "name": "local",
                    "cluster": [
                        "server": .string(server), "certificate-authority-data": .string(Base64.encode(Array(authority.utf8))),
                    ],
                ]
            ],
            "users": [["name": "local-admin", "user": ["token": .string(token)]]],
            "contexts": [["name": "local", "context": ["cluster": "local", "user": "local-admin", "namespace": "default"]]],
        ])
    }
}
