/// The smallest of `values`, of which there is at least one, that is not below a fraction of them.
func quantile(_ fraction: Double, of values: [Double]) -> Double {
  let rank = (fraction * Double(values.count)).rounded(.up)
  return values.sorted()[min(max(Int(rank) - 1, 0), values.count - 1)]
}

/// The median of `values`, of which there is at least one.
func median(_ values: [Double]) -> Double { quantile(0.5, of: values) }
