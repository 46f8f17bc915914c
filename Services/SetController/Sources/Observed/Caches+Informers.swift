package import ControllerRuntime

extension Caches {
    /// All of them, in a fixed order.
    package var informers: [any WatchFed] {
        [sets, pods, workloads, deployments, versions, services, claims, storageClasses]
            + Self.childResources.compactMap { children[$0] }
    }
}
