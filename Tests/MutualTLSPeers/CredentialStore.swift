import Glibc
import Synchronization

/// The credentials of a node, re-read whenever its files have changed, all three at once.
///
/// Looks at each use, which is what a watch on the directory comes to when the kernel is prompt. Files that cannot be taken leave the
/// ones before in force, as in the runtime (`tls_reload_total{result}` counts both outcomes).
final class CredentialStore: Sendable {
    private struct Mark: Hashable {
        var device: UInt
        var inode: UInt
        var changed: Int
        var changedNanoseconds: Int
    }

    private struct State {
        var marks: [Mark] = []
        var credentials: NodeCredentials?
        var reloads = 0
        var refusals: [NodeCredentials.Refusal] = []
    }

    private let directory: String
    private let state = Mutex(State())

    init(directory: String) {
        self.directory = directory
    }

    var reloads: Int { state.withLock { $0.reloads } }
    var refusals: [NodeCredentials.Refusal] { state.withLock { $0.refusals } }

    /// nil while there have never been any.
    func current() -> NodeCredentials? {
        let directory = directory
        return state.withLock { state in
            let marks = Self.marks(directory)
            guard marks != state.marks, marks.count == 3 else { return state.credentials }
            // a swap between the three reads would mix two contents
            guard let files = NodeFiles.read(directory), Self.marks(directory) == marks else { return state.credentials }
            state.marks = marks
            do throws(NodeCredentials.Refusal) {
                state.credentials = try NodeCredentials(files)
                state.reloads += 1
            } catch {
                state.refusals.append(error)
            }
            return state.credentials
        }
    }

    private static func marks(_ directory: String) -> [Mark] {
        NodeFiles.names.compactMap { name in
            var found = stat()
            guard stat("\(directory)/\(name)", &found) == 0 else { return nil }
            return Mark(
                device: UInt(found.st_dev), inode: UInt(found.st_ino), changed: found.st_mtim.tv_sec,
                changedNanoseconds: found.st_mtim.tv_nsec)
        }
    }
}
