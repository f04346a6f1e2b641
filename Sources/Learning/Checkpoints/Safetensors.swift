import Networks

/// The contents of a safetensors file: named tensors and metadata.
///
/// The format is 8 bytes with the header's length N (little-endian), N bytes of JSON, and the tensors' bytes,
/// contiguous and without overlap.
public struct SafetensorsFile: Sendable, Equatable {
  /// The tensors, in the order of the header.
  public var tensors: [NamedTensor]
  /// The metadata by key.
  public var metadata: [String: String]

  /// Creates contents; `write` and `encoded` reject tensors of equal names.
  public init(tensors: [NamedTensor] = [], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }
}

/// Constants of the format.
enum SafetensorsFormat {
  /// The size of the header's length field.
  static let prefixSize = 8
  /// The limit on the header's length, in bytes, as in the reference implementation.
  static let longestHeader = 100_000_000
  /// The limit on a file's size: 1 GiB, more than any network of this program.
  static let largestFile = 1 << 30
  /// The header key of the metadata, which no tensor may have as a name.
  static let metadataKey = "__metadata__"
  /// The alignment of the data in written files, as in the reference implementation.
  static let alignment = 8
}

/// A tensor's element type, with the format's name.
enum ElementType: String, CaseIterable {
  case bool = "BOOL"
  case f4 = "F4"
  case f6e2m3 = "F6_E2M3"
  case f6e3m2 = "F6_E3M2"
  case u8 = "U8"
  case i8 = "I8"
  case f8e5m2 = "F8_E5M2"
  case f8e4m3 = "F8_E4M3"
  case f8e8m0 = "F8_E8M0"
  case f8e4m3fnuz = "F8_E4M3FNUZ"
  case f8e5m2fnuz = "F8_E5M2FNUZ"
  case i16 = "I16"
  case u16 = "U16"
  case f16 = "F16"
  case bf16 = "BF16"
  case i32 = "I32"
  case u32 = "U32"
  case f32 = "F32"
  case c64 = "C64"
  case f64 = "F64"
  case i64 = "I64"
  case u64 = "U64"

  /// The size of an element in bits.
  var bitCount: Int {
    switch self {
    case .f4: 4
    case .f6e2m3, .f6e3m2: 6
    case .bool, .u8, .i8, .f8e5m2, .f8e4m3, .f8e8m0, .f8e4m3fnuz, .f8e5m2fnuz: 8
    case .i16, .u16, .f16, .bf16: 16
    case .i32, .u32, .f32: 32
    case .c64, .f64, .i64, .u64: 64
    }
  }
}
