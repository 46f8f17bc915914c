/// Names under which the services write (server-side apply), where one has to know what another wrote.
public enum FieldManager {
    public static let setController = "spice-set-controller"
    public static let clusterController = "spice-cluster-controller"
}
