import CCurl
@preconcurrency import Glibc
import Synchronization

/// Runs a program and collects what it prints.
enum ChildProcess {
    struct Output: Sendable {
        /// As a shell has it: above 128 it was ended by a signal.
        var status: Int
        var output: [UInt8]
        var errors: [UInt8]
    }

    enum Failure: Error, Hashable {
        /// An errno.
        case cannotStart(Int32)
        case timedOut
    }

    /// The variables of this process, as `NAME=value`.
    static func environment() -> [String] {
        var variables: [String] = []
        var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        while let next = entry, let variable = next.pointee {
            variables.append(String(cString: variable))
            entry = next.advanced(by: 1)
        }
        return variables
    }

    /// Cancelling the task, or the end of the time allowed, kills the program with all that it started.
    static func run(
        _ command: String, _ arguments: [String], environment: [String], timeout: Duration
    ) async throws -> Output {
        let process = RunningProcess()
        return try await withTaskCancellationHandler {
            let output = try await OwnThread.run {
                try process.run(command, arguments, environment, until: ContinuousClock.now + timeout)
            }
            try Task.checkCancellation()
            return output
        } onCancel: {
            process.kill()
        }
    }
}

/// A child and its process group. All but `kill` belongs to one thread.
private final class RunningProcess: Sendable {
    private enum State {
        case unstarted, running(pid_t), ended
    }

    private let state = Mutex(State.unstarted)
    private static let outputLimit = 1 << 20

    /// A child that is reaped must not be killed: its number may be another's by then.
    func kill() {
        state.withLock { state in
            if case .running(let process) = state { Glibc.kill(-process, SIGKILL) }
            if case .unstarted = state { state = .ended }
        }
    }

    func run(
        _ command: String, _ arguments: [String], _ environment: [String], until deadline: ContinuousClock.Instant
    ) throws -> ChildProcess.Output {
        var pipes = try [Pipe(), Pipe()]
        defer { pipes.forEach { $0.close() } }
        try start(command, arguments, environment, pipes)
        for index in pipes.indices { pipes[index].closeWriter() }

        var status: Int32?
        while true {
            // A grandchild may hold the pipes open after the child has ended.
            if status == nil { status = reap() }
            let isOpen = try drain(&pipes, wait: status == nil)
            if let status, !isOpen || !pipes.contains(where: \.hasMore) {
                return ChildProcess.Output(status: Self.code(status), output: pipes[0].content, errors: pipes[1].content)
            }
            if ContinuousClock.now >= deadline {
                kill()
                while status == nil { status = reap(wait: true) }
                throw ChildProcess.Failure.timedOut
            }
        }
    }

    private func start(_ command: String, _ arguments: [String], _ environment: [String], _ pipes: [Pipe]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, pipes[0].writer, 1)
        posix_spawn_file_actions_adddup2(&actions, pipes[1].writer, 2)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)

        // This thread blocks all signals; a child would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var argv = ([command] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        let result = state.withLock { state -> Int32 in
            guard case .unstarted = state else { return ECANCELED }
            var process: pid_t = 0
            let result = posix_spawnp(&process, command, &actions, &attributes, &argv, &envp)
            if result == 0 { state = .running(process) }
            return result
        }
        guard result == 0 else { throw ChildProcess.Failure.cannotStart(result) }
    }

    /// The child's status once it has ended.
    private func reap(wait: Bool = false) -> Int32? {
        if wait, case .running(let process) = state.withLock({ $0 }) {
            // Without reaping it, so that its number stays its own.
            var info = siginfo_t()
            waitid(P_PID, id_t(process), &info, Int32(WEXITED | WNOWAIT))
        }
        return state.withLock { state in
            guard case .running(let process) = state else { return 0 }
            var status: Int32 = 0
            guard waitpid(process, &status, WNOHANG) == process else { return nil }
            state = .ended
            return status
        }
    }

    /// Reads what is there; returns whether a pipe is still open.
    private func drain(_ pipes: inout [Pipe], wait: Bool) throws -> Bool {
        var polls = pipes.map { pollfd(fd: $0.reader, events: Int16(POLLIN), revents: 0) }
        // Short, because the child's end is found by asking.
        poll(&polls, nfds_t(polls.count), wait ? 20 : 0)
        for index in pipes.indices { pipes[index].read(ready: polls[index].revents != 0, limit: Self.outputLimit) }
        return pipes.contains { $0.reader >= 0 }
    }

    private static func code(_ status: Int32) -> Int {
        let signal = status & 0x7F
        return Int(signal == 0 ? status >> 8 & 0xFF : 128 + signal)
    }
}

private struct Pipe {
    private(set) var reader: Int32
    private(set) var writer: Int32
    private(set) var content: [UInt8] = []
    /// Whether the last look found something.
    private(set) var hasMore = true

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ChildProcess.Failure.cannotStart(errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reader = ends[0]
        writer = ends[1]
    }

    mutating func read(ready: Bool, limit: Int) {
        hasMore = false
        guard reader >= 0, ready else { return }
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        let count = Glibc.read(reader, &buffer, buffer.count)
        if count > 0 {
            hasMore = true
            content.append(contentsOf: buffer[..<min(count, limit - content.count)])
        } else if count == 0 || errno != EINTR {
            Glibc.close(reader)
            reader = -1
        }
    }

    mutating func closeWriter() {
        if writer >= 0 { Glibc.close(writer) }
        writer = -1
    }

    func close() {
        if writer >= 0 { Glibc.close(writer) }
        if reader >= 0 { Glibc.close(reader) }
    }
}
