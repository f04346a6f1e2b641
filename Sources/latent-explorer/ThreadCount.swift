import ArgumentParser

/// A usage error where there are no threads, or more than anybody has.
func validateThreads(_ threads: Int) throws {
  guard (1...256).contains(threads) else {
    throw ValidationError("--threads takes a whole number from 1 to 256.")
  }
}
