/// Where the pods of a set find what is theirs.
public enum RuntimePaths {
    /// The Spicepod.
    public static let spicepod = "/app/spicepod.yaml"
    /// The volume `data`, unless a volumeMounts entry says otherwise.
    public static let data = "/data"
}
