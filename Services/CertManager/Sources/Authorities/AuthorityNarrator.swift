/// What a person is told about a root CA that was written.
enum AuthorityNarrator {
    static func event(_ write: AuthorityWrite, _ pair: KeyPair) -> PlannedEvent? {
        let until = "valid until \(pair.validity.notAfter)"
        switch write {
        case .restate: return nil
        case .settle:
            return normal(.rotationComplete, "Rotate", "Every node has a certificate from the new root CA, \(until)")
        case .issue(.missing, _):
            return normal(.authorityIssued, "Issue", "Issued the root CA of the cluster, \(until)")
        case .issue(.rotation, _):
            return normal(
                .rotationStarted, "Rotate",
                "The root CA has a new key, \(until), and every node gets a certificate from it; until a node has read its new "
                    + "files, it and the others refuse each other")
        case .issue(let reason, keepsKey: true):
            return normal(.authorityRenewed, "Renew", "Renewed the root CA with its key, because \(reason.text); \(until)")
        case .issue(let reason, keepsKey: false):
            return PlannedEvent(
                isWarning: true, reason: .authorityReplaced, action: "Issue",
                note: "Made a new root CA, because \(reason.text); every node gets a certificate from it, \(until)")
        }
    }

    private static func normal(_ reason: Reason, _ action: String, _ note: String) -> PlannedEvent {
        PlannedEvent(isWarning: false, reason: reason, action: action, note: note)
    }
}
