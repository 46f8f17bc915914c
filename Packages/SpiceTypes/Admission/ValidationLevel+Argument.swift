public import ArgumentParser
public import SpiceValidation

extension ValidationLevel: ExpressibleByArgument {}
