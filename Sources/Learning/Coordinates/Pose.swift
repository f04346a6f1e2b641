#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A differentiable transform of an image: sheared, then scaled, then rotated, then shifted.
public struct Pose: Sendable, Hashable {
  /// The angle's cosine and sine, on the unit circle, or both 0 where the angle is undefined.
  public var cosine, sine: Float
  /// The shift in pixels, to the right and down.
  public var x, y: Float
  /// The scale factor.
  public var scale: Float
  /// The shear: the shift to the right of a row, in pixels, for each row above the centre.
  public var shear: Float

  /// Creates a pose; the identity by default.
  public init(
    cosine: Float = 1, sine: Float = 0, x: Float = 0, y: Float = 0, scale: Float = 1, shear: Float = 0
  ) {
    (self.cosine, self.sine) = (cosine, sine)
    (self.x, self.y) = (x, y)
    self.scale = scale
    self.shear = shear
  }

  /// A change of a pose, or a gradient with respect to one.
  public struct Change: Sendable, Hashable {
    /// The angle in radians.
    public var angle: Float
    /// The shift in pixels.
    public var x, y: Float
    /// The scale's logarithm.
    public var logScale: Float
    /// The shear.
    public var shear: Float

    /// A component of the change.
    public enum Component: Sendable, Hashable, CaseIterable {
      /// The angle.
      case angle
      /// The shift to the right.
      case x
      /// The shift down.
      case y
      /// The scale's logarithm.
      case logScale
      /// The shear.
      case shear
    }

    /// One component.
    public subscript(component: Component) -> Float {
      get {
        switch component {
        case .angle: angle
        case .x: x
        case .y: y
        case .logScale: logScale
        case .shear: shear
        }
      }
      set {
        switch component {
        case .angle: angle = newValue
        case .x: x = newValue
        case .y: y = newValue
        case .logScale: logScale = newValue
        case .shear: shear = newValue
        }
      }
    }

    /// Creates a change; zero by default.
    public init(angle: Float = 0, x: Float = 0, y: Float = 0, logScale: Float = 0, shear: Float = 0) {
      self.angle = angle
      (self.x, self.y) = (x, y)
      self.logScale = logScale
      self.shear = shear
    }
  }

  /// The map from pixels of the transformed image to pixels of the image.
  public var map: AffineMap {
    var map = unshearedMap
    map.xx += shear * map.yx
    map.xy += shear * map.yy
    map.x0 += shear * map.y0
    return map
  }

  /// The map from pixels of the transformed image to pixels of the sheared image.
  private var unshearedMap: AffineMap {
    let (c, s) = (cosine / scale, sine / scale)
    return AffineMap(xx: c, xy: -s, x0: s * y - c * x, yx: s, yy: c, y0: -s * x - c * y)
  }

  /// The map from pixels of the image to pixels of the transformed image; sampling through it inverts the
  /// transform.
  public var inverseMap: AffineMap {
    let (c, s) = (cosine * scale, sine * scale)
    return AffineMap(xx: c, xy: s - shear * c, x0: x, yx: -s, yy: c + shear * s, y0: y)
  }

  /// The gradient with respect to the pose, given that with respect to the entries of `map`.
  public func gradient(ofMap gradient: AffineMap) -> Change {
    let map = unshearedMap
    var entries = gradient
    entries.yx += shear * gradient.xx
    entries.yy += shear * gradient.xy
    entries.y0 += shear * gradient.x0
    let (c, s) = (cosine / scale, sine / scale)
    let ofCosine = (entries.xx + entries.yy - entries.x0 * x - entries.y0 * y) / scale
    let ofSine = (entries.yx - entries.xy + entries.x0 * y - entries.y0 * x) / scale
    let alongMap =
      entries.xx * map.xx + entries.xy * map.xy + entries.x0 * map.x0 + entries.yx * map.yx
      + entries.yy * map.yy + entries.y0 * map.y0
    return Change(
      angle: cosine * ofSine - sine * ofCosine, x: -c * entries.x0 - s * entries.y0,
      y: s * entries.x0 - c * entries.y0, logScale: -alongMap,
      shear: gradient.xx * map.yx + gradient.xy * map.yy + gradient.x0 * map.y0)
  }

  /// The pose of an image that is transformed by `change`, then by this pose.
  ///
  /// A pose cannot describe a rotation that precedes a shear: the change's rotation follows this pose's shear.
  public func composed(after change: Change) -> Pose {
    let (turnCosine, turnSine) = (cos(change.angle), sin(change.angle))
    let right = change.x - shear * change.y
    return Pose(
      cosine: cosine * turnCosine - sine * turnSine, sine: sine * turnCosine + cosine * turnSine,
      x: x + scale * (cosine * right + sine * change.y), y: y + scale * (cosine * change.y - sine * right),
      scale: scale * exp(change.logScale), shear: shear + change.shear)
  }

  /// The gradient with respect to `change`, given that with respect to `composed(after: change)`.
  public func gradient(ofComposed gradient: Change) -> Change {
    let right = scale * (cosine * gradient.x - sine * gradient.y)
    return Change(
      angle: gradient.angle, x: right,
      y: scale * (sine * gradient.x + cosine * gradient.y) - shear * right, logScale: gradient.logScale,
      shear: gradient.shear)
  }
}

extension Coordinate {
  /// Sets this coordinate's component of `pose` from its code.
  public func set(_ pose: inout Pose, toCode code: SIMD2<Float>) {
    let number = code.x * Float(codeUnit)
    switch meaning {
    case .rotation: (pose.cosine, pose.sine) = isCyclic ? (code.x, code.y) : (cos(number), sin(number))
    case .shiftX: pose.x = number
    case .shiftY: pose.y = number
    case .scale: pose.scale = Float(value(of: CollectionOfOne(code.x)))
    case .shear: pose.shear = number
    }
  }

  /// The code of this coordinate's component of `pose`: `codeWidth` elements, then zeros.
  public func code(of pose: Pose) -> SIMD2<Float> {
    switch meaning {
    case .rotation:
      isCyclic ? [pose.cosine, pose.sine] : code(of: Double(atan2(pose.sine, pose.cosine)))
    case .shiftX: code(of: Double(pose.x))
    case .shiftY: code(of: Double(pose.y))
    case .scale: code(of: Double(pose.scale))
    case .shear: code(of: Double(pose.shear))
    }
  }

  /// The gradient with respect to the code, given that with respect to its `pose`.
  public func codeGradient(of gradient: Pose.Change, at pose: Pose) -> SIMD2<Float> {
    isCyclic
      ? SIMD2(-pose.sine, pose.cosine) * gradient.angle : [gradient[component] * Float(codeUnit), 0]
  }

  /// Adds the contribution of a gradient with respect to this coordinate's code to that with respect to
  /// `pose`.
  public func add(codeGradient gradient: SIMD2<Float>, at pose: Pose, to change: inout Pose.Change) {
    if isCyclic {
      change.angle += pose.cosine * gradient[1] - pose.sine * gradient[0]
    } else {
      change[component] += gradient[0] / Float(codeUnit)
    }
  }
}
