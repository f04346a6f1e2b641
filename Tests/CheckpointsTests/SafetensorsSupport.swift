/// A safetensors file with the given header, sound or not, and data.
func safetensors(_ header: [UInt8], data: [UInt8] = []) -> [UInt8] {
  let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
  return length + header + data
}

/// The same with `header` as text, and `count` zeros for data.
func safetensors(_ header: String, zeros count: Int = 0) -> [UInt8] {
  safetensors(Array(header.utf8), data: [UInt8](repeating: 0, count: count))
}

/// A header with one tensor; what is not given is sound for four bytes.
func oneTensor(
  _ name: String = "a", dtype: String = "\"F32\"", shape: String = "[1]", offsets: String = "[0,4]"
) -> String {
  "{\"\(name)\":{\"dtype\":\(dtype),\"shape\":\(shape),\"data_offsets\":\(offsets)}}"
}
