import Coordinates
import Networks
import TestSupport
import Testing
import Training

@testable import Checkpoints

/// Names of tensors that wrappers of PyTorch have changed.
@Suite struct WrappedNamesTests {
  private static let architecture = NetworkArchitecture(schema: .article, hidden: [6, 4])
  private static let tensors = TypedAutoencoder(architecture, seed: 1).tensors

  private static func renamed(_ name: (String) -> String) -> [NamedTensor] {
    tensors.map { NamedTensor(name: name($0.name), shape: $0.shape, values: $0.values) }
  }

  private static func bytes(_ tensors: [NamedTensor]) throws -> [UInt8] {
    try SafetensorsFile(tensors: tensors).encoded()
  }

  private static func expectTheModel(_ tensors: [NamedTensor]) throws {
    let bytes = try bytes(tensors)
    let model = try ModelFile.read(bytes: bytes, name: "file")
    #expect(model.architecture == architecture)
    #expect(Set(model.weights) == Set(Self.tensors))
    let folder = try TemporaryFolder()
    #expect(try ModelOutline(ofFile: folder.write(bytes, to: "file")).architecture == architecture)
  }

  @Test(arguments: [
    "_orig_mod.", "module.", "_orig_mod.module.", "module._orig_mod.", "module.module.",
    "_orig_mod._orig_mod.", "module._orig_mod.module.", "model.", "net.", "network.", "autoencoder.",
    "model._orig_mod.", "module.model.", "_forward_module.", "_fsdp_wrapped_module.",
    "_forward_module._fsdp_wrapped_module.model.",
  ]) func prefixesThatAllNamesHaveAreRemoved(prefix: String) throws {
    try Self.expectTheModel(Self.renamed { prefix + $0 })
  }

  /// As `torch.compile(network.decoder)` and its kin leave them.
  @Test(arguments: [
    ("decoder.", "decoder._orig_mod."), ("encoder_backbone.", "encoder_backbone.module."),
    ("head_latent.", "head_latent.module._orig_mod."),
    ("decoder.0.", "decoder.0._checkpoint_wrapped_module."),
    ("head_rot.fc.", "head_rot._orig_mod.fc._orig_mod."),
  ]) func aModuleThatIsWrappedAloneIsKnown(module: String, wrapped: String) throws {
    try Self.expectTheModel(
      Self.renamed { $0.hasPrefix(module) ? wrapped + $0.dropFirst(module.count) : $0 })
  }

  @Test func aPrefixOfSomeNamesStays() throws {
    for count in [1, 5, Self.tensors.count - 1] {
      let mixed = Self.renamed { "module." + $0 }.prefix(count) + Self.tensors.dropFirst(count)
      #expect(throws: ModelFileError.self) {
        try ModelFile.read(bytes: Self.bytes(Array(mixed)), name: "file")
      }
    }
    let different = Self.renamed { ($0.hasPrefix("decoder") ? "module." : "_orig_mod.") + $0 }
    #expect(throws: ModelFileError.self) { try ModelFile.read(bytes: Self.bytes(different), name: "file") }
  }

  @Test func otherPrefixesStay() throws {
    for prefix in ["teacher.", "modul.", "Module.", ".", "model_"] {
      #expect(throws: ModelFileError.self) {
        try ModelFile.read(bytes: Self.bytes(Self.renamed { prefix + $0 }), name: "file")
      }
    }
  }

  @Test func namesThatConsistOfPrefixesAreLeftAlone() {
    for names in [
      ["module"], ["module", "_orig_mod"], [""], ["."], [".."], ["module."], ["module.module.module"],
      ["module.a", "module.a"], [String(repeating: "module.", count: 100_000)], [],
    ] {
      #expect(WrappedNames.unwrapped(names).count == names.count)
    }
    #expect(WrappedNames.unwrapped(["module.module"]) == ["module"])
    #expect(WrappedNames.unwrapped(["module.a", "module"]) == ["module.a", "module"])
  }
}
