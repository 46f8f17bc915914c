import Foundation
import Glibc
import Synchronization

/// A program that was started, its output in files.
final class Program: Sendable {
    enum Input { case nothing, file(String), descriptor(Int32) }

    struct CannotStart: Error {
        var path: String
        var code: Int32
    }

    let name: String
    let pid: pid_t
    /// Where standard error goes.
    let log: String
    private let status = Mutex<Int32?>(nil)

    /// - Parameter environment: added to that of the tests, of which `KUBECONFIG` is left out.
    init(
        _ path: String, _ arguments: [String], environment: [String: String] = [:], input: Input = .nothing, output: String? = nil,
        log: String
    ) throws {
        name = (path as NSString).lastPathComponent
        self.log = log
        pid = try Self.spawn(path, arguments, environment, input, output ?? log, log)
        Watchdog.guarding(pid)
        Thread.detachNewThread { self.reap() }
    }

    /// As a shell has it: above 128 a signal ended it; nil while it runs.
    var exitStatus: Int32? { status.withLock { $0 } }
    var isRunning: Bool { exitStatus == nil }

    var logText: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    func signal(_ number: Int32) {
        status.withLock { if $0 == nil { _ = kill(pid, number) } }
    }

    func exited(within limit: Duration = .seconds(25)) async throws -> Int32 {
        try await eventually("\(name) ends", within: limit) { self.exitStatus }
    }

    /// Its number stays its own until `status` says that it is gone: a signal never reaches another process.
    private func reap() {
        var info = siginfo_t()
        while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        Watchdog.release(pid)
        status.withLock { status in
            var raw: Int32 = 0
            waitpid(pid, &raw, 0)
            let number = raw & 0x7F
            status = number == 0 ? raw >> 8 & 0xFF : 128 + number
        }
    }

    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String: String], _ input: Input, _ output: String, _ errors: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        switch input {
        case .nothing: posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        case .file(let file): posix_spawn_file_actions_addopen(&actions, 0, file, O_RDONLY, 0)
        case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
        }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        // a group of its own: Ctrl-C at the terminal is the watchdog's business
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        let variables = ProcessInfo.processInfo.environment.filter { $0.key != "KUBECONFIG" }.merging(environment) { $1 }
        var argv = ([path] + arguments).map { strdup($0) } + [nil]
        var envp = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        Descriptors.keepHome()
        var process: pid_t = 0
        let result = posix_spawn(&process, path, &actions, &attributes, &argv, &envp)
        guard result == 0 else { throw CannotStart(path: path, code: result) }
        return process
    }
}

extension Program {
    struct Result: Sendable {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs to the end.
    static func run(
        _ path: String, _ arguments: [String], environment: [String: String] = [:], input: String? = nil,
        within limit: Duration = .seconds(90)
    ) async throws -> Result {
        let directory = try TestRun.makeDirectory("run")
        let (output, errors) = ("\(directory)/out", "\(directory)/err")
        var source = Input.nothing
        if let input {
            try input.write(toFile: "\(directory)/in", atomically: false, encoding: .utf8)
            source = .file("\(directory)/in")
        }
        let program = try Program(path, arguments, environment: environment, input: source, output: output, log: errors)
        do {
            let status = try await program.exited(within: limit)
            let text = try [output, errors].map { try String(contentsOfFile: $0, encoding: .utf8) }
            return Result(status: status, output: text[0], errors: text[1])
        } catch {
            program.signal(SIGKILL)
            throw error
        }
    }
}

enum Descriptors {
    /// Programs inherit only what they are given.
    static func keepHome() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
            if let number = Int32(name), number > 2 { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
        }
    }
}
