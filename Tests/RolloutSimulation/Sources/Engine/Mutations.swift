import ControllerRuntime
import ControllerSimulation
import JSON
import KubernetesModel
import SetController
import SpiceTypes

extension Mutation {
    package static let all: [Mutation] = [
        Mutation("restarts one pod too many") { plan, known, _ in
            guard let first = plan.delete.first(where: { $0.resource == .pods }),
                let other = known.podsBehindService.last(where: { $0.isAvailable && $0.uid != first.uid })
            else { return }
            plan.delete.append(other.removal)
        },
        Mutation("takes the highest ordinal first") { plan, known, _ in
            guard let index = plan.delete.firstIndex(where: { $0.resource == .pods }), known.set?.strategy == "RollingOrdered",
                let first = known.podsBehindService.first(where: { $0.uid == plan.delete[index].uid && $0.isAvailable }),
                let last = known.podsBehindService.last(where: { $0.isAvailable && $0.version == first.version })
            else { return }
            // its template comes first, or the pod would come back as it was
            for at in plan.apply.indices where plan.apply[at].key.name == first.workload.text {
                plan.apply[at].key.name = last.workload.text
                plan.apply[at].object[path: "metadata", "name"] = .string(last.workload.text)
            }
            plan.delete[index] = last.removal
        },
        Mutation("takes one pod more than maxUnavailable") { plan, known, _ in
            guard known.set?.strategy == "RollingParallel", plan.delete.contains(where: { $0.resource == .pods }) else { return }
            let taken = Set(plan.delete.map(\.uid))
            guard let other = known.podsBehindService.last(where: { $0.isAvailable && !taken.contains($0.uid) }) else { return }
            plan.delete.append(other.removal)
        },
        Mutation("restarts all outdated pods at once") { plan, known, _ in
            guard plan.delete.contains(where: { $0.resource == .pods }) else { return }
            let wanted = plan.workloads.compactMap(\.version).first
            for pod in known.podsBehindService where pod.version != wanted && pod.isAvailable { plan.remove(pod.removal) }
        },
        Mutation("restarts pods that run the wanted version") { plan, known, _ in
            guard known.set?.condition("Ready")?["status"] == "True", known.set?.replicas != 1 else { return }
            for pod in known.podsBehindService where pod.isAvailable { plan.remove(pod.removal) }
        },
        Mutation("switches the Service before pods are ready") { plan, known, _ in
            guard let serving = known.service?.version,
                let next = plan.workloads.last(where: { $0.layout == "versioned" && $0.version != serving })?.version
            else { return }
            plan.editService { $0[path: "spec", "selector"]?["spice.ai/version"] = .string(next) }
        },
        Mutation("selects every version") { plan, _, _ in
            plan.editService { $0[path: "spec", "selector"] = ["spice.ai/spicepod": .string(Picture.name)] }
        },
        Mutation("says it has switched and does not") { plan, known, _ in
            guard known.service != nil else { return }
            plan.apply.removeAll { $0.resource == .services && $0.key == Run.key }
        },
        Mutation("does not wait for connections to drain") { plan, known, _ in
            guard let serving = known.service?.version else { return }
            let wanted = Set(plan.workloads.compactMap(\.version))
            for workload in known.workloads.values where workload.version != serving && !wanted.contains(workload.version ?? "") {
                plan.remove(workload.removal)
            }
        },
        Mutation("removes the standby before its time") { plan, known, _ in
            guard let standby = known.set?.standbyVersion, standby != known.service?.version else { return }
            plan.apply.removeAll { $0.resource == .statefulSets && $0.key.name.contains(standby) }
            for workload in known.workloads.values where workload.name.version == standby { plan.remove(workload.removal) }
        },
        Mutation("deletes volumes with their workload") { plan, known, _ in
            for name in plan.delete.filter({ $0.resource == .statefulSets }).map(\.key.name) {
                for claim in known.claims.values where claim.workload.text == name && claim.workload.version == nil {
                    plan.delete.append(
                        Removal(
                            resource: .persistentVolumeClaims, key: ObjectKey(namespace: Picture.namespace, name: claim.name),
                            uid: claim.uid))
                }
            }
        },
        Mutation("forgets when versions were retired") { plan, _, _ in plan.editRecord { $0["retired"] = nil } },
        Mutation("never removes workloads") { plan, _, _ in plan.delete.removeAll { $0.resource == .statefulSets } },
        Mutation("never prunes versions") { plan, _, _ in plan.delete.removeAll { $0.resource == .configMaps } },
        Mutation("removes the lowest ordinals when scaling in") { plan, known, _ in
            plan.delete = plan.delete.map { removal in
                guard removal.resource == .statefulSets,
                    let lowest = known.workloads.values.filter({ $0.name.version == WorkloadName(removal.key.name).version })
                        .min(by: { $0.name.ordinal < $1.name.ordinal })
                else { return removal }
                return lowest.removal
            }
        },
        Mutation("writes the status every time") { plan, known, clock in
            let last = (known.set?.status["lastUpdated"]?.stringValue).flatMap { Timestamp($0) } ?? clock.wall
            plan.status.lastUpdated = last.wholeSeconds + .seconds(1)
        },
        Mutation("does not look again") { plan, _, _ in plan.lookAgain = nil },
        Mutation("makes no workload beside others") { plan, known, _ in
            guard !known.workloads.isEmpty else { return }
            plan.apply.removeAll { $0.resource == .statefulSets && known.workloads[$0.key.name] == nil }
        },
        Mutation("makes the Service never") { plan, _, _ in
            plan.apply.removeAll { $0.resource == .services && $0.key == Run.key }
        },
    ]
}

extension PodState {
    var removal: Removal { Removal(resource: .pods, key: ObjectKey(namespace: Picture.namespace, name: name), uid: uid) }
}

extension WorkloadState {
    var removal: Removal {
        Removal(resource: .statefulSets, key: ObjectKey(namespace: Picture.namespace, name: name.text), uid: uid)
    }
}

extension SetPlan {
    /// Version and layout of the StatefulSets to apply.
    var workloads: [(version: String?, layout: String?)] {
        apply.filter { $0.resource == .statefulSets }.map { desired in
            let labels = desired.object[path: "spec", "template", "metadata", "labels"]
            return (labels?["spice.ai/version"]?.stringValue, labels?["spice.ai/layout"]?.stringValue)
        }
    }

    mutating func remove(_ removal: Removal) {
        if !delete.contains(removal) { delete.append(removal) }
    }

    mutating func editService(_ edit: (inout JSONValue) -> Void) {
        for index in apply.indices where apply[index].resource == .services && apply[index].key == Run.key {
            edit(&apply[index].object)
        }
    }

    /// The rollout record, on the headless Service.
    mutating func editRecord(_ edit: (inout JSONValue) -> Void) {
        for index in apply.indices where apply[index].resource == .services {
            guard let text = apply[index].object[path: "metadata", "annotations"]?["spice.ai/rollout"]?.stringValue,
                var record = try? JSONValue(parsing: text)
            else { continue }
            edit(&record)
            apply[index].object[path: "metadata", "annotations"]?["spice.ai/rollout"] = .string(record.text)
        }
    }
}
