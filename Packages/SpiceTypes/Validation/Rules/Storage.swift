import KubernetesModel
import SpiceTypes

extension Rule {
    static let storageRequest = Rule.error(
        "storage-request", "Every volumeClaimTemplates entry asks for an amount of storage."
    ) { subject, report in
        for (index, template) in (subject.spec.volumeClaimTemplates ?? []).enumerated() {
            let path = "spec.volumeClaimTemplates[\(index)].spec.resources.requests.storage"
            guard let request = template.storage else {
                report.add(path, "is missing; say how much, such as 10Gi")
                continue
            }
            let shown = Quoted.text(request.text, limit: 40)
            switch Quantity("0").isLess(than: request) {
            case nil: report.add(path, "\(shown) is no quantity; write 10Gi or 500M")
            case false?: report.add(path, "\(shown) is nothing; ask for more than 0")
            case true?:
                guard let limit = template.spec.resources?.limits?["storage"], limit.isLess(than: request) == true else { continue }
                report.add(path, "\(shown) is above the limit of \(limit); lower it or raise the limit")
            }
        }
    }

    /// The page: decreasing the request has no effect on existing claims.
    static let storageShrunk = Rule.warning(
        "storage-shrunk", "An update asks for no less storage than before."
    ) { subject, report in
        for (index, template, old) in subject.keptTemplates {
            guard let new = template.storage, let before = old.storage, new.isLess(than: before) == true else { continue }
            report.add(
                "spec.volumeClaimTemplates[\(index)].spec.resources.requests.storage",
                "volumes do not shrink, existing ones stay at \(before); set \(before) or more")
        }
    }

    /// Told for what is new: a class that goes while a set uses it is no reason to refuse the set's next update.
    static let storageClassExists = Rule.error(
        "storage-class-exists", "StorageClasses that are asked for exist (webhook only)."
    ) { subject, report in
        guard let classes = subject.context.storageClasses else { return }
        let before = Set((subject.old?.volumeClaimTemplates ?? []).compactMap(\.spec.storageClassName))
        for (index, template) in (subject.spec.volumeClaimTemplates ?? []).enumerated() {
            guard let name = template.spec.storageClassName, !name.isEmpty, !classes.contains(name), !before.contains(name) else {
                continue
            }
            let known = classes.isEmpty ? "the cluster has none" : "the cluster has \(Quoted.list(classes.sorted()))"
            report.add(
                "spec.volumeClaimTemplates[\(index)].spec.storageClassName",
                "no StorageClass is named \(Quoted.text(name)), \(known); name one of them, or make it first")
        }
    }

    /// Volumes of the stable layout outlive a change, and no claim can take these. Volumes of a version are made anew with it.
    static let volumeImmutable = Rule.error(
        "volume-immutable", "An update leaves what existing volumes cannot take as it is (webhook only)."
    ) { subject, report in
        for (index, new, old) in subject.keptTemplates {
            for (field, isSame) in [
                ("storageClassName", new.spec.storageClassName == old.spec.storageClassName),
                ("accessModes", Set(new.accessModes) == Set(old.accessModes)),
                ("volumeMode", new.volumeMode == old.volumeMode),
                ("selector", new.spec.selector == old.spec.selector),
                ("volumeName", new.spec.volumeName == old.spec.volumeName),
            ] where !isSame {
                report.add(
                    "spec.volumeClaimTemplates[\(index)].spec.\(field)",
                    "cannot change while volumes of \(Quoted.text(new.name)) exist; change it back, or add an entry of another name "
                        + "and move the data")
            }
        }
    }
}

extension Subject {
    /// The claim templates that were there before, where the volumes made from them go on being used.
    fileprivate var keptTemplates: [(index: Int, new: VolumeClaimTemplate, old: VolumeClaimTemplate)] {
        guard let old, !old.hasVolumesByVersion, !spec.hasVolumesByVersion else { return [] }
        let before = Dictionary((old.volumeClaimTemplates ?? []).map { ($0.name, $0) }) { first, _ in first }
        return (spec.volumeClaimTemplates ?? []).enumerated().compactMap { index, template in
            before[template.name].map { (index, template, $0) }
        }
    }
}

extension SpicepodSetSpec {
    /// The versioned layout.
    fileprivate var hasVolumesByVersion: Bool { updateStrategy?.type == .blueGreen || standbyVersion?.enabled == true }
}

extension VolumeClaimTemplate {
    fileprivate var storage: Quantity? { spec.resources?.requests?["storage"] }
    fileprivate var accessModes: [String] { spec.accessModes ?? ["ReadWriteOnce"] }
    fileprivate var volumeMode: String { spec.volumeMode ?? "Filesystem" }
}
