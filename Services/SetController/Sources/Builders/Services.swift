import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// The Service that clients use: fixed ports in front of the configured ones.
enum ServiceBuilder {
    static func build(_ child: ChildMetadata, _ traffic: Traffic) throws(JSONError) -> DesiredObject? {
        guard child.set.spec.service?.enabled != false else { return nil }
        let ports = child.set.spec.ports
        func target(_ name: String, _ number: Int32) -> IntOrString {
            traffic.usesPortNumbers ? .int(number) : .string(name)
        }
        let spec = ServiceSpec {
            $0.type = "ClusterIP"
            $0.selector = traffic.selector
            $0.ports = [
                ServicePort(name: "http", port: 8080, targetPort: target("http", ports.http)),
                // The pages use both 8080 and the runtime's own 8090 for the Service.
                ServicePort(name: "http-spiced", port: 8090, targetPort: target("http", ports.http)),
                ServicePort(name: "flight", port: 50051, targetPort: target("flight", ports.flight)),
                ServicePort(name: "metrics", port: 9090, targetPort: target("metrics", ports.metrics)),
            ]
        }
        return try child.object(
            .services, child.metadata(child.names.service, .network), ["spec": try JSONTreeEncoder().encode(spec)])
    }
}

/// The headless Service that gives every pod its DNS name, ready or not. It carries the rollout record.
enum HeadlessServiceBuilder {
    static func build(_ child: ChildMetadata, record: RolloutRecord) throws(JSONError) -> DesiredObject {
        let spec = ServiceSpec {
            $0.type = "ClusterIP"
            $0.clusterIP = "None"
            $0.publishNotReadyAddresses = true
            $0.selector = child.selector
            $0.ports = [
                ServicePort(name: "http", port: child.set.spec.ports.http, targetPort: .string("http")),
                ServicePort(name: "flight", port: child.set.spec.ports.flight, targetPort: .string("flight")),
                ServicePort(name: "metrics", port: child.set.spec.ports.metrics, targetPort: .string("metrics")),
            ]
        }
        return try child.object(
            .services,
            child.metadata(child.names.headlessService, .network, annotations: [AnnotationKey.rollout: record.annotation]),
            ["spec": try JSONTreeEncoder().encode(spec)])
    }
}
