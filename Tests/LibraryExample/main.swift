import Checkpoints
import Coordinates
import Datasets
import Networks
import Training

// Build: a network that reads a digit's rotation and eight free latents, and draws from them.
let schema = CoordinateSchema(typed: [.rotation], freeCount: 8)
let architecture = NetworkArchitecture(schema: schema, hidden: [256, 128], decoder: .warp)

// Train, on some of the built-in digits.
let digits = Digits.dataset()
let recipe = Recipe.joint(for: architecture, epochs: 5)
let configuration = TrainingConfiguration(architecture: architecture, recipe: recipe, seed: 1)
let run = try TrainingRun(configuration, images: ImageSlice(of: digits.training, 0..<6000), threads: 2)
while let report = try run.step() {
  if let loss = report.heldOut?.total { print("epoch \(report.position.epoch + 1): loss \(loss)") }
}

// Save, and open again.
try ModelFile.write(run.model(data: digits.name), to: "turning.safetensors")
let inference = try Inference(ModelFile.read("turning.safetensors"))

// Steer: read a digit, turn what was read, draw it, and see whether the picture is read as turned.
var reading = inference.encode(3, of: digits.test)
for degrees in stride(from: -90.0, through: 90, by: 45) {
  reading.values = [Angle(degrees: degrees).radians]
  let picture = inference.decode(reading)  // 28 × 28 numbers in [0, 1], row by row
  print("drawn at \(degrees)°, read at \(Angle(radians: inference.encode(picture).values[0]).degrees)°")
}
