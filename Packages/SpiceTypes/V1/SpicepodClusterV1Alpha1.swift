// Only the CRD is made of these types: what v1alpha1 says is converted as a tree, never decoded.

public import KubernetesModel
public import SpiceTypes

/// # Deprecated: use spice.ai/v2. What is wanted of a SpicepodCluster. The nodes' fields are those of a spice.ai/v1 SpicepodSet, in
/// its two notations.
public struct SpicepodClusterSpecV1Alpha1: Decodable {
    /// # Deprecated: schedulerSpec in spice.ai/v2. The nodes that plan queries and keep the cluster's state. They alone have a
    /// Spicepod.
    public var schedulerSetSpec: SpicepodSetSpecV1
    /// # Deprecated: executorSpec in spice.ai/v2. The nodes that compute. They fetch the Spicepod from the schedulers, so `spicepod` is
    /// refused here. Executors have no probes: `probes` is without effect here, and refused in spice.ai/v2.
    /// +cel=!has(self.spicepod)
    /// +celMessage=executors fetch the Spicepod from the schedulers when they start: write it under schedulerSetSpec.spicepod
    /// +celFieldPath=.spicepod
    /// +celReason=FieldValueForbidden
    public var executorSetSpec: SpicepodSetSpecV1
    /// # Deprecated: the same in spice.ai/v2. Whether the nodes talk without mutual TLS: for development only, everything between
    /// them is readable then.
    public var allowInsecureConnections: Bool?
}

/// # Deprecated: use spice.ai/v2. What is true of a SpicepodCluster.
public struct SpicepodClusterStatusV1Alpha1: Decodable {
    /// # Deprecated: the same in spice.ai/v2. The generation of the spec that this status describes.
    public var observedGeneration: Int64?
    /// # Deprecated: the same in spice.ai/v2. Whether the root CA has been made and is valid.
    public var rootCertificateReady: Bool?
    /// # Deprecated: rootCertificateSecretName in spice.ai/v2. The Secret with the root CA's certificate and key, in the operator's
    /// namespace.
    public var rootSecretName: String?
    /// # Deprecated: rootCertificateExpiresAt in spice.ai/v2. When the root CA runs out.
    /// +format=date-time
    public var rootExpiresAt: String?
    /// # Deprecated: the same in spice.ai/v2. The SpicepodSet of the schedulers.
    public var schedulerSpicepodsetName: String?
    /// # Deprecated: the same in spice.ai/v2. The SpicepodSet of the executors.
    public var executorSpicepodsetName: String?
    /// # Deprecated: the same in spice.ai/v2. How many schedulers are ready.
    public var schedulerReadyReplicas: Int32?
    /// # Deprecated: the same in spice.ai/v2. How many executors are ready.
    public var executorReadyReplicas: Int32?
    /// # Deprecated: the same in spice.ai/v2. The schedulers in figures.
    public var schedulers: ClusterNodeCounts?
    /// # Deprecated: the same in spice.ai/v2. The executors in figures.
    public var executors: ClusterNodeCounts?
    /// # Deprecated: conditions in spice.ai/v2. Why certificates could not be made or the cluster not be brought to what is wanted.
    public var error: String?
    /// # Deprecated: the same in spice.ai/v2. The aspects Ready, Progressing, Paused, CertificatesReady and Warning, each with its
    /// reason.
    /// +listType=map
    /// +listMapKey=type
    public var conditions: [Condition]?
}
