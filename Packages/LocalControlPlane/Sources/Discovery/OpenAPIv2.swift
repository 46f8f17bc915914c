import JSON

/// The old document, without definitions: clients of today read v3 and only fall back to this one.
enum OpenAPIv2 {
    static func response(accept: String) -> APIResponse {
        if accept.contains("protobuf") {
            var response = APIResponse(200, text: "")
            response.headers = [("Content-Type", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf")]
            // openapi.v2.Document { swagger = 1: "2.0", info = 2: { title = 1, version = 2 } }
            response.body = field(1, "2.0") + message(2, field(1, "Kubernetes") + field(2, "v1.36.0-local"))
            return response
        }
        return APIResponse(
            200,
            json: [
                "swagger": "2.0", "info": ["title": "Kubernetes", "version": "v1.36.0-local"], "paths": [:], "definitions": [:],
            ])
    }

    private static func field(_ number: UInt8, _ text: String) -> [UInt8] { message(number, Array(text.utf8)) }

    /// Length-delimited; everything here is shorter than 128 bytes.
    private static func message(_ number: UInt8, _ body: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(truncatingIfNeeded: body.count)] + body
    }
}
