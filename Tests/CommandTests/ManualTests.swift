import Foundation
import Testing

/// The manual page that `manual` prints.
@Suite struct ManualTests {
  private func page() throws -> String {
    let outcome = try Program.run(["manual"])
    try #require(outcome.status == 0 && outcome.errors.isEmpty)
    return outcome.output
  }

  /// The text as shown, approximately: without requests and escapes.
  private func words(_ page: String) -> String {
    page.replacing(/\\f[BIR]/, with: "").replacing("\\-", with: "-").replacing("\\(aq", with: "'")
      .replacing("\\(dq", with: "\"")
      .replacing("\\(ti", with: "~")
  }

  @Test func allCommandsAndOptionsAreDescribed() throws {
    let words = words(try page())
    for command in try DescribedCommand.everyCommand() {
      if !command.words.isEmpty {
        #expect(words.contains(".SS \"latent-explorer \(command.words.joined(separator: " "))"))
      }
      for name in (command.arguments ?? []).flatMap(\.typedNames) where name != "-h" {
        #expect(words.contains(name), "\(command.words): \(name)")
      }
      for example in command.examples where !example.contains("  --") {
        #expect(words.contains(example.dropFirst(2)), "\(example)")
      }
    }
  }

  @Test func partsCommonToAllCommandsAreDescribed() throws {
    let words = words(try page())
    for heading in [
      "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "EXIT STATUS", "ENVIRONMENT", "FILES",
    ] { #expect(words.contains("\n.SH \(heading)\n"), "\(heading)") }
    for status in ["0", "1", "64", "128 + n"] { #expect(words.contains("\n.TP\n\(status)\n")) }
    struct Report: Decodable {
      struct Variable: Decodable { var name: String }
      var variables: [Variable]
    }
    let report = try Program.run(["inspect", "--json"])
    let variables = try JSONDecoder().decode(Report.self, from: report.outputBytes.data).variables
    #expect(variables.count >= 20)
    for variable in variables { #expect(words.contains("\n.TP\n\(variable.name)\n"), "\(variable.name)") }
  }

  /// Only requests that all formatters support, in pairs, and only ASCII.
  @Test func thePageIsValidRoff() throws {
    let page = try page()
    #expect(page.utf8.allSatisfy { $0 == 10 || (32..<127).contains($0) })
    let requests = page.split(separator: "\n").filter { $0.hasPrefix(".") }
      .map { String($0.dropFirst().prefix { $0 != " " }) }
    #expect(Set(requests) == ["TH", "SH", "SS", "PP", "TP", "EX", "EE", "RS", "RE", "br"])
    for (opening, closing) in [("EX", "EE"), ("RS", "RE")] {
      #expect(requests.count { $0 == opening } == requests.count { $0 == closing })
    }
    let escapes = Set(page.matches(of: /\\(\(..|\[u[0-9A-F]+\]|.)/).map { String($0.1.prefix(2)) })
    #expect(escapes.isSubset(of: ["fB", "fI", "f", "e", "-", "&", "(d", "(a", "(h", "(t", "(g", "[u"]))
  }

  /// Programs that show manual pages; any may be missing.
  private static let formatters = [
    "/usr/bin/groff -man -ww -z -Tutf8", "/usr/bin/mandoc -Tlint -Wwarning", "/usr/bin/man --warnings -l -",
  ].filter { FileManager.default.isExecutableFile(atPath: String($0.prefix { $0 != " " })) }

  @Test(.enabled(if: !formatters.isEmpty), arguments: formatters)
  func formattersReportNoWarnings(command: String) throws {
    let outcome = try Program.run(
      [], environment: ["MANWIDTH": "80"], input: try Program.run(["manual"]).outputBytes,
      inShell: "\(command)")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(!outcome.output.contains("WARNING") && !outcome.output.contains("ERROR"), "\(outcome.output)")
  }
}
