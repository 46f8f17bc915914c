import JSON
import SpiceTypes

extension ConversionUnit {
    /// v1 names registry and image apart and has defaults of its own, which are written out in v2: a set must not change its image
    /// by being read in another version.
    static let image = ConversionUnit(
        name: "image",
        older: [
            "image", "spiceai_image_registry", "spiceai_image_name", "spiceai_image_tag", "spiceai_image_pull_secret",
        ],
        newer: ["image"],
        up: { older in
            let registry = older.first(of: registryPlaces)
            let name = older.first(of: namePlaces)
            var image: Members = [
                "repository": repository(registry: registry, name: name),
                "tag": older.first(of: tagPlaces) ?? .string(ImageV1Default.tag),
            ]
            image["pullPolicy"] = older.first(of: [["image", "pullPolicy"]])
            image["pullSecret"] = older.first(of: pullSecretPlaces)
            return ["image": .object(image)]
        },
        down: { newer in
            var image = parts(of: newer.first(of: [["image", "repository"]]) ?? .string(ContainerImage.defaultRepository))
            image["tag"] = newer.first(of: [["image", "tag"]]) ?? .string(ContainerImage.defaultTag)
            for key in ["pullPolicy", "pullSecret"] { image[key] = newer.first(of: [["image", key]]) }
            return ["image": .object(image)]
        },
        spellings: [registryPlaces, namePlaces, tagPlaces, pullSecretPlaces])

    private static let registryPlaces = [["image", "registry"], ["spiceai_image_registry"]]
    private static let namePlaces = [["image", "name"], ["spiceai_image_name"]]
    private static let tagPlaces = [["image", "tag"], ["spiceai_image_tag"]]
    private static let pullSecretPlaces = [["image", "pullSecret"], ["spiceai_image_pull_secret"]]

    private static func repository(registry: JSONValue?, name: JSONValue?) -> JSONValue {
        let name = name == "" ? nil : name
        guard case .string(let path) = name ?? .string(ImageV1Default.name) else { return name ?? .null }
        var registry = Substring(registry?.stringValue ?? "")
        while registry.last == "/" { registry.removeLast() }
        return .string(registry.isEmpty ? path : "\(registry)/\(path)")
    }

    /// The first component is a registry by Docker's rule: it has a dot or a colon, or is localhost.
    private static func parts(of repository: JSONValue) -> Members {
        guard case .string(let path) = repository, let slash = path.firstIndex(of: "/") else { return ["name": repository] }
        let first = path[..<slash]
        let rest = path[path.index(after: slash)...]
        guard first.contains(".") || first.contains(":") || first == "localhost", !rest.isEmpty else { return ["name": repository] }
        return ["registry": .string(String(first)), "name": .string(String(rest))]
    }
}

/// The image that v1 means where it names none.
enum ImageV1Default {
    static let name = "spiceai/spiceai"
    static let tag = "latest-models"
}
