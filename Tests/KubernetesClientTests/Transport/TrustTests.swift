import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct TrustTests {
    private func server(_ wire: ScriptedServer.Wire = .http2) async throws -> ScriptedServer {
        try await ScriptedServer.start(wire) { request, reply in
            try await reply.respond(200, request.headers["host"] ?? request.headers[":authority"] ?? "")
        }
    }

    private func code(_ configuration: CurlConfiguration, _ credential: Credential = Credential()) async -> TransportError.Code? {
        do {
            _ = try await CurlTransport(configuration, credentials: FixedCredential(credential)).send(HTTPRequest(.get, "/"))
            return nil
        } catch {
            return (error as? TransportError)?.code
        }
    }

    /// Only the authority that is given is trusted; without one only those of the system.
    @Test func authorities() async throws {
        let server = try await server()
        var configuration = server.configuration()
        #expect(await code(configuration) == nil)
        configuration.authorities = Array(Certificates.otherAuthority.utf8)
        #expect(await code(configuration) == .tls)
        configuration.authorities = nil
        #expect(await code(configuration) == .tls)
        configuration.skipsVerification = true
        #expect(await code(configuration) == nil)
    }

    /// An authority that the credential source gives counts more than the one of the start: it is the newer one.
    @Test func rotatedAuthority() async throws {
        let server = try await server()
        var configuration = server.configuration()
        configuration.authorities = Array(Certificates.otherAuthority.utf8)
        #expect(await code(configuration, Credential(authorities: Array(Certificates.authority.utf8))) == nil)
    }

    /// `tls-server-name` is checked instead of the address, which is still connected to.
    @Test func serverName() async throws {
        let server = try await server()
        var configuration = server.configuration()
        configuration.serverName = "api.test"
        #expect(await code(configuration) == nil)
        configuration.serverName = "other.test"
        #expect(await code(configuration) == .tls)
    }

    /// A server that asks for a client certificate gets it, and refuses who has none.
    @Test func clientCertificate() async throws {
        let server = try await server(.mutual)
        let identity = ClientIdentity(certificate: Array(Certificates.client.utf8), key: Array(Certificates.clientKey.utf8))
        #expect(await code(server.configuration(), Credential(identity: identity)) == nil)
        #expect(await code(server.configuration()) != nil)
    }

    /// Another client certificate means another connection.
    @Test func rotatedClientCertificate() async throws {
        let server = try await server(.mutual)
        let identity = ClientIdentity(certificate: Array(Certificates.client.utf8), key: Array(Certificates.clientKey.utf8))
        let other = ClientIdentity(certificate: identity.certificate + [10], key: identity.key)
        let credentials = SequenceCredential([identity, identity, other].map { Credential(identity: $0) })
        let transport = CurlTransport(server.configuration(), credentials: credentials)
        for _ in 0..<3 { #expect(try await transport.send(HTTPRequest(.get, "/")).status == 200) }
        #expect(server.connectionCount == 2)
    }
}

/// Gives one credential after the other, then the last one for ever.
private actor SequenceCredential: CredentialSource {
    private var credentials: [Credential]
    init(_ credentials: [Credential]) { self.credentials = credentials }

    func credential() -> Credential { credentials.count > 1 ? credentials.removeFirst() : credentials[0] }
    func reject(_ credential: Credential) {}
}
