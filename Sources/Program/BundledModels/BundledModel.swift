import CBundledModels

/// A trained model embedded in the program, as the bytes of its safetensors file.
public struct BundledModel: Sendable, Hashable {
  /// The name on the command line.
  public let name: String
  private let index: Int

  /// All bundled models.
  public static let all: [BundledModel] = (0..<bundled_model_count()).compactMap { index in
    bundled_model_name(index).map { BundledModel(name: String(cString: $0), index: index) }
  }

  /// Finds the model called `name`.
  public static func named(_ name: String) -> BundledModel? {
    all.first { $0.name == name }
  }

  /// The bytes of the safetensors file.
  public var bytes: [UInt8] {
    var size = 0
    let start = bundled_model_bytes(index, &size)
    return Array(UnsafeBufferPointer(start: start, count: size))
  }
}
