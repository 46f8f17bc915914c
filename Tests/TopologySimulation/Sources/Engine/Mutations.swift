import ClusterController
import ControllerRuntime
import ControllerSimulation
import JSON
import KubernetesClient
import KubernetesModel
import SetController
import SpiceTypes

extension Mutation {
    package static let all: [Mutation] = [
        Mutation(
            "the executors do not wait for the schedulers' upgrade",
            cluster: { plan, run in
                guard let wanted = run.wanted(.executor) else { return }
                plan.editSet(.executor) { set in
                    set["spec"] = wanted.spec
                    set[path: "metadata", "annotations"]?[AnnotationKey.fullVersion] = .string(wanted.version)
                }
            }),
        Mutation(
            "of held executors the image alone is kept",
            cluster: { plan, run in
                guard let wanted = run.wanted(.executor) else { return }
                plan.editSet(.executor) { set in
                    let image = set[path: "spec", "image"]
                    set["spec"] = wanted.spec
                    set[path: "spec", "image"] = image
                }
            }),
        Mutation(
            "executors are made before there is a scheduler",
            cluster: { plan, run in
                let key = ObjectKey(namespace: Picture.namespace, name: Picture.names.set(.executor))
                guard let wanted = run.wanted(.executor), !plan.steps.contains(where: { $0.object.key == key }),
                    var step = plan.steps.last, step.object.resource == .spicepodSets
                else { return }
                step.object.key = key
                step.object.object[path: "metadata", "name"] = .string(key.name)
                step.object.object[path: "metadata", "labels"]?[LabelKey.clusterRole] = "executor"
                step.object.object["spec"] = wanted.spec
                plan.steps.append(step)
            }),
        Mutation(
            "executors never follow",
            cluster: { plan, run in
                guard let live = run.picture.sets[.executor]?.annotation(AnnotationKey.fullVersion) else { return }
                plan.steps.removeAll {
                    $0.object.key.name == Picture.names.set(.executor)
                        && $0.object.object[path: "metadata", "annotations"]?[AnnotationKey.fullVersion]?.stringValue != live
                }
            }),
        Mutation("there is no discovery Service", cluster: { plan, _ in plan.steps.removeAll { $0.object.resource == .services } }),
        Mutation(
            "a stopped set is started again and again",
            cluster: { plan, run in
                for role in ClusterRole.allCases {
                    plan.editSet(role) { $0[path: "spec", "replicas"] = .int(Int64(run.user.spec.replicas[role] ?? 1)) }
                }
            }),
        Mutation(
            "the cluster's status is written every time",
            cluster: { plan, run in
                plan.status.conditions?[0].message = "looked at \(run.stage.counts.reconciles)"
            }),
        Mutation(
            "the Service for clients offers the port between nodes",
            set: { plan, _ in
                for index in plan.apply.indices where plan.apply[index].resource == .services {
                    guard plan.apply[index].key.name == Picture.names.set(.scheduler) else { continue }
                    let ports = plan.apply[index].object[path: "spec", "ports"]?.arrayValue ?? []
                    plan.apply[index].object[path: "spec", "ports"] = .array(ports + [["name": "cluster", "port": 50052]])
                }
            }),
        Mutation(
            "restarts all outdated nodes at once",
            set: { plan, run in
                guard plan.delete.contains(where: { $0.resource == .pods }), let planned = run.known[Decision.Service.set.rawValue],
                    let role = plan.delete.first.flatMap({ planned.nodes[$0.key.name]?.role })
                else { return }
                for node in planned.nodes(role) where node.isAvailable {
                    let removal = Removal(
                        resource: .pods, key: ObjectKey(namespace: Picture.namespace, name: node.name), uid: node.uid)
                    if !plan.delete.contains(removal) { plan.delete.append(removal) }
                }
            }),
        Mutation(
            "certificates trust the first root CA for ever",
            request: { request, service, run in
                request.editLeaf(service) { secret in
                    guard let first = run.firstAuthority else { return }
                    secret["data"]?[NodeCertificate.authority] = first
                }
            }),
        Mutation(
            "the root CA's key is given to the nodes",
            request: { request, service, run in
                request.editLeaf(service) { secret in
                    guard let authority = run.picture.secrets[Picture.authority]?["data"] else { return }
                    secret["data"] = authority
                }
            }),
        Mutation(
            "executors get no certificates",
            request: { request, service, _ in
                guard service == .certificates, request.method == .patch, request.path.contains("executor") else { return }
                request.path += "-gone"
                request.edit { secret in
                    guard let name = secret[path: "metadata", "name"]?.stringValue else { return }
                    secret[path: "metadata", "name"] = .string("\(name)-gone")
                }
            }),
        Mutation(
            "the root CA is made in the cluster's namespace",
            request: { request, service, _ in
                guard service == .certificates, request.path.hasSuffix("/\(Picture.authority.name)") else { return }
                request.path = "/api/v1/namespaces/\(Picture.namespace)/secrets/\(Picture.authority.name)"
                request.edit { $0[path: "metadata", "namespace"] = .string(Picture.namespace) }
            }),
    ]
}

extension Run {
    /// The set of a role as the cluster wants it in the end.
    func wanted(_ role: ClusterRole) -> (spec: JSONValue, version: String)? {
        guard let set = picture.cluster?.cluster?.set(role, clusterDomain: Picture.domain),
            let spec = try? JSONTreeEncoder().encode(set.spec),
            let version = try? Version(of: set.spec, named: Picture.names.set(role))
        else { return nil }
        return (spec, version.sha)
    }
}

extension ClusterPlan {
    mutating func editSet(_ role: ClusterRole, _ edit: (inout JSONValue) -> Void) {
        for index in steps.indices where steps[index].object.key.name == Picture.names.set(role) {
            edit(&steps[index].object.object)
        }
    }
}

extension HTTPRequest {
    mutating func edit(_ change: (inout JSONValue) -> Void) {
        guard let body, var object = try? JSONValue(parsing: body) else { return }
        change(&object)
        self.body = object.serialized()
    }

    /// The certificate of a node on its way.
    mutating func editLeaf(_ service: Decision.Service, _ change: (inout JSONValue) -> Void) {
        guard service == .certificates, method == .patch, path.hasSuffix(NodeCertificate.secret(statefulSet: "")) else { return }
        edit(change)
    }
}
