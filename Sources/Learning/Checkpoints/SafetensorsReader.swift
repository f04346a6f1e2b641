import Networks
import Primitives

extension SafetensorsFile {
  /// Reads the file at `path`, of at most 1 GiB.
  ///
  /// - Parameter source: Whether a pipe may stand in the place of a regular file.
  /// - Throws: `SafetensorsError`, which names the file.
  public init(path: String, from source: FileBytes.Source = .regularFile) throws(SafetensorsError) {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path, limit: SafetensorsFormat.largestFile, from: source)
    } catch { throw .file(error) }
    do { try self.init(bytes: bytes) } catch { throw .invalid(path: path, error) }
  }

  /// Reads `bytes`, the contents of a whole file.
  ///
  /// F32 elements are kept bit for bit; F16, BF16 and F64 become `Float`, the last one rounded. Tensors of
  /// other types are rejected.
  ///
  /// - Throws: `SafetensorsFault` for the first violation of the format.
  public init(bytes: [UInt8]) throws(SafetensorsFault) {
    let (header, headerEnd) = try Self.header(of: bytes)
    try header.checkLayout(dataSize: bytes.count - headerEnd)
    var tensors: [NamedTensor] = []
    for entry in header.entries {
      let start = headerEnd + entry.byteRange.lowerBound
      let data = bytes[start..<start + entry.byteRange.count]
      tensors.append(
        NamedTensor(name: entry.name, shape: entry.shape, values: try Self.values(of: entry, in: data)))
    }
    self.init(tensors: tensors, metadata: header.metadata)
  }

  /// Reads only the header of the file at `path`, of at most `limit` bytes.
  static func header(ofFile path: String, limit: Int) throws(SafetensorsError) -> SafetensorsHeader {
    do {
      let prefix = try FileBytes.beginning(of: path, count: SafetensorsFormat.prefixSize).bytes
      let length = prefix.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
      guard length <= limit else { throw SafetensorsFault.headerTooLong(length: length, limit: limit) }
      let (bytes, size) = try FileBytes.beginning(
        of: path, count: SafetensorsFormat.prefixSize + Int(length))
      let (header, end) = try header(of: bytes)
      try header.checkLayout(dataSize: size - end)
      return header
    } catch let fault as SafetensorsFault {
      throw .invalid(path: path, fault)
    } catch let error as FileError {
      throw .file(error)
    } catch {
      preconditionFailure("readers throw no other error than those above: \(error)")
    }
  }

  /// The header and its end; a file of another format is reported as such.
  private static func header(
    of bytes: [UInt8]
  ) throws(SafetensorsFault) -> (SafetensorsHeader, end: Int) {
    do {
      let end = try headerEnd(of: bytes)
      return (try SafetensorsHeaderParser.parse(bytes[SafetensorsFormat.prefixSize..<end]), end)
    } catch {
      switch error {
      case .headerTooLong, .headerCut, .malformedHeader(.openingBrace, _):
        throw OtherFormat(fileThatBeginsWith: bytes).map { .otherFormat($0) } ?? error
      default: throw error
      }
    }
  }

  private static func headerEnd(of bytes: [UInt8]) throws(SafetensorsFault) -> Int {
    let prefix = bytes.prefix(SafetensorsFormat.prefixSize)
    guard prefix.count == SafetensorsFormat.prefixSize else { throw .prefixCut(found: prefix.count) }
    let length = prefix.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard length > 0 else { throw .headerEmpty }
    guard length <= SafetensorsFormat.longestHeader else {
      throw .headerTooLong(length: length, limit: SafetensorsFormat.longestHeader)
    }
    let found = bytes.count - prefix.count
    guard length <= found else { throw .headerCut(length: Int(length), found: found) }
    return prefix.count + Int(length)
  }

  private static func values(
    of entry: SafetensorsHeader.Entry, in data: ArraySlice<UInt8>
  ) throws(SafetensorsFault) -> [Float] {
    switch entry.elementType {
    case .f32: LittleEndian.elements(data, of: Float.self)
    case .f64: LittleEndian.elements(data, of: Double.self).map { Float($0) }
    case .f16: HalfPrecision.floats(LittleEndian.elements(data, of: UInt16.self))
    case .bf16: LittleEndian.elements(data, of: UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
    default: throw .notWeights(tensor: entry.name, elementType: entry.elementType.rawValue)
    }
  }
}
