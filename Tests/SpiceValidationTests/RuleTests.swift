import Foundation
import SpiceValidation
import Testing

/// Every rule has an id of its own, and a row in docs/validation.md that says the same of it.
@Suite struct RuleTests {
    @Test func idsAreUniqueAndKebabCase() {
        let ids = SpicepodSetValidator.rules.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { id in id.allSatisfy { $0.isLowercase || $0 == "-" } && id.first != "-" && id.last != "-" })
    }

    @Test func onlyErrorsAreEssential() {
        #expect(SpicepodSetValidator.rules.filter { $0.isEssential && $0.severity != .error }.map(\.id) == [])
    }

    @Test func areDocumented() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/validation.md"), encoding: .utf8)
        let table = page.split(separator: "## Rules")[1].split(separator: "\n## ")[0]
        let rows = table.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let documented = rows.map {
            $0.split(separator: "|").prefix(2).map { $0.trimmingPrefix(" ") }.joined().filter { $0 != " " }
        }
        let rules = SpicepodSetValidator.rules.map { rule in
            "`\(rule.id)`\(rule.severity.rawValue)" + (rule.isEssential ? ",essential" : "")
        }
        #expect(documented.sorted() == rules.sorted())
    }
}
