import ControllerRuntime
import KubernetesModel
import PKI
public import Telemetry

/// When certificates expire, derived from the caches at each scrape: a series lives as long as its Secret.
public enum CertificateMetrics {
    static let authority = MetricFamily.gauge(
        "spiceai_operator_cluster_ca_expiry_timestamp_seconds",
        "When a cluster's root CA expires, in seconds since the Unix epoch.", labels: ["cluster", "namespace"])
    static let leaf = MetricFamily.gauge(
        "spiceai_operator_cluster_certificate_expiry_timestamp_seconds",
        "When a node's certificate expires, in seconds since the Unix epoch.", labels: ["cluster", "namespace", "statefulset"])
    static let serving = MetricFamily.gauge(
        "spiceai_operator_serving_certificate_expiry_timestamp_seconds",
        "When a serving certificate or the authority of all of them expires, in seconds since the Unix epoch.", labels: ["secret"])
    public static let issued = MetricFamily.counter(
        "spiceai_operator_certificates_issued_total", "Certificates issued, by what for and why.", labels: ["kind", "reason"])

    /// Families that are derived at scrape.
    public static let expiries = [authority, leaf, serving]
    public static let families = expiries + [issued]
}

extension CertManagerService {
    /// Samples of the expiry gauges.
    public func expiries() -> [MetricSample] {
        var samples: [MetricSample] = []
        for cached in caches.authorities.all where cached.isOurs {
            guard let key = AuthorityName.cluster(of: cached), let end = cached.data.certificate?.notAfter else { continue }
            samples.append(.init(CertificateMetrics.authority.name, labels: [key.name, key.namespace], Double(end.unixSeconds)))
        }
        for node in caches.nodes.all {
            guard let end = caches.leaves[node.secret]?.content.summary?.validity.notAfter else { continue }
            let cluster = caches.cluster(of: node)?.identity.key.name ?? node.clusterLabel
            samples.append(
                .init(
                    CertificateMetrics.leaf.name, labels: [cluster, node.identity.key.namespace, node.identity.key.name],
                    Double(end.unixSeconds)))
        }
        let roots = servingCaches.authorities.all.map { ($0.identity.key.name, $0.data.certificate?.notAfter) }
        let leaves = servingCaches.leaves.all.map { ($0.identity.key.name, $0.content.summary?.validity.notAfter) }
        for (name, end) in roots + leaves {
            guard let end else { continue }
            samples.append(.init(CertificateMetrics.serving.name, labels: [name], Double(end.unixSeconds)))
        }
        return samples
    }
}
