import JSON
import SpiceTypes

struct Ports: Invariant {
    let id = "ports"
    let sentence = "the discovery Service alone offers the port between nodes"

    mutating func check(_ moment: Moment) -> String? {
        guard case .service(let name, let service?) = moment.change, name != Picture.names.discoveryService else { return nil }
        let port = JSONValue.int(Int64(ClusterMembership.defaultPort))
        let offers = (service[path: "spec", "ports"]?.arrayValue ?? []).contains {
            $0["port"] == port || $0["targetPort"] == port || $0["targetPort"] == "cluster"
        }
        return offers ? "Service \(name) offers it too" : nil
    }
}
