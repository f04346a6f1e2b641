import Coordinates
import Primitives
import Screen

/// The explorer's state as one line of text for sharing.
///
///     model=mnist data=mnist sample=12 rotation=45 z=1.25,-0.3 input.rotation=30 select=z2 view=rose
///
/// Items are separated by spaces, in any order, and all are optional. Values are in the units shown. In
/// names, characters that could end an item or a shell word, or control a terminal, are percent-encoded:
/// `%20` for a space.
public struct StateText: Equatable, Sendable {
  /// The value of `--model`.
  public var model: String?
  /// The value of `--data`.
  public var data: String?
  /// The sample's number.
  var sample: Int?
  /// The only class shown.
  var filter: Int?
  /// The sliders of typed coordinates, by meaning, in the unit shown.
  var values: [Coordinate.Meaning: Double] = [:]
  /// The values of the input's transform, likewise.
  var inputs: [Coordinate.Meaning: Double] = [:]
  /// The free latents, from the first on.
  var latents: [Float]?
  /// The selected slider: a meaning, or `z1`, `z2`, …
  var selected: String?
  var place: Place?
  var isEnlarged = false
  var view: PictureView?
  var isInverted = false
  /// Gamma steps, as in `Session.Display.gammaStep`.
  var gammaStep: Int?

  /// The largest number of free latents that is parsed.
  private static let maximumLatents = CoordinateSchema.maximumFreeCount
  private static let longestText = 100_000

  /// Creates an empty text.
  public init() {}

  /// Parses the text.
  ///
  /// - Throws: `StateTextError` for the first invalid item.
  public init(parsing text: String) throws(StateTextError) {
    guard text.utf8.count <= Self.longestText else { throw .tooLong }
    var seen: Set<String> = []
    // Unicode scalars are split, because a character may join a separator and a combining mark.
    for item in text.unicodeScalars.split(whereSeparator: { " \n\r\t".unicodeScalars.contains($0) }) {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { String(Substring($0)) }
      guard parts.count == 2, !parts[1].isEmpty else { throw .notUnderstood(String(Substring(item))) }
      guard seen.insert(parts[0]).inserted else { throw .repeated(parts[0]) }
      guard try read(parts[0], parts[1]) else { throw .notUnderstood(String(Substring(item))) }
    }
  }

  /// Parses one item; returns false if it is invalid.
  private mutating func read(_ name: String, _ text: String) throws(StateTextError) -> Bool {
    switch name {
    case "model":
      model = Self.unescaped(text)
      return model != nil
    case "data":
      data = Self.unescaped(text)
      return data != nil
    case "sample":
      sample = Self.count(text)
      return sample != nil
    case "class":
      filter = Self.count(text)
      return filter != nil
    case "select":
      let isLatent = text.hasPrefix("z") && (Self.count(String(text.dropFirst())) ?? 0) > 0
      guard isLatent || Coordinate.Meaning(rawValue: text) != nil else { return false }
      selected = text
    case "z":
      let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Float($0) }
      guard numbers.count <= Self.maximumLatents, numbers.allSatisfy({ $0?.isFinite == true }) else {
        return false
      }
      latents = numbers.compactMap { $0 }
    case "focus":
      place = Place(name: text)
      return place != nil
    case "view":
      view = PictureView(rawValue: text)
      return view != nil
    case "enlarged": return Self.flag(text, &isEnlarged)
    case "inverted": return Self.flag(text, &isInverted)
    case "gamma":
      gammaStep = Int(text)
      return gammaStep.map { Session.Display.gammaSteps.contains($0) } ?? false
    default:
      return readCoordinate(name, text)
    }
    return true
  }

  private mutating func readCoordinate(_ name: String, _ text: String) -> Bool {
    let isInput = name.hasPrefix(Self.inputPrefix)
    guard let meaning = Coordinate.Meaning(rawValue: Self.coordinate(name)), let number = Double(text),
      number.isFinite, abs(number) <= 1e6
    else { return false }
    if isInput { inputs[meaning] = number } else { values[meaning] = number }
    return true
  }

  private static let inputPrefix = "input."

  /// The name of a coordinate, of the sliders or of the input.
  private static func coordinate(_ name: String) -> String {
    String(name.hasPrefix(inputPrefix) ? name.dropFirst(inputPrefix.count) : name[...])
  }

  private static func count(_ text: String) -> Int? {
    Int(text).flatMap { (0..<1_000_000_000).contains($0) ? $0 : nil }
  }

  private static func flag(_ text: String, _ flag: inout Bool) -> Bool {
    flag = text == "yes"
    return ["yes", "no"].contains(text)
  }

  private static let hexadecimal = Array("0123456789ABCDEF".utf8)

  private static func escaped(_ text: String) -> String {
    let bytes = text.unicodeScalars.flatMap { scalar -> [UInt8] in
      let bytes = Array(String(scalar).utf8)
      let steersTerminal = String(scalar).printable != String(scalar)
      guard scalar.value <= 0x20 || scalar == "%" || scalar == "'" || steersTerminal else { return bytes }
      return bytes.flatMap { [0x25, hexadecimal[Int($0 >> 4)], hexadecimal[Int($0 & 15)]] }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Decodes percent-encoding; returns nil if a per cent sign is not followed by two hexadecimal digits, or
  /// the bytes are not UTF-8.
  private static func unescaped(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let high = hexadecimal.firstIndex(of: rest.removeFirst()),
        let low = hexadecimal.firstIndex(of: rest.removeFirst())
      else { return nil }
      bytes.append(UInt8(16 * high + low))
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension StateText: CustomStringConvertible {
  /// The text in the format of `init(parsing:)`.
  public var description: String {
    var items: [String] = []
    func add(_ name: String, _ value: (some CustomStringConvertible)?) {
      if let value { items.append("\(name)=\(value)") }
    }
    add("model", model.map(Self.escaped))
    add("data", data.map(Self.escaped))
    add("sample", sample)
    add("class", filter)
    for meaning in Coordinate.Meaning.allCases { add(meaning.rawValue, values[meaning].map(Self.text)) }
    if let latents { add("z", latents.map { "\($0)" }.joined(separator: ",")) }
    for meaning in Coordinate.Meaning.allCases {
      add("input.\(meaning.rawValue)", inputs[meaning].map(Self.text))
    }
    add("select", selected)
    add("focus", place?.name)
    add("view", view?.rawValue)
    if isEnlarged { add("enlarged", "yes") }
    if isInverted { add("inverted", "yes") }
    add("gamma", gammaStep)
    return items.joined(separator: " ")
  }

  /// A number with at most that many decimals, without trailing zeros.
  private static func text(_ number: Double, decimals: Int) -> String {
    NumberText.trimmed(NumberText.fixed(number, decimals: decimals))
  }

  private static func text(_ number: Double) -> String { text(number, decimals: 6) }
}

/// The reason why the text of a state is invalid.
public enum StateTextError: Error, Equatable {
  /// The item is not `name=value` with a known name and a valid value.
  case notUnderstood(String)
  /// The name occurs twice.
  case repeated(String)
  /// The text exceeds the maximum length.
  case tooLong
}

extension StateTextError: CustomStringConvertible {
  /// The message for the user.
  public var description: String {
    switch self {
    case .notUnderstood(let item):
      "'\(item.printable)' is not part of a state" + hint(on: item)
    case .repeated(let name): "'\(name.printable)' is given twice"
    case .tooLong: "the state is too long"
    }
  }

  private func hint(on item: String) -> String {
    let name = String(item.prefix { $0 != "=" })
    if let values = StateText.values(of: name) { return ": \(name) takes \(values)" }
    return
      "; S in the explorer shows one. Its parts: model, data, sample, class, "
      + Coordinate.Meaning.names.joined(separator: ", ")
      + ", the same after 'input.', z, select, focus, view, enlarged, inverted and gamma"
  }
}

extension StateText {
  /// The format of an item's value; nil for an unknown name.
  fileprivate static func values(of name: String) -> String? {
    func list(_ names: [String]) -> String {
      names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    }
    return switch name {
    case "model": "the name of a bundled model or a file"
    case "data": "the name of a data set or a folder"
    case "sample", "class": "a whole number from 0 up"
    case "z": "up to \(maximumLatents) numbers, as in z=1.5,-0.3"
    case "select": list(Coordinate.Meaning.names + ["z1, z2, …"])
    case "focus": list(Place.all.map(\.name))
    case "view": list(PictureView.allCases.map(\.rawValue))
    case "enlarged", "inverted": "yes or no"
    case "gamma":
      "a whole number from \(Session.Display.gammaSteps.lowerBound) to \(Session.Display.gammaSteps.upperBound)"
    default: Coordinate.Meaning(rawValue: coordinate(name)) == nil ? nil : "a number of at most 1000000"
    }
  }
}
