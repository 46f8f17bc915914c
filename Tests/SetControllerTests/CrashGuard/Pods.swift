import KubernetesModel

@testable import SetController

/// Pods as a ledger sees them.
enum Pods {
    static let start = Timestamp(unixSeconds: 1_800_000_000)

    static func failing(_ uid: String, exitCode: Int64 = 1, message: String = "") -> ObservedPod {
        var pod = pod(uid)
        pod.restarts = 1
        pod.trouble = .init(reason: "CrashLoopBackOff", message: "back-off")
        pod.end = .init(reason: "Error", exitCode: exitCode, message: message)
        return pod
    }

    static func ready(_ uid: String, since: Timestamp = start) -> ObservedPod {
        var pod = pod(uid)
        pod.isReady = true
        pod.readySince = since
        return pod
    }

    static func dead(_ uid: String, phase: String = "Failed") -> ObservedPod {
        var pod = pod(uid)
        pod.phase = phase
        return pod
    }

    static func pod(_ uid: String) -> ObservedPod {
        var pod = ObservedPod()
        pod.key = ObjectKey(namespace: "default", name: "demo-0-0-\(uid)")
        pod.uid = uid
        pod.phase = "Running"
        return pod
    }
}
