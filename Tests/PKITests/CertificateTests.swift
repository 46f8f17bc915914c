import KubernetesModel
import PKI
import Testing

/// What is issued reads back as it was asked for, from PEM as well.
@Suite struct CertificateTests {
    @Test func profileReadsBack() throws {
        let authority = try Authority(name: "root")
        let names: [SubjectName] = [
            .dns("hook.spice.svc"), .dns("*.example.com"), .address([127, 0, 0, 1]),
            .address([UInt8](repeating: 0, count: 15) + [1]),
        ]
        let (leaf, key) = try authority.issue(.sample(.server, name: "hook", names: names))
        let read = try #require(try Certificate.all(pem: Array(leaf.pem().utf8)).first)
        #expect(read == leaf)
        #expect(read.fingerprint == leaf.fingerprint)
        #expect(read.fingerprint.count == 64)
        #expect(read.commonName == "hook")
        #expect(read.names == names)
        #expect(read.notBefore == noon + .seconds(-3600))
        #expect(read.notAfter == noon + .seconds(3600))
        #expect(!read.isAuthority)
        #expect(authority.certificate.isAuthority)
        #expect(read.matches(try PrivateKey(pem: Array(key.pem().utf8))))
        #expect(!read.matches(authority.key))
    }

    @Test func hostsAreMatched() throws {
        let leaf = try Authority().issue(.sample(.server, name: "a.b", names: [.dns("hook.spice.svc"), .dns("*.example.com")]))
            .certificate
        #expect(leaf.names(host: "hook.spice.svc"))
        #expect(leaf.names(host: "x.example.com"))
        #expect(!leaf.names(host: "x.y.example.com"))
        #expect(!leaf.names(host: "spice.svc"))
        // The common name names nobody (RFC 6125).
        #expect(!leaf.names(host: "a.b"))
    }

    @Test func bundlesKeepTheirOrder() throws {
        let (first, second) = (try Authority(name: "first"), try Authority(name: "second"))
        let text = "# trust\n" + (try first.certificate.pem()) + "between\n" + (try second.certificate.pem())
        #expect(try Certificate.all(pem: Array(text.utf8)) == [first.certificate, second.certificate])
    }

    @Test func serialNumbersDiffer() throws {
        let authority = try Authority()
        let key = try PrivateKey.generate()
        let leaves = try (0..<20).map { _ in try authority.certificate.issue(.sample(.peer), key: key, issuerKey: authority.key) }
        #expect(Set(leaves).count == 20)
    }

    @Test(arguments: ["", "host name", "häuser.example", "a\u{0}b"])
    func namesOutsideASCIIAreRefused(name: String) throws {
        let authority = try Authority()
        let error = try #require(throws: PKIError.self) { try authority.issue(.sample(.server, names: [.dns(name)])) }
        #expect(error.code == .name)
    }

    /// A name that would break out of OpenSSL's configuration strings stays one name.
    @Test func namesStayWhatTheyAre() throws {
        let name = SubjectName.dns("a.example,IP:127.0.0.1")
        #expect(try Authority().issue(.sample(.server, names: [name])).certificate.names == [name])
    }

    @Test func strangersKeyDoesNotSign() throws {
        let (authority, other) = (try Authority(), try Authority())
        let error = try #require(throws: PKIError.self) {
            try authority.certificate.issue(.sample(.server), key: try PrivateKey.generate(), issuerKey: other.key)
        }
        #expect(error.code == .mismatch)
    }
}
