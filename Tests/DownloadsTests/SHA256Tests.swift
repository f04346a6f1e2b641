import Testing

@testable import Downloads

@Suite struct SHA256Tests {
  private func hash(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes.span.bytes)
    return hash.hexadecimal()
  }

  private func hash(_ text: String) -> String { hash(Array(text.utf8)) }

  /// The examples of NIST's "Secure Hash Standard" pages and of FIPS 180-2.
  @Test func theExamplesOfTheStandardHold() {
    #expect(hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      hash(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
          + "mnopqrstnopqrstu") == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")
    #expect(
      hash([UInt8](repeating: 0x61, count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// The Monte Carlo test of NIST's validation system (SHAVS): 100,000 hashes, each of the three before it.
  @Test func theMonteCarloTestHolds() {
    var seed = bytes("6d1e72ad03ddeb5de891e572e2396f8da015d899ef0e79503152d6010a3fe691")
    for _ in 0..<100 {
      var last = [seed, seed, seed]
      for _ in 0..<1000 { last = [last[1], last[2], bytes(hash(last[0] + last[1] + last[2]))] }
      seed = last[2]
    }
    #expect(seed == bytes("6a912ba4188391a78e6f13d88ed2d14e13afce9db6f7dcbf4a48c24f3db02778"))
  }

  /// Every length of the last block; the expected one comes from Python's hashlib.
  @Test func allLengthsUpToAFewBlocksAreRight() {
    let text = (0..<300).map { UInt8($0 % 251) }
    let hashes = (0...300).map { hash(Array(text.prefix($0))) }.joined()
    #expect(hash(hashes) == "b80fadb149bc8cb5eeb5c5cb543942b4b72871d6b176e21baa5c60f6198e4122")
  }

  @Test func piecesGiveTheHashOfTheWhole() {
    let text = (0..<300).map { UInt8($0 % 251) }
    for first in stride(from: 0, through: 300, by: 7) {
      for second in stride(from: first, through: 300, by: 13) {
        var pieces = SHA256()
        for piece in [0..<first, first..<second, second..<300] {
          pieces.update(Array(text[piece]).span.bytes)
        }
        #expect(pieces.hexadecimal() == hash(text))
      }
    }
  }

  private func bytes(_ digits: String) -> [UInt8] {
    let values = digits.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }
}
