#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>

// Square roots of whole vectors: Swift's own `squareRoot()` takes a SIMD value apart.
typedef float ck_float4 __attribute__((ext_vector_type(4)));
typedef float ck_float8 __attribute__((ext_vector_type(8)));
typedef float ck_float16 __attribute__((ext_vector_type(16)));

static inline __attribute__((always_inline)) ck_float4 ck_sqrt4(ck_float4 x) {
  return __builtin_elementwise_sqrt(x);
}
#ifdef __AVX__
static inline __attribute__((always_inline)) ck_float8 ck_sqrt8(ck_float8 x) {
  return __builtin_elementwise_sqrt(x);
}
#endif
#ifdef __AVX512F__
static inline __attribute__((always_inline)) ck_float16 ck_sqrt16(ck_float16 x) {
  return __builtin_elementwise_sqrt(x);
}
#endif

// Whether this processor and operating system run code for the named x86-64 level; false elsewhere.
bool ck_supports_x86_64_v3(void);
bool ck_supports_x86_64_v4(void);

#endif
