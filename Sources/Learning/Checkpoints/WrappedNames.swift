/// Names of tensors, without the parts that PyTorch's wrappers put into them.
enum WrappedNames {
  /// The names under which a wrapper keeps the module that it wraps: `torch.compile`, `DataParallel` and its
  /// kin, Fabric, fully sharded training and activation checkpoints.
  private static let wrappers: Set<Substring> = [
    "_orig_mod", "module", "_forward_module", "_fsdp_wrapped_module", "_checkpoint_wrapped_module",
  ]

  /// The names under which a module of a training library often keeps the network.
  private static let attributes: Set<Substring> = ["model", "net", "network", "autoencoder"]

  /// The limits beyond which names are left as they are; no network of this program comes near them.
  private static let (mostNames, longestName, deepest) = (10_000, 500, 3)

  /// `names` in their order, without wrapping names that all of a module's tensors have in common.
  ///
  /// Those of wrappers may stand before any module, and those of a library's module before all names.
  static func unwrapped(_ names: [String]) -> [String] {
    guard names.count <= mostNames, names.allSatisfy({ $0.utf8.count <= longestName }) else { return names }
    var paths = names.map { $0.split(separator: ".", omittingEmptySubsequences: false) }
    unwrap(&paths, Array(paths.indices), depth: 0, wrappers.union(attributes))
    return paths.map { $0.joined(separator: ".") }
  }

  private static func unwrap(
    _ paths: inout [[Substring]], _ module: [Int], depth: Int, _ known: Set<Substring>
  ) {
    guard depth < deepest, let first = module.first else { return }
    while paths[first].count > depth + 1, known.contains(paths[first][depth]),
      module.allSatisfy({ paths[$0].count > depth + 1 && paths[$0][depth] == paths[first][depth] })
    {
      for index in module { paths[index].remove(at: depth) }
    }
    let parts = Dictionary(grouping: module.filter { paths[$0].count > depth + 1 }) { paths[$0][depth] }
    for part in parts.values { unwrap(&paths, part, depth: depth + 1, wrappers) }
  }
}
