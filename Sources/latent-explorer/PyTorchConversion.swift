import Checkpoints
import Foundation

/// The Python that makes a safetensors file of one that PyTorch saved.
struct PyTorchConversion {
  private let path: String

  /// Nil for an error that is not about an archive or a pickle, in which PyTorch saves models.
  init?(_ error: ModelFileError) {
    guard case .unreadable(.invalid(let path, .otherFormat(let format))) = error,
      [.zip, .pickle].contains(format)
    else { return nil }
    self.path = path == StandardInput.title ? "model.pth" : path
  }

  /// Two lines, for a dictionary of tensors and for one that has it under a usual key.
  var lines: String {
    let target = NSString(string: path).deletingPathExtension + ".safetensors"
    let states = #"d.get("model_state_dict", d.get("state_dict", d))"#
    return [
      #"import torch, safetensors.torch as s; d = torch.load("#
        + literal(path) + #", map_location="cpu", weights_only=True)"#,
      "s.save_file({n: t.contiguous().clone() for n, t in \(states).items()}, \(literal(target)))",
    ].map { "  " + $0 }.joined(separator: "\n")
  }

  /// `text` as Python writes it, in ASCII.
  private func literal(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\", "\"": "\\\(scalar)"
      case " "..."~": String(scalar)
      default: "\\U" + String(repeating: "0", count: 8 - hexadecimal(scalar).count) + hexadecimal(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }

  private func hexadecimal(_ scalar: Unicode.Scalar) -> String { String(scalar.value, radix: 16) }
}
