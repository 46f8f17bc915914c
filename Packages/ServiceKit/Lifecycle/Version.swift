/// The suite's version: of every executable, in the user agent, in `spiceai_operator_build_info`.
public enum SuiteVersion {
    public static let text = "0.1.0"
}
