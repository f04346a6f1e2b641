import Datasets
import Foundation
import Primitives
import TestSupport
import Testing

@testable import SpriteArchive

/// Coloured sprites, and the file that holds them.
@Suite struct SpriteArchiveTests {
  private static func sprites(upright: Bool) -> [LitSprite] {
    (0..<60).map { LitSprite(from: RandomStream(seed: 3, [UInt64($0)]), isUpright: upright) }
  }

  @Test func brightnessFallsFromTheUpperEndToTheLowerOne() throws {
    for sprite in Self.sprites(upright: false) {
      let pixels = sprite.pixels()
      #expect(pixels.count == 64 * 64 * 3)
      let lit = (0..<64 * 64).filter { sprite.sprite.pixels()[$0] == 255 }
      let brightness = lit.map { index in (0..<3).map { Int(pixels[3 * index + $0]) }.max() ?? 0 }
      let (first, last) = (try #require(brightness.first), try #require(brightness.last))
      #expect(first > 3 * last / 2, "\(sprite)")
      for (one, next) in zip(lit.indices, lit.indices.dropFirst()) where lit[one] / 64 < lit[next] / 64 {
        #expect(brightness[next] <= brightness[one])
      }
    }
  }

  @Test func colorsVaryAndOutsideIsBlack() {
    let sprites = Self.sprites(upright: true)
    #expect(sprites.allSatisfy { $0.sprite.orientation == 0 })
    #expect(sprites.allSatisfy { $0.color.max() == 1 && ($0.color.min() ?? 1) <= 0.61 })
    for channel in 0..<3 { #expect(sprites.contains { $0.color[channel] < 0.4 }) }
    let pixels = sprites[0].pixels()
    let coverage = sprites[0].sprite.pixels()
    #expect(
      coverage.indices.allSatisfy { coverage[$0] > 0 || pixels[3 * $0..<3 * $0 + 3].allSatisfy { $0 == 0 } })
  }

  @Test func theFileHoldsFourArrays() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/sprites.npz"
    let set = SpriteSet(trainingCount: 5, testCount: 3, isUpright: false)
    try set.write(to: path)
    let file = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let contents = String(decoding: file.map { $0 < 128 ? $0 : 63 }, as: UTF8.self)
    for (name, shape) in [
      ("x_train", "(5, 64, 64, 3)"), ("y_train", "(5,)"), ("x_test", "(3, 64, 64, 3)"), ("y_test", "(3,)"),
    ] {
      #expect(contents.contains("\(name).npy") && contents.contains("'shape': \(shape)"))
    }
    let first = set.sprite(split: 0, 0).pixels()
    // Local header, name, and the array's header, padded to 64 bytes.
    #expect(Array(file[30 + 11 + 128..<30 + 11 + 128 + first.count]) == first)
    #expect(Array(file.suffix(22).prefix(12)) == [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 4, 0, 4, 0])
  }
}
