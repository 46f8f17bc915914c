import ControllerSimulation
import JSON
import KubernetesModel
import SpiceTypes

extension Run {
    /// Longer than every wait that there is: back-off, deadline, retention.
    private static let patience: Duration = .seconds(3600)
    private static let quietTime: Duration = .seconds(600)

    /// Users and faults rest: the set arrives where it is wanted, and then nothing is written any more.
    func comeToRest() async throws {
        stage.note("> users and faults rest")
        controller.faults.disarm()
        try await user.nuisance.healNodes()
        try await user.nuisance.healPods()
        stage.absorb(.fault)
        // nodes are not followed, and have changed
        stage.mayPump = true
        guard try await stage.settle(for: Self.patience, until: { arrival == nil }) else {
            return fail("converges", "after \(Self.patience.components.seconds) s: \(arrival ?? "")")
        }
        try await beQuiet()
        guard stage.violation == nil else { return }
        try await user.deleteSet()
        stage.absorb(.user)
        guard try await stage.settle(for: .seconds(300), until: { remains.isEmpty }) else {
            return fail("ownership", "the set is gone and left \(remains.joined(separator: ", "))")
        }
    }

    private func fail(_ id: String, _ detail: String) { stage.fail(Violation(id: id, detail: detail)) }

    private func beQuiet() async throws {
        // counts and words of the status follow within a minute; a version that crashes is stopped when it has done so often enough
        let isBroken = user.spec.version.trouble != nil
        _ = try await stage.settle(for: .seconds(isBroken ? 600 : 120)) { false }
        guard stage.violation == nil else { return }
        writes = []
        let expiry = picture.set?.standbyExpiresAt
        let start = stage.clock.wall
        _ = try await stage.settle(for: Self.quietTime) { false }
        guard stage.violation == nil else { return }
        let isExpiring = expiry.map { $0 > start && $0 <= stage.clock.wall } ?? false
        // what is counted of a version's crashes is forgotten again with time
        let counted = writes.filter { !$0.hasPrefix("MODIFIED configmaps") && !(isBroken && $0.contains("spicepodsets")) }
        guard !isExpiring, let first = counted.first else { return }
        fail("no-writes", "\(counted.count) writes though nothing happens, the first: \(first)")
    }

    // MARK: Arriving

    /// What is missing; nil when the set is where it is wanted, or as near as its version lets it.
    var arrival: String? {
        guard user.hasSet else { return remains.isEmpty ? nil : "\(remains.joined(separator: ", ")) remain" }
        guard let set = picture.set else { return "there is no set" }
        guard set.status["observedGeneration"]?.intValue == set.generation else { return "the status is not of this generation" }
        if set.replicas == 0 {
            let left = picture.workloads.keys.sorted() + picture.pods.keys.sorted()
            return left.isEmpty ? nil : "paused, but \(left.joined(separator: ", ")) remain"
        }
        let isHeld = set.annotations["spice.ai/rollback"] == "true"
        if user.spec.version.trouble != nil, set.condition("Progressing")?["status"] == "False" { return nil }
        guard let version = isHeld ? set.activeVersion : wantedVersion(set) else { return "the version cannot be computed" }
        if set.activeVersion != version { return "the active version is \(set.activeVersion ?? "none"), wanted \(version)" }
        if set.condition("Ready")?["status"] != "True" { return "the set is not Ready" }
        return workloads(of: version, set) ?? service(set) ?? versions(set, version)
    }

    private func wantedVersion(_ set: SetState) -> String? {
        if let spec = try? JSONTreeDecoder().decode(SpicepodSetSpec.self, from: set.spec),
            let version = try? Version(of: spec, named: Picture.name)
        {
            return version.short
        }
        return nil
    }

    private func workloads(of version: String, _ set: SetState) -> String? {
        for ordinal in 0..<set.replicas {
            let pods = picture.podsBehindService.filter {
                $0.workload.ordinal == ordinal && $0.isAvailable && $0.version == version
            }
            if pods.count != 1 { return "replica \(ordinal) has \(pods.count) ready pods of version \(version)" }
        }
        let extra = picture.workloads.values.filter { workload in
            workload.name.ordinal >= set.replicas
                || (workload.version != version && workload.version != set.standbyVersion)
        }
        return extra.isEmpty ? nil : "\(extra.map(\.name.text).sorted().joined(separator: ", ")) remain"
    }

    private func versions(_ set: SetState, _ version: String) -> String? {
        let used = Set([version, wantedVersion(set), set.standbyVersion].compactMap { $0 }.map { "\(Picture.name)-\($0)" })
        let unused = picture.versions.subtracting(used).filter { $0.hasPrefix("\(Picture.name)-") }
        return unused.isEmpty ? nil : "the versions \(unused.sorted().joined(separator: ", ")) remain"
    }

    private func service(_ set: SetState) -> String? {
        let isWanted = set.spec[path: "service", "enabled"] != false
        if isWanted, picture.service == nil { return "there is no Service" }
        if !isWanted, picture.service != nil { return "the Service remains" }
        return nil
    }

    /// What is left of the set when it is gone; claims of the stable layout stay.
    var remains: [String] {
        guard picture.set == nil else { return ["the set"] }
        return picture.workloads.keys.sorted() + picture.pods.keys.sorted() + (picture.service == nil ? [] : ["the Service"])
            + picture.versions.filter { $0.hasPrefix("\(Picture.name)-") }.sorted()
            + picture.claims.values.filter { $0.workload.version != nil }.map(\.name).sorted()
    }
}
