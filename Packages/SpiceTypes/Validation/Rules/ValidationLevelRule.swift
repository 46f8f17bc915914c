import KubernetesModel
import SpiceTypes

extension Rule {
    static let validationLevel = Rule.warning(
        "validation-level", "The annotation spice.ai/validation-level is err, warn or off."
    ) { subject, report in
        guard let word = subject.set.metadata.annotations?[AnnotationKey.validationLevel] else { return }
        guard ValidationLevel(rawValue: word) == nil else { return }
        report.add(
            "metadata.annotations\(Quoted.key(AnnotationKey.validationLevel))",
            "\(Quoted.text(word, limit: 40)) is not one of err, warn, off; the operator's policy counts")
    }
}
