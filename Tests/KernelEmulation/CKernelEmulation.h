#ifndef C_KERNEL_EMULATION_H
#define C_KERNEL_EMULATION_H

#include <stdint.h>

// One output of one case: its largest deviation from the expected values with either variant, and what is allowed; the
// largest difference between the variants, relative to values above 1.
typedef struct {
  const char *kernel;
  const char *output;
  int32_t sizes[3];
  int32_t values;
  double tolerance;
  double baseline;
  double neon;
  double between;
} kernel_output;

// Runs all cases with both variants and reports each output; returns the number of cases.
int32_t compare_kernels(void (*report)(const kernel_output *output));

// Makes subnormal numbers count as zeros; returns the floating-point mode before.
uint64_t start_flushing(void);
void restore_float_mode(uint64_t mode);

#endif
