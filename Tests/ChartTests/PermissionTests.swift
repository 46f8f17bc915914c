import Foundation
import JSON
import Testing
import YAML

/// The permissions of a service are what it needs by name, and no service reaches a Secret that is not its own but cert-manager.
@Suite struct PermissionTests {
    static let services = ["cert-manager", "cluster-controller", "set-controller"]
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../charts/spiceai-operator/rbac").standardizedFileURL

    /// Anything that lets a service grant or become more than it has.
    private static let powers: Set<String> = ["escalate", "bind", "impersonate", "approve", "sign"]

    @Test func everyServiceHasAFile() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(files.sorted() == Self.services.map { "\($0).yaml" })
    }

    @Test(arguments: services)
    func nothingIsLeftOpen(service: String) throws {
        for rule in try Permissions(service).rules {
            #expect(!(rule.groups + rule.resources + rule.verbs).contains("*"))
            #expect(!rule.resources.contains { $0 == "pods/exec" || $0 == "nodes/proxy" || $0 == "serviceaccounts/token" })
        }
    }

    @Test(arguments: services)
    func onlyRolesOfSetsAreGranted(service: String) throws {
        let granting = try Permissions(service).rules.filter { !Self.powers.isDisjoint(with: $0.verbs) }
        #expect(granting.map(\.resources) == (service == "set-controller" ? [["roles"]] : []))
    }

    @Test(arguments: services.filter { $0 != "cert-manager" })
    func theServingCertificateAlone(service: String) throws {
        let rules = try Permissions(service).rules.filter { $0.resources.contains("secrets") }
        #expect(rules.map(\.names) == [["\(service)-webhook-tls"]])
        for rule in rules {
            #expect(Set(rule.verbs).isSubset(of: ["get", "list", "watch"]))
            #expect(rule.namespace == Permissions.namespace)
        }
    }

    /// What calls webhooks decides what the whole cluster admits.
    @Test(arguments: services)
    func webhooksOfOthersAreNotWritten(service: String) throws {
        let callers: Set = [
            "validatingwebhookconfigurations", "mutatingwebhookconfigurations", "customresourcedefinitions",
        ]
        for rule in try Permissions(service).rules where !callers.isDisjoint(with: rule.resources) {
            guard !Set(rule.verbs).isSubset(of: ["get", "list", "watch"]) else { continue }
            #expect(service == "cert-manager")
            #expect(rule.names.allSatisfy { $0.hasPrefix("spice-") || $0.hasSuffix(".spice.ai") } && !rule.names.isEmpty)
        }
    }

    /// The Lease of another service is out of reach, and with it the right to work in its place.
    @Test(arguments: services)
    func theOwnLeaseAlone(service: String) throws {
        let rules = try Permissions(service).rules.filter { $0.resources.contains("leases") }
        #expect(!rules.isEmpty)
        for rule in rules where rule.verbs != ["create"] { #expect(rule.names == ["\(service)-0"]) }
        #expect(rules.allSatisfy { $0.namespace == Permissions.namespace })
    }

    /// Each account gets the roles of its own file.
    @Test(arguments: services)
    func bindings(service: String) throws {
        let objects = try Permissions(service).objects
        #expect(
            objects.map { $0["kind"]?.stringValue ?? "" }.sorted() == [
                "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "ServiceAccount",
            ])
        for object in objects { #expect(object[path: "metadata", "name"] == .string("spice-\(service)")) }
        for binding in objects where binding["kind"]?.stringValue?.hasSuffix("Binding") == true {
            #expect(binding[path: "roleRef", "name"] == .string("spice-\(service)"))
            #expect(binding["kind"]?.stringValue == (binding[path: "roleRef", "kind"]?.stringValue ?? "") + "Binding")
            let account: JSONValue = [
                "kind": "ServiceAccount", "name": .string("spice-\(service)"), "namespace": .string(Permissions.namespace),
            ]
            #expect(binding["subjects"] == [account])
        }
    }
}

/// A file of permissions.
struct Permissions {
    static let namespace = "spiceai-operator-system"

    struct Rule {
        var groups: [String]
        var resources: [String]
        var names: [String]
        var verbs: [String]
        /// nil where it holds in the whole cluster.
        var namespace: String?
    }

    var objects: [JSONValue]
    var rules: [Rule] = []

    init(_ service: String) throws {
        let text = try String(contentsOf: PermissionTests.folder.appending(path: "\(service).yaml"), encoding: .utf8)
        objects = try YAML.documents(text)
        for object in objects {
            for rule in object["rules"]?.arrayValue ?? [] {
                func strings(_ key: String) -> [String] { rule[key]?.arrayValue?.compactMap(\.stringValue) ?? [] }
                rules.append(
                    Rule(
                        groups: strings("apiGroups"), resources: strings("resources"), names: strings("resourceNames"),
                        verbs: strings("verbs"), namespace: object[path: "metadata", "namespace"]?.stringValue))
            }
        }
    }
}
