/// Why a certificate is issued: the word in logs, events and metrics.
package enum IssueReason: String, Sendable, CaseIterable {
    /// There is none.
    case missing = "Missing"
    /// It is no certificate and key in PEM, or half of one.
    case unreadable = "Unreadable"
    /// The key is another certificate's.
    case keyMismatch = "KeyMismatch"
    /// Somebody replaced it, or the cluster that it was made for is gone and another one has its name.
    case replaced = "Replaced"
    /// Its issuer is not the authority any more.
    case issuerChanged = "IssuerChanged"
    /// It is to name other hosts.
    case namesChanged = "NamesChanged"
    /// Its Secret does not belong to the StatefulSet: another one has that name now, or somebody took the owner away.
    case ownerChanged = "OwnerChanged"
    case expired = "Expired"
    /// It is of the future: a clock was set back.
    case notYetValid = "NotYetValid"
    /// Its time has come.
    case renewal = "Renewal"
    /// A person asked for another key.
    case rotation = "Rotation"

    /// As the end of a sentence.
    package var text: String {
        switch self {
        case .missing: "there was none"
        case .unreadable: "it could not be read"
        case .keyMismatch: "its key was another certificate's"
        case .replaced: "it was not the one that was made for this cluster"
        case .issuerChanged: "its authority changed"
        case .namesChanged: "it is to name other hosts"
        case .ownerChanged: "the Secret did not belong to its StatefulSet"
        case .expired: "it had expired"
        case .notYetValid: "it was valid only in the future"
        case .renewal: "its time had come"
        case .rotation: "spice.ai/rotate-ca asked for another key"
        }
    }
}
