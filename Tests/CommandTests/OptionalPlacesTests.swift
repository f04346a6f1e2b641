import Foundation
import TestSupport
import Testing

/// Default folders that cannot be read, although the user did not name them.
@Suite struct OptionalPlacesTests {
  private static let commands = [
    ["screen", "--size", "60x8"], ["render", "turn", "--frames", "2", "--format", "gif", "-o", "-"],
    ["render", "grid", "--model", "mnist", "-o", "-"], ["screen", "--keys", "m"], ["screen", "--keys", "D"],
  ]

  /// Ways of making a home folder unusable, in a shell: it is `home`, and HOME names it afterwards.
  private static let homes = [
    "", "touch home", "ln -s home home", "ln -s none home", "mkfifo home",
    "mkdir home; HOME=$HOME/\(String(repeating: "x", count: 300))", "HOME=/dev/null", "HOME=relative",
    "mkdir -p home/.local; touch home/.local/share", "mkdir -p home/.local/share/latent-explorer/mnist",
    "mkdir -p home/.local/share; ln -s latent-explorer home/.local/share/latent-explorer",
    "mkdir -p home/.local/share/latent-explorer; touch home/.local/share/latent-explorer/mnist",
    "mkdir -p home/.local/share/latent-explorer/models; ln -s x.safetensors home/.local/share/latent-explorer/models/x.safetensors",
    "mkdir -p home/.local/share/latent-explorer; touch home/.local/share/latent-explorer/models",
    "mkdir -p run; touch run/x.safetensors; mkdir run/y.safetensors", "touch run", "ln -s run run",
    // Without permission, which does not restrict root.
    "mkdir home; chmod 000 home",
    "mkdir -p home/.local/share/latent-explorer/mnist; chmod 000 home/.local/share/latent-explorer/mnist",
    "mkdir -p home/.local/share/latent-explorer/models; chmod 000 home/.local/share/latent-explorer",
    "mkdir run; chmod 000 run",
    // Four files that are all wrong.
    "m=home/.local/share/latent-explorer/mnist; mkdir -p $m; for s in train t10k; do echo x > $m/$s-images-idx3-ubyte; echo x > $m/$s-labels-idx1-ubyte.gz; done",
    "m=home/.local/share/latent-explorer/mnist; for s in train t10k; do mkdir -p $m/$s-images-idx3-ubyte $m/$s-labels-idx1-ubyte; done",
  ]

  /// Without root's privileges, which override permissions.
  private static let unprivileged =
    geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""

  /// The outcome of each command without a home folder.
  private static let outcomesWithoutHome = Result {
    try Dictionary(
      uniqueKeysWithValues: commands.map {
        ($0, try Program.run($0, inShell: #"unset HOME XDG_DATA_HOME XDG_STATE_HOME; exec "$0" "$@""#))
      })
  }

  /// The same result as without a home folder.
  @Test(arguments: homes) func unreadableDefaultFoldersAreIgnored(home: String) throws {
    for command in Self.commands {
      let folder = try TemporaryFolder()
      try #require(chmod(folder.path, 0o777) == 0)
      let open =
        "p=$PWD; while [ $p != /tmp ] && [ $p != / ]; do chmod a+rx $p 2>&-; p=${p%/*}; [ -n \"$p\" ] || p=/; done"
      let script = """
        export HOME=$PWD/home; unset XDG_DATA_HOME XDG_STATE_HOME; \(open)
        \(home)
        \(Self.unprivileged) "$0" "$@"; s=$?; chmod -R u+rwx . 2>&-; exit $s
        """
      let spoilt = try Program.run(command, in: folder.path, inShell: script)
      let none = try #require(try Self.outcomesWithoutHome.get()[command])
      #expect(spoilt.status == 0 && spoilt.errors.isEmpty, "\(command): \(spoilt.errors)")
      #expect(
        spoilt.outputBytes == none.outputBytes || command.last == "m" || command.last == "D", "\(command)")
    }
  }

  /// Named files and folders have their own errors.
  @Test func namedFilesHaveTheirOwnErrors() throws {
    let long = String(repeating: "x", count: 300)
    for (home, words) in [
      ("touch home", "mnist: cannot open: Not a directory"),
      ("ln -s home home", "mnist: cannot open: Too many levels of symbolic links"),
      ("mkdir home; HOME=$HOME/\(long)", "mnist: cannot open: File name too long"),
      ("mkdir -p home", "mnist is not fetched yet"),
    ] {
      let folder = try TemporaryFolder()
      let outcome = try Program.run(
        ["evaluate", "--model", "mnist", "--data", "mnist"], in: folder.path,
        inShell: #"export HOME=$PWD/home; unset XDG_DATA_HOME; \#(home); "$0" "$@""#)
      #expect(outcome.status == 1 && outcome.errors.contains(words), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
  }

  /// An unreadable home folder does not hide a readable folder.
  @Test func aFolderOfTheNameIsStillFound() throws {
    let set = try SmallDataset()
    let outcome = try Program.run(
      ["evaluate", "--model", "mnist", "--data", "bars", "--images", "2"], in: set.folder.path + "/..",
      inShell: #"export HOME=/dev/null; unset XDG_DATA_HOME; "$0" "$@""#)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}
