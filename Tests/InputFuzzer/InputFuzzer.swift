import Foundation
import InputChecks

/// The function that libFuzzer calls for each input: a broken promise ends the process, and libFuzzer keeps the
/// input. The variable `FUZZ_TARGET` names the reader.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do throws(BrokenPromise) {
    try target.check(Array(UnsafeBufferPointer(start: bytes, count: count)))
  } catch {
    fatalError("\(target.rawValue): \(error)")  // libFuzzer knows no other way to be told.
  }
  return 0
}

private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    fatalError("FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue)), not '\(name)'")
  }
  return target
}()
