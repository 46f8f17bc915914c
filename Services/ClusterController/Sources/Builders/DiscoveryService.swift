public import ControllerRuntime
public import JSON
import KubernetesModel
public import SpiceTypes

/// The headless Service under whose name executors find the schedulers. It alone offers the port between nodes (cluster page, port
/// separation), and ready schedulers only.
public enum DiscoveryService {
    public static let portName = "cluster"

    public static func build(_ cluster: SpicepodCluster) throws(JSONError) -> DesiredObject {
        let names = cluster.names
        let metadata = ObjectMeta {
            $0.name = names.discoveryService
            $0.namespace = cluster.metadata.namespace
            $0.labels = [
                "app.kubernetes.io/name": "spice",
                "app.kubernetes.io/instance": names.labelValue,
                "app.kubernetes.io/component": Component.network.rawValue,
                "app.kubernetes.io/managed-by": "spiceai-operator",
                LabelKey.component: Component.network.rawValue,
                LabelKey.app: names.labelValue,
                LabelKey.cluster: names.labelValue,
                LabelKey.clusterRole: ClusterRole.scheduler.rawValue,
            ]
            $0.ownerReferences = [cluster.owner]
        }
        let spec = ServiceSpec {
            $0.type = "ClusterIP"
            $0.clusterIP = "None"
            $0.selector = [LabelKey.cluster: names.labelValue, LabelKey.clusterRole: ClusterRole.scheduler.rawValue]
            // by name, so that it stays right while schedulers move to another port
            $0.ports = [ServicePort(name: portName, port: cluster.schedulerPort, targetPort: .string(portName))]
        }
        return try DesiredObject(.services, metadata, spec: try JSONTreeEncoder().encode(spec))
    }
}
