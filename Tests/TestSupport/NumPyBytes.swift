/// NumPy files as bytes.
public enum NumPyBytes {
  /// A file with this header.
  public static func file(_ text: String, version: [UInt8] = [1, 0], _ elements: [UInt8] = []) -> [UInt8] {
    let text = Array(text.utf8)
    let length = (0..<(version[0] == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return [0x93] + Array("NUMPY".utf8) + version + length + text + elements
  }

  /// The text of a header.
  public static func header(_ type: String, _ shape: String, fortran: String = "False") -> String {
    "{'descr': '\(type)', 'fortran_order': \(fortran), 'shape': \(shape), }\n"
  }
}
