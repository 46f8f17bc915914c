/// Which objects of a collection are meant, in the API's own syntax.
public struct Selector: Sendable, Hashable {
    /// `app=spiced,spice.ai/component!=runtime`
    public var labels: String?
    /// `metadata.name=foo`
    public var fields: String?

    public init(labels: String? = nil, fields: String? = nil) {
        self.labels = labels
        self.fields = fields
    }

    public static let all = Selector()

    var query: [(name: String, value: String)] {
        var query: [(name: String, value: String)] = []
        if let labels { query.append(("labelSelector", labels)) }
        if let fields { query.append(("fieldSelector", fields)) }
        return query
    }
}
