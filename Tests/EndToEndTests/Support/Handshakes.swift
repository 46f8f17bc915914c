import Foundation
import MutualTLSPeers

/// Judges by the openssl program: its verification, its server and its client.
struct Handshakes {
    /// Folders of a node's files each, by its name.
    private var folders: [String: String] = [:]

    /// - Parameter host: that others call it by, and verify.
    mutating func add(_ name: String, host: String, _ files: NodeFiles) throws {
        let folder = try TestRun.makeDirectory("files-\(name)")
        for (file, bytes) in [("ca.crt", files.authority), ("tls.crt", files.certificate), ("tls.key", files.key)] {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file)"))
        }
        try Data(host.utf8).write(to: URL(fileURLWithPath: "\(folder)/host"))
        try Data(name.utf8).write(to: URL(fileURLWithPath: "\(folder)/name"))
        folders[name] = folder
    }

    /// Those whose certificate the authority beside it vouches for, both as a server's and as a client's.
    func verified() async throws -> Set<String> { Set(try await run(Self.verification)) }

    /// Pairs of which both sides accept the other: "client server".
    func accepted() async throws -> Set<String> { Set(try await run(Self.handshakes)) }

    private func run(_ script: String) async throws -> [String] {
        let result = try await Program.run("/bin/bash", ["-c", script, "handshakes"] + folders.values.sorted())
        guard result.status == 0 else { throw TimedOut(description: "openssl: \(result.errors)") }
        return result.output.split(separator: "\n").map(String.init)
    }

    private static let verification = """
        for d; do
          for purpose in sslserver sslclient; do
            openssl verify -x509_strict -purpose $purpose -verify_hostname "$(cat "$d/host")" -CAfile "$d/ca.crt" "$d/tls.crt" \\
              >/dev/null 2>&1 || continue 2
          done
          cat "$d/name"; echo
        done
        """

    /// The answer to a request shows that the server, too, was content: a client of TLS 1.3 is the first to finish.
    private static let handshakes = """
        for s; do
          openssl s_server -accept 127.0.0.1:0 -www -cert "$s/tls.crt" -key "$s/tls.key" -CAfile "$s/ca.crt" -no-CApath -no-CAstore \\
            -Verify 1 -verify_return_error >"$s/server" 2>&1 </dev/null &
          server=$!
          for _ in $(seq 200); do
            port=$(sed -n 's/^ACCEPT .*://p' "$s/server"); [ -n "$port" ] && break; sleep 0.05
          done
          for c; do
            [ "$c" = "$s" ] && continue
            printf 'GET / HTTP/1.0\\r\\n\\r\\n' | timeout 10 openssl s_client -connect "127.0.0.1:$port" -servername "$(cat "$s/host")" \\
              -verify_hostname "$(cat "$s/host")" -verify_return_error -CAfile "$c/ca.crt" -no-CApath -no-CAstore \\
              -cert "$c/tls.crt" -key "$c/tls.key" -quiet 2>/dev/null | grep -q '^HTTP/1.0 200' && echo "$(cat "$c/name") $(cat "$s/name")"
          done
          kill $server; wait $server 2>/dev/null
        done
        exit 0
        """
}
