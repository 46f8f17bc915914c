/// Why a body is no review that could be answered: answered with 400, since without its uid no verdict can be given.
public struct MalformedReview: Error, Sendable, Hashable, CustomStringConvertible {
    public var message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}
