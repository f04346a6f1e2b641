import ArgumentParser

/// Throws a usage error for a number of threads outside 1…256.
func validateThreads(_ threads: Int) throws {
  guard (1...256).contains(threads) else {
    throw ValidationError("--threads takes a whole number from 1 to 256.")
  }
}
