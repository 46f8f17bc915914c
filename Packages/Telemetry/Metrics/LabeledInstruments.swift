import Synchronization

/// Instruments by their label values, for labels that are only known at recording time (`code`, `verb`): looks one up without
/// building its dimensions again. The keys' number must be bounded.
public final class LabeledInstruments<Key: Hashable & Sendable, Instrument: Sendable>: Sendable {
    private let instruments = Mutex<[Key: Instrument]>([:])
    private let make: @Sendable (Key) -> Instrument

    public init(_ make: @escaping @Sendable (Key) -> Instrument) {
        self.make = make
    }

    public subscript(key: Key) -> Instrument {
        instruments.withLock { instruments in
            if let instrument = instruments[key] { return instrument }
            let instrument = make(key)
            instruments[key] = instrument
            return instrument
        }
    }
}
