/// Why something is so or was done: the same word as condition reason, event reason and log field.
package enum Reason: String, Sendable, CaseIterable {
    // the condition CertificatesReady
    /// The root CA and every node's certificate are there and valid.
    case issued = "Issued"
    /// Some are not there yet.
    case issuing = "Issuing"
    /// The root CA's key is being replaced.
    case rotating = "Rotating"
    /// The cluster allows insecure connections.
    case notRequired = "NotRequired"
    // what needs a person
    /// A Secret of that name is somebody else's.
    case foreignSecret = "ForeignSecret"
    case forbidden = "Forbidden"
    case rejected = "Rejected"
    // events
    case authorityIssued = "AuthorityIssued"
    case authorityRenewed = "AuthorityRenewed"
    case authorityReplaced = "AuthorityReplaced"
    case certificateReissued = "CertificateReissued"
    case rotationStarted = "RotationStarted"
    case rotationComplete = "RotationComplete"
    case invalidSecretName = "InvalidSecretName"
}
