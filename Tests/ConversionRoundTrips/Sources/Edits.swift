import JSON
import YAML

/// A change that a user makes to a spec of pods, in either version, and what it means in the stored one.
struct Edit {
    var name: String
    var older: (@Sendable (inout JSONValue) -> Void)?
    var stored: @Sendable (inout JSONValue) -> Void

    static func random(_ random: inout SeededRandom, _ kind: ConvertedKind) -> Edit {
        let number = JSONValue.int(Int64(1 + random.below(60000)))
        // what only sets have comes last
        switch random.below(kind == .set ? 16 : 14) {
        case 0:
            let (old, snake, new) = random.pick(
                ("httpPort", "http_port", "http"), ("flightPort", "flight_port", "flight"),
                ("metricsPort", "metrics_port", "metrics"))
            return Edit(name: old) { spec in
                // in the notation that is there
                if spec[old] == nil, spec[path: "spiced", snake] != nil {
                    spec[path: "spiced", snake] = number
                } else {
                    spec[old] = number
                }
            } stored: {
                $0[path: new, "port"] = number
            }
        case 1: return same("image", "tag", random.pick("1.0", "2.0-models"))
        case 2:
            let registry = random.pick("ghcr.io", "localhost:5000")
            return Edit(name: "image.repository") {
                $0[path: "image", "registry"] = .string(registry)
                $0[path: "image", "name"] = "team/spice"
            } stored: {
                $0[path: "image", "repository"] = .string("\(registry)/team/spice")
            }
        case 3: return same("image", "pullPolicy", random.pick("Always", "Never"))
        case 4: return storage(&random, random.pick("1Gi", "77Gi", 9))
        case 5:
            return Edit(name: "no volume") {
                $0["volume"] = nil
            } stored: { spec in
                spec["volumeClaimTemplates"] = spec["volumeClaimTemplates"]?.arrayValue.map { list in
                    .array(list.filter { ($0[path: "metadata", "name"] ?? "data") != "data" })
                }
            }
        case 6:
            return spelled(
                &random, [["updateStrategy", "type"], ["update_strategy", "type"]], ["updateStrategy", "type"],
                random.pick("RollingOrdered", "RollingParallel", "BlueGreen", "Parallel"))
        case 7:
            return spelled(
                &random,
                [
                    ["updateStrategy", "maxUnavailable"], ["updateStrategy", "max_unavailable"],
                    ["update_strategy", "maxUnavailable"], ["update_strategy", "max_unavailable"],
                ], ["updateStrategy", "maxUnavailable"], random.pick("30%", 2))
        case 8: return same("updateStrategy", "minReadyForCutover", number)
        case 9:
            return same("network", random.pick("dnsPolicy", "egress"), random.pick("None", "Default"))
        case 10: return same("serviceAccount", "name", random.pick("a", "b"))
        case 11:
            return Edit(name: "replicas") {
                $0["replicas"] = number
            } stored: {
                $0["replicas"] = number
            }
        case 12:
            let tree = random.tree()
            let written = random.chance(50) ? tree : .string("# mine\n" + YAML.serialize(tree))
            return Edit(name: "spicepod") {
                $0["spicepod"] = written
            } stored: {
                $0["spicepod"] = tree
            }
        case 13:
            return Edit(name: "new in v2", older: nil) {
                $0["progressDeadlineSeconds"] = number
                $0["volumeMounts"] = [["name": "logs", "mountPath": "/logs"]]
            }
        case 14:
            return Edit(name: "standby") {
                $0[path: "instantRollback", "retentionPeriodSeconds"] = number
            } stored: {
                $0[path: "standbyVersion", "retentionPeriodSeconds"] = number
            }
        default:
            let isOn = JSONValue.bool(random.chance(50))
            return Edit(name: "service") { spec in
                spec[spec["enableService"] == nil && spec["enable_service"] != nil ? "enable_service" : "enableService"] = isOn
            } stored: {
                $0[path: "service", "enabled"] = isOn
            }
        }
    }

    private static func same(_ object: String, _ field: String, _ value: JSONValue) -> Edit {
        Edit(name: "\(object).\(field)") {
            $0[path: object, field] = value
        } stored: {
            $0[path: object, field] = value
        }
    }

    /// In v1 written in any of its places, whatever the others show.
    private static func spelled(_ random: inout SeededRandom, _ places: [[String]], _ stored: [String], _ value: JSONValue) -> Edit
    {
        let choice = places[random.below(places.count)]
        return Edit(name: choice.joined(separator: ".")) {
            $0.put(value, places, choice)
        } stored: {
            $0.put(value, at: stored)
        }
    }

    private static func storage(_ random: inout SeededRandom, _ size: JSONValue) -> Edit {
        let places = [["volume", "storageRequests"], ["volume", "storage_requests"]]
        let choice = places[random.below(2)]
        return Edit(name: "storage") {
            $0.put(size, places, choice)
        } stored: { spec in
            var list = spec["volumeClaimTemplates"]?.arrayValue ?? []
            let index = list.firstIndex { ($0[path: "metadata", "name"] ?? "data") == "data" }
            if index == nil { list.append(["metadata": ["name": "data"], "spec": [:]]) }
            list[index ?? list.count - 1][path: "spec", "resources", "requests", "storage"] = size
            spec["volumeClaimTemplates"] = .array(list)
        }
    }
}

extension JSONValue {
    fileprivate mutating func put(_ value: JSONValue, at path: [String]) {
        if path.count == 1 { self[path[0]] = value } else { self[path: path[0], path[1]] = value }
    }

    /// A manifest that says the value in several places means the first one: there, only that can be edited.
    fileprivate mutating func put(_ value: JSONValue, _ places: [[String]], _ choice: [String]) {
        let present = places.filter { place in place.reduce(self as JSONValue?) { $0?[$1] } ?? .null != .null }
        put(value, at: present.count > 1 ? present[0] : choice)
    }
}
