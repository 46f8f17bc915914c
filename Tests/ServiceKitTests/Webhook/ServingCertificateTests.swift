import PKI
import ServiceKit
import Testing

/// A Secret that cannot be served says which of its keys is wrong, and never what is in it.
@Suite struct ServingCertificateTests {
    private let good: Issuer.Pair
    private let other: Issuer.Pair

    init() throws {
        let issuer = try Issuer()
        (good, other) = (try issuer.issue(), try issuer.issue())
    }

    private func message(_ chain: [UInt8], _ key: [UInt8]) throws -> String {
        try #require(throws: PKIError.self) { try ServingCertificate(chain: chain, key: key) }.message
    }

    @Test func goodPair() throws {
        #expect(try good.serving().chain.count == 1)
    }

    @Test func everyPartIsNamed() throws {
        #expect(try message([], good.key).hasPrefix("tls.crt: "))
        #expect(try message(Array("garbage".utf8), good.key).hasPrefix("tls.crt: "))
        #expect(try message(good.chain, []).hasPrefix("tls.key: "))
        #expect(try message(good.chain, good.chain).hasPrefix("tls.key: "))
        #expect(try message(good.chain, other.key) == "tls.key: is not the key of the first certificate in tls.crt")
        #expect(try message(other.chain + good.chain, good.key).hasPrefix("tls.key: "))
    }

    @Test func keysAreNotQuoted() throws {
        let broken = Array(String(decoding: good.key, as: UTF8.self).replacing("MI", with: "XX").utf8)
        let text = String(decoding: good.key, as: UTF8.self)
        let body = text.split(separator: "\n")[1].prefix(12)
        #expect(!(try message(good.chain, broken).contains(body)))
    }
}
