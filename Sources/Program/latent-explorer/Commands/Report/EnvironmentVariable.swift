import Kernels
import Libraries

/// An environment variable that the program reads.
struct EnvironmentVariable {
  let name: String
  /// A description of its effect.
  let meaning: String
  /// True if the value is not printed: proxy addresses may contain passwords.
  var isSecret = false

  /// All variables.
  static let all: [EnvironmentVariable] = own + system

  private static let own: [EnvironmentVariable] = [
    Self(
      name: KernelVariant.environmentVariable,
      meaning: "The kernels' build: baseline, avx2 or avx512 (on arm64: baseline or neon), as the processor "
        + "supports; by default the fastest."),
    Self(
      name: FetchPlan.mirrorVariable,
      meaning: "A folder on another server that has the files of data sets, as --mirror of 'fetch'.",
      isSecret: true),
    Self(
      name: "XDG_DATA_HOME",
      meaning:
        "The parent of the folder latent-explorer for data sets, models, drawings and figures; by default "
        + "~/.local/share. A relative path is ignored."),
    Self(
      name: "XDG_STATE_HOME",
      meaning:
        "The parent of the folder latent-explorer that records the first start; by default ~/.local/state. "
        + "A relative path is ignored."),
    Self(name: "HOME", meaning: "The home folder, for the two above."),
    Self(name: "NO_COLOR", meaning: "If set and not empty, the explorer draws without colours."),
    Self(name: "TERM", meaning: "The terminal's type, which determines colours and keys."),
    Self(
      name: "COLORTERM",
      meaning: "If 'truecolor' or '24bit', pictures have colours of 24 bits where TERM has 256 colours."),
    Self(name: "STY", meaning: "If set, by GNU screen, colours have no 24 bits."),
  ]

  private static let system: [EnvironmentVariable] =
    group(["TERMINFO", "TERMINFO_DIRS"], "Where terminals are described.")
    + group(["LC_ALL", "LC_CTYPE", "LANG"], "The locale; without UTF-8 in it the explorer draws with ASCII.")
    + group(
      ["CURL_CA_BUNDLE", "SSL_CERT_FILE"], "Certificates of authorities for 'fetch', besides the system's.")
    + group(
      ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"],
      "The proxy for 'fetch', as curl knows it.", isSecret: true)
    + group(["SWIFT_BACKTRACE"], "What is printed after a crash, as Swift's runtime knows it.")

  private static func group(
    _ names: [String], _ meaning: String, isSecret: Bool = false
  ) -> [EnvironmentVariable] {
    names.map { EnvironmentVariable(name: $0, meaning: meaning, isSecret: isSecret) }
  }
}
