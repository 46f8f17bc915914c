import SpiceTypes

extension Rule {
    /// The image is `repository:tag`, joined verbatim. https://github.com/distribution/reference
    static let image = Rule.error("image", "The image's repository and tag make a reference when they are joined.") {
        subject, report in
        if let repository = subject.spec.image?.repository { check(repository: repository, &report) }
        if let tag = subject.spec.image?.tag { check(tag: tag, &report) }
    }

    private static func check(repository: String, _ report: inout Report) {
        let path = "spec.image.repository"
        let shown = Quoted.text(repository)
        if repository.isEmpty {
            report.add(path, "is empty; give registry and name, or leave it out for the default")
        } else if repository.contains("://") {
            report.add(path, "\(shown) is a URL; leave the scheme out")
        } else if repository.contains("@") {
            report.add(path, "\(shown) holds a digest; put it into image.tag, as tag@sha256:…")
        } else if let last = repository.split(separator: "/").last, repository.contains("/"), last.contains(":") {
            report.add(path, "\(shown) holds a tag; put it into image.tag")
        } else if !repository.contains("/"), let colon = repository.firstIndex(of: ":") {
            let rest = repository[repository.index(after: colon)...]
            report.add(path, "\(shown) holds a tag; put \(Quoted.text(rest)) into image.tag")
        } else if !isRepository(repository) {
            report.add(path, "\(shown) is no image; use lower-case letters, digits, '.', '_', '-' and '/'")
        }
    }

    private static func check(tag: String, _ report: inout Report) {
        let path = "spec.image.tag"
        let parts = tag.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        if tag.isEmpty {
            report.add(path, "is empty; give a tag, or leave it out for the default")
        } else if parts[0].isEmpty || tag.hasPrefix("sha256:") {
            report.add(path, "\(Quoted.text(tag)) is a digest alone; put a tag before it, as tag@sha256:…")
        } else if !isTag(parts[0]) {
            report.add(path, "\(Quoted.text(tag)) is no tag; use up to 128 letters, digits, '.', '_' and '-'")
        } else if parts.count == 2, !isDigest(parts[1]) {
            report.add(path, "\(Quoted.text(tag)) has no digest after its '@'; write tag@sha256:…")
        }
    }

    private static func isRepository(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.enumerated().allSatisfy { index, part in
            let isHost = index == 0 && parts.count > 1
            return !part.isEmpty
                && part.utf8.allSatisfy {
                    isLetterOrDigit($0, upperCase: isHost) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
                        || $0 == UInt8(ascii: "-") || (isHost && ":[]".utf8.contains($0))
                }
        }
    }

    private static func isTag(_ text: Substring) -> Bool {
        (1...128).contains(text.utf8.count) && text.first != "." && text.first != "-"
            && text.utf8.allSatisfy { isLetterOrDigit($0, upperCase: true) || "._-".utf8.contains($0) }
    }

    /// An algorithm and what it gives; whether there is such an image only the registry knows.
    private static func isDigest(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && !$0.contains { $0.isWhitespace || $0 == "/" || $0 == "@" } }
    }

    private static func isLetterOrDigit(_ byte: UInt8, upperCase: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): upperCase
        default: false
        }
    }
}
