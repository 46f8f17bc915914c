import KubernetesModel
import Testing

@testable import KubernetesClient

/// The protocol alone: no server, no time.
@Suite struct ReflectorStateTests {
    private typealias Action = ReflectorState.Action

    private func watching(_ version: String = "1") -> ReflectorState {
        var state = ReflectorState()
        _ = state.start(random: 0)
        _ = state.handle(.page(resourceVersion: version, continueToken: nil), random: 0)
        return state
    }

    private func describe(_ action: ReflectorState.Action) -> String {
        switch action {
        case .list(let token, let limit): "list \(token ?? "-") \(limit.map(String.init) ?? "all")"
        case .watch(let version, _): "watch \(version)"
        case .wait(let delay, let trouble): "wait \(delay) \(trouble?.code.rawValue ?? "-")"
        }
    }

    /// What follows a watch's end, and where it goes on after the wait.
    @Test(arguments: [
        (ReflectorState.WatchEnd.closed, "wait 0.8 seconds -", "watch 1"),
        (.stalled, "wait 0.8 seconds -", "watch 1"),
        (.failed(APIError(.transport, "")), "wait 0.8 seconds -", "watch 1"),
        (.failed(APIError(.unavailable, "")), "wait 0.8 seconds ServiceUnavailable", "watch 1"),
        (.failed(APIError(.tooManyRequests, "", retryAfter: .seconds(9))), "wait 9.0 seconds TooManyRequests", "watch 1"),
        (.failed(APIError(.forbidden, "")), "wait 15.0 seconds Forbidden", "watch 1"),
        (.failed(APIError(.expired, "")), "wait 0.8 seconds -", "list - 500"),
        (.failed(APIError(.badRequest, "")), "wait 0.8 seconds BadRequest", "list - 500"),
        (.errorEvent(APIError(.expired, "")), "wait 0.8 seconds -", "list - 500"),
        (.errorEvent(APIError(.internalError, "")), "wait 0.8 seconds InternalError", "watch 1"),
        (.malformed(APIError(.decoding, "")), "wait 0.8 seconds Decoding", "list - 500"),
        (
            .failed(
                APIError(
                    .init(
                        reason: "Timeout", code: 504, details: .init(causes: [.init(reason: "ResourceVersionTooLarge")])))),
            "wait 0.8 seconds Timeout", "list - 500"
        ),
    ])
    func watchEnds(_ end: ReflectorState.WatchEnd, _ wait: String, _ next: String) {
        var state = watching()
        let expected = wait.replacing("Timeout", with: "ServerTimeout")
        #expect(describe(state.handle(.watchEnded(end, lived: .zero), random: 0)) == expected)
        #expect(describe(state.handle(.waited, random: 0)) == next)
    }

    /// A watch that lived longer than the backoff is followed by the next one at once; after trouble the consumer is told even so.
    @Test func spacingIsFromStartToStart() {
        var state = watching()
        #expect(describe(state.handle(.watchEnded(.closed, lived: .seconds(300)), random: 0)) == "watch 1")
        #expect(describe(state.handle(.watchEnded(.closed, lived: .seconds(1)), random: 0)) == "wait 0.6 seconds -")
        _ = state.handle(.waited, random: 0)
        #expect(
            describe(state.handle(.watchEnded(.failed(APIError(.unavailable, "")), lived: .seconds(300)), random: 0))
                == "wait 0.0 seconds ServiceUnavailable")
    }

    /// An API server that was away for long and is back is asked again soon, whatever it says first.
    @Test func comesBackSoonAfterAnOutage() {
        var state = watching()
        for _ in 0..<20 {
            _ = state.handle(.watchEnded(.failed(APIError(.transport, "")), lived: .zero), random: 0)
            _ = state.handle(.waited, random: 0)
        }
        let answer = ReflectorState.WatchEnd.failed(APIError(.expired, ""))
        #expect(describe(state.handle(.watchEnded(answer, lived: .zero), random: 0)) == "wait 0.8 seconds -")
        #expect(describe(state.handle(.waited, random: 0)) == "list - 500")
    }

    /// Neither a list that works nor a wait ends a row of failures; an event does.
    @Test func onlyAnEventEndsTheRow() {
        var state = watching()
        _ = state.handle(.watchEnded(.failed(APIError(.expired, "")), lived: .zero), random: 0)
        _ = state.handle(.waited, random: 0)
        _ = state.handle(.page(resourceVersion: "2", continueToken: nil), random: 0)
        #expect(describe(state.handle(.watchEnded(.closed, lived: .zero), random: 0)) == "wait 1.6 seconds -")
        _ = state.handle(.waited, random: 0)
        state.progressed(to: "3")
        #expect(describe(state.handle(.watchEnded(.closed, lived: .zero), random: 0)) == "wait 0.8 seconds -")
        #expect(describe(state.handle(.waited, random: 0)) == "watch 3")
    }

    /// A page that fails is asked for again; one whose token expired begins the list anew, and a list that keeps expiring is read in one piece.
    @Test func pages() {
        var state = ReflectorState()
        #expect(describe(state.start(random: 0)) == "list - 500")
        #expect(describe(state.handle(.page(resourceVersion: "1", continueToken: "x"), random: 0)) == "list x 500")
        #expect(describe(state.handle(.listFailed(APIError(.unavailable, "")), random: 0)) == "wait 0.8 seconds ServiceUnavailable")
        #expect(describe(state.handle(.waited, random: 0)) == "list x 500")
        #expect(describe(state.handle(.listFailed(APIError(.expired, "")), random: 0)) == "list - 500")
        #expect(describe(state.handle(.page(resourceVersion: "2", continueToken: "y"), random: 0)) == "list y 500")
        #expect(describe(state.handle(.listFailed(APIError(.expired, "")), random: 0)) == "list - all")
        #expect(describe(state.handle(.page(resourceVersion: "3", continueToken: nil), random: 0)) == "watch 3")
    }

    /// Watches ask for five to ten minutes, and delays shrink by up to half: by chance, so that clients drift apart.
    @Test func jitter() {
        var state = ReflectorState()
        guard case .watch(_, .seconds(300)) = state.handle(.page(resourceVersion: "1", continueToken: nil), random: 0),
            case .watch(_, .seconds(450)) = state.handle(.page(resourceVersion: "1", continueToken: nil), random: 0.5)
        else { return #expect(Bool(false)) }
        #expect(describe(state.handle(.watchEnded(.closed, lived: .zero), random: 0.5)) == "wait 0.6 seconds -")
    }
}
