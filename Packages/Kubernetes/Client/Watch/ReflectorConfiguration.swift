/// The numbers of a reflector.
public struct ReflectorConfiguration: Sendable, Hashable {
    /// Objects a page.
    public var pageLimit = 500
    /// How long the server is asked to keep a watch, chosen anew for each so that watches do not end together: client-go's range.
    public var watchTimeout: ClosedRange<Duration> = .seconds(300)...(.seconds(600))
    /// How much longer than asked for a watch may be silent.
    public var silenceGrace: Duration = .seconds(30)
    /// How long a watch may be silent once a bookmark came over it: API servers send one a minute.
    public var bookmarkSilence: Duration = .seconds(180)
    /// client-go's numbers.
    public var backoff = Backoff(initial: .milliseconds(800), maximum: .seconds(30))
    /// While nothing answers: a refused connection costs nobody anything, and the way back should be short.
    public var connectBackoff = Backoff(initial: .milliseconds(800), maximum: .seconds(5))
    /// After 401 and 403: a person has to do something.
    public var deniedBackoff = Backoff(initial: .seconds(15), maximum: .seconds(60))
    /// The longest line of a watch in bytes: the API server's own limit for an object is 3 MiB, before JSON makes it longer.
    public var lineLimit = 64 << 20

    public init() {}
}
