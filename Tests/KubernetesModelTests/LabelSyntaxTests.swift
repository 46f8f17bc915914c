import KubernetesModel
import Testing

/// Labels as the API server takes them.
@Suite struct LabelSyntaxTests {
    static let long = String(repeating: "a", count: 63)

    @Test(arguments: [
        ("", true), ("a", true), ("A-b_c.9", true), (long, true), (long + "a", false), ("-a", false), ("a-", false),
        (".", false), ("a b", false), ("a/b", false), ("ä", false), ("a\n", false),
    ])
    func values(text: String, isValid: Bool) {
        #expect(LabelSyntax.isValue(text) == isValid)
    }

    @Test(arguments: [
        ("", false), ("team", true), ("example.com/team", true), ("Example.com/team", false), ("a/b/c", false), ("/a", false),
        ("a/", false), ("a..b/c", false), ("-a/c", false), ("a-/c", false), ("x/\(long)", true), ("x/\(long)a", false),
        (String(repeating: "a.", count: 126) + "a/b", true), (String(repeating: "a.", count: 127) + "a/b", false),
    ])
    func keys(text: String, isValid: Bool) {
        #expect(LabelSyntax.isKey(text) == isValid)
    }
}
