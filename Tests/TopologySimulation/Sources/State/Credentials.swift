import JSON
import KubernetesClient
import KubernetesModel
import PKI
import SpiceTypes

/// What a Secret with a certificate holds, as a node reads it: of each file the first certificate.
struct Credentials {
    var certificate: Certificate?
    var key: PrivateKey?
    var authority: Certificate?

    init(_ secret: JSONValue) {
        let data = secret["data"]
        func read(_ name: String) -> [UInt8] { data?[name]?.stringValue.flatMap { Base64.decode($0) } ?? [] }
        certificate = (try? Certificate.all(pem: read(NodeCertificate.certificate)))?.first
        key = try? PrivateKey(pem: read(NodeCertificate.key))
        authority = (try? Certificate.all(pem: read(NodeCertificate.authority)))?.first
    }

    /// Why a peer that has the same authority would not take it at that time.
    func fault(at now: Timestamp) -> String? {
        guard let certificate, let key, let authority else { return "is not whole" }
        if !certificate.matches(key) { return "has another certificate's key" }
        if !certificate.isIssued(by: authority) { return "has a certificate that its authority did not issue" }
        do {
            try Certificate.verifyServer([certificate], roots: [authority], at: now)
        } catch {
            return "is refused: \(error)"
        }
        return nil
    }
}

/// Marks what somebody else made.
enum Foreign {
    static let label = "foreign"
    static func isMark(_ object: JSONValue) -> Bool { object[path: "metadata", "labels"]?[label] != nil }
}
