import ArgumentParser
import ServiceKit
import Testing

/// An address flag takes what people write, and says what is wrong with the rest.
@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("0.0.0.0:8090", "0.0.0.0", 8090, "0.0.0.0:8090"), (":8090", "0.0.0.0", 8090, "0.0.0.0:8090"),
        ("127.0.0.1:0", "127.0.0.1", 0, "127.0.0.1:0"),
        ("[::1]:9090", "::1", 9090, "[::1]:9090"), ("[::]:65535", "::", 65535, "[::]:65535"),
        ("localhost:1", "localhost", 1, "localhost:1"),
    ])
    func accepted(text: String, host: String, port: Int, printed: String) throws {
        let address = try ListenAddress(parsing: text)
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address.description == printed)
    }

    @Test(arguments: [
        ("0.0.0.0:99999", "0 to 65535"), ("0.0.0.0:-1", "0 to 65535"), ("0.0.0.0:+1", "0 to 65535"), ("0.0.0.0:http", "0 to 65535"),
        ("0.0.0.0:", "0 to 65535"),
        ("0.0.0.0", "port is missing"), ("8090", "port is missing"), ("", "port is missing"), ("::1:8090", "brackets"),
        ("[::1:8090", "brackets"), ("[1.2.3.4]:80", "brackets"),
        ("1.2.3:80", "host"), ("256.0.0.1:80", "host"), ("a b:80", "host"), ("-x:80", "host"),
    ])
    func refused(text: String, remedy: String) throws {
        let error = try #require(throws: ValidationError.self) { try ListenAddress(parsing: text) }
        #expect(error.message.contains(remedy), "\(error.message)")
    }
}
