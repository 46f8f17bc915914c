/// The CustomResourceDefinitions as they are installed, made from the types by `make generate`.
public enum GeneratedCRDs {
    public static var all: [String] { [spicepodSets] }
}
