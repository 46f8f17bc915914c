/// The field manager and everything else that carries the service's name.
public enum CertManagerName {
    public static let executable = "cert-manager"
    public static let fieldManager = "spice-cert-manager"
}
