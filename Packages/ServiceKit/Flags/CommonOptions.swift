public import ArgumentParser
public import ControllerRuntime
public import Telemetry

/// The flags of every service.
public struct CommonOptions: ParsableArguments, Sendable {
    @OptionGroup(title: "Cluster") public var cluster: ClusterOptions
    @OptionGroup(title: "Addresses") public var addresses: AddressOptions
    @OptionGroup(title: "Logs") public var logs: LogOptions

    public init() {}
}

/// Which cluster, and which part of it.
public struct ClusterOptions: ParsableArguments, Sendable {
    @Option(help: "Path of a kubeconfig. Default: $KUBECONFIG, then the pod's service account, then ~/.kube/config.")
    public var kubeconfig: String?

    @Option(help: "Context of the kubeconfig. Default: its current context.")
    public var context: String?

    @Option(help: "Namespace of the operator itself: its Leases and shared Secrets.")
    public var operatorNamespace = "spiceai-operator-system"

    @Option(
        name: [.customLong("watch-namespaces"), .customLong("watch-namespace")],
        help: ArgumentHelp(
            "Namespaces to work in, separated by commas; may be repeated. Default: all.", valueName: "namespaces"))
    var watchedNamespaces: [String] = []

    @Option(
        name: .customLong("deny-namespaces"),
        help: ArgumentHelp(
            "Namespaces to leave alone, separated by commas; may be repeated. Not together with --watch-namespaces.",
            valueName: "namespaces"))
    var deniedNamespaces: [String] = []

    @Option(help: "DNS domain of the cluster.")
    public var clusterDomain = "cluster.local"

    public init() {}

    public var namespaces: WatchScope {
        let watched = Self.names(in: watchedNamespaces)
        let denied = Self.names(in: deniedNamespaces)
        return watched.isEmpty ? denied.isEmpty ? .all : .allExcept(denied) : .only(watched)
    }

    private static func names(in lists: [String]) -> Set<String> {
        Set(lists.flatMap { $0.split(separator: ",").map { $0.filter { $0 != " " } } }.filter { !$0.isEmpty })
    }

    public func validate() throws {
        try requireLabels([operatorNamespace], flag: "--operator-namespace")
        try requireLabels(Self.names(in: watchedNamespaces), flag: "--watch-namespaces")
        try requireLabels(Self.names(in: deniedNamespaces), flag: "--deny-namespaces")
        if !watchedNamespaces.isEmpty, !deniedNamespaces.isEmpty {
            throw ValidationError("--watch-namespaces and --deny-namespaces contradict each other, give one of them")
        }
        guard DNSName.isName(clusterDomain) else {
            throw ValidationError("--cluster-domain: '\(clusterDomain)' is no DNS name, write it like cluster.local")
        }
    }

    private func requireLabels(_ names: some Sequence<String>, flag: String) throws {
        for name in names where !DNSName.isLabel(name) {
            throw ValidationError(
                "\(flag): '\(name)' is no namespace, use lower-case letters, digits and hyphens, at most 63 characters")
        }
    }
}

/// Where the service listens.
public struct AddressOptions: ParsableArguments, Sendable {
    @Option(
        name: [.customLong("health-probe-bind-address"), .customLong("http-endpoint")],
        help: ArgumentHelp("Serves /health and /ready. Port 0 takes a free port. (default: 0.0.0.0:8090)", valueName: "host:port"),
        transform: ListenAddress.init(parsing:))
    public var health = ListenAddress.everywhere(8090)

    @Option(
        name: [.customLong("metrics-bind-address"), .customLong("metrics-endpoint")],
        help: ArgumentHelp(
            "Serves /metrics and /loglevel. Port 0 takes a free port. (default: 0.0.0.0:9090)", valueName: "host:port"),
        transform: ListenAddress.init(parsing:))
    public var metrics = ListenAddress.everywhere(9090)

    public init() {}
}

/// Only for services that serve webhooks.
public struct WebhookOptions: ParsableArguments, Sendable {
    @Option(
        name: .customLong("webhook-bind-address"),
        help: ArgumentHelp(
            "Serves admission and conversion webhooks. Port 0 takes a free port. (default: 0.0.0.0:8443)", valueName: "host:port"),
        transform: ListenAddress.init(parsing:))
    var givenAddress: ListenAddress?

    @Option(
        name: .customLong("serving-certificate"),
        help: ArgumentHelp(
            "Secret in the operator's namespace with the webhooks' certificate. Default: <executable>-webhook-tls.",
            valueName: "secret"))
    var servingCertificate: String?

    public init() {}

    public var address: ListenAddress { givenAddress ?? .everywhere(8443) }

    /// Whether somebody counts on this very address.
    public var isAddressGiven: Bool { givenAddress != nil }

    /// The Secret's name.
    public func secret(of executable: String) -> String { servingCertificate ?? "\(executable)-webhook-tls" }

    public func validate() throws {
        if let servingCertificate, !DNSName.isName(servingCertificate) {
            throw ValidationError(
                "--serving-certificate: '\(servingCertificate)' is no Secret's name, use lower-case letters, digits, '-' and '.'")
        }
    }
}

public struct LogOptions: ParsableArguments, Sendable {
    @Option(name: .customLong("log-format"), help: "How log lines are written.")
    public var format = LogFormat.json

    @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: "Log at debug level. /loglevel changes the level at run time.")
    public var verbose = false

    public init() {}
}

extension LogFormat: ExpressibleByArgument {}
