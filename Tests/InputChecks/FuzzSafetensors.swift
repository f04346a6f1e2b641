import Checkpoints
import Primitives

/// Reading is repeatable, a refusal is a printable sentence, and what is read can be written and read back.
func fuzzSafetensors(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let reading = read(bytes)
  try promise(isSame(reading, read(bytes)), "the same bytes are read in two ways")
  switch reading {
  case .failure(let fault):
    let sentence = fault.description
    try promise(sentence == sentence.printable, "the refusal \(sentence.debugDescription) steers a terminal")
    return false
  case .success(let file):
    try promise(
      file.tensors.allSatisfy { $0.values.count == $0.shape.reduce(1, *) }, "values do not fill their shape")
    let written: [UInt8]
    do { written = try file.encoded() } catch {
      throw BrokenPromise("what was read is not written: \(error)")
    }
    let readBack = read(written)
    var sorted = file
    sorted.tensors.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    try promise(isSame(.success(sorted), readBack), "what was written reads back as \(readBack)")
    let writtenAgain = try? readBack.get().encoded()
    try promise(writtenAgain == written, "the same contents are written in two ways")
    return true
  }
}

private func read(_ bytes: [UInt8]) -> Result<SafetensorsFile, SafetensorsFault> {
  Result { () throws(SafetensorsFault) in try SafetensorsFile(bytes: bytes) }
}

/// Returns true if both are equal, numbers bitwise.
private func isSame(
  _ one: Result<SafetensorsFile, SafetensorsFault>, _ other: Result<SafetensorsFile, SafetensorsFault>
) -> Bool {
  switch (one, other) {
  case (.failure(let one), .failure(let other)): one == other
  case (.success(let one), .success(let other)):
    one.metadata == other.metadata
      && one.tensors.elementsEqual(other.tensors) { tensor, twin in
        tensor.name == twin.name && tensor.shape == twin.shape
          && tensor.values.map(\.bitPattern) == twin.values.map(\.bitPattern)
      }
  default: false
  }
}
