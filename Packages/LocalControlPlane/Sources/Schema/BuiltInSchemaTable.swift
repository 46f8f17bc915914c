// Made by Packages/LocalControlPlane/Generate/BuiltInSchemas.swift; do not edit.

/// What a real API server publishes about its own kinds, a field a line: `name! type list=… merge=… default=… enum=…`, `!` for
/// required. `list=map:name` is keyed by `name`; `default={}` marks a struct that is never absent in Go.
let builtInSchemaTable = #"""
    @kind /v1 ConfigMap ConfigMap
    @kind /v1 Endpoints Endpoints
    @kind /v1 Event core.Event
    @kind /v1 LimitRange LimitRange
    @kind /v1 Namespace Namespace
    @kind /v1 Node Node
    @kind /v1 PersistentVolume PersistentVolume
    @kind /v1 PersistentVolumeClaim PersistentVolumeClaim
    @kind /v1 Pod Pod
    @kind /v1 ResourceQuota ResourceQuota
    @kind /v1 Secret Secret
    @kind /v1 Service Service
    @kind /v1 ServiceAccount ServiceAccount
    @kind admissionregistration.k8s.io/v1 MutatingWebhookConfiguration MutatingWebhookConfiguration
    @kind admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration ValidatingWebhookConfiguration
    @kind apiextensions.k8s.io/v1 CustomResourceDefinition CustomResourceDefinition
    @kind apps/v1 ControllerRevision ControllerRevision
    @kind apps/v1 DaemonSet DaemonSet
    @kind apps/v1 Deployment Deployment
    @kind apps/v1 ReplicaSet ReplicaSet
    @kind apps/v1 StatefulSet StatefulSet
    @kind authentication.k8s.io/v1 TokenRequest TokenRequest
    @kind authentication.k8s.io/v1 TokenReview TokenReview
    @kind authorization.k8s.io/v1 SelfSubjectAccessReview SelfSubjectAccessReview
    @kind authorization.k8s.io/v1 SubjectAccessReview SubjectAccessReview
    @kind autoscaling/v1 Scale Scale
    @kind batch/v1 CronJob CronJob
    @kind batch/v1 Job Job
    @kind coordination.k8s.io/v1 Lease Lease
    @kind discovery.k8s.io/v1 EndpointSlice EndpointSlice
    @kind events.k8s.io/v1 Event events.Event
    @kind networking.k8s.io/v1 Ingress Ingress
    @kind networking.k8s.io/v1 NetworkPolicy NetworkPolicy
    @kind policy/v1 Eviction Eviction
    @kind policy/v1 PodDisruptionBudget PodDisruptionBudget
    @kind rbac.authorization.k8s.io/v1 ClusterRole ClusterRole
    @kind rbac.authorization.k8s.io/v1 ClusterRoleBinding ClusterRoleBinding
    @kind rbac.authorization.k8s.io/v1 Role Role
    @kind rbac.authorization.k8s.io/v1 RoleBinding RoleBinding
    @kind scheduling.k8s.io/v1 PriorityClass PriorityClass
    @kind storage.k8s.io/v1 StorageClass StorageClass
    @type AWSElasticBlockStoreVolumeSource
    fsType string
    partition int32
    readOnly boolean
    volumeID! string default=""
    @type Affinity
    nodeAffinity NodeAffinity
    podAffinity PodAffinity
    podAntiAffinity PodAntiAffinity
    @type AggregationRule
    clusterRoleSelectors [LabelSelector] list=atomic
    @type AppArmorProfile
    localhostProfile string
    type! string default="" enum=Localhost|RuntimeDefault|Unconfined
    @type AttachedVolume
    devicePath! string default=""
    name! string default=""
    @type AzureDiskVolumeSource
    cachingMode string default="ReadWrite" enum=None|ReadOnly|ReadWrite
    diskName! string default=""
    diskURI! string default=""
    fsType string default="ext4"
    kind string default="Shared" enum=Dedicated|Managed|Shared
    readOnly boolean default=false
    @type AzureFilePersistentVolumeSource
    readOnly boolean
    secretName! string default=""
    secretNamespace string
    shareName! string default=""
    @type AzureFileVolumeSource
    readOnly boolean
    secretName! string default=""
    shareName! string default=""
    @type BoundObjectReference
    apiVersion string
    kind string
    name string
    uid string
    @type CSIPersistentVolumeSource
    controllerExpandSecretRef SecretReference
    controllerPublishSecretRef SecretReference
    driver! string default=""
    fsType string
    nodeExpandSecretRef SecretReference
    nodePublishSecretRef SecretReference
    nodeStageSecretRef SecretReference
    readOnly boolean
    volumeAttributes {string}
    volumeHandle! string default=""
    @type CSIVolumeSource
    driver! string default=""
    fsType string
    nodePublishSecretRef LocalObjectReference
    readOnly boolean
    volumeAttributes {string}
    @type Capabilities
    add [string] list=atomic
    drop [string] list=atomic
    @type CephFSPersistentVolumeSource
    monitors! [string] list=atomic
    path string
    readOnly boolean
    secretFile string
    secretRef SecretReference
    user string
    @type CephFSVolumeSource
    monitors! [string] list=atomic
    path string
    readOnly boolean
    secretFile string
    secretRef LocalObjectReference
    user string
    @type CinderPersistentVolumeSource
    fsType string
    readOnly boolean
    secretRef SecretReference
    volumeID! string default=""
    @type CinderVolumeSource
    fsType string
    readOnly boolean
    secretRef LocalObjectReference
    volumeID! string default=""
    @type ClientIPConfig
    timeoutSeconds int32
    @type ClusterRole
    aggregationRule AggregationRule
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    rules [PolicyRule] list=atomic
    @type ClusterRoleBinding
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    roleRef! RoleRef default={}
    subjects [Subject] list=atomic
    @type ClusterTrustBundleProjection
    labelSelector LabelSelector
    name string
    optional boolean
    path! string default=""
    signerName string
    @type Condition
    lastTransitionTime! time
    message! string default=""
    observedGeneration int64
    reason! string default=""
    status! string default=""
    type! string default=""
    @type ConfigMap
    apiVersion string
    binaryData {bytes}
    data {string}
    immutable boolean
    kind string
    metadata ObjectMeta default={}
    @type ConfigMapEnvSource
    name string default=""
    optional boolean
    @type ConfigMapKeySelector atomic
    key! string default=""
    name string default=""
    optional boolean
    @type ConfigMapNodeConfigSource
    kubeletConfigKey! string default=""
    name! string default=""
    namespace! string default=""
    resourceVersion string
    uid string
    @type ConfigMapProjection
    items [KeyToPath] list=atomic
    name string default=""
    optional boolean
    @type ConfigMapVolumeSource
    defaultMode int32
    items [KeyToPath] list=atomic
    name string default=""
    optional boolean
    @type Container
    args [string] list=atomic
    command [string] list=atomic
    env [EnvVar] list=map:name merge=merge:name
    envFrom [EnvFromSource] list=atomic
    image string
    imagePullPolicy string enum=Always|IfNotPresent|Never
    lifecycle Lifecycle
    livenessProbe Probe
    name! string default=""
    ports [ContainerPort] list=map:containerPort,protocol merge=merge:containerPort
    readinessProbe Probe
    resizePolicy [ContainerResizePolicy] list=atomic
    resources ResourceRequirements default={}
    restartPolicy string
    restartPolicyRules [ContainerRestartRule] list=atomic
    securityContext SecurityContext
    startupProbe Probe
    stdin boolean
    stdinOnce boolean
    terminationMessagePath string
    terminationMessagePolicy string enum=FallbackToLogsOnError|File
    tty boolean
    volumeDevices [VolumeDevice] list=map:devicePath merge=merge:devicePath
    volumeMounts [VolumeMount] list=map:mountPath merge=merge:mountPath
    workingDir string
    @type ContainerExtendedResourceRequest
    containerName! string default=""
    requestName! string default=""
    resourceName! string default=""
    @type ContainerImage
    names [string] list=atomic
    sizeBytes int64
    @type ContainerPort
    containerPort! int32 default=0
    hostIP string
    hostPort int32
    name string
    protocol string default="TCP" enum=SCTP|TCP|UDP
    @type ContainerResizePolicy
    resourceName! string default=""
    restartPolicy! string default=""
    @type ContainerRestartRule
    action! string
    exitCodes ContainerRestartRuleOnExitCodes
    @type ContainerRestartRuleOnExitCodes
    operator! string
    values [int32] list=set
    @type ContainerState
    running ContainerStateRunning
    terminated ContainerStateTerminated
    waiting ContainerStateWaiting
    @type ContainerStateRunning
    startedAt time
    @type ContainerStateTerminated
    containerID string
    exitCode! int32 default=0
    finishedAt time
    message string
    reason string
    signal int32
    startedAt time
    @type ContainerStateWaiting
    message string
    reason string
    @type ContainerStatus
    allocatedResources {quantity}
    allocatedResourcesStatus [ResourceStatus] list=map:name merge=merge:name
    containerID string
    image! string default=""
    imageID! string default=""
    lastState ContainerState default={}
    name! string default=""
    ready! boolean default=false
    resources ResourceRequirements
    restartCount! int32 default=0
    started boolean
    state ContainerState default={}
    stopSignal string
    user ContainerUser
    volumeMounts [VolumeMountStatus] list=map:mountPath merge=merge:mountPath
    @type ContainerUser
    linux LinuxContainerUser
    @type ControllerRevision
    apiVersion string
    data any
    kind string
    metadata ObjectMeta default={}
    revision! int64 default=0
    @type CronJob
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec! CronJobSpec default={}
    status CronJobStatus default={}
    @type CronJobSpec
    concurrencyPolicy string enum=Allow|Forbid|Replace
    failedJobsHistoryLimit int32
    jobTemplate! JobTemplateSpec default={}
    schedule! string default=""
    startingDeadlineSeconds int64
    successfulJobsHistoryLimit int32
    suspend boolean
    timeZone string
    @type CronJobStatus
    active [ObjectReference] list=atomic
    lastScheduleTime time
    lastSuccessfulTime time
    @type CustomResourceColumnDefinition
    description string
    format string
    jsonPath! string default=""
    name! string default=""
    priority int32
    type! string default=""
    @type CustomResourceConversion
    strategy! string default=""
    webhook WebhookConversion
    @type CustomResourceDefinition
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec! CustomResourceDefinitionSpec default={}
    status CustomResourceDefinitionStatus default={}
    @type CustomResourceDefinitionCondition
    lastTransitionTime time
    message string
    observedGeneration int64
    reason string
    status! string default=""
    type! string default=""
    @type CustomResourceDefinitionNames
    categories [string] list=atomic
    kind! string default=""
    listKind string
    plural! string default=""
    shortNames [string] list=atomic
    singular string
    @type CustomResourceDefinitionSpec
    conversion CustomResourceConversion
    group! string default=""
    names! CustomResourceDefinitionNames default={}
    preserveUnknownFields boolean
    scope! string default=""
    versions! [CustomResourceDefinitionVersion] list=atomic
    @type CustomResourceDefinitionStatus
    acceptedNames CustomResourceDefinitionNames default={}
    conditions [CustomResourceDefinitionCondition] list=map:type
    observedGeneration int64
    storedVersions [string] list=atomic
    @type CustomResourceDefinitionVersion
    additionalPrinterColumns [CustomResourceColumnDefinition] list=atomic
    deprecated boolean
    deprecationWarning string
    name! string default=""
    schema CustomResourceValidation
    selectableFields [SelectableField] list=atomic
    served! boolean default=false
    storage! boolean default=false
    subresources CustomResourceSubresources
    @type CustomResourceSubresourceScale
    labelSelectorPath string
    specReplicasPath! string default=""
    statusReplicasPath! string default=""
    @type CustomResourceSubresources
    scale CustomResourceSubresourceScale
    status any
    @type CustomResourceValidation
    openAPIV3Schema any
    @type DaemonEndpoint
    Port! int32 default=0
    @type DaemonSet
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec DaemonSetSpec default={}
    status DaemonSetStatus default={}
    @type DaemonSetCondition
    lastTransitionTime time
    message string
    reason string
    status! string default=""
    type! string default=""
    @type DaemonSetSpec
    minReadySeconds int32
    revisionHistoryLimit int32
    selector! LabelSelector
    template! PodTemplateSpec default={}
    updateStrategy DaemonSetUpdateStrategy default={}
    @type DaemonSetStatus
    collisionCount int32
    conditions [DaemonSetCondition] list=map:type merge=merge:type
    currentNumberScheduled! int32 default=0
    desiredNumberScheduled! int32 default=0
    numberAvailable int32
    numberMisscheduled! int32 default=0
    numberReady! int32 default=0
    numberUnavailable int32
    observedGeneration int64
    updatedNumberScheduled int32
    @type DaemonSetUpdateStrategy
    rollingUpdate RollingUpdateDaemonSet
    type string enum=OnDelete|RollingUpdate
    @type DeleteOptions
    apiVersion string
    dryRun [string] list=atomic
    gracePeriodSeconds int64
    ignoreStoreReadErrorWithClusterBreakingPotential boolean
    kind string
    orphanDependents boolean
    preconditions Preconditions
    propagationPolicy string
    @type Deployment
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec DeploymentSpec default={}
    status DeploymentStatus default={}
    @type DeploymentCondition
    lastTransitionTime time
    lastUpdateTime time
    message string
    reason string
    status! string default=""
    type! string default=""
    @type DeploymentSpec
    minReadySeconds int32
    paused boolean
    progressDeadlineSeconds int32
    replicas int32
    revisionHistoryLimit int32
    selector! LabelSelector
    strategy DeploymentStrategy merge=retainKeys: default={}
    template! PodTemplateSpec default={}
    @type DeploymentStatus
    availableReplicas int32
    collisionCount int32
    conditions [DeploymentCondition] list=map:type merge=merge:type
    observedGeneration int64
    readyReplicas int32
    replicas int32
    terminatingReplicas int32
    unavailableReplicas int32
    updatedReplicas int32
    @type DeploymentStrategy
    rollingUpdate RollingUpdateDeployment
    type string enum=Recreate|RollingUpdate
    @type DownwardAPIProjection
    items [DownwardAPIVolumeFile] list=atomic
    @type DownwardAPIVolumeFile
    fieldRef ObjectFieldSelector
    mode int32
    path! string default=""
    resourceFieldRef ResourceFieldSelector
    @type DownwardAPIVolumeSource
    defaultMode int32
    items [DownwardAPIVolumeFile] list=atomic
    @type EmptyDirVolumeSource
    medium string
    sizeLimit quantity
    @type Endpoint
    addresses! [string] list=set
    conditions EndpointConditions default={}
    deprecatedTopology {string}
    hints EndpointHints
    hostname string
    nodeName string
    targetRef ObjectReference
    zone string
    @type EndpointAddress atomic
    hostname string
    ip! string default=""
    nodeName string
    targetRef ObjectReference
    @type EndpointConditions
    ready boolean
    serving boolean
    terminating boolean
    @type EndpointHints
    forNodes [ForNode] list=atomic
    forZones [ForZone] list=atomic
    @type EndpointSlice
    addressType! string default="" enum=FQDN|IPv4|IPv6
    apiVersion string
    endpoints [Endpoint] list=atomic
    kind string
    metadata ObjectMeta default={}
    ports [discovery.EndpointPort] list=atomic
    @type EndpointSubset
    addresses [EndpointAddress] list=atomic
    notReadyAddresses [EndpointAddress] list=atomic
    ports [core.EndpointPort] list=atomic
    @type Endpoints
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    subsets [EndpointSubset] list=atomic
    @type EnvFromSource
    configMapRef ConfigMapEnvSource
    prefix string
    secretRef SecretEnvSource
    @type EnvVar
    name! string default=""
    value string
    valueFrom EnvVarSource
    @type EnvVarSource
    configMapKeyRef ConfigMapKeySelector
    fieldRef ObjectFieldSelector
    fileKeyRef FileKeySelector
    resourceFieldRef ResourceFieldSelector
    secretKeyRef SecretKeySelector
    @type EphemeralContainer
    args [string] list=atomic
    command [string] list=atomic
    env [EnvVar] list=map:name merge=merge:name
    envFrom [EnvFromSource] list=atomic
    image string
    imagePullPolicy string enum=Always|IfNotPresent|Never
    lifecycle Lifecycle
    livenessProbe Probe
    name! string default=""
    ports [ContainerPort] list=map:containerPort,protocol merge=merge:containerPort
    readinessProbe Probe
    resizePolicy [ContainerResizePolicy] list=atomic
    resources ResourceRequirements default={}
    restartPolicy string
    restartPolicyRules [ContainerRestartRule] list=atomic
    securityContext SecurityContext
    startupProbe Probe
    stdin boolean
    stdinOnce boolean
    targetContainerName string
    terminationMessagePath string
    terminationMessagePolicy string enum=FallbackToLogsOnError|File
    tty boolean
    volumeDevices [VolumeDevice] list=map:devicePath merge=merge:devicePath
    volumeMounts [VolumeMount] list=map:mountPath merge=merge:mountPath
    workingDir string
    @type EphemeralVolumeSource
    volumeClaimTemplate PersistentVolumeClaimTemplate
    @type EventSource
    component string
    host string
    @type Eviction
    apiVersion string
    deleteOptions DeleteOptions
    kind string
    metadata ObjectMeta default={}
    @type ExecAction
    command [string] list=atomic
    @type FCVolumeSource
    fsType string
    lun int32
    readOnly boolean
    targetWWNs [string] list=atomic
    wwids [string] list=atomic
    @type FieldSelectorAttributes
    rawSelector string
    requirements [FieldSelectorRequirement] list=atomic
    @type FieldSelectorRequirement
    key! string default=""
    operator! string default=""
    values [string] list=atomic
    @type FileKeySelector atomic
    key! string default=""
    optional boolean default=false
    path! string default=""
    volumeName! string default=""
    @type FlexPersistentVolumeSource
    driver! string default=""
    fsType string
    options {string}
    readOnly boolean
    secretRef SecretReference
    @type FlexVolumeSource
    driver! string default=""
    fsType string
    options {string}
    readOnly boolean
    secretRef LocalObjectReference
    @type FlockerVolumeSource
    datasetName string
    datasetUUID string
    @type ForNode
    name! string default=""
    @type ForZone
    name! string default=""
    @type GCEPersistentDiskVolumeSource
    fsType string
    partition int32
    pdName! string default=""
    readOnly boolean
    @type GRPCAction
    port! int32 default=0
    service string default=""
    @type GitRepoVolumeSource
    directory string
    repository! string default=""
    revision string
    @type GlusterfsPersistentVolumeSource
    endpoints! string default=""
    endpointsNamespace string
    path! string default=""
    readOnly boolean
    @type GlusterfsVolumeSource
    endpoints! string default=""
    path! string default=""
    readOnly boolean
    @type HTTPGetAction
    host string
    httpHeaders [HTTPHeader] list=atomic
    path string
    port! intorstring
    scheme string enum=HTTP|HTTPS
    @type HTTPHeader
    name! string default=""
    value! string default=""
    @type HTTPIngressPath
    backend! IngressBackend default={}
    path string
    pathType! string enum=Exact|ImplementationSpecific|Prefix
    @type HTTPIngressRuleValue
    paths! [HTTPIngressPath] list=atomic
    @type HostAlias
    hostnames [string] list=atomic
    ip! string default=""
    @type HostIP
    ip! string default=""
    @type HostPathVolumeSource
    path! string default=""
    type string enum=|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket
    @type IPBlock
    cidr! string default=""
    except [string] list=atomic
    @type ISCSIPersistentVolumeSource
    chapAuthDiscovery boolean
    chapAuthSession boolean
    fsType string
    initiatorName string
    iqn! string default=""
    iscsiInterface string default="default"
    lun! int32 default=0
    portals [string] list=atomic
    readOnly boolean
    secretRef SecretReference
    targetPortal! string default=""
    @type ISCSIVolumeSource
    chapAuthDiscovery boolean
    chapAuthSession boolean
    fsType string
    initiatorName string
    iqn! string default=""
    iscsiInterface string default="default"
    lun! int32 default=0
    portals [string] list=atomic
    readOnly boolean
    secretRef LocalObjectReference
    targetPortal! string default=""
    @type ImageVolumeSource
    pullPolicy string enum=Always|IfNotPresent|Never
    reference string
    @type ImageVolumeStatus
    imageRef! string
    @type Ingress
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec IngressSpec default={}
    status IngressStatus default={}
    @type IngressBackend
    resource TypedLocalObjectReference
    service IngressServiceBackend
    @type IngressLoadBalancerIngress
    hostname string
    ip string
    ports [IngressPortStatus] list=atomic
    @type IngressLoadBalancerStatus
    ingress [IngressLoadBalancerIngress] list=atomic
    @type IngressPortStatus
    error string
    port! int32 default=0
    protocol! string default="" enum=SCTP|TCP|UDP
    @type IngressRule
    host string
    http HTTPIngressRuleValue
    @type IngressServiceBackend
    name! string default=""
    port ServiceBackendPort default={}
    @type IngressSpec
    defaultBackend IngressBackend
    ingressClassName string
    rules [IngressRule] list=atomic
    tls [IngressTLS] list=atomic
    @type IngressStatus
    loadBalancer IngressLoadBalancerStatus default={}
    @type IngressTLS
    hosts [string] list=atomic
    secretName string
    @type Job
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec JobSpec default={}
    status JobStatus default={}
    @type JobCondition
    lastProbeTime time
    lastTransitionTime time
    message string
    reason string
    status! string default=""
    type! string default=""
    @type JobSpec
    activeDeadlineSeconds int64
    backoffLimit int32
    backoffLimitPerIndex int32
    completionMode string enum=Indexed|NonIndexed
    completions int32
    managedBy string
    manualSelector boolean
    maxFailedIndexes int32
    parallelism int32
    podFailurePolicy PodFailurePolicy
    podReplacementPolicy string enum=Failed|TerminatingOrFailed
    selector LabelSelector
    successPolicy SuccessPolicy
    suspend boolean
    template! PodTemplateSpec default={}
    ttlSecondsAfterFinished int32
    @type JobStatus
    active int32
    completedIndexes string
    completionTime time
    conditions [JobCondition] list=atomic merge=merge:type
    failed int32
    failedIndexes string
    ready int32
    startTime time
    succeeded int32
    terminating int32
    uncountedTerminatedPods UncountedTerminatedPods
    @type JobTemplateSpec
    metadata ObjectMeta default={}
    spec JobSpec default={}
    @type KeyToPath
    key! string default=""
    mode int32
    path! string default=""
    @type LabelSelector atomic
    matchExpressions [LabelSelectorRequirement] list=atomic
    matchLabels {string}
    @type LabelSelectorAttributes
    rawSelector string
    requirements [LabelSelectorRequirement] list=atomic
    @type LabelSelectorRequirement
    key! string default=""
    operator! string default=""
    values [string] list=atomic
    @type Lease
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec LeaseSpec default={}
    @type LeaseSpec
    acquireTime microtime
    holderIdentity string
    leaseDurationSeconds int32
    leaseTransitions int32
    preferredHolder string
    renewTime microtime
    strategy string
    @type Lifecycle
    postStart LifecycleHandler
    preStop LifecycleHandler
    stopSignal string
    @type LifecycleHandler
    exec ExecAction
    httpGet HTTPGetAction
    sleep SleepAction
    tcpSocket TCPSocketAction
    @type LimitRange
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec LimitRangeSpec default={}
    @type LimitRangeItem
    default {quantity}
    defaultRequest {quantity}
    max {quantity}
    maxLimitRequestRatio {quantity}
    min {quantity}
    type! string default=""
    @type LimitRangeSpec
    limits! [LimitRangeItem] list=atomic
    @type LinuxContainerUser
    gid! int64 default=0
    supplementalGroups [int64] list=atomic
    uid! int64 default=0
    @type LoadBalancerIngress
    hostname string
    ip string
    ipMode string
    ports [PortStatus] list=atomic
    @type LoadBalancerStatus
    ingress [LoadBalancerIngress] list=atomic
    @type LocalObjectReference atomic
    name string default=""
    @type LocalVolumeSource
    fsType string
    path! string default=""
    @type ManagedFieldsEntry
    apiVersion string
    fieldsType string
    fieldsV1 any
    manager string
    operation string
    subresource string
    time time
    @type MatchCondition
    expression! string default=""
    name! string default=""
    @type ModifyVolumeStatus
    status! string default="" enum=InProgress|Infeasible|Pending
    targetVolumeAttributesClassName string
    @type MutatingWebhook
    admissionReviewVersions! [string] list=atomic
    clientConfig! admissionregistration.WebhookClientConfig default={}
    failurePolicy string enum=Fail|Ignore
    matchConditions [MatchCondition] list=map:name merge=merge:name
    matchPolicy string enum=Equivalent|Exact
    name! string default=""
    namespaceSelector LabelSelector
    objectSelector LabelSelector
    reinvocationPolicy string enum=IfNeeded|Never
    rules [RuleWithOperations] list=atomic
    sideEffects! string enum=None|NoneOnDryRun|Some|Unknown
    timeoutSeconds int32
    @type MutatingWebhookConfiguration
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    webhooks [MutatingWebhook] list=map:name merge=merge:name
    @type NFSVolumeSource
    path! string default=""
    readOnly boolean
    server! string default=""
    @type Namespace
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec NamespaceSpec default={}
    status NamespaceStatus default={}
    @type NamespaceCondition
    lastTransitionTime time
    message string
    reason string
    status! string default=""
    type! string default=""
    @type NamespaceSpec
    finalizers [string] list=atomic
    @type NamespaceStatus
    conditions [NamespaceCondition] list=map:type merge=merge:type
    phase string enum=Active|Terminating
    @type NetworkPolicy
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec NetworkPolicySpec default={}
    @type NetworkPolicyEgressRule
    ports [NetworkPolicyPort] list=atomic
    to [NetworkPolicyPeer] list=atomic
    @type NetworkPolicyIngressRule
    from [NetworkPolicyPeer] list=atomic
    ports [NetworkPolicyPort] list=atomic
    @type NetworkPolicyPeer
    ipBlock IPBlock
    namespaceSelector LabelSelector
    podSelector LabelSelector
    @type NetworkPolicyPort
    endPort int32
    port intorstring
    protocol string enum=SCTP|TCP|UDP
    @type NetworkPolicySpec
    egress [NetworkPolicyEgressRule] list=atomic
    ingress [NetworkPolicyIngressRule] list=atomic
    podSelector LabelSelector default={}
    policyTypes [string] list=atomic
    @type Node
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec NodeSpec default={}
    status NodeStatus default={}
    @type NodeAddress
    address! string default=""
    type! string default=""
    @type NodeAffinity
    preferredDuringSchedulingIgnoredDuringExecution [PreferredSchedulingTerm] list=atomic
    requiredDuringSchedulingIgnoredDuringExecution NodeSelector
    @type NodeAllocatableResourceClaimStatus
    containers [string] list=set
    resourceClaimName! string default=""
    resources! {quantity}
    @type NodeCondition
    lastHeartbeatTime time
    lastTransitionTime time
    message string
    reason string
    status! string default=""
    type! string default=""
    @type NodeConfigSource
    configMap ConfigMapNodeConfigSource
    @type NodeConfigStatus
    active NodeConfigSource
    assigned NodeConfigSource
    error string
    lastKnownGood NodeConfigSource
    @type NodeDaemonEndpoints
    kubeletEndpoint DaemonEndpoint default={}
    @type NodeFeatures
    supplementalGroupsPolicy boolean
    @type NodeRuntimeHandler
    features NodeRuntimeHandlerFeatures
    name string default=""
    @type NodeRuntimeHandlerFeatures
    recursiveReadOnlyMounts boolean
    userNamespaces boolean
    @type NodeSelector atomic
    nodeSelectorTerms! [NodeSelectorTerm] list=atomic
    @type NodeSelectorRequirement
    key! string default=""
    operator! string default="" enum=DoesNotExist|Exists|Gt|In|Lt|NotIn
    values [string] list=atomic
    @type NodeSelectorTerm atomic
    matchExpressions [NodeSelectorRequirement] list=atomic
    matchFields [NodeSelectorRequirement] list=atomic
    @type NodeSpec
    configSource NodeConfigSource
    externalID string
    podCIDR string
    podCIDRs [string] list=set merge=merge:
    providerID string
    taints [Taint] list=atomic
    unschedulable boolean
    @type NodeStatus
    addresses [NodeAddress] list=map:type merge=merge:type
    allocatable {quantity}
    capacity {quantity}
    conditions [NodeCondition] list=map:type merge=merge:type
    config NodeConfigStatus
    daemonEndpoints NodeDaemonEndpoints default={}
    declaredFeatures [string] list=atomic
    features NodeFeatures
    images [ContainerImage] list=atomic
    nodeInfo NodeSystemInfo default={}
    phase string enum=Pending|Running|Terminated
    runtimeHandlers [NodeRuntimeHandler] list=atomic
    volumesAttached [AttachedVolume] list=atomic
    volumesInUse [string] list=atomic
    @type NodeSwapStatus
    capacity int64
    @type NodeSystemInfo
    architecture! string default=""
    bootID! string default=""
    containerRuntimeVersion! string default=""
    kernelVersion! string default=""
    kubeProxyVersion! string default=""
    kubeletVersion! string default=""
    machineID! string default=""
    operatingSystem! string default=""
    osImage! string default=""
    swap NodeSwapStatus
    systemUUID! string default=""
    @type NonResourceAttributes
    path string
    verb string
    @type ObjectFieldSelector atomic
    apiVersion string
    fieldPath! string default=""
    @type ObjectMeta
    annotations {string}
    creationTimestamp time
    deletionGracePeriodSeconds int64
    deletionTimestamp time
    finalizers [string] list=set merge=merge:
    generateName string
    generation int64
    labels {string}
    managedFields [ManagedFieldsEntry] list=atomic
    name string
    namespace string
    ownerReferences [OwnerReference] list=map:uid merge=merge:uid
    resourceVersion string
    selfLink string
    uid string
    @type ObjectReference atomic
    apiVersion string
    fieldPath string
    kind string
    name string
    namespace string
    resourceVersion string
    uid string
    @type OwnerReference atomic
    apiVersion! string default=""
    blockOwnerDeletion boolean
    controller boolean
    kind! string default=""
    name! string default=""
    uid! string default=""
    @type PersistentVolume
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec PersistentVolumeSpec default={}
    status PersistentVolumeStatus default={}
    @type PersistentVolumeClaim
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec PersistentVolumeClaimSpec default={}
    status PersistentVolumeClaimStatus default={}
    @type PersistentVolumeClaimCondition
    lastProbeTime time
    lastTransitionTime time
    message string
    reason string
    status! string default=""
    type! string default=""
    @type PersistentVolumeClaimSpec
    accessModes [string] list=atomic
    dataSource TypedLocalObjectReference
    dataSourceRef TypedObjectReference
    resources VolumeResourceRequirements default={}
    selector LabelSelector
    storageClassName string
    volumeAttributesClassName string
    volumeMode string enum=Block|Filesystem
    volumeName string
    @type PersistentVolumeClaimStatus
    accessModes [string] list=atomic
    allocatedResourceStatuses {string} map=granular
    allocatedResources {quantity}
    capacity {quantity}
    conditions [PersistentVolumeClaimCondition] list=map:type merge=merge:type
    currentVolumeAttributesClassName string
    modifyVolumeStatus ModifyVolumeStatus
    phase string enum=Bound|Lost|Pending
    @type PersistentVolumeClaimTemplate
    metadata ObjectMeta default={}
    spec! PersistentVolumeClaimSpec default={}
    @type PersistentVolumeClaimVolumeSource
    claimName! string default=""
    readOnly boolean
    @type PersistentVolumeSpec
    accessModes [string] list=atomic
    awsElasticBlockStore AWSElasticBlockStoreVolumeSource
    azureDisk AzureDiskVolumeSource
    azureFile AzureFilePersistentVolumeSource
    capacity {quantity}
    cephfs CephFSPersistentVolumeSource
    cinder CinderPersistentVolumeSource
    claimRef ObjectReference map=granular
    csi CSIPersistentVolumeSource
    fc FCVolumeSource
    flexVolume FlexPersistentVolumeSource
    flocker FlockerVolumeSource
    gcePersistentDisk GCEPersistentDiskVolumeSource
    glusterfs GlusterfsPersistentVolumeSource
    hostPath HostPathVolumeSource
    iscsi ISCSIPersistentVolumeSource
    local LocalVolumeSource
    mountOptions [string] list=atomic
    nfs NFSVolumeSource
    nodeAffinity VolumeNodeAffinity
    persistentVolumeReclaimPolicy string enum=Delete|Recycle|Retain
    photonPersistentDisk PhotonPersistentDiskVolumeSource
    portworxVolume PortworxVolumeSource
    quobyte QuobyteVolumeSource
    rbd RBDPersistentVolumeSource
    scaleIO ScaleIOPersistentVolumeSource
    storageClassName string
    storageos StorageOSPersistentVolumeSource
    volumeAttributesClassName string
    volumeMode string enum=Block|Filesystem
    vsphereVolume VsphereVirtualDiskVolumeSource
    @type PersistentVolumeStatus
    lastPhaseTransitionTime time
    message string
    phase string enum=Available|Bound|Failed|Pending|Released
    reason string
    @type PhotonPersistentDiskVolumeSource
    fsType string
    pdID! string default=""
    @type Pod
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec PodSpec default={}
    status PodStatus default={}
    @type PodAffinity
    preferredDuringSchedulingIgnoredDuringExecution [WeightedPodAffinityTerm] list=atomic
    requiredDuringSchedulingIgnoredDuringExecution [PodAffinityTerm] list=atomic
    @type PodAffinityTerm
    labelSelector LabelSelector
    matchLabelKeys [string] list=atomic
    mismatchLabelKeys [string] list=atomic
    namespaceSelector LabelSelector
    namespaces [string] list=atomic
    topologyKey! string default=""
    @type PodAntiAffinity
    preferredDuringSchedulingIgnoredDuringExecution [WeightedPodAffinityTerm] list=atomic
    requiredDuringSchedulingIgnoredDuringExecution [PodAffinityTerm] list=atomic
    @type PodCertificateProjection
    certificateChainPath string
    credentialBundlePath string
    keyPath string
    keyType! string
    maxExpirationSeconds int32
    signerName! string
    userAnnotations {string}
    @type PodCondition
    lastProbeTime time
    lastTransitionTime time
    message string
    observedGeneration int64
    reason string
    status! string default=""
    type! string default=""
    @type PodDNSConfig
    nameservers [string] list=atomic
    options [PodDNSConfigOption] list=atomic
    searches [string] list=atomic
    @type PodDNSConfigOption
    name string
    value string
    @type PodDisruptionBudget
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec PodDisruptionBudgetSpec default={}
    status PodDisruptionBudgetStatus default={}
    @type PodDisruptionBudgetSpec
    maxUnavailable intorstring
    minAvailable intorstring
    selector LabelSelector merge=replace:
    unhealthyPodEvictionPolicy string enum=AlwaysAllow|IfHealthyBudget
    @type PodDisruptionBudgetStatus
    conditions [Condition] list=map:type merge=merge:type
    currentHealthy int32 default=0
    desiredHealthy int32 default=0
    disruptedPods {time}
    disruptionsAllowed int32 default=0
    expectedPods int32 default=0
    observedGeneration int64
    @type PodExtendedResourceClaimStatus
    requestMappings! [ContainerExtendedResourceRequest] list=atomic
    resourceClaimName! string default=""
    @type PodFailurePolicy
    rules! [PodFailurePolicyRule] list=atomic
    @type PodFailurePolicyOnExitCodesRequirement
    containerName string
    operator! string default="" enum=In|NotIn
    values! [int32] list=set
    @type PodFailurePolicyOnPodConditionsPattern
    status string default=""
    type! string default=""
    @type PodFailurePolicyRule
    action! string default="" enum=Count|FailIndex|FailJob|Ignore
    onExitCodes PodFailurePolicyOnExitCodesRequirement
    onPodConditions [PodFailurePolicyOnPodConditionsPattern] list=atomic
    @type PodIP
    ip! string default=""
    @type PodOS
    name! string default=""
    @type PodReadinessGate
    conditionType! string default=""
    @type PodResourceClaim
    name! string default=""
    resourceClaimName string
    resourceClaimTemplateName string
    @type PodResourceClaimStatus
    name! string default=""
    resourceClaimName string
    @type PodSchedulingGate
    name! string default=""
    @type PodSchedulingGroup
    podGroupName string
    @type PodSecurityContext
    appArmorProfile AppArmorProfile
    fsGroup int64
    fsGroupChangePolicy string enum=Always|OnRootMismatch
    runAsGroup int64
    runAsNonRoot boolean
    runAsUser int64
    seLinuxChangePolicy string
    seLinuxOptions SELinuxOptions
    seccompProfile SeccompProfile
    supplementalGroups [int64] list=atomic
    supplementalGroupsPolicy string enum=Merge|Strict
    sysctls [Sysctl] list=atomic
    windowsOptions WindowsSecurityContextOptions
    @type PodSpec
    activeDeadlineSeconds int64
    affinity Affinity
    automountServiceAccountToken boolean
    containers! [Container] list=map:name merge=merge:name
    dnsConfig PodDNSConfig
    dnsPolicy string enum=ClusterFirst|ClusterFirstWithHostNet|Default|None
    enableServiceLinks boolean
    ephemeralContainers [EphemeralContainer] list=map:name merge=merge:name
    hostAliases [HostAlias] list=map:ip merge=merge:ip
    hostIPC boolean
    hostNetwork boolean
    hostPID boolean
    hostUsers boolean
    hostname string
    hostnameOverride string
    imagePullSecrets [LocalObjectReference] list=map:name merge=merge:name
    initContainers [Container] list=map:name merge=merge:name
    nodeName string
    nodeSelector {string} map=atomic
    os PodOS
    overhead {quantity}
    preemptionPolicy string enum=Never|PreemptLowerPriority
    priority int32
    priorityClassName string
    readinessGates [PodReadinessGate] list=atomic
    resourceClaims [PodResourceClaim] list=map:name merge=merge+retainKeys:name
    resources ResourceRequirements
    restartPolicy string enum=Always|Never|OnFailure
    runtimeClassName string
    schedulerName string
    schedulingGates [PodSchedulingGate] list=map:name merge=merge:name
    schedulingGroup PodSchedulingGroup
    securityContext PodSecurityContext
    serviceAccount string
    serviceAccountName string
    setHostnameAsFQDN boolean
    shareProcessNamespace boolean
    subdomain string
    terminationGracePeriodSeconds int64
    tolerations [Toleration] list=atomic
    topologySpreadConstraints [TopologySpreadConstraint] list=map:topologyKey,whenUnsatisfiable merge=merge:topologyKey
    volumes [Volume] list=map:name merge=merge+retainKeys:name
    @type PodStatus
    allocatedResources {quantity}
    conditions [PodCondition] list=map:type merge=merge:type
    containerStatuses [ContainerStatus] list=atomic
    ephemeralContainerStatuses [ContainerStatus] list=atomic
    extendedResourceClaimStatus PodExtendedResourceClaimStatus
    hostIP string
    hostIPs [HostIP] list=atomic merge=merge:ip
    initContainerStatuses [ContainerStatus] list=atomic
    message string
    nodeAllocatableResourceClaimStatuses [NodeAllocatableResourceClaimStatus] list=atomic
    nominatedNodeName string
    observedGeneration int64
    phase string enum=Failed|Pending|Running|Succeeded|Unknown
    podIP string
    podIPs [PodIP] list=map:ip merge=merge:ip
    qosClass string enum=BestEffort|Burstable|Guaranteed
    reason string
    resize string
    resourceClaimStatuses [PodResourceClaimStatus] list=map:name merge=merge+retainKeys:name
    resources ResourceRequirements
    startTime time
    @type PodTemplateSpec
    metadata ObjectMeta default={}
    spec PodSpec default={}
    @type PolicyRule
    apiGroups [string] list=atomic
    nonResourceURLs [string] list=atomic
    resourceNames [string] list=atomic
    resources [string] list=atomic
    verbs! [string] list=atomic
    @type PortStatus
    error string
    port! int32 default=0
    protocol! string default="" enum=SCTP|TCP|UDP
    @type PortworxVolumeSource
    fsType string
    readOnly boolean
    volumeID! string default=""
    @type Preconditions
    resourceVersion string
    uid string
    @type PreferredSchedulingTerm
    preference! NodeSelectorTerm default={}
    weight! int32 default=0
    @type PriorityClass
    apiVersion string
    description string
    globalDefault boolean
    kind string
    metadata ObjectMeta default={}
    preemptionPolicy string enum=Never|PreemptLowerPriority
    value int32 default=0
    @type Probe
    exec ExecAction
    failureThreshold int32
    grpc GRPCAction
    httpGet HTTPGetAction
    initialDelaySeconds int32
    periodSeconds int32
    successThreshold int32
    tcpSocket TCPSocketAction
    terminationGracePeriodSeconds int64
    timeoutSeconds int32
    @type ProjectedVolumeSource
    defaultMode int32
    sources [VolumeProjection] list=atomic
    @type QuobyteVolumeSource
    group string
    readOnly boolean
    registry! string default=""
    tenant string
    user string
    volume! string default=""
    @type RBDPersistentVolumeSource
    fsType string
    image! string default=""
    keyring string default="\/etc\/ceph\/keyring"
    monitors! [string] list=atomic
    pool string default="rbd"
    readOnly boolean
    secretRef SecretReference
    user string default="admin"
    @type RBDVolumeSource
    fsType string
    image! string default=""
    keyring string default="\/etc\/ceph\/keyring"
    monitors! [string] list=atomic
    pool string default="rbd"
    readOnly boolean
    secretRef LocalObjectReference
    user string default="admin"
    @type ReplicaSet
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec ReplicaSetSpec default={}
    status ReplicaSetStatus default={}
    @type ReplicaSetCondition
    lastTransitionTime time
    message string
    reason string
    status! string default=""
    type! string default=""
    @type ReplicaSetSpec
    minReadySeconds int32
    replicas int32
    selector! LabelSelector
    template PodTemplateSpec default={}
    @type ReplicaSetStatus
    availableReplicas int32
    conditions [ReplicaSetCondition] list=map:type merge=merge:type
    fullyLabeledReplicas int32
    observedGeneration int64
    readyReplicas int32
    replicas! int32 default=0
    terminatingReplicas int32
    @type ResourceAttributes
    fieldSelector FieldSelectorAttributes
    group string
    labelSelector LabelSelectorAttributes
    name string
    namespace string
    resource string
    subresource string
    verb string
    version string
    @type ResourceClaim
    name! string default=""
    request string
    @type ResourceFieldSelector atomic
    containerName string
    divisor quantity
    resource! string default=""
    @type ResourceHealth
    health string
    message string
    resourceID! string default=""
    @type ResourceQuota
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec ResourceQuotaSpec default={}
    status ResourceQuotaStatus default={}
    @type ResourceQuotaSpec
    hard {quantity}
    scopeSelector ScopeSelector
    scopes [string] list=atomic
    @type ResourceQuotaStatus
    hard {quantity}
    used {quantity}
    @type ResourceRequirements
    claims [ResourceClaim] list=map:name
    limits {quantity}
    requests {quantity}
    @type ResourceStatus
    name! string default=""
    resources [ResourceHealth] list=map:resourceID
    @type Role
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    rules [PolicyRule] list=atomic
    @type RoleBinding
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    roleRef! RoleRef default={}
    subjects [Subject] list=atomic
    @type RoleRef atomic
    apiGroup string default=""
    kind! string default=""
    name! string default=""
    @type RollingUpdateDaemonSet
    maxSurge intorstring
    maxUnavailable intorstring
    @type RollingUpdateDeployment
    maxSurge intorstring
    maxUnavailable intorstring
    @type RollingUpdateStatefulSetStrategy
    maxUnavailable intorstring
    partition int32
    @type RuleWithOperations
    apiGroups [string] list=atomic
    apiVersions [string] list=atomic
    operations [string] list=atomic
    resources [string] list=atomic
    scope string enum=*|Cluster|Namespaced
    @type SELinuxOptions
    level string
    role string
    type string
    user string
    @type Scale
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec ScaleSpec default={}
    status ScaleStatus default={}
    @type ScaleIOPersistentVolumeSource
    fsType string default="xfs"
    gateway! string default=""
    protectionDomain string
    readOnly boolean
    secretRef! SecretReference
    sslEnabled boolean
    storageMode string default="ThinProvisioned"
    storagePool string
    system! string default=""
    volumeName string
    @type ScaleIOVolumeSource
    fsType string default="xfs"
    gateway! string default=""
    protectionDomain string
    readOnly boolean
    secretRef! LocalObjectReference
    sslEnabled boolean
    storageMode string default="ThinProvisioned"
    storagePool string
    system! string default=""
    volumeName string
    @type ScaleSpec
    replicas int32 default=0
    @type ScaleStatus
    replicas! int32 default=0
    selector string
    @type ScopeSelector atomic
    matchExpressions [ScopedResourceSelectorRequirement] list=atomic
    @type ScopedResourceSelectorRequirement
    operator! string default="" enum=DoesNotExist|Exists|In|NotIn
    scopeName! string default="" enum=BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass
    values [string] list=atomic
    @type SeccompProfile
    localhostProfile string
    type! string default="" enum=Localhost|RuntimeDefault|Unconfined
    @type Secret
    apiVersion string
    data {bytes}
    immutable boolean
    kind string
    metadata ObjectMeta default={}
    stringData {string}
    type string
    @type SecretEnvSource
    name string default=""
    optional boolean
    @type SecretKeySelector atomic
    key! string default=""
    name string default=""
    optional boolean
    @type SecretProjection
    items [KeyToPath] list=atomic
    name string default=""
    optional boolean
    @type SecretReference atomic
    name string
    namespace string
    @type SecretVolumeSource
    defaultMode int32
    items [KeyToPath] list=atomic
    optional boolean
    secretName string
    @type SecurityContext
    allowPrivilegeEscalation boolean
    appArmorProfile AppArmorProfile
    capabilities Capabilities
    privileged boolean
    procMount string enum=Default|Unmasked
    readOnlyRootFilesystem boolean
    runAsGroup int64
    runAsNonRoot boolean
    runAsUser int64
    seLinuxOptions SELinuxOptions
    seccompProfile SeccompProfile
    windowsOptions WindowsSecurityContextOptions
    @type SelectableField
    jsonPath! string default=""
    @type SelfSubjectAccessReview
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec! SelfSubjectAccessReviewSpec default={}
    status SubjectAccessReviewStatus default={}
    @type SelfSubjectAccessReviewSpec
    nonResourceAttributes NonResourceAttributes
    resourceAttributes ResourceAttributes
    @type Service
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec ServiceSpec default={}
    status ServiceStatus default={}
    @type ServiceAccount
    apiVersion string
    automountServiceAccountToken boolean
    imagePullSecrets [LocalObjectReference] list=atomic
    kind string
    metadata ObjectMeta default={}
    secrets [ObjectReference] list=map:name merge=merge:name
    @type ServiceAccountTokenProjection
    audience string
    expirationSeconds int64
    path! string default=""
    @type ServiceBackendPort atomic
    name string
    number int32
    @type ServicePort
    appProtocol string
    name string
    nodePort int32
    port! int32 default=0
    protocol string default="TCP" enum=SCTP|TCP|UDP
    targetPort intorstring
    @type ServiceSpec
    allocateLoadBalancerNodePorts boolean
    clusterIP string
    clusterIPs [string] list=atomic
    externalIPs [string] list=atomic
    externalName string
    externalTrafficPolicy string enum=Cluster|Local
    healthCheckNodePort int32
    internalTrafficPolicy string enum=Cluster|Local
    ipFamilies [string] list=atomic
    ipFamilyPolicy string enum=PreferDualStack|RequireDualStack|SingleStack
    loadBalancerClass string
    loadBalancerIP string
    loadBalancerSourceRanges [string] list=atomic
    ports [ServicePort] list=map:port,protocol merge=merge:port
    publishNotReadyAddresses boolean
    selector {string} map=atomic
    sessionAffinity string enum=ClientIP|None
    sessionAffinityConfig SessionAffinityConfig
    trafficDistribution string
    type string enum=ClusterIP|ExternalName|LoadBalancer|NodePort
    @type ServiceStatus
    conditions [Condition] list=map:type merge=merge:type
    loadBalancer LoadBalancerStatus default={}
    @type SessionAffinityConfig
    clientIP ClientIPConfig
    @type SleepAction
    seconds! int64 default=0
    @type StatefulSet
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec StatefulSetSpec default={}
    status StatefulSetStatus default={}
    @type StatefulSetCondition
    lastTransitionTime time
    message string
    reason string
    status! string default=""
    type! string default=""
    @type StatefulSetOrdinals
    start int32 default=0
    @type StatefulSetPersistentVolumeClaimRetentionPolicy
    whenDeleted string
    whenScaled string
    @type StatefulSetSpec
    minReadySeconds int32
    ordinals StatefulSetOrdinals
    persistentVolumeClaimRetentionPolicy StatefulSetPersistentVolumeClaimRetentionPolicy
    podManagementPolicy string enum=OrderedReady|Parallel
    replicas int32
    revisionHistoryLimit int32
    selector! LabelSelector
    serviceName string default=""
    template! PodTemplateSpec default={}
    updateStrategy StatefulSetUpdateStrategy default={}
    volumeClaimTemplates [PersistentVolumeClaim] list=atomic
    @type StatefulSetStatus
    availableReplicas int32 default=0
    collisionCount int32
    conditions [StatefulSetCondition] list=map:type merge=merge:type
    currentReplicas int32
    currentRevision string
    observedGeneration int64
    readyReplicas int32
    replicas! int32 default=0
    updateRevision string
    updatedReplicas int32
    @type StatefulSetUpdateStrategy
    rollingUpdate RollingUpdateStatefulSetStrategy
    type string enum=OnDelete|RollingUpdate
    @type StorageClass
    allowVolumeExpansion boolean
    allowedTopologies [TopologySelectorTerm] list=atomic
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    mountOptions [string] list=atomic
    parameters {string}
    provisioner! string default=""
    reclaimPolicy string enum=Delete|Recycle|Retain
    volumeBindingMode string enum=Immediate|WaitForFirstConsumer
    @type StorageOSPersistentVolumeSource
    fsType string
    readOnly boolean
    secretRef ObjectReference
    volumeName string
    volumeNamespace string
    @type StorageOSVolumeSource
    fsType string
    readOnly boolean
    secretRef LocalObjectReference
    volumeName string
    volumeNamespace string
    @type Subject atomic
    apiGroup string
    kind! string default=""
    name! string default=""
    namespace string
    @type SubjectAccessReview
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec! SubjectAccessReviewSpec default={}
    status SubjectAccessReviewStatus default={}
    @type SubjectAccessReviewSpec
    extra {[string]}
    groups [string] list=atomic
    nonResourceAttributes NonResourceAttributes
    resourceAttributes ResourceAttributes
    uid string
    user string
    @type SubjectAccessReviewStatus
    allowed! boolean default=false
    denied boolean
    evaluationError string
    reason string
    @type SuccessPolicy
    rules! [SuccessPolicyRule] list=atomic
    @type SuccessPolicyRule
    succeededCount int32
    succeededIndexes string
    @type Sysctl
    name! string default=""
    value! string default=""
    @type TCPSocketAction
    host string
    port! intorstring
    @type Taint
    effect! string default="" enum=NoExecute|NoSchedule|PreferNoSchedule
    key! string default=""
    timeAdded time
    value string
    @type TokenRequest
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec TokenRequestSpec default={}
    status TokenRequestStatus default={}
    @type TokenRequestSpec
    audiences [string] list=atomic
    boundObjectRef BoundObjectReference
    expirationSeconds int64
    @type TokenRequestStatus
    expirationTimestamp time
    token string default=""
    @type TokenReview
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    spec! TokenReviewSpec default={}
    status TokenReviewStatus default={}
    @type TokenReviewSpec
    audiences [string] list=atomic
    token! string
    @type TokenReviewStatus
    audiences [string] list=atomic
    authenticated boolean
    error string
    user UserInfo default={}
    @type Toleration
    effect string enum=NoExecute|NoSchedule|PreferNoSchedule
    key string
    operator string enum=Equal|Exists|Gt|Lt
    tolerationSeconds int64
    value string
    @type TopologySelectorLabelRequirement
    key! string default=""
    values! [string] list=atomic
    @type TopologySelectorTerm atomic
    matchLabelExpressions [TopologySelectorLabelRequirement] list=atomic
    @type TopologySpreadConstraint
    labelSelector LabelSelector
    matchLabelKeys [string] list=atomic
    maxSkew! int32 default=0
    minDomains int32
    nodeAffinityPolicy string enum=Honor|Ignore
    nodeTaintsPolicy string enum=Honor|Ignore
    topologyKey! string default=""
    whenUnsatisfiable! string default="" enum=DoNotSchedule|ScheduleAnyway
    @type TypedLocalObjectReference atomic
    apiGroup string
    kind! string default=""
    name! string default=""
    @type TypedObjectReference
    apiGroup string
    kind! string default=""
    name! string default=""
    namespace string
    @type UncountedTerminatedPods
    failed [string] list=set
    succeeded [string] list=set
    @type UserInfo
    extra {[string]}
    groups [string] list=atomic
    uid string
    username string
    @type ValidatingWebhook
    admissionReviewVersions! [string] list=atomic
    clientConfig! admissionregistration.WebhookClientConfig default={}
    failurePolicy string enum=Fail|Ignore
    matchConditions [MatchCondition] list=map:name merge=merge:name
    matchPolicy string enum=Equivalent|Exact
    name! string default=""
    namespaceSelector LabelSelector
    objectSelector LabelSelector
    rules [RuleWithOperations] list=atomic
    sideEffects! string enum=None|NoneOnDryRun|Some|Unknown
    timeoutSeconds int32
    @type ValidatingWebhookConfiguration
    apiVersion string
    kind string
    metadata ObjectMeta default={}
    webhooks [ValidatingWebhook] list=map:name merge=merge:name
    @type Volume
    awsElasticBlockStore AWSElasticBlockStoreVolumeSource
    azureDisk AzureDiskVolumeSource
    azureFile AzureFileVolumeSource
    cephfs CephFSVolumeSource
    cinder CinderVolumeSource
    configMap ConfigMapVolumeSource
    csi CSIVolumeSource
    downwardAPI DownwardAPIVolumeSource
    emptyDir EmptyDirVolumeSource
    ephemeral EphemeralVolumeSource
    fc FCVolumeSource
    flexVolume FlexVolumeSource
    flocker FlockerVolumeSource
    gcePersistentDisk GCEPersistentDiskVolumeSource
    gitRepo GitRepoVolumeSource
    glusterfs GlusterfsVolumeSource
    hostPath HostPathVolumeSource
    image ImageVolumeSource
    iscsi ISCSIVolumeSource
    name! string default=""
    nfs NFSVolumeSource
    persistentVolumeClaim PersistentVolumeClaimVolumeSource
    photonPersistentDisk PhotonPersistentDiskVolumeSource
    portworxVolume PortworxVolumeSource
    projected ProjectedVolumeSource
    quobyte QuobyteVolumeSource
    rbd RBDVolumeSource
    scaleIO ScaleIOVolumeSource
    secret SecretVolumeSource
    storageos StorageOSVolumeSource
    vsphereVolume VsphereVirtualDiskVolumeSource
    @type VolumeDevice
    devicePath! string default=""
    name! string default=""
    @type VolumeMount
    mountPath! string default=""
    mountPropagation string enum=Bidirectional|HostToContainer|None
    name! string default=""
    readOnly boolean
    recursiveReadOnly string
    subPath string
    subPathExpr string
    @type VolumeMountStatus
    mountPath! string default=""
    name! string default=""
    readOnly boolean
    recursiveReadOnly string
    volumeStatus VolumeStatus
    @type VolumeNodeAffinity
    required NodeSelector
    @type VolumeProjection
    clusterTrustBundle ClusterTrustBundleProjection
    configMap ConfigMapProjection
    downwardAPI DownwardAPIProjection
    podCertificate PodCertificateProjection
    secret SecretProjection
    serviceAccountToken ServiceAccountTokenProjection
    @type VolumeResourceRequirements
    limits {quantity}
    requests {quantity}
    @type VolumeStatus
    image ImageVolumeStatus
    @type VsphereVirtualDiskVolumeSource
    fsType string
    storagePolicyID string
    storagePolicyName string
    volumePath! string default=""
    @type WebhookConversion
    clientConfig apiextensions.WebhookClientConfig
    conversionReviewVersions! [string] list=atomic
    @type WeightedPodAffinityTerm
    podAffinityTerm! PodAffinityTerm default={}
    weight! int32 default=0
    @type WindowsSecurityContextOptions
    gmsaCredentialSpec string
    gmsaCredentialSpecName string
    hostProcess boolean
    runAsUserName string
    @type admissionregistration.ServiceReference
    name! string default=""
    namespace! string default=""
    path string
    port int32
    @type admissionregistration.WebhookClientConfig
    caBundle bytes
    service admissionregistration.ServiceReference
    url string
    @type apiextensions.ServiceReference
    name! string default=""
    namespace! string default=""
    path string
    port int32
    @type apiextensions.WebhookClientConfig
    caBundle bytes
    service apiextensions.ServiceReference
    url string
    @type core.EndpointPort atomic
    appProtocol string
    name string
    port! int32 default=0
    protocol string enum=SCTP|TCP|UDP
    @type core.Event
    action string
    apiVersion string
    count int32
    eventTime microtime
    firstTimestamp time
    involvedObject! ObjectReference default={}
    kind string
    lastTimestamp time
    message string
    metadata! ObjectMeta default={}
    reason string
    related ObjectReference
    reportingComponent string default=""
    reportingInstance string default=""
    series core.EventSeries
    source EventSource default={}
    type string
    @type core.EventSeries
    count int32
    lastObservedTime microtime
    @type discovery.EndpointPort atomic
    appProtocol string
    name string
    port int32
    protocol string enum=SCTP|TCP|UDP
    @type events.Event
    action string
    apiVersion string
    deprecatedCount int32
    deprecatedFirstTimestamp time
    deprecatedLastTimestamp time
    deprecatedSource EventSource default={}
    eventTime! microtime
    kind string
    metadata ObjectMeta default={}
    note string
    reason string
    regarding ObjectReference default={}
    related ObjectReference
    reportingController string
    reportingInstance string
    series events.EventSeries
    type string
    @type events.EventSeries
    count! int32 default=0
    lastObservedTime! microtime
    """#
