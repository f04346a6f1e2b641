// Compares NEON's kernels with the baseline's and both with the expected values; exits with status 1 and the names of
// the failing cases where they differ by more than is allowed.
#include "CKernelEmulation.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

// Both variants have vectors of four, fuse and sum in the same order: their results have the same bits.
static const double allowed_between = 0;

typedef struct {
  const char *kernel, *output;
  int count;
  long values;
  double share, neon, between;
} summary;

static summary summaries[100];
static int summary_count, failures;

static summary *summary_of(const kernel_output *output) {
  for (int i = 0; i < summary_count; i++)
    if (!strcmp(summaries[i].kernel, output->kernel) && !strcmp(summaries[i].output, output->output))
      return &summaries[i];
  if (summary_count == sizeof summaries / sizeof *summaries) return NULL;
  summaries[summary_count] = (summary){.kernel = output->kernel, .output = output->output};
  return &summaries[summary_count++];
}

static double larger(double a, double b) { return a > b ? a : b; }

static void report(const kernel_output *output) {
  bool is_right = output->values > 0 && output->baseline <= output->tolerance && output->neon <= output->tolerance &&
                  output->between <= allowed_between;
  if (!is_right) {
    failures++;
    printf("FAILED %s %dx%dx%d, %s: baseline is off by %g, neon by %g of %g allowed; they differ by %g\n",
           output->kernel, output->sizes[0], output->sizes[1], output->sizes[2], output->output, output->baseline,
           output->neon, output->tolerance, output->between);
  }
  summary *found = summary_of(output);
  if (!found) {
    failures++;
    printf("FAILED there are more outputs than this program has room for\n");
    return;
  }
  found->count++;
  found->values += output->values;
  found->neon = larger(found->neon, output->neon);
  found->share = larger(found->share, output->tolerance > 0 ? output->neon / output->tolerance : 0);
  found->between = larger(found->between, output->between);
}

// Subnormal operands and results count as zeros in the mode for training, and only there.
static bool flushes_on_demand(void) {
  volatile float subnormal = 0x1p-140f, large = 0x1p100f, smallest = 0x1p-126f, quarter = 0.25f;
  uint64_t mode = start_flushing();
  volatile float operand = subnormal * large, result = smallest * quarter;
  restore_float_mode(mode);
  return operand == 0 && result == 0 && subnormal * large == 0x1p-40f && smallest * quarter == 0x1p-128f;
}

int main(void) {
  int cases = compare_kernels(report);
  if (!flushes_on_demand()) {
    failures++;
    printf("FAILED subnormal numbers are not flushed, or always\n");
  }
  long outputs = 0, values = 0;
  printf("%-24s %-24s %7s %9s %10s %8s %10s\n", "kernel", "output", "cases", "values", "deviation", "allowed",
         "variants");
  for (int i = 0; i < summary_count; i++) {
    const summary *s = &summaries[i];
    outputs += s->count;
    values += s->values;
    printf("%-24s %-24s %7d %9ld %10.2g %7.0f%% %10.2g\n", s->kernel, s->output, s->count, s->values, s->neon,
           100 * s->share, s->between);
  }
  printf("%d cases, %ld outputs, %ld values: %d failures\n", cases, outputs, values, failures);
  return cases == 0 || failures > 0;
}
