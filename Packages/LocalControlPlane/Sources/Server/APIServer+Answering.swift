import JSON
import KubernetesModel
import Synchronization

/// A request is tried; where webhooks have to be asked, that happens outside the lock, and it is tried again with their answers.
extension APIServer {
    /// Answers one request; a watch goes on until its stream is let go of.
    func respond(to request: APIRequest) async -> Reply {
        var trial = Trial()
        for _ in 0..<Trial.limit {
            switch attempt(request, &trial) {
            case .success(let reply): return reply
            case .failure(let open): await ask(open.calls, &trial.answers)
            }
        }
        return .response(APIResponse(StatusError(504, "Timeout", "the objects changed faster than the webhooks answered")))
    }

    enum Reply: Sendable {
        case response(APIResponse)
        case stream(AsyncThrowingStream<[UInt8], any Error>, headers: [(name: String, value: String)])
    }

    /// A request that is tried until all webhooks it needs have answered. All attempts have one time and one source of names, so that
    /// they ask the same questions.
    struct Trial {
        /// Each attempt asks at least one more webhook, or asks again about what has changed meanwhile.
        static let limit = 64

        var answers = WebhookAnswers(canBeAsked: true)
        var pinned: (now: Timestamp, identifiers: IdentifierSource)?
    }

    struct Open: Error {
        var calls: [WebhookCall]
    }

    private func attempt(_ request: APIRequest, _ trial: inout Trial) -> Result<Reply, Open> {
        let now = trial.pinned?.now ?? clock()
        let (result, pinned, observers) = state.withLock { state in
            var pinned = trial.pinned
            state.core.now = now
            if webhooks != nil {
                state.core.webhooks = trial.answers
                if pinned == nil { pinned = (now, .seeded(state.core.identifiers.number())) }
            }
            let identifiers = state.core.identifiers
            if let pinned { state.core.identifiers = pinned.identifiers }
            let revision = state.core.store.revision
            let answer = state.core.handle(request)
            if pinned != nil { state.core.identifiers = identifiers }
            let result: Result<Reply, Open>
            switch answer {
            case .undecided(let calls):
                state.core.store.undo(to: revision)
                result = .failure(Open(calls: calls))
            case .response(let response): result = .success(.response(response))
            case .watch: result = .success(.response(APIResponse(200, text: "")))
            }
            let before = state.delivered
            deliver(&state)
            let observers = before == state.delivered ? [] : state.observers
            guard case .watch(let watch) = answer else { return (result, pinned, observers) }
            return (.success(.stream(open(watch, &state), headers: watch.headers)), pinned, observers)
        }
        trial.pinned = pinned
        for observer in observers { observer() }
        return result
    }

    /// Asks webhooks at the same time and adds what they say to `answers`.
    func ask(_ calls: [WebhookCall], _ answers: inout WebhookAnswers) async {
        guard let webhooks else { return }
        let requests = state.withLock { state in
            calls.map { call in
                let uid = state.core.identifiers.uid()
                return (call: call, uid: uid, request: state.core.request(for: call, uid: uid))
            }
        }
        let bodies = await withTaskGroup(of: (Int, Result<JSONValue, WebhookFailure>).self) { group in
            for (index, item) in requests.enumerated() {
                group.addTask {
                    do throws(WebhookFailure) {
                        return (index, .success(try await webhooks.call(item.request)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (index, item) in requests.enumerated() {
            answers.add(item.call, uid: item.uid, bodies[index] ?? .failure(WebhookFailure("cancelled")))
        }
    }
}
