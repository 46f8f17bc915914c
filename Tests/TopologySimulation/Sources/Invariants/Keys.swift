import KubernetesModel
import PKI
import SpiceTypes

struct Keys: Invariant {
    let id = "keys"
    let sentence = "keys of root CAs are in the operator's namespace alone"
    private var authorities: [Certificate] = []

    mutating func check(_ moment: Moment) -> String? {
        guard case .secret(let key, let secret?) = moment.change, moment.actor.isService else { return nil }
        let credentials = Credentials(secret)
        guard key.namespace != Picture.operatorNamespace else {
            if let certificate = credentials.certificate, certificate.isAuthority { authorities.append(certificate) }
            return nil
        }
        if credentials.certificate?.isAuthority == true { return "Secret \(key) holds a root CA" }
        guard let found = credentials.key else { return nil }
        return authorities.contains { $0.matches(found) } ? "Secret \(key) holds the key of a root CA" : nil
    }
}

struct KeysHaveReasons: Invariant {
    let id = "key-reasons"
    let sentence = "a root CA gets a new key with a new cluster, on request, or when its Secret was lost or spoiled"
    private var identifiers: Set<String> = []

    mutating func check(_ moment: Moment) -> String? {
        guard case .secret(Picture.authority, let secret?) = moment.change, moment.actor == .certManager,
            let identifier = Credentials(secret).certificate?.authorityIdentifier
        else { return nil }
        identifiers.insert(identifier)
        guard identifiers.count > moment.keyReasons else { return nil }
        return "there have been \(identifiers.count) keys for \(moment.keyReasons) reasons"
    }
}
