import ControllerSimulation
import KubernetesModel
import SpiceTypes

extension Run {
    /// Longer than every wait that there is: back-off, deadline, the hour after which certificates are looked at again.
    private static let patience: Duration = .seconds(2 * 3600)
    private static let quietTime: Duration = .seconds(4000)

    /// Users and faults rest: the cluster arrives where it is wanted, and then nothing is written any more.
    func comeToRest() async throws {
        stage.note("> users and faults rest")
        for service in stage.services {
            service.faults.disarm()
            try bring(service, up: true)
        }
        clockError = .zero
        try await user.nuisance.healNodes()
        try await user.nuisance.healPods()
        try await user.makeWay(picture)
        stage.absorb(.fault)
        // nodes are not followed, and have changed
        stage.mayPump = true
        guard try await stage.settle(for: Self.patience, until: { whatIsMissing == nil }) else {
            return fail("converges", "after \(Self.patience.components.seconds) s: \(whatIsMissing ?? "")")
        }
        try await beQuiet()
        guard stage.violation == nil else { return }
        try await user.deleteCluster()
        stage.absorb(.user)
        guard try await stage.settle(for: .seconds(300), until: { remains.isEmpty }) else {
            return fail("ownership", "the cluster is gone and left \(remains.joined(separator: ", "))")
        }
    }

    private var whatIsMissing: String? {
        user.hasCluster ? Arrival(picture: picture, user: user, now: certificateTime).missing : remains.first
    }

    private func fail(_ id: String, _ detail: String) { stage.fail(Violation(id: id, detail: detail)) }

    private func beQuiet() async throws {
        let isBroken = user.spec.parts.scheduler.trouble != nil || user.spec.parts.executor.trouble != nil
        // counts and words of the status follow within a minute; a version that crashes is stopped when it has done so often enough
        _ = try await stage.settle(for: .seconds(isBroken ? 900 : 120)) { false }
        guard let first = try await disturbance(isBroken) else { return }
        guard first.contains("secrets") else { return fail("no-writes", first) }
        // A certificate's time to be renewed may have come; not three times in a row.
        guard try await disturbance(isBroken) != nil, let last = try await disturbance(isBroken) else { return }
        fail("no-writes", last)
    }

    /// What is written although nothing happens.
    private func disturbance(_ isBroken: Bool) async throws -> String? {
        guard stage.violation == nil else { return nil }
        writes = []
        _ = try await stage.settle(for: Self.quietTime) { false }
        // what is counted of a version's crashes is forgotten again with time
        let counted = writes.filter { !$0.contains("MODIFIED configmaps") && !(isBroken && $0.contains("spicepod")) }
        guard let first = counted.first(where: { $0.contains("secrets") }) ?? counted.first else { return nil }
        return "\(counted.count) writes though nothing happens, one of them: \(first)"
    }

    /// What is left of the cluster when it is gone.
    var remains: [String] {
        guard picture.cluster == nil else { return ["the cluster"] }
        return picture.sets.keys.map { Picture.names.set($0) }.sorted() + picture.workloads.keys.sorted()
            + picture.nodes.keys.sorted() + picture.services.keys.filter { $0.hasPrefix("\(Picture.name)-") }.sorted()
            + picture.versions.filter { $0.hasPrefix("\(Picture.name)-") }.sorted()
            + picture.secrets.filter { !Foreign.isMark($0.value) }.keys.map { "Secret \($0)" }.sorted()
    }
}
