import CZlib

/// An encoder of PNG files (W3C, "Portable Network Graphics", third edition): 8 bits per sample, not
/// interlaced, unfiltered.
///
///     try AtomicFile.write(PNG.encode(image), to: "figure.png")
public enum PNG {
  /// Encodes `image`.
  public static func encode(_ image: PixelImage) -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file += chunk("IHDR", header(of: image))
    if case .palette(let colors) = image.colors {
      file += chunk("PLTE", colors.flatMap { [$0.red, $0.green, $0.blue] })
    }
    file += chunk("IDAT", Zlib.compressed(scanlines(of: image)))
    file += chunk("IEND", [])
    return file
  }

  private static func header(of image: PixelImage) -> [UInt8] {
    let colorType: UInt8 =
      switch image.colors {
      case .grey: 0
      case .rgb: 2
      case .palette: 3
      }
    let bitDepth: UInt8 = 8
    // Compression, filter and interlace methods are 0.
    return BigEndian.bytes(image.width) + BigEndian.bytes(image.height) + [bitDepth, colorType, 0, 0, 0]
  }

  /// Each row follows its filter type, 0.
  private static func scanlines(of image: PixelImage) -> [UInt8] {
    let rowSize = image.width * image.colors.bytesPerPixel
    var lines: [UInt8] = []
    lines.reserveCapacity(image.height * (rowSize + 1))
    for row in 0..<image.height {
      lines.append(0)
      lines += image.bytes[row * rowSize..<(row + 1) * rowSize]
    }
    return lines
  }

  /// Length, type, data, and the checksum of type and data.
  private static func chunk(_ name: String, _ contents: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + contents
    return BigEndian.bytes(contents.count) + checked + BigEndian.bytes(Int(Zlib.checksum(checked)))
  }
}

/// The zlib functions that PNG needs.
enum Zlib {
  /// Compresses to the zlib format at the highest level.
  static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    let bound = Int(compressBound(UInt(bytes.count)))
    return Array(unsafeUninitializedCapacity: bound) { buffer, count in
      var length = UInt(bound)
      let status = compress2(buffer.baseAddress, &length, bytes, UInt(bytes.count), Z_BEST_COMPRESSION)
      precondition(status == Z_OK, "zlib has no memory for \(bytes.count) bytes (status \(status))")
      count = Int(length)
    }
  }

  /// The CRC-32 of PNG and gzip.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32_z(0, bytes, bytes.count))
  }
}
