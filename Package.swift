// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// Simulations and fuzzers run these a million times; without optimization most of a test's time would go into them.
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

func library(
    _ name: String, _ path: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], isHot: Bool = false
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: exclude,
        swiftSettings: swiftSettings + (isHot ? optimized : []))
}

func program(_ name: String, _ path: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
        swiftSettings: swiftSettings)
}

// Each package has its reason beside its name; a new one needs one too.
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")  // flags and --help
// start, drain, stop in order
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")  // structured logs
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")  // instrument facade
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")  // HTTP servers
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")  // when a handshake of test nodes is done
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")  // TLS for servers
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")  // scripted HTTP/2 servers in tests

let package = Package(
    name: "spiceai-operator",
    products: [
        .executable(name: "set-controller", targets: ["set-controller"]),
        .executable(name: "cluster-controller", targets: ["cluster-controller"]),
        .executable(name: "cert-manager", targets: ["cert-manager"]),
        .executable(name: "spiceai-operator", targets: ["spiceai-operator"]),
        .executable(name: "local-control-plane", targets: ["local-control-plane"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", path: "Packages/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CYAML", path: "Packages/CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "COpenSSL", path: "Packages/COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

        library("JSON", "Packages/JSON", isHot: true),
        library("YAML", "Packages/YAML", ["JSON", "CYAML"]),
        library("KubernetesModel", "Packages/Kubernetes/Model", ["JSON"], isHot: true),
        library("KubernetesSchema", "Packages/Kubernetes/Schema", ["JSON"], isHot: true),
        library("KubernetesClient", "Packages/Kubernetes/Client", ["JSON", "YAML", "KubernetesModel", "CCurl", logging]),
        library(
            "ControllerRuntime", "Packages/ControllerRuntime", ["JSON", "KubernetesModel", "KubernetesClient", logging, metrics],
            isHot: true),
        library("Telemetry", "Packages/Telemetry", [logging, metrics]),
        library("PKI", "Packages/PKI", ["KubernetesModel", "COpenSSL"]),
        library(
            "ServiceKit", "Packages/ServiceKit",
            [
                "JSON", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "Telemetry", "PKI", argumentParser, lifecycle,
                unixSignals,
                logging, metrics, nio, nioPosix, nioHTTP1, nioSSL,
            ]),
        library("SpiceTypes", "Packages/SpiceTypes/Sources", ["JSON", "KubernetesModel", "COpenSSL"]),
        library("SpiceTypesV1", "Packages/SpiceTypes/V1", ["JSON", "KubernetesModel", "SpiceTypes"]),
        library("SpicepodSchemaGeneration", "Packages/SpiceTypes/Spicepod", ["JSON", "YAML"], exclude: ["Schemas"]),
        library(
            "SpiceSchema", "Packages/SpiceTypes/Schema",
            ["JSON", "YAML", "KubernetesModel", "SpiceTypes", "SpiceTypesV1", "SpicepodSchemaGeneration"]),
        library(
            "SpiceConversion", "Packages/SpiceTypes/Conversion", ["JSON", "YAML", "KubernetesModel", "SpiceTypes"], isHot: true),
        library(
            "SpiceValidation", "Packages/SpiceTypes/Validation", ["JSON", "YAML", "KubernetesModel", "SpiceTypes"], isHot: true),
        library(
            "SpiceAdmission", "Packages/SpiceTypes/Admission",
            [
                "JSON", "KubernetesModel", "ServiceKit", "SpiceTypes", "SpiceConversion", "SpiceValidation", argumentParser,
            ]),
        program("generate-crds", "Packages/SpiceTypes/Generate", ["SpiceSchema"]),
        library(
            "LocalControlPlane", "Packages/LocalControlPlane/Sources",
            [
                "JSON", "YAML", "KubernetesModel", "KubernetesSchema", "KubernetesClient", "COpenSSL", logging, nio, nioPosix,
                nioHTTP1,
                nioSSL,
            ], isHot: true),
        program(
            "local-control-plane", "Packages/LocalControlPlane/Main",
            ["LocalControlPlane", "KubernetesClient", argumentParser, logging]),

        library(
            "SetController", "Services/SetController/Sources",
            [
                "JSON", "YAML", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "SpiceTypes", "SpiceValidation",
                "SpiceAdmission", "ServiceKit", logging, metrics,
            ],
            isHot: true),
        library(
            "SetControllerProgram", "Services/SetController/Program",
            [
                "SetController", "ControllerRuntime", "SpiceAdmission", "SpiceTypes", "SpiceValidation", "ServiceKit",
                "KubernetesClient",
                "KubernetesModel", argumentParser, lifecycle, logging,
            ]),
        program(
            "set-controller", "Services/SetController/Main",
            ["SetController", "SetControllerProgram", "ServiceKit", argumentParser, lifecycle]),
        library(
            "ClusterController", "Services/ClusterController/Sources",
            [
                "JSON", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "SpiceTypes", "SpiceValidation",
                "SpiceAdmission", "ServiceKit", logging,
            ],
            isHot: true),
        library(
            "ClusterControllerProgram", "Services/ClusterController/Program",
            [
                "ClusterController", "ControllerRuntime", "SpiceAdmission", "SpiceValidation", "ServiceKit", "KubernetesClient",
                "KubernetesModel",
                argumentParser, lifecycle, logging,
            ]),
        program(
            "cluster-controller", "Services/ClusterController/Main",
            ["ClusterController", "ClusterControllerProgram", "ServiceKit", argumentParser, lifecycle]),
        library(
            "CertManager", "Services/CertManager/Sources",
            [
                "JSON", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "SpiceTypes", "PKI", "Telemetry", logging,
                metrics,
            ],
            isHot: true),
        library(
            "CertManagerProgram", "Services/CertManager/Program",
            ["CertManager", "ServiceKit", "KubernetesClient", "KubernetesModel", "Telemetry", argumentParser, lifecycle, logging]),
        program(
            "cert-manager", "Services/CertManager/Main",
            ["CertManager", "CertManagerProgram", "ServiceKit", argumentParser, lifecycle]),
        library(
            "OperatorCLI", "Services/Operator/Sources",
            [
                "JSON", "YAML", "KubernetesModel", "KubernetesClient", "SpiceTypes", "SpiceConversion", "SpiceValidation",
                "KubernetesSchema", "ServiceKit", "SetController", "SetControllerProgram", "ClusterController",
                "ClusterControllerProgram", "CertManagerProgram", "ControllerRuntime", argumentParser, lifecycle,
            ]),
        program("spiceai-operator", "Services/Operator/Main", ["OperatorCLI", "ServiceKit", argumentParser]),
        library(
            "ControllerSimulation", "Tests/ControllerSimulation",
            ["JSON", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "LocalControlPlane"], isHot: true),
        library(
            "RolloutSimulation", "Tests/RolloutSimulation/Sources",
            [
                "JSON", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "LocalControlPlane", "SpiceTypes",
                "SetController", "ControllerSimulation", logging,
            ], isHot: true),
        library(
            "TopologySimulation", "Tests/TopologySimulation/Sources",
            [
                "JSON", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "LocalControlPlane", "SpiceTypes", "PKI",
                "SetController", "ClusterController", "CertManager", "ControllerSimulation", "RolloutSimulation", logging,
            ], isHot: true),
        library(
            "ConversionRoundTrips", "Tests/ConversionRoundTrips/Sources", ["JSON", "YAML", "SpiceTypes", "SpiceConversion"],
            isHot: true),
        program("conversion-soak", "Tests/ConversionRoundTrips/Main", ["ConversionRoundTrips", argumentParser]),
        program(
            "topology-soak", "Tests/TopologySimulation/Main", ["TopologySimulation", "ControllerSimulation", argumentParser]),
        program("rollout-soak", "Tests/RolloutSimulation/Main", ["RolloutSimulation", "ControllerSimulation", argumentParser]),
        program("bench-json", "benchmarks/JSON", ["JSON"]),
        program("bench-certificates", "benchmarks/certificates", ["JSON", "KubernetesModel", "PKI", "COpenSSL"]),
        program(
            "bench-webhook", "benchmarks/webhook",
            [
                "JSON", "KubernetesModel", "PKI", "ServiceKit", "SetController", "SpiceValidation", lifecycle, unixSignals, logging,
                nioPosix,
            ],
            exclude: ["run"]),

        library("MutualTLSPeers", "Tests/MutualTLSPeers", ["COpenSSL", nio, nioPosix, nioSSL, nioTLS]),

        tests("JSONTests", ["JSON"]),
        tests("YAMLTests", ["JSON", "YAML"]),
        tests("KubernetesClientTests", ["JSON", "KubernetesModel", "KubernetesClient", nio, nioPosix, nioHTTP1, nioHTTP2, nioSSL]),
        tests(
            "ControllerRuntimeTests",
            ["JSON", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "LocalControlPlane", logging]),
        tests(
            "ServiceKitTests",
            [
                "JSON", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "LocalControlPlane", "ServiceKit", "Telemetry",
                "PKI", argumentParser, lifecycle, logging, metrics, nio, nioPosix, nioSSL,
            ]),
        tests("PKITests", ["KubernetesModel", "PKI"]),
        tests("MutualTLSPeersTests", ["KubernetesModel", "PKI", "MutualTLSPeers", nioPosix]),
        tests("KubernetesSchemaTests", ["JSON", "KubernetesSchema", "SpiceTypes"]),
        tests("KubernetesModelTests", ["JSON", "KubernetesModel"]),
        tests("ChartTests", ["JSON", "YAML"]),
        tests("SpiceTypesTests", ["JSON", "YAML", "KubernetesModel", "SpiceTypes", "SpiceSchema"]),
        tests(
            "SpiceConversionTests",
            ["JSON", "YAML", "KubernetesModel", "SpiceTypes", "SpiceConversion", "ConversionRoundTrips"]),
        tests("SpiceValidationTests", ["JSON", "YAML", "KubernetesModel", "SpiceTypes", "SpiceValidation"]),
        tests(
            "LocalControlPlaneTests",
            ["JSON", "YAML", "KubernetesModel", "KubernetesClient", "LocalControlPlane", nio, nioPosix, nioHTTP1, nioSSL]),
        tests(
            "SetControllerTests",
            [
                "JSON", "YAML", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "SpiceTypes", "SpiceValidation",
                "SpiceAdmission", "ServiceKit", "SetController", "LocalControlPlane",
            ],
            exclude: ["Goldens"]),
        tests(
            "ControllerSimulationTests",
            ["JSON", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "LocalControlPlane", "ControllerSimulation"]),
        tests("TopologySimulationTests", ["TopologySimulation", "ControllerSimulation"]),
        tests("RolloutSimulationTests", ["RolloutSimulation", "ControllerSimulation"]),
        tests(
            "ClusterControllerTests",
            [
                "JSON", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "SpiceTypes", "SpiceValidation",
                "SpiceAdmission", "ServiceKit", "ClusterController", "LocalControlPlane", logging,
            ]),
        tests(
            "CertManagerTests",
            [
                "JSON", "KubernetesModel", "KubernetesClient", "ControllerRuntime", "SpiceTypes", "PKI", "CertManager",
                "CertManagerProgram", "LocalControlPlane", "Telemetry", argumentParser, logging,
            ]),
        tests(
            "EndToEndTests",
            ["JSON", "YAML", "KubernetesModel", "KubernetesClient", "SpiceTypes", "PKI", "MutualTLSPeers", nio, nioPosix],
            exclude: ["Pages"]),
    ],
    swiftLanguageModes: [.v6]
)
