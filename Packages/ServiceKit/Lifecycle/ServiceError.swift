/// Why a service cannot start or go on, in one line for the person who started it: what is wrong and what to do.
public struct ServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    public var message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}
