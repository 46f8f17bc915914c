import KubernetesModel
import SpiceTypes

extension Rule {
    static let resources = Rule.error(
        "resources", isEssential: true, "Requests and limits are amounts of 0 or more, and no request is above its limit."
    ) { subject, report in
        guard let resources = subject.spec.resources else { return }
        for (field, amounts) in [("requests", resources.requests), ("limits", resources.limits)] {
            for (name, amount) in (amounts ?? [:]).sorted(by: { $0.key < $1.key }) {
                let path = "spec.resources.\(field).\(name)"
                switch amount.isLess(than: "0") {
                case nil: report.add(path, "\(Quoted.text(amount.text, limit: 40)) is no quantity; write 500m, 2 or 4Gi")
                case true?: report.add(path, "\(Quoted.text(amount.text, limit: 40)) is below 0; use 0 or more")
                default: break
                }
            }
        }
        for (name, request) in (resources.requests ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let limit = resources.limits?[name], limit.isLess(than: request) == true else { continue }
            report.add(
                "spec.resources.requests.\(name)", "\(request) is above the limit of \(limit); lower it or raise the limit")
        }
    }
}
