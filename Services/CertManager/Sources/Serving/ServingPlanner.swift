import ControllerRuntime
import KubernetesModel
import PKI

/// Decides about one serving certificate and the `caBundle`s of everything that calls by it. Pure.
package struct ServingPlanner: Sendable {
    let settings: Settings

    package init(settings: Settings) {
        self.settings = settings
    }

    /// How long a bundle keeps what it trusted before, once the certificate is from the new authority. Servers watch their Secret and
    /// greet with the new certificate within a second; one that cannot turns unready by itself as soon as the bundle drops its
    /// authority. Counted from the certificate's own issuing, so that no state is needed for it.
    static let overlap: Duration = .seconds(600)
    /// A bundle is read at every call.
    static let most = 4

    package func plan(_ world: ServingWorld) -> ServingPlan {
        let names = ServingNames.all(world.callers.flatMap(\.caller.hosts), clusterDomain: settings.clusterDomain)
        let judgement = LeafJudgement(
            world.leaf, names: NameList(names), authority: world.authority, terms: settings.leafTerms, now: world.now)
        let dropsAt = overlapEnd(world)
        var plan = ServingPlan(names: names, lookAgain: LookAgain.longest)
        for reference in world.callers {
            let bundle = bundle(reference.caller.bundle, world, dropsOthers: dropsAt.map { $0 <= world.now } ?? false)
            if reference.caller.bundle != bundle { plan.bundles.append(BundleChange(reference: reference, bundle: bundle)) }
            if bundle.count > 1, let dropsAt { plan.lookAgain = min(plan.lookAgain, LookAgain.at(dropsAt, world.now)) }
        }
        switch judgement {
        case .issue(let reason): plan.issue = reason
        case .good(let renewal): plan.lookAgain = min(plan.lookAgain, LookAgain.at(renewal, world.now))
        case .waits: plan.lookAgain = LookAgain.afterFailure
        }
        return plan
    }

    /// When only the authority that is there has to be trusted; nil while the certificate is not from it.
    private func overlapEnd(_ world: ServingWorld) -> Timestamp? {
        guard let leaf = world.leaf?.summary, leaf.authority == world.authority.authorityIdentifier else { return nil }
        return leaf.validity.issuedAt + Self.overlap
    }

    /// The authority first, then what was trusted before: as long as it lives, and a server may still greet with it. A certificate of
    /// the authority's own key is replaced by the newest.
    private func bundle(_ trusted: [Certificate]?, _ world: ServingWorld, dropsOthers: Bool) -> [Certificate] {
        let current = world.authority.certificate
        guard !dropsOthers else { return [current] }
        var bundle = [current]
        for certificate in trusted ?? [] where bundle.count < Self.most {
            let isKept = certificate.authorityIdentifier != current.authorityIdentifier && certificate.notAfter >= world.now
            if isKept, !bundle.contains(certificate) { bundle.append(certificate) }
        }
        return bundle
    }
}

/// The names that a serving certificate speaks for.
enum ServingNames {
    /// The API server calls a Service as `<name>.<namespace>.svc`, whatever the cluster's domain is; the other forms are for people
    /// and probes.
    static func all(_ hosts: [WebhookObject.Host], clusterDomain: String) -> [SubjectName] {
        var names: [SubjectName] = []
        for host in hosts {
            switch host {
            case .url(let name): names.append(name)
            case .service(let name, let namespace):
                let full = "\(name).\(namespace).svc"
                names += [full, "\(full).\(clusterDomain)", "\(name).\(namespace)", name].map { .dns($0) }
            }
        }
        var seen: Set<SubjectName> = []
        return names.filter { seen.insert($0).inserted }
    }
}
