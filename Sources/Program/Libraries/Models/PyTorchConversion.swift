import Checkpoints
import Essentials

/// Python code that converts a PyTorch file to safetensors.
struct PyTorchConversion {
  private let path: String

  /// Nil unless the error concerns a zip archive or a pickle, the formats of PyTorch models.
  init?(_ error: ModelFileError) {
    guard case .unreadable(.invalid(let path, .otherFormat(let format))) = error,
      [.zip, .pickle].contains(format)
    else { return nil }
    self.path = path == StandardInput.title ? "model.pth" : path
  }

  /// Two lines, for a dictionary of tensors, directly or under a usual key.
  var lines: String {
    let target = PathText(path).withoutExtension + ".safetensors"
    let states = #"d.get("model_state_dict", d.get("state_dict", d))"#
    return [
      #"import torch, safetensors.torch as s; d = torch.load("#
        + literal(path) + #", map_location="cpu", weights_only=True)"#,
      "s.save_file({n: t.contiguous().clone() for n, t in \(states).items()}, \(literal(target)))",
    ].map { "  " + $0 }.joined(separator: "\n")
  }

  /// A Python string literal of `text`, in ASCII.
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
