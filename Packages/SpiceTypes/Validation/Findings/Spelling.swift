/// What somebody may have meant.
enum Spelling {
    /// `; did you mean "full"?` where a known word is one or two slips away, else nothing.
    static func hint(_ word: String, among known: some Sequence<String>) -> String {
        guard let best = nearest(word, among: known) else { return "" }
        return "; did you mean \"\(best)\"?"
    }

    static func nearest(_ word: String, among known: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().utf8)
        guard (2...40).contains(letters.count) else { return nil }
        let allowed = letters.count < 4 ? 1 : 2
        return known.lazy.filter { abs($0.utf8.count - letters.count) <= allowed }
            .map { (word: $0, distance: distance(letters, Array($0.lowercased().utf8))) }
            .filter { $0.distance <= allowed && $0.distance < letters.count }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
    }

    /// Levenshtein's: letters to add, leave out or replace.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
