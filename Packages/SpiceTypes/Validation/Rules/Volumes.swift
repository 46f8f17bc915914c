import KubernetesModel
import SpiceTypes

/// SpicepodSet page, Persistent Storage.
extension Rule {
    static let volumeNames = Rule.error(
        "volume-names", isEssential: true, "Every volumeClaimTemplates entry has a name of its own; it is `data` when left out."
    ) { subject, report in
        let names = (subject.spec.volumeClaimTemplates ?? []).map(\.name)
        var seen: Set<String> = []
        for (index, name) in names.enumerated() {
            let path = "spec.volumeClaimTemplates[\(index)].metadata.name"
            if !seen.insert(name).inserted {
                report.add(path, "\(Quoted.text(name)) is used twice; rename one")
            } else if operatorVolumes.contains(name) {
                report.add(path, "\(Quoted.text(name)) is a volume of the operator's; use another name")
            } else if !NameSyntax.isLabel(name) {
                report.add(
                    path, "\(Quoted.text(name)) cannot name a volume; use up to 63 lower-case letters, digits and '-'")
            }
        }
    }

    private static let operatorVolumes: Set<String> = ["spice-config", "spice-tmp", "spice-mtls"]

    static let volumeMounts = Rule.error(
        "volume-mounts", isEssential: true, "Every volumeMounts entry names a volumeClaimTemplates entry."
    ) { subject, report in
        let known = Set((subject.spec.volumeClaimTemplates ?? []).map(\.name))
        for (index, mount) in (subject.spec.volumeMounts ?? []).enumerated() {
            let path = "spec.volumeMounts[\(index)]"
            if !known.contains(mount.name) {
                report.add(
                    "\(path).name",
                    "no volumeClaimTemplates entry is named \(Quoted.text(mount.name)); add one or remove the mount")
            }
            if !(mount.subPath ?? "").isEmpty, !(mount.subPathExpr ?? "").isEmpty {
                report.add("\(path).subPathExpr", "stands beside subPath; remove one of the two")
            }
        }
    }

    static let unmountedVolume = Rule.error(
        "unmounted-volume", "Every volumeClaimTemplates entry but `data` is mounted by a volumeMounts entry."
    ) { subject, report in
        let mounted = Set((subject.spec.volumeMounts ?? []).map(\.name))
        for (index, template) in (subject.spec.volumeClaimTemplates ?? []).enumerated()
        where template.name != "data" && !mounted.contains(template.name) {
            report.add(
                "spec.volumeClaimTemplates[\(index)].metadata.name",
                "\(Quoted.text(template.name)) is mounted nowhere; add a volumeMounts entry of that name")
        }
    }

    static let mountPaths = Rule.error(
        "mount-paths", isEssential: true, "Mount paths are absolute and different, and none is where the operator mounts something."
    ) { subject, report in
        let mounts = subject.spec.volumeMounts ?? []
        let mountsData =
            (subject.spec.volumeClaimTemplates ?? []).contains { $0.name == "data" } && !mounts.contains { $0.name == "data" }
        var first: [String: Int] = [:]
        for (index, mount) in mounts.enumerated() {
            let path = "spec.volumeMounts[\(index)].mountPath"
            let shown = Quoted.text(mount.mountPath)
            let place = normalized(mount.mountPath)
            if !mount.mountPath.hasPrefix("/") {
                report.add(path, "\(shown) is not absolute; begin it with '/'")
            } else if mount.mountPath.contains(":") {
                report.add(path, "\(shown) has a ':', which no mount path may; use another path")
            } else if let earlier = first[place] {
                report.add(path, "\(shown) is the path of volumeMounts[\(earlier)] already; use another path")
            } else if place == RuntimePaths.spicepod {
                report.add(path, "\(shown) is where the Spicepod is mounted; use another path")
            } else if subject.spec.cluster?.usesMutualTLS == true, place.isWithin(NodeCertificate.directory) {
                report.add(path, "\(shown) is where the node's certificate is mounted; use another path")
            } else if place == RuntimePaths.data, mountsData {
                report.add(path, "\(shown) is where the volume \"data\" is mounted; use another path")
            } else if place == "/" {
                report.add(path, "\(shown) would hide the image; use another path")
            }
            if first[place] == nil { first[place] = index }
        }
    }

    /// Without the slashes at its end, and those in a row.
    private static func normalized(_ path: String) -> String {
        "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }
}

extension String {
    fileprivate func isWithin(_ directory: String) -> Bool { self == directory || hasPrefix(directory + "/") }
}
