import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// One replica in a Deployment, which rolls it by itself: the new pod is ready before the old one stops.
enum DeploymentBuilder {
    /// - Parameters:
    ///   - live: the Deployment as it is.
    ///   - isPaused: it stays, without a pod.
    static func build(_ child: ChildMetadata, _ live: ObservedWorkload?, _ record: VersionRecord, isPaused: Bool)
        throws(JSONError) -> DesiredObject
    {
        let replicas: Int32 = isPaused ? 0 : 1
        guard let live, let deployment = live.deployment else {
            return try whole(child, child.names.deployment, child.selector(of: .deployment), record, replicas)
        }
        if !deployment.isTakenOver, live.version == record.version.short { return try adopted(child, live, record, replicas) }
        var desired = try whole(child, live.key.name, deployment.selector, record, replicas)
        desired.takesOver = !deployment.isTakenOver
        return desired
    }

    private static func whole(
        _ child: ChildMetadata, _ name: String, _ selector: [String: String], _ record: VersionRecord, _ replicas: Int32
    ) throws(JSONError) -> DesiredObject {
        var template = record.template
        template.metadata.labels?[LabelKey.layout] = GenerationID.Layout.deployment.rawValue
        template.metadata.labels?.merge(selector) { _, immutable in immutable }
        let spec = DeploymentSpec {
            $0.replicas = replicas
            $0.strategy = DeploymentStrategy(
                type: "RollingUpdate", rollingUpdate: RollingUpdateDeployment(maxSurge: .int(1), maxUnavailable: .int(0)))
            $0.revisionHistoryLimit = 2
            $0.progressDeadlineSeconds = child.set.spec.progressDeadlineSeconds
            $0.selector = LabelSelector(matchLabels: selector)
            $0.template = template
        }
        return try child.object(
            .deployments, StatefulSetBuilder.metadata(name, child, record), ["spec": try JSONTreeEncoder().encode(spec)])
    }

    /// What an earlier operator version made runs on as it is. Its version is noted on its metadata: pods know nothing of that.
    private static func adopted(_ child: ChildMetadata, _ live: ObservedWorkload, _ record: VersionRecord, _ replicas: Int32)
        throws(JSONError) -> DesiredObject
    {
        let metadata = ObjectMeta {
            $0.name = live.key.name
            $0.namespace = live.key.namespace
            // one that is gone meanwhile is not made anew of so little
            $0.uid = live.uid
            $0.labels = child.selector
            $0.annotations = [AnnotationKey.fullVersion: record.version.sha]
            $0.ownerReferences = [child.owner]
        }
        return try child.object(.deployments, metadata, ["spec": ["replicas": .int(Int64(replicas))]])
    }
}
