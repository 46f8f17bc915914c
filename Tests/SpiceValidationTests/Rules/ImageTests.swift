import Testing

/// Repository and tag must make a reference when joined with a colon.
@Suite struct ImageTests {
    @Test(arguments: [
        Case(
            #"{image: {repository: ""}}"#,
            #"image: spec.image.repository: is empty; give registry and name, or leave it out for the default"#),
        Case(
            #"{image: {repository: "https://ghcr.io/spiceai/spiceai"}}"#,
            #"image: spec.image.repository: "https://ghcr.io/spiceai/spiceai" is a URL; leave the scheme out"#),
        Case(
            #"{image: {repository: "ghcr.io/spiceai/spiceai:2.0.0"}}"#,
            #"image: spec.image.repository: "ghcr.io/spiceai/spiceai:2.0.0" holds a tag; put it into image.tag"#),
        Case(
            #"{image: {repository: "spiceai:2.0.0"}}"#,
            #"image: spec.image.repository: "spiceai:2.0.0" holds a tag; put "2.0.0" into image.tag"#),
        Case(
            #"{image: {repository: "spiceai@sha256:abc"}}"#,
            #"image: spec.image.repository: "spiceai@sha256:abc" holds a digest; put it into image.tag, as tag@sha256:…"#),
        Case(
            #"{image: {repository: "ghcr.io/SpiceAI/x"}}"#,
            #"image: spec.image.repository: "ghcr.io/SpiceAI/x" is no image; use lower-case letters, digits, '.', '_', '-' and '/'"#
        ),
        Case(
            #"{image: {repository: "a//b"}}"#,
            #"image: spec.image.repository: "a//b" is no image; use lower-case letters, digits, '.', '_', '-' and '/'"#),
        Case(#"{image: {tag: ""}}"#, #"image: spec.image.tag: is empty; give a tag, or leave it out for the default"#),
        Case(
            #"{image: {tag: "sha256:abcd"}}"#,
            #"image: spec.image.tag: "sha256:abcd" is a digest alone; put a tag before it, as tag@sha256:…"#),
        Case(
            #"{image: {tag: "@sha256:abcd"}}"#,
            #"image: spec.image.tag: "@sha256:abcd" is a digest alone; put a tag before it, as tag@sha256:…"#),
        Case(
            #"{image: {tag: "2.0 beta"}}"#,
            #"image: spec.image.tag: "2.0 beta" is no tag; use up to 128 letters, digits, '.', '_' and '-'"#),
        Case(#"{image: {tag: "2.0@"}}"#, #"image: spec.image.tag: "2.0@" has no digest after its '@'; write tag@sha256:…"#),
        Case(
            #"{image: {repository: 709825985650.dkr.ecr.us-east-1.amazonaws.com/spice-ai/spiceai-enterprise-plan, tag: 2.0.0-enterprise-models}}"#
        ),
        Case(#"{image: {repository: "localhost:5000/spiceai", tag: "latest@sha256:1f4a"}}"#),
        Case(#"{image: {repository: "LOCAL:5000/spiceai"}}"#),
        Case(#"{image: {repository: spiceai/spiceai}}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
