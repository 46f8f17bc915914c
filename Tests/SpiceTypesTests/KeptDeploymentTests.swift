import JSON
import KubernetesModel
import SpiceTypes
import Testing

/// A spec that keeps the pods of another has the other's version, and its own of everything that makes no pod.
@Suite struct KeptDeploymentTests {
    /// Every field that a version is made of, and every one that it is not, in two states.
    private static let edits: [(affects: Bool, edit: @Sendable (inout SpicepodSetSpec) -> Void)] = [
        (true, { $0.spicepod = ["name": "other", "datasets": []] }),
        (true, { $0.image = ContainerImage { $0.tag = "2.0" } }),
        (true, { $0.http = HTTPServerSpec { $0.port = 9000 } }),
        (true, { $0.flight = FlightServerSpec { $0.port = 9001 } }),
        (true, { $0.metrics = MetricsServerSpec { $0.port = 9002 } }),
        (true, { $0.resources = ResourceRequirements { $0.requests = ["cpu": Quantity("1")] } }),
        (true, { $0.env = [EnvVar(name: "A", value: "1")] }),
        (true, { $0.volumeClaimTemplates = [Self.claim("data", "1Gi"), Self.claim("cache", "1Gi")] }),
        (true, { $0.volumeMounts = [VolumeMount(name: "cache", mountPath: "/cache")] }),
        (true, { $0.serviceAccount = ServiceAccountSpec { ($0.enabled, $0.create) = (true, true) } }),
        (true, { $0.network = NetworkSpec { $0.dnsPolicy = .default } }),
        (true, { $0.annotations = ["a": "1"] }),
        (true, { $0.labels = ["a": "1"] }),
        (true, { $0.probes = ProbesSpec { $0.liveness = ProbeTimings { $0.periodSeconds = 7 } } }),
        (true, { $0.tolerations = [Toleration { $0.key = "spot" }] }),
        (true, { $0.terminationGracePeriodSeconds = 90 }),
        (true, { $0.cluster = ClusterMembership { $0.name = "c" } }),
        (false, { $0.replicas = 7 }),
        (false, { $0.updateStrategy = UpdateStrategy { $0.type = .blueGreen } }),
        (false, { $0.standbyVersion = StandbyVersionSpec { $0.enabled = true } }),
        (false, { $0.service = ServiceToggle { $0.enabled = false } }),
        (false, { $0.progressDeadlineSeconds = 30 }),
        (false, { $0.podDisruptionBudget = PodDisruptionBudgetToggle { $0.enabled = false } }),
    ]

    private static func claim(_ name: String, _ size: String) -> VolumeClaimTemplate {
        VolumeClaimTemplate {
            $0.metadata = VolumeClaimMetadata { $0.name = name }
            $0.spec.resources = VolumeResourceRequirements { $0.requests = ["storage": Quantity(size)] }
        }
    }

    @Test func itHasTheOthersVersion() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let specs = (0..<2).map { _ in
                var spec = SpicepodSetSpec()
                for (_, edit) in Self.edits where Bool.random(using: &random) { edit(&spec) }
                return spec
            }
            let kept = specs[0].keepingDeployment(of: specs[1])
            #expect(try Version(of: kept, named: "demo") == Version(of: specs[1], named: "demo"))
            #expect(kept.replicas == specs[0].replicas)
            #expect(kept.updateStrategy == specs[0].updateStrategy)
            #expect(kept.standbyVersion == specs[0].standbyVersion)
            #expect(kept.service == specs[0].service)
            #expect(kept.progressDeadlineSeconds == specs[0].progressDeadlineSeconds)
            #expect(kept.podDisruptionBudget == specs[0].podDisruptionBudget)
        }
    }

    /// A field that is new in the type has to be told which of the two it is.
    @Test func everyFieldIsOneOfTheTwo() throws {
        var full = SpicepodSetSpec()
        for (_, edit) in Self.edits { edit(&full) }
        let tree = try JSONTreeEncoder().encode(full)
        let named = Set((tree.objectValue ?? [:]).keys).union(["envFromSource", "nodeAffinity"])
        #expect(Set(Mirror(reflecting: full).children.compactMap(\.label)) == named)
    }

    @Test(arguments: edits.indices) func onlyWhatMakesPodsIsKept(index: Int) throws {
        let (affects, edit) = Self.edits[index]
        var edited = SpicepodSetSpec()
        edit(&edited)
        let kept = edited.keepingDeployment(of: SpicepodSetSpec())
        #expect(try Version(of: edited, named: "demo") == Version(of: SpicepodSetSpec(), named: "demo") || affects)
        #expect((kept == SpicepodSetSpec()) == affects || edited.serviceAccount != nil)
    }

    /// Volumes grow in place, also while the pods wait for their turn.
    @Test func volumesGrow() throws {
        let (small, large) = (SpicepodSetSpec { $0.volumeClaimTemplates = [Self.claim("data", "1Gi")] }, Self.claim("data", "5Gi"))
        let kept = SpicepodSetSpec { $0.volumeClaimTemplates = [large] }.keepingDeployment(of: small)
        #expect(kept.volumeClaimTemplates == [large])
    }

    @Test func networkRulesFollowAndDNSStays() {
        let new = SpicepodSetSpec { $0.network = NetworkSpec { ($0.ingress, $0.dnsPolicy) = ([], DNSPolicy.none) } }
        let old = SpicepodSetSpec { $0.network = NetworkSpec { $0.dnsPolicy = .default } }
        let kept = new.keepingDeployment(of: old)
        #expect(kept.network?.ingress == [])
        #expect(kept.network?.dnsPolicy == .default)
    }
}
