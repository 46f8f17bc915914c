import JSON
import Testing
import YAML

/// The line of a field is where its key stands; what is missing is looked for at the nearest field around it.
@Suite struct FieldLineTests {
    private let text = """
        # a comment
        kind: Set
        spec:
          image:
            tag: "1"
          datasets:
          - name: a
          - name: b
            params: {x: 1}
        ---
        spec: {replicas: 2}
        """

    @Test(arguments: [
        ("kind", 2), ("spec", 3), ("spec.image.tag", 5), ("spec.datasets[0].name", 7), ("spec.datasets[1]", 8),
        ("spec.datasets[1].params.x", 9), ("spec.datasets[1].params.missing", 9), ("spec.labels[a/b.c]", 3), ("status.x", 2),
    ])
    func stands(path: String, line: Int) throws {
        let document = try #require(try YAML.locatedDocuments(text).first)
        #expect(document.line(of: path) == line)
    }

    @Test func eachDocumentHasItsOwn() throws {
        let documents = try YAML.locatedDocuments(text)
        #expect(documents.map { $0.line(of: "spec") } == [3, 11])
        #expect(documents.map(\.value) == (try YAML.documents(text)))
    }
}
