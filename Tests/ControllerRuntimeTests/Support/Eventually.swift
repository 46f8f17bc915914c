import Testing

/// Waits for a condition that other tasks bring about, giving way to them, for at most half a minute.
func eventually(
    _ what: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async rethrows {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
        if try await condition() { return }
        await Task.yield()
    }
    Issue.record(what ?? "the condition did not become true", sourceLocation: sourceLocation)
}
