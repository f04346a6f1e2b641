import Coordinates
import Goldens
import Kernels
import Testing
import Training

@testable import Networks

@Suite struct GoldenForwardTests {
  private let goldens: Goldens

  init() throws {
    goldens = try Goldens.load()
  }

  @Test func theFormulasGiveTheGoldensInputs() {
    #expect(Formulas.mix(1) == 0x5692_161D_100B_05E5)
    #expect(goldens.format.hasPrefix("latent-explorer goldens 1:"))
    #expect(Goldens.deviation(goldens.inputs.angles, GoldenBatch.angles) < 1e-11)
    let sums = (0..<GoldenBatch.size).map { Formulas.image($0).reduce(0) { $0 + Int($1) } }
    #expect(sums == goldens.inputs.byteSums)
    #expect(goldens.inputs.images.deviation(of: GoldenBatch.images.flatMap { $0 }) < 1e-10)
    #expect(Set(GoldenBatch.weights.map(\.name)) == Set(goldens.inputs.weights.keys))
    for tensor in GoldenBatch.weights {
      let deviation = goldens.inputs.weights[tensor.name]?.deviation(of: tensor.values) ?? .infinity
      #expect(deviation < 1e-10, "\(tensor.name)")
    }
  }

  @Test(arguments: KernelVariant.available)
  func turnedImages(kernels: KernelVariant) {
    let turned = GoldenBatch.turnedImages(kernels).flatMap { $0 }
    #expect(goldens.inputs.turned.deviation(of: turned) < 1e-5)
  }

  @Test(arguments: KernelVariant.available)
  func codesLatentsAndDecodedImages(kernels: KernelVariant) throws {
    let pass = try GoldenBatch.pass(Recipe.article().phases[0], kernels: kernels)
    let rows = 0..<GoldenBatch.size
    func values(_ matrix: Matrix) -> [Float] { rows.flatMap(matrix.row) }
    pass.encode(rows: rows)
    let golden = goldens.forward
    let raw = try #require(pass.codeEncoder as? HeadCodeEncoder).raw[0]
    #expect(Goldens.deviation(golden.rawCode, values(raw).map(Double.init)) < 1e-5)
    #expect(Goldens.deviation(golden.code, values(pass.encodedCodes).map(Double.init)) < 1e-5)
    #expect(Goldens.deviation(golden.latent, values(pass.latents).map(Double.init)) < 1e-5)
    pass.assemble(code: .encoded, rows: rows)
    pass.decode(rows: rows)
    #expect(golden.decodedAtOwnCode.deviation(of: values(pass.outputs)) < 1e-5)
    pass.assemble(code: .truth, rows: rows)
    pass.decode(rows: rows)
    #expect(golden.decodedAtZeroDegrees.deviation(of: values(pass.outputs)) < 1e-5)
  }

  @Test func normalizationForwardAndBackward() {
    let golden = goldens.normalization
    #expect(golden.raw.count == 4)
    let raw = Matrix(rows: 4, columns: 2)
    let codes = Matrix(rows: 4, columns: 2)
    let gradients = Matrix(rows: 4, columns: 2)
    for row in golden.raw.indices {
      raw.setRow(row, to: golden.raw[row].map { Float($0) })
      gradients.setRow(row, to: golden.codeGradient[row].map { Float($0) })
      Coordinate.rotation.encode(raw: raw, row: row, into: codes, column: 0)
      Coordinate.rotation.backpropagate(raw: raw, row: row, rawGradient: gradients)
      #expect(Goldens.deviation(golden.code[row], codes.row(row).map(Double.init)) < 2e-6)
      #expect(Goldens.deviation(golden.rawGradient[row], gradients.row(row).map(Double.init)) < 2e-6)
    }
  }
}
