import JSON
import KubernetesModel
import SpiceTypes

/// What is wrong with a spec, and what to do about it.
struct Problem: Sendable, Hashable, CustomStringConvertible {
    var path: String
    var message: String

    var description: String { "\(path): \(message)" }
}

/// What the CRD's schema cannot say. Checked before anything is made, so that a bad object never gets half a workload.
enum Rules {
    static func problems(of set: SpicepodSet) -> [Problem] {
        serviceName(set) + spicepod(set.spec) + reserved(set.spec) + labels(set.spec) + volumeMounts(set.spec)
            + mountPaths(set.spec)
            + dns(set.spec)
    }

    /// Services are named by DNS labels that begin with a letter (RFC 1035); the headless one is always needed.
    private static func serviceName(_ set: SpicepodSet) -> [Problem] {
        let name = set.metadata.name ?? ""
        if let first = name.first, !first.isLetter {
            return [Problem(path: "metadata.name", message: "\"\(name)\" cannot name a Service; begin the name with a letter")]
        }
        guard name.contains(".") else { return [] }
        return [Problem(path: "metadata.name", message: "\"\(name)\" cannot name a Service; use a name without dots")]
    }

    private static func spicepod(_ spec: SpicepodSetSpec) -> [Problem] {
        guard spec.spicepod?.objectValue == nil else { return [] }
        return [Problem(path: "spec.spicepod", message: "is missing; give the Spicepod as an object")]
    }

    private static func reserved(_ spec: SpicepodSetSpec) -> [Problem] {
        let labels = (spec.labels ?? [:]).keys.filter(LabelKey.reserved.contains).sorted().map {
            Problem(path: "spec.labels[\($0)]", message: "is reserved for the operator; remove it")
        }
        let annotations = (spec.annotations ?? [:]).keys.filter(AnnotationKey.reserved.contains).sorted().map {
            Problem(path: "spec.annotations[\($0)]", message: "is reserved for the operator; remove it")
        }
        return labels + annotations
    }

    private static func labels(_ spec: SpicepodSetSpec) -> [Problem] {
        (spec.labels ?? [:]).sorted { $0.key < $1.key }.compactMap { key, value in
            if !LabelSyntax.isKey(key) {
                return Problem(
                    path: "spec.labels[\(key)]", message: "is no label key; use [prefix/]name with a name of up to 63 characters")
            }
            guard !LabelSyntax.isValue(value) else { return nil }
            return Problem(
                path: "spec.labels[\(key)]",
                message: "\"\(value.prefix(80))\" is no label value; use up to 63 letters, digits, '-', '_' and '.'")
        }
    }

    private static func volumeMounts(_ spec: SpicepodSetSpec) -> [Problem] {
        let names = (spec.volumeClaimTemplates ?? []).map(\.name)
        let known = Set(names)
        var problems: [Problem] = []
        for (index, name) in names.enumerated() where names[..<index].contains(name) {
            problems.append(
                Problem(path: "spec.volumeClaimTemplates[\(index)].metadata.name", message: "\"\(name)\" is used twice; rename one")
            )
        }
        for (index, mount) in (spec.volumeMounts ?? []).enumerated() where !known.contains(mount.name) {
            problems.append(
                Problem(
                    path: "spec.volumeMounts[\(index)].name",
                    message: "no volumeClaimTemplates entry is named \"\(mount.name)\"; add one or remove the mount"))
        }
        for (index, name) in names.enumerated()
        where name != "data" && !(spec.volumeMounts ?? []).contains(where: { $0.name == name }) {
            problems.append(
                Problem(
                    path: "spec.volumeClaimTemplates[\(index)].metadata.name",
                    message: "\"\(name)\" is mounted nowhere; add a volumeMounts entry of that name"))
        }
        return problems
    }

    private static func mountPaths(_ spec: SpicepodSetSpec) -> [Problem] {
        let mounts = spec.volumeMounts ?? []
        let mountsDataItself = mounts.contains { $0.name == "data" }
        let hasData = (spec.volumeClaimTemplates ?? []).contains { $0.name == "data" }
        return mounts.enumerated().compactMap { index, mount in
            let path = "spec.volumeMounts[\(index)].mountPath"
            if mount.mountPath == PodTemplateBuilder.spicepodPath {
                return Problem(path: path, message: "\"\(mount.mountPath)\" is where the Spicepod is mounted; use another path")
            }
            guard mount.mountPath == "/data", hasData, !mountsDataItself else { return nil }
            return Problem(path: path, message: "\"/data\" is where the volume \"data\" is mounted; use another path")
        }
    }

    private static func dns(_ spec: SpicepodSetSpec) -> [Problem] {
        guard spec.network?.dnsPolicy == DNSPolicy.none, (spec.network?.dnsConfig?.nameservers ?? []).isEmpty else { return [] }
        return [
            Problem(path: "spec.network.dnsConfig.nameservers", message: "is required when dnsPolicy is None; list name servers")
        ]
    }
}
