import JSON
import Testing

/// A type takes the members it wants; what it skips is validated all the same.
@Suite struct SelectiveScanTests {
    private struct Name: JSONScannable, Equatable {
        var name = ""
        var labels: [String: String] = [:]

        init(scanning scanner: inout JSONScanner) throws {
            var (name, labels) = ("", [String: String]())
            try scanner.forEachKey { key, scanner in
                switch key {
                case "name": name = try scanner.string()
                case "labels": labels = try scanner.stringMap()
                default: try scanner.skip()
                }
            }
            (self.name, self.labels) = (name, labels)
        }
    }

    @Test func takesWhatItWants() throws {
        let document = #"{"x":[1,{"name":"no"}],"na\u006de":"yes","labels":{"a":"b"},"y":null}"#
        let found = try Name(parsing: Array(document.utf8))
        #expect(found.name == "yes")
        #expect(found.labels == ["a": "b"])
    }

    @Test(arguments: [#"{"x":[1,}"#, #"{"x":tru}"#, #"{"x":"\ud800"}"#, #"{"x":1e}"#])
    func skippedValuesAreValidated(document: String) {
        #expect(throws: JSONError.self) { try Name(parsing: Array(document.utf8)) }
    }

    @Test func aMismatchNamesBothTypes() {
        #expect { try Name(parsing: Array(#"{"name":3}"#.utf8)) } throws: {
            ($0 as? JSONError)?.message == "expected a string, found number"
        }
    }
}
