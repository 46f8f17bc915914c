import JSON
import KubernetesModel

/// Endpoints for each Service with a selector, and an EndpointSlice for each set of ports that its pods resolve it to.
struct EndpointsController: SimulatedController {
    let component = "kube-controller-manager"

    func keys(for change: StoreEvent, in store: Store) -> [String] {
        if change.resource == .services { return [change.key.slashed] }
        guard change.resource == .pods else { return [] }
        let labels = [change.object, change.previous].compactMap { $0?["metadata", "labels"] }
        return store.all(.services).filter { key, service in
            guard key.namespace == change.key.namespace, let selector = service["spec", "selector"] else { return false }
            let query = LabelQuery(selector: ["matchLabels": selector])
            return labels.contains { query.matches($0) }
        }.keys.sorted().map(\.slashed)
    }

    func reconcile(_ key: String, _ cluster: inout Cluster) -> Duration? {
        let key = ObjectKey(slashed: key)
        guard let service = cluster.get(.services, key) else {
            cluster.delete(.endpoints, key)
            return nil
        }
        guard let selector = service["spec", "selector"], !service.isBeingDeleted else { return nil }
        let query = LabelQuery(selector: ["matchLabels": selector])
        let pods = cluster.list(.pods, namespace: key.namespace).filter {
            query.matches($0["metadata", "labels"]) && $0["status", "podIP"] != nil && !$0.isPodFinished
        }
        let slices = slices(service, pods)
        for slice in slices { write(slice, .endpointSlices, &cluster) }
        let names = Set(slices.map(\.name))
        let prior = cluster.list(.endpointSlices, namespace: key.namespace).filter { $0.isControlled(by: service) }
        for slice in prior where !names.contains(slice.name) { cluster.delete(.endpointSlices, slice.key) }
        write(endpoints(service, pods), .endpoints, &cluster)
        return nil
    }

    private func write(_ object: JSONValue, _ resource: GroupResource, _ cluster: inout Cluster) {
        if cluster.get(resource, object.key) == nil {
            cluster.create(resource, object)
            return
        }
        cluster.update(resource, object.key) { existing in
            for field in ["endpoints", "ports", "subsets"] where object[field] != nil || existing[field] != nil {
                existing[field] = object[field]
            }
        }
    }

    private func ports(_ service: JSONValue, _ pod: JSONValue?) -> [JSONValue] {
        service.list("spec", "ports").compactMap { port in
            var target = port["targetPort"]?.intValue
            if let name = port["targetPort"]?.stringValue {
                let named = (pod?.list("spec", "containers") ?? []).flatMap { $0.list("ports") }.first {
                    $0["name"] == .string(name)
                }
                target = named?["containerPort"]?.intValue
            }
            return target.map {
                ["name": port["name"] ?? "", "port": .int($0), "protocol": port["protocol"] ?? "TCP"]
            }
        }
    }

    private func reference(_ pod: JSONValue) -> JSONValue {
        ["kind": "Pod", "name": .string(pod.name), "namespace": .string(pod.namespace), "uid": .string(pod.uid)]
    }

    /// Those with the most ports first, under the name that is always there.
    private func slices(_ service: JSONValue, _ pods: [JSONValue]) -> [JSONValue] {
        let groups = Dictionary(grouping: pods) { ports(service, $0) }.sorted {
            ($0.key.count, JSONValue.array($1.key).text) > ($1.key.count, JSONValue.array($0.key).text)
        }
        guard !groups.isEmpty else { return [slice(service, [], ports(service, nil), isFirst: true)] }
        return groups.enumerated().map { slice(service, $1.value, $1.key, isFirst: $0 == 0) }
    }

    private func slice(_ service: JSONValue, _ pods: [JSONValue], _ ports: [JSONValue], isFirst: Bool) -> JSONValue {
        let name = isFirst ? service.name : service.name + JSONValue.array(ports).text
        let key = ObjectKey(namespace: service.namespace, name: "\(service.name)-\(Hash.safe(name).prefix(5))")
        let everyone = service["spec", "publishNotReadyAddresses"] == true
        let endpoints = pods.map { pod -> JSONValue in
            let isServing = pod.isPodReady
            var endpoint: JSONValue = [
                "addresses": [pod["status", "podIP"] ?? ""], "nodeName": pod["spec", "nodeName"] ?? "", "targetRef": reference(pod),
                "conditions": [
                    "ready": .bool(everyone || (isServing && !pod.isBeingDeleted)), "serving": .bool(everyone || isServing),
                    "terminating": .bool(pod.isBeingDeleted),
                ],
            ]
            if let hostname = pod["spec", "hostname"], pod["spec", "subdomain"] == .string(service.name) {
                endpoint["hostname"] = hostname
            }
            return endpoint
        }
        return [
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
            "metadata": [
                "name": .string(key.name), "namespace": .string(key.namespace),
                "labels": [
                    "kubernetes.io/service-name": .string(service.name),
                    "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
                ],
                "ownerReferences": [service.controllerReference()],
            ],
            "addressType": "IPv4", "endpoints": .array(endpoints), "ports": .array(ports),
        ]
    }

    private func endpoints(_ service: JSONValue, _ pods: [JSONValue]) -> JSONValue {
        func addresses(_ pods: [JSONValue]) -> JSONValue? {
            .nonEmpty(
                pods.map { pod in
                    ["ip": pod["status", "podIP"] ?? "", "nodeName": pod["spec", "nodeName"] ?? "", "targetRef": reference(pod)]
                })
        }
        let live = pods.filter { !$0.isBeingDeleted }
        let everyone = service["spec", "publishNotReadyAddresses"] == true
        var subset: JSONValue = ["ports": .array(ports(service, pods.first))]
        subset["addresses"] = addresses(live.filter { everyone || $0.isPodReady })
        subset["notReadyAddresses"] = addresses(live.filter { !everyone && !$0.isPodReady })
        var object: JSONValue = [
            "apiVersion": "v1", "kind": "Endpoints",
            "metadata": ["name": .string(service.name), "namespace": .string(service.namespace)],
        ]
        if !live.isEmpty { object["subsets"] = [subset] }
        return object
    }
}
