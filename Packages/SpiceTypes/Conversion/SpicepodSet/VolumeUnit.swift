import JSON

extension ConversionUnit {
    /// v1 has one volume for each pod, mounted at /data: v2's template named `data`.
    static let volume = ConversionUnit(
        name: "volume", older: ["volume"], newer: ["volumeClaimTemplates"],
        up: { older in
            guard older["volume"]?.objectValue != nil else { return [:] }
            var spec: Members = [:]
            spec["storageClassName"] = older.first(of: classPlaces)
            if let size = older.first(of: sizePlaces) {
                spec.put(size, at: ["resources", "requests", "storage"])
            }
            return ["volumeClaimTemplates": [["metadata": ["name": "data"], "spec": .object(spec)]]]
        },
        down: { newer in
            let templates = newer["volumeClaimTemplates"]?.arrayValue ?? []
            guard case .object(let data)? = templates.first(where: { claimName($0) == "data" }) else { return [:] }
            var volume: Members = [:]
            volume["storageClassName"] = data.first(of: [["spec", "storageClassName"]])
            volume["storageRequests"] = data.first(of: [["spec", "resources", "requests", "storage"]])
            return ["volume": .object(volume)]
        },
        spellings: [classPlaces, sizePlaces],
        identities: ["volumeClaimTemplates": { claimName($0) }])

    private static let classPlaces = [["volume", "storageClassName"], ["volume", "storage_class_name"]]
    private static let sizePlaces = [["volume", "storageRequests"], ["volume", "storage_requests"]]

    /// A template without a name is `data`.
    private static func claimName(_ template: JSONValue) -> String {
        template[path: "metadata", "name"]?.stringValue ?? "data"
    }
}
