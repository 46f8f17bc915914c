public import KubernetesModel

#if canImport(Glibc)
    import Glibc
#endif

/// The machine's clock.
public enum SystemClock {
    public static let now: @Sendable () -> Timestamp = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(unixSeconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
    }
}
