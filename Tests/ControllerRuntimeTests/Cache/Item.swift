import JSON
import KubernetesModel

@testable import ControllerRuntime

/// An object with nothing but an identity and a value.
struct Item: CachedObject, Hashable {
    var identity = ObjectIdentity()
    var value = ""

    init(_ name: String, version: Int, uid: String? = nil, owner: String? = nil, value: String = "", namespace: String = "default")
    {
        identity.key = ObjectKey(namespace: namespace, name: name)
        identity.uid = uid ?? "uid-\(name)"
        identity.resourceVersion = "\(version)"
        identity.controllerUID = owner
        self.value = value
    }

    init(scanning scanner: inout JSONScanner) throws {
        var (identity, value) = (ObjectIdentity(), "")
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata": identity = try ObjectIdentity(scanningMetadata: &scanner)
            case "data": value = try scanner.stringMap()["value"] ?? ""
            default: try scanner.skip()
            }
        }
        (self.identity, self.value) = (identity, value)
    }

    var version: Int { Int(identity.resourceVersion) ?? 0 }
}
