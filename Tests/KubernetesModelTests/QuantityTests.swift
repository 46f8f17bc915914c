import KubernetesModel
import Testing

/// `canonical` is the form that the API server stores.
@Suite struct QuantityTests {
    @Test(arguments: [
        ("1024Mi", "1Gi"), ("1000m", "1"), ("0.5", "500m"), ("1.5Gi", "1536Mi"), ("1536Mi", "1536Mi"), ("2000Mi", "2000Mi"),
        ("100", "100"), ("1000", "1k"), ("1e3", "1e3"), ("12e6", "12e6"), ("0", "0"), ("0Mi", "0"), ("512", "512"), ("0.1", "100m"),
        ("100M", "100M"), ("1000000k", "1G"), ("-5m", "-5m"), ("+2", "2"), ("1Ki", "1Ki"), ("512Ki", "512Ki"), ("0.0001m", "100n"),
        ("1n", "1n"), ("0.1n", "1n"), ("nonsense", "nonsense"), ("1.5.5", "1.5.5"), ("", ""), ("Gi", "Gi"),
    ])
    func canonical(text: String, stored: String) {
        #expect(Quantity(text).canonical == stored)
    }

    @Test func comparesAcrossNotations() {
        #expect(Quantity("1Gi").isLess(than: Quantity("2000Mi")) == true)
        #expect(Quantity("1").isLess(than: Quantity("1000m")) == false)
        #expect(Quantity("x").isLess(than: Quantity("1")) == nil)
    }
}
