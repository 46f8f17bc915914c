import Glibc

/// The process metrics every Prometheus client library offers, under their usual names.
public enum ProcessMetrics {
    public static let families: [MetricFamily] = [
        .counter("process_cpu_seconds_total", "User and system CPU time spent by the process, in seconds."),
        .gauge("process_resident_memory_bytes", "Resident memory of the process, in bytes."),
        .gauge("process_virtual_memory_bytes", "Virtual memory of the process, in bytes."),
        .gauge("process_open_fds", "Open file descriptors of the process."),
        .gauge("process_max_fds", "Most file descriptors the process may open."),
        .gauge("process_start_time_seconds", "When the process started, in seconds since the Unix epoch."),
    ]

    /// Values that cannot be read are left out.
    public static func samples() -> [MetricSample] {
        let pages = numbers(in: "/proc/self/statm")
        let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))
        return [
            cpuSeconds().map { MetricSample("process_cpu_seconds_total", $0) },
            pages.dropFirst().first.map { MetricSample("process_resident_memory_bytes", $0 * pageSize) },
            pages.first.map { MetricSample("process_virtual_memory_bytes", $0 * pageSize) },
            openDescriptors().map { MetricSample("process_open_fds", Double($0)) },
            maximumDescriptors().map { MetricSample("process_max_fds", $0) },
            startTime().map { MetricSample("process_start_time_seconds", $0) },
        ].compactMap(\.self)
    }

    private static func cpuSeconds() -> Double? {
        var usage = rusage()
        guard getrusage(__rusage_who_t(0), &usage) == 0 else { return nil }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }

    private static func openDescriptors() -> Int? {
        guard let directory = opendir("/proc/self/fd") else { return nil }
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        // Not counting `.`, `..` and the directory itself.
        return count - 3
    }

    private static func maximumDescriptors() -> Double? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit) == 0 else { return nil }
        return Double(limit.rlim_cur)
    }

    /// Boot time plus the process' start in ticks after it (field 22 of `stat`, counted behind the command's parentheses).
    private static func startTime() -> Double? {
        guard let stat = text(of: "/proc/self/stat"), let close = stat.lastIndex(of: ")"), let boot = text(of: "/proc/stat") else {
            return nil
        }
        let fields = stat[stat.index(after: close)...].split(separator: " ")
        guard fields.count > 19, let ticks = Double(fields[19]),
            let line = boot.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let bootTime = Double(line.dropFirst("btime ".count))
        else { return nil }
        return bootTime + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static func numbers(in path: String) -> [Double] {
        text(of: path)?.split(separator: " ").compactMap { Double($0) } ?? []
    }

    private static func text(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 {
            bytes += chunk.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
