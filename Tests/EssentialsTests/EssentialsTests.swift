import Essentials
import Testing

/// Numbers and texts as the program wrote them with `String(format:)` and `NSString`.
@Suite struct EssentialsTests {
  @Test(arguments: [
    ("%.2f s: ", 0.005, "0.01 s: "), ("%.2f", 2.675, "2.67"), ("%.2f", -0.001, "-0.00"),
    ("%.5f", 1.0 / 3, "0.33333"),
    ("%.0f", 0.5, "0"), ("%.0f", 1.5, "2"), ("%.0f", 2.5, "2"),
    (", %.0f images/s", 123456.5, ", 123456 images/s"),
    ("%7.1f µs", 3.14159, "    3.1 µs"), ("%7.2f ×", 12345678, "12345678.00 ×"),
    ("%.1f °", 1e300 / 1e299, "10.0 °"),
    ("%.1f %%", 99.95, "100.0 %"), ("%.4f", Double.nan, "nan"), ("%.4f", -Double.infinity, "-inf"),
    ("%.3f", 5e-324, "0.000"), ("%.1f dB", 1e15, "1000000000000000.0 dB"),
  ]) func numbersAreFormatted(format: String, value: Double, text: String) {
    #expect(formatted(format, value) == text)
  }

  @Test func severalValuesAreFormatted() {
    #expect(formatted("%d:%02d:%02d", 1, 2, 33) == "1:02:33")
    #expect(formatted("\\[u%04X]", UInt32(0xE9)) == "\\[u00E9]")
    #expect(formatted("%7.1f GFLOP/s  %3.0f %% of peak", 12.34, 5.0) == "   12.3 GFLOP/s    5 % of peak")
    #expect(formatted("%7.1f µs, %d bytes", 1.0, 12) == "    1.0 µs, 12 bytes")
    #expect(formatted("plain") == "plain" && formatted("") == "")
  }

  @Test(arguments: [("", ""), (" ", ""), (" a b\t", "a b"), ("a", "a"), ("\t é \n", "é \n")])
  func spacesAreTrimmed(text: String, trimmed: String) {
    #expect(text.trimmed == trimmed)
    #expect("..\(text)a..".trimmed(of: ["."]) == "\(text)a")
  }

  @Test(arguments: [
    ("ab", 4, "ab  "), ("abcd", 4, "abcd"), ("abcde", 4, "abcd"), ("é", 2, "é "), ("", 1, " "),
  ])
  func textsArePadded(text: String, width: Int, padded: String) {
    #expect(text.padded(to: width) == padded)
  }

  @Test(arguments: [
    ("a", ""), ("a/b", "a"), ("/a", "/"), ("/a/b", "/a"), ("a/b/", "a"), ("./a", "."), ("../a/b.c", "../a"),
  ]) func foldersAreFound(path: String, folder: String) {
    #expect(PathText(path).folder == folder)
  }

  @Test(arguments: [
    ("a.pt", "a"), ("a/b.tar.gz", "a/b.tar"), ("a.d/b", "a.d/b"), (".hidden", ".hidden"), ("a", "a"),
    ("/x/model.pth", "/x/model"),
  ]) func extensionsAreRemoved(path: String, rest: String) {
    #expect(PathText(path).withoutExtension == rest)
  }

  @Test func homeFoldersAreExpanded() {
    let home = FileManager.default.homeDirectoryForCurrentUser.path
    #expect(PathText("~").expandingTilde == home)
    #expect(PathText("~/a/b").expandingTilde == home + "/a/b")
    #expect(PathText("a/~").expandingTilde == "a/~")
    #expect(PathText("~no such user/a").expandingTilde == "~no such user/a")
  }
}
