import Foundation
import Glibc

/// Ends every program that still runs when the tests are over, however they end: the tests hold the other end of its input.
enum Watchdog {
    static func guarding(_ pid: pid_t) { tell("+ \(pid)") }
    static func release(_ pid: pid_t) { tell("- \(pid)") }

    private static func tell(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        _ = write(pipe, bytes, bytes.count)
    }

    private static let script = """
        trap '' INT TERM HUP
        declare -A pids
        while read -r sign pid; do
          case $sign in +) pids[$pid]=1 ;; -) unset "pids[$pid]" ;; esac
        done
        for pid in "${!pids[@]}"; do kill -TERM "$pid"; done
        for _ in $(seq 100); do
          for pid in "${!pids[@]}"; do kill -0 "$pid" || unset "pids[$pid]"; done
          [ ${#pids[@]} = 0 ] && break
          sleep 0.1
        done
        for pid in "${!pids[@]}"; do kill -KILL "$pid"; done
        [ -n "$2" ] || rm -rf "$1"
        """

    /// The end that is written to.
    private static let pipe: Int32 = {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { return -1 }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        for number: Int32 in [1, 2] { posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let keep = ProcessInfo.processInfo.environment["SPICE_TEST_KEEP"] ?? ""
        let words: [String] = ["/bin/bash", "-c", script, "watchdog", TestRun.directory, keep]
        var argv = words.map { strdup($0) } + [nil]
        defer { argv.forEach { free($0) } }
        Descriptors.keepHome()
        var process: pid_t = 0
        _ = posix_spawn(&process, "/bin/bash", &actions, &attributes, &argv, environ)
        close(ends[0])
        return ends[1]
    }()
}
