import Glibc

/// One of 64 blocks of loopback addresses, 127.64/16 to 127.127/16: several control plane processes on a machine do not give
/// their pods the same addresses.
enum AddressBlock {
    /// Claims a block that no other process has, by a socket bound in it for as long as the process lives.
    static func claim() -> UInt32 {
        for block in UInt32(0)..<64 where bind(block) { return block }
        return 0
    }

    private static func bind(_ block: UInt32) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        // the kubelet's port, on an address that no pod gets
        address.sin_port = UInt16(10250).bigEndian
        address.sin_addr.s_addr = (127 << 24 | (64 + block) << 16 | 255 << 8 | 255).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { close(descriptor) }
        return result == 0
    }
}
