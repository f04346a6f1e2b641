import Foundation
import Primitives
import Testing

@testable import Checkpoints

/// Other files in place of weights: the message names their format, without details of bytes.
@Suite struct OtherFormatTests {
  private static let beginnings: [(OtherFormat, [UInt8])] = [
    (.text, Array("hello, this is a text and no model".utf8)),
    (.text, Array("import torch\r\n\ttorch.save(model, path)\n".utf8)),
    (.text, Array("čeština, 漢字, Ελληνικά: ein Text in vielen Sprachen, länger als 64 Bytes".utf8)),
    (.webPage, Array("<!DOCTYPE html><title>404</title>".utf8)),
    (.webPage, Array("\n\r\n  <html lang=\"en\">".utf8)),
    (.zip, Array("PK\u{3}\u{4}".utf8) + [0, 0, 8, 8, 0, 0, 0, 0]),
    (.zip, Array("PK\u{3}\u{4}".utf8) + [0, 0, 0, 0, 0, 0, 0, 0]),
    (.pickle, [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9]),
    (.gzip, [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]),
    (.gzip, [0x1F, 0x8B, 8, 8, 1, 2, 3, 4, 0, 3]),
    (.numpy, [0x93] + Array("NUMPY\u{1}\0v\0{'descr'".utf8)),
    (.png, [0x89] + Array("PNG\r\n\u{1A}\n".utf8)),
    (.hdf5, [0x89] + Array("HDF\r\n\u{1A}\n".utf8)),
    (.idx, [0, 0, 8, 3, 0, 0, 0xEA, 0x60]),
  ]

  @Test(arguments: beginnings) func otherFormatsAreNamed(format: OtherFormat, bytes: [UInt8]) {
    #expect(throws: SafetensorsFault.otherFormat(format)) { try SafetensorsFile(bytes: bytes) }
  }

  /// Such a file may be long enough for what its first bytes say of a header.
  @Test func otherFormatsAreNamedInLongFiles() {
    let bytes = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0] + [UInt8](repeating: 7, count: 600_000)
    #expect(throws: SafetensorsFault.otherFormat(.gzip)) { try SafetensorsFile(bytes: bytes) }
  }

  /// A header may be as long as the number that another kind of file begins with.
  @Test func aSafetensorsFileIsNotMistakenForAnotherFormat() throws {
    let header = Array("{}".utf8) + [UInt8](repeating: UInt8(ascii: " "), count: 0x8B1F - 2)
    #expect(try SafetensorsFile(bytes: safetensors(header)) == SafetensorsFile())
  }

  @Test(
    arguments: [[0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Array("abcdefg\u{1B}".utf8)] as [[UInt8]])
  func binaryFilesAreNotText(bytes: [UInt8]) {
    let length = bytes.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    #expect(throws: SafetensorsFault.headerTooLong(length: length, limit: SafetensorsFormat.longestHeader)) {
      try SafetensorsFile(bytes: bytes)
    }
  }

  @Test func theMessageIsPlain() {
    for format in OtherFormat.allCases {
      let sentence = SafetensorsFault.otherFormat(format).description
      #expect(sentence.hasPrefix("not a safetensors file: it is "))
      #expect(!sentence.contains("header") && !sentence.contains("byte"))
    }
    #expect(Set(OtherFormat.allCases.map(\.description)).count == OtherFormat.allCases.count)
    for fault in [
      .headerEmpty, .headerTooLong(length: .max, limit: 1),
      .malformedHeader(expected: .openingBrace, offset: 0),
    ] as [SafetensorsFault] {
      #expect(fault.description.hasPrefix("not a safetensors file: "))
    }
  }
}
