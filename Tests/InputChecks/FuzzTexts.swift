import Coordinates
import Explorer
import Primitives
import Screen

/// A schema that is understood says the same when it is printed and read again, and its numbers are finite.
func fuzzSchema(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  guard let schema = try? CoordinateSchema(parsing: String(decoding: bytes, as: UTF8.self)) else {
    return false
  }
  let printed = schema.description
  try promise((try? CoordinateSchema(parsing: printed)) == schema, "\(printed) is another schema")
  let neutral = schema.neutralValues
  try promise(neutral.allSatisfy(\.isFinite), "\(printed): the neutral values are \(neutral)")
  let code = schema.code(of: neutral)
  try promise(code.allSatisfy(\.isFinite), "\(printed): the neutral code is \(code)")
  let values = schema.values(ofCode: code)
  try promise(values.allSatisfy(\.isFinite), "\(printed): the neutral code stands for \(values)")
  return true
}

/// A state that is understood says the same when it is printed and read again, and fits a shell's word.
func fuzzState(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  // Printing may triple a text, and the result shall stay below the limit of what is read.
  guard bytes.count < 30_000 else { return false }
  let state: StateText
  do {
    state = try StateText(parsing: String(decoding: bytes, as: UTF8.self))
  } catch {
    let sentence = error.description
    try promise(sentence == sentence.printable, "the refusal \(sentence.debugDescription) steers a terminal")
    return false
  }
  let printed = state.description
  try promise(printed == printed.printable, "\(printed.debugDescription) steers a terminal")
  try promise(!printed.contains("'"), "\(printed) ends a quoted word")
  // Numbers are printed with fewer decimals than they may have been read with, so the first time may round.
  guard let again = try? StateText(parsing: printed) else {
    throw BrokenPromise("\(printed) is not understood")
  }
  try promise(again.description == printed, "\(printed) becomes \(again.description)")
  try promise((try? StateText(parsing: again.description)) == again, "\(printed) is another state")
  try promise(again.model == state.model && again.data == state.data, "\(printed) has lost a name")
  return true
}

/// A script that is understood gives the same keys when their names are written and read again.
func fuzzScript(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let keys: [Key]
  do {
    keys = try KeyScript.parse(String(decoding: bytes, as: UTF8.self))
  } catch {
    let sentence = error.description
    try promise(sentence == sentence.printable, "the refusal \(sentence.debugDescription) steers a terminal")
    return false
  }
  try promise(keys.count <= KeyScript.largestTotal, "\(keys.count) keys are too many")
  for key in Set(keys) {
    try promise((try? KeyScript.parse(key.name)) == [key], "the key \(key) is not that of its name")
  }
  return true
}
