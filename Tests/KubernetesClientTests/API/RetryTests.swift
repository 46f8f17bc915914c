import JSON
import KubernetesModel
import Synchronization
import Testing

@testable import KubernetesClient

@Suite struct RetryTests {
    private static let lost = APIError(transport: TransportError(.connectionLost, "", mayHaveReachedServer: true))
    private static let unsent = APIError(transport: TransportError(.connectionLost, "", mayHaveReachedServer: false))
    private static let refused = APIError(transport: TransportError(.connect, "", mayHaveReachedServer: false))
    private static let timedOut = APIError(transport: TransportError(.timeout, "", mayHaveReachedServer: true))
    private static func http(_ status: Int, _ after: Int? = nil) -> APIError {
        APIError(HTTPResponse(status: status, headers: after.map { ["Retry-After": "\($0)"] } ?? [:]))
    }

    private static let all = Set(Verb.allCases)
    private static let none: Set<Verb> = []
    private static let idempotent: Set<Verb> = [.get, .list, .watch, .apply, .patch, .delete]

    private static var rows: [(APIError, Set<Verb>)] {
        var rows: [(APIError, Set<Verb>)] = [(refused, all), (unsent, all), (lost, idempotent), (timedOut, none)]
        rows += [(http(429), all), (http(429, 1), all), (http(429, 31), none)]
        rows += [(http(503), idempotent), (http(503, 1), all), (http(504), idempotent), (http(500), none), (http(500, 1), all)]
        rows += [(APIError(APIStatus(reason: "ServerTimeout", code: 500)), idempotent)]
        rows += [400, 401, 403, 404, 409, 410, 422].map { (http($0, 1), none) }
        rows += [(APIError(transport: TransportError(.tls, "", mayHaveReachedServer: false)), none)]
        rows += [(APIError(transport: CancellationError()), none), (APIError(.decoding, ""), none)]
        return rows
    }

    /// Which failure of which verb is tried again: a table of the rule.
    @Test(arguments: rows)
    func table(_ error: APIError, _ verbs: Set<Verb>) {
        for verb in Verb.allCases {
            let delay = RetryPolicy.standard.delay(after: error, verb: verb, attempt: 1, random: 0)
            #expect((delay != nil) == verbs.contains(verb), "\(verb) after \(error)")
            #expect(RetryPolicy.never.delay(after: error, verb: verb, attempt: 1, random: 0) == nil)
        }
    }

    /// Delays double, shrink by chance, give way to what the server asks for, and end with the attempts.
    @Test func delays() {
        let policy = RetryPolicy.standard
        #expect(
            (1...4).map { policy.delay(after: Self.http(429), verb: .get, attempt: $0, random: 0) } == [
                .milliseconds(200), .milliseconds(400), .milliseconds(800), nil,
            ])
        #expect(policy.delay(after: Self.http(429), verb: .get, attempt: 1, random: 0.5) == .milliseconds(150))
        #expect(policy.delay(after: Self.http(429, 7), verb: .get, attempt: 1, random: 0) == .seconds(7))
        #expect(Backoff(initial: .seconds(1), maximum: .seconds(8)).delay(failures: 1_000_000, random: 0) == .seconds(8))
    }

    private final class Log: RequestObserver {
        let entries = Mutex<[RequestObservation]>([])
        func requestFinished(_ observation: RequestObservation) { entries.withLock { $0.append(observation) } }
    }

    /// A busy server is asked again after the time it names; the observer is told of every attempt.
    @Test func observed() async throws {
        let time = ManualTime()
        let log = Log()
        let transport = ScriptedTransport { _, number in
            number == 0
                ? HTTPResponse(status: 429, headers: ["Retry-After": "2"]) : HTTPResponse(status: 201, body: Array("{}".utf8))
        }
        var client = KubernetesClient.testing(transport, time: time)
        client.observer = log
        _ = try await client.create(.pods, ["metadata": ["namespace": "ns"]])
        #expect(time.sleeps.values == [.seconds(2)])
        let entries = log.entries.withLock { $0 }
        #expect(entries.map(\.status) == [429, 201])
        #expect(entries.map(\.error) == [.tooManyRequests, nil])
        #expect(entries.map(\.attempt) == [1, 2])
        #expect(entries.allSatisfy { $0.verb == .create && $0.resource == .pods })
    }

    /// An API server that comes back within the attempts is not noticed by the caller.
    @Test func restart() async throws {
        let transport = ScriptedTransport { _, number in
            if number < 2 { throw TransportError(.connect, "refused", mayHaveReachedServer: false) }
            return HTTPResponse(status: 200, body: Array("{}".utf8))
        }
        _ = try await KubernetesClient.testing(transport).create(.pods, ["metadata": ["namespace": "ns"]])
        #expect(transport.requests.count == 3)
    }
}
