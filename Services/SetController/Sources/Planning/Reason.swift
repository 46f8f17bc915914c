/// Why something is so or was done: the same word as condition reason, event reason, log field and metric label.
enum Reason: String, Sendable, CaseIterable {
    // Ready
    case ready = "Ready"
    case progressing = "Progressing"
    case paused = "Paused"
    case podsNotReady = "PodsNotReady"
    // what keeps pods from getting ready, in the kubelet's and scheduler's words
    case imagePullBackOff = "ImagePullBackOff"
    case crashLoopBackOff = "CrashLoopBackOff"
    case createContainerConfigError = "CreateContainerConfigError"
    case unschedulable = "Unschedulable"
    // what needs a person
    case invalidSpec = "InvalidSpec"
    case foreignObject = "ForeignObject"
    case forbidden = "Forbidden"
    case rejected = "Rejected"
    // Progressing
    case rolloutInProgress = "RolloutInProgress"
    case rolloutComplete = "RolloutComplete"
    case progressDeadlineExceeded = "ProgressDeadlineExceeded"
    // Paused, and the version that was stopped alone
    case crashLooping = "CrashLooping"
    case running = "Running"
    case replicasZero = "ReplicasZero"
    // events about single objects
    case resizingVolume = "ResizingVolume"
    case restartingForFileSystem = "RestartingForFileSystem"
    case restartingPod = "RestartingPod"
    case recreatingWorkload = "RecreatingWorkload"
    case removingReplica = "RemovingReplica"
    // event about a pause that is over
    case resumed = "Resumed"
    // events about rollouts
    case rolloutStarted = "RolloutStarted"
    case switchingTraffic = "SwitchingTraffic"
    case rollingBack = "RollingBack"
    case rollbackUnavailable = "RollbackUnavailable"
    case removingVersion = "RemovingVersion"
    // Warning, the gravest first
    case volumeExpansionFailed = "VolumeExpansionFailed"
    case volumeExpansionUnsupported = "VolumeExpansionUnsupported"
    case volumeClassIgnored = "VolumeClassIgnored"
    case volumeShrinkIgnored = "VolumeShrinkIgnored"
    case strategyRemoved = "StrategyRemoved"
}
