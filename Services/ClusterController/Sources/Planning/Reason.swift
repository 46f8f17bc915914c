/// Why something is so or was done: the same word as condition reason, event reason, log field and metric label.
enum Reason: String, Sendable, CaseIterable {
    // Ready
    case ready = "Ready"
    case nodesNotReady = "NodesNotReady"
    case certificatesNotReady = "CertificatesNotReady"
    case paused = "Paused"
    // what a set tells of its pods, in its own words
    case imagePullBackOff = "ImagePullBackOff"
    case crashLoopBackOff = "CrashLoopBackOff"
    case createContainerConfigError = "CreateContainerConfigError"
    case unschedulable = "Unschedulable"
    case progressDeadlineExceeded = "ProgressDeadlineExceeded"
    // what needs a person
    case invalidSpec = "InvalidSpec"
    case foreignObject = "ForeignObject"
    case forbidden = "Forbidden"
    case rejected = "Rejected"
    /// Somebody else wrote into the spec of a set.
    case changeTakenBack = "ChangeTakenBack"
    // Progressing
    case creatingSchedulers = "CreatingSchedulers"
    case waitingForSchedulers = "WaitingForSchedulers"
    case creatingExecutors = "CreatingExecutors"
    case upgradingSchedulers = "UpgradingSchedulers"
    case upgradingExecutors = "UpgradingExecutors"
    case scalingSchedulers = "ScalingSchedulers"
    case scalingExecutors = "ScalingExecutors"
    case complete = "Complete"
    // Paused
    case crashLooping = "CrashLooping"
    case replicasZero = "ReplicasZero"
    case running = "Running"
    case resumed = "Resumed"
    // Warning, the gravest first
    case insecureConnections = "InsecureConnections"
    case stateLocationMissing = "StateLocationMissing"
    case nodeWarning = "NodeWarning"
}
