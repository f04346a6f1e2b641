import Networks
import Primitives

extension SafetensorsFile {
  /// The element type of written tensors.
  public enum Storage: Sendable {
    /// 32-bit floats, exact.
    case float32
    /// 16-bit floats, rounded.
    case float16
  }

  /// Writes the file to `path` atomically.
  ///
  /// - Throws: `SafetensorsError`, which names the file.
  public func write(
    to path: String, storage: Storage = .float32, calls: SystemCalls = .system
  ) throws(SafetensorsError) {
    let bytes: [UInt8]
    do { bytes = try encoded(storage: storage) } catch { throw .invalid(path: path, error) }
    do { try AtomicFile.write(bytes, to: path, calls: calls) } catch { throw .file(error) }
  }

  /// The bytes of the file, with metadata sorted by key and tensors by name.
  ///
  /// - Throws: `SafetensorsFault` for equal or reserved names of tensors, for a header that is too long, and
  ///   for finite numbers that are too large for 16 bits.
  public func encoded(storage: Storage = .float32) throws(SafetensorsFault) -> [UInt8] {
    let sorted = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    try Self.checkNames(sorted)
    let header = Array(headerText(sorted, storage).utf8)
    let padding = -header.count & (SafetensorsFormat.alignment - 1)
    let length = header.count + padding
    guard length <= SafetensorsFormat.longestHeader else {
      throw .headerTooLong(length: UInt64(length), limit: SafetensorsFormat.longestHeader)
    }
    var bytes = LittleEndian.bytes(of: [UInt64(length)]) + header
    bytes += repeatElement(UInt8(ascii: " "), count: padding)
    for tensor in sorted {
      bytes += try Self.data(of: tensor, storage)
    }
    return bytes
  }

  private static func checkNames(_ tensors: [NamedTensor]) throws(SafetensorsFault) {
    var names: Set<String> = []
    for tensor in tensors {
      guard tensor.name != SafetensorsFormat.metadataKey else { throw .reservedName(tensor.name) }
      guard names.insert(tensor.name).inserted else { throw .duplicate(.tensor, name: tensor.name) }
    }
  }

  private func headerText(_ tensors: [NamedTensor], _ storage: Storage) -> String {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
      members.append("\(Self.quoted(SafetensorsFormat.metadataKey)):{\(texts.joined(separator: ","))}")
    }
    var start = 0
    for tensor in tensors {
      let end = start + tensor.values.count * storage.elementType.bitCount / 8
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        """
        \(Self.quoted(tensor.name)):{"dtype":"\(storage.elementType.rawValue)",\
        "shape":[\(shape)],"data_offsets":[\(start),\(end)]}
        """)
      start = end
    }
    return "{\(members.joined(separator: ","))}"
  }

  private static func data(
    of tensor: NamedTensor, _ storage: Storage
  ) throws(SafetensorsFault) -> [UInt8] {
    switch storage {
    case .float32: return LittleEndian.bytes(of: tensor.values)
    case .float16:
      let halves = tensor.values.map { Float16($0) }
      for (index, half) in halves.enumerated() where half.isInfinite && tensor.values[index].isFinite {
        throw .tooLargeForFloat16(tensor: tensor.name, index: index)
      }
      return LittleEndian.bytes(of: halves)
    }
  }

  /// `text` as a JSON string.
  private static func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}

extension SafetensorsFile.Storage {
  fileprivate var elementType: ElementType {
    switch self {
    case .float32: .f32
    case .float16: .f16
    }
  }
}
