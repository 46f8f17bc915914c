@testable import ControllerRuntime

extension SplitMix64 {
    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    mutating func duration(_ range: ClosedRange<Double>) -> Duration {
        .milliseconds(Int64(1000 * (range.lowerBound + (range.upperBound - range.lowerBound) * unit())))
    }

    mutating func pick<C: RandomAccessCollection>(_ elements: C) -> C.Element? {
        elements.isEmpty ? nil : elements[elements.index(elements.startIndex, offsetBy: Int(next() % UInt64(elements.count)))]
    }
}
