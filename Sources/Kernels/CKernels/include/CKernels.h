#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif
#ifdef __AVX__
#include <immintrin.h>
#endif

// Instructions that Swift cannot express, inlined into each kernel variant.
#define CK_INLINE static inline __attribute__((always_inline))

typedef float ck_float4 __attribute__((ext_vector_type(4)));
typedef float ck_float8 __attribute__((ext_vector_type(8)));
typedef float ck_float16 __attribute__((ext_vector_type(16)));
typedef int32_t ck_int4 __attribute__((ext_vector_type(4)));
typedef int32_t ck_int8 __attribute__((ext_vector_type(8)));
typedef int32_t ck_int16 __attribute__((ext_vector_type(16)));

// Vector square roots; Swift's `squareRoot()` of a SIMD value works element by element.
CK_INLINE ck_float4 ck_sqrt4(ck_float4 x) { return __builtin_elementwise_sqrt(x); }

// Approximations of 1 / x and 1 / √x, accurate to 12 bits with AVX and to 14 with AVX-512.
#ifdef __AVX__
CK_INLINE ck_float8 ck_reciprocal_estimate8(ck_float8 x) { return (ck_float8)_mm256_rcp_ps((__m256)x); }
CK_INLINE ck_float8 ck_reciprocal_root_estimate8(ck_float8 x) {
  return (ck_float8)_mm256_rsqrt_ps((__m256)x);
}
#endif
#ifdef __AVX512F__
CK_INLINE ck_float16 ck_reciprocal_estimate16(ck_float16 x) {
  return (ck_float16)_mm512_rcp14_ps((__m512)x);
}
CK_INLINE ck_float16 ck_reciprocal_root_estimate16(ck_float16 x) {
  return (ck_float16)_mm512_rsqrt14_ps((__m512)x);
}
#endif

// Vector conversions, truncating; Swift's work element by element.
#define CK_CONVERSIONS(n)                                                                                  \
  CK_INLINE ck_int##n ck_truncated##n(ck_float##n x) { return __builtin_convertvector(x, ck_int##n); }   \
  CK_INLINE ck_float##n ck_converted##n(ck_int##n x) { return __builtin_convertvector(x, ck_float##n); } \
  CK_INLINE ck_float##n ck_numbers##n(const uint8_t *bytes) {                                             \
    typedef uint8_t narrow __attribute__((ext_vector_type(n)));                                            \
    narrow x;                                                                                               \
    memcpy(&x, bytes, sizeof x);                                                                            \
    return __builtin_convertvector(x, ck_float##n);                                                        \
  }
CK_CONVERSIONS(4)
CK_CONVERSIONS(8)
CK_CONVERSIONS(16)

// Packs each of 16 bytes with its right neighbour and the two below, the first in the lowest bits.
CK_INLINE void ck_pack_neighbours16(const uint8_t *above, const uint8_t *below, int32_t *out) {
  typedef uint8_t narrow __attribute__((ext_vector_type(16)));
  typedef uint32_t wide __attribute__((ext_vector_type(16)));
  narrow bytes[4];
  memcpy(&bytes[0], above, 16);
  memcpy(&bytes[1], above + 1, 16);
  memcpy(&bytes[2], below, 16);
  memcpy(&bytes[3], below + 1, 16);
  wide packed = 0;
  for (int i = 0; i < 4; i++) packed |= __builtin_convertvector(bytes[i], wide) << (8 * i);
  memcpy(out, &packed, sizeof packed);
}

// Gathers values by index; explicit instructions are faster than the loop that compilers emit.
CK_INLINE ck_int4 ck_gather4(const int32_t *values, ck_int4 places) {
  return (ck_int4){values[places[0]], values[places[1]], values[places[2]], values[places[3]]};
}
#ifdef __AVX2__
CK_INLINE ck_int8 ck_gather8(const int32_t *values, ck_int8 places) {
  return (ck_int8)_mm256_i32gather_epi32(values, (__m256i)places, 4);
}
#endif
#ifdef __AVX512F__
CK_INLINE ck_int16 ck_gather16(const int32_t *values, ck_int16 places) {
  return (ck_int16)_mm512_i32gather_epi32((__m512i)places, values, 4);
}
#endif

// Adds to the four values at each offset, sequentially, as two offsets may share values: a and b to two neighbours, c
// and d to those `row` values further.
#define CK_SCATTER(n)                                                                                          \
  CK_INLINE void ck_scatter_add##n(float *out, intptr_t row, ck_int##n offsets, ck_float##n a, ck_float##n b, \
                                   ck_float##n c, ck_float##n d) {                                            \
    int32_t places[n];                                                                                         \
    float values[4][n];                                                                                        \
    memcpy(places, &offsets, sizeof places);                                                                   \
    memcpy(values[0], &a, sizeof a);                                                                           \
    memcpy(values[1], &b, sizeof b);                                                                           \
    memcpy(values[2], &c, sizeof c);                                                                           \
    memcpy(values[3], &d, sizeof d);                                                                           \
    for (int i = 0; i < n; i++) {                                                                              \
      float *place = out + places[i];                                                                          \
      place[0] += values[0][i];                                                                                \
      place[1] += values[1][i];                                                                                \
      place[row] += values[2][i];                                                                              \
      place[row + 1] += values[3][i];                                                                          \
    }                                                                                                          \
  }
CK_SCATTER(4)
CK_SCATTER(8)
CK_SCATTER(16)

// The horizontal sums of four vectors, in a fixed order of additions.
CK_INLINE ck_float4 ck_sums4(ck_float4 a, ck_float4 b, ck_float4 c, ck_float4 d) {
  ck_float4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5) + __builtin_shufflevector(a, b, 2, 6, 3, 7);
  ck_float4 cd = __builtin_shufflevector(c, d, 0, 4, 1, 5) + __builtin_shufflevector(c, d, 2, 6, 3, 7);
  return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}
CK_INLINE ck_float4 ck_sums8(ck_float8 a, ck_float8 b, ck_float8 c, ck_float8 d) {
  return ck_sums4(a.lo + a.hi, b.lo + b.hi, c.lo + c.hi, d.lo + d.hi);
}
// The same additions in the same order, on whole vectors: extracting halves takes more instructions.
CK_INLINE ck_float4 ck_sums16(ck_float16 a, ck_float16 b, ck_float16 c, ck_float16 d) {
#define CK_HALVES(x, y, from) \
  __builtin_shufflevector(x, y, from, from + 1, from + 2, from + 3, from + 4, from + 5, from + 6, from + 7, \
                          from + 16, from + 17, from + 18, from + 19, from + 20, from + 21, from + 22, from + 23)
#define CK_QUARTERS(x, y, from) \
  __builtin_shufflevector(x, y, from, from + 1, from + 2, from + 3, from + 8, from + 9, from + 10, from + 11, \
                          from + 16, from + 17, from + 18, from + 19, from + 24, from + 25, from + 26, from + 27)
  ck_float16 ab = CK_HALVES(a, b, 0) + CK_HALVES(a, b, 8);
  ck_float16 cd = CK_HALVES(c, d, 0) + CK_HALVES(c, d, 8);
  ck_float16 sums = CK_QUARTERS(ab, cd, 0) + CK_QUARTERS(ab, cd, 4);
#undef CK_HALVES
#undef CK_QUARTERS
  sums += __builtin_shufflevector(sums, sums, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
  sums += __builtin_shufflevector(sums, sums, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
  return __builtin_shufflevector(sums, sums, 0, 4, 8, 12);
}

// Prefetches the cache line of `address`.
CK_INLINE void ck_prefetch_to_read(const void *address) { __builtin_prefetch(address, 0, 3); }

// Prefetches the cache line of `address` for writing.
CK_INLINE void ck_prefetch_to_write(const void *address) {
#ifdef __AVX512F__
  // Every processor with AVX-512 has the instruction, although x86-64-v4 does not include it.
  __asm__ volatile("prefetchw (%0)" : : "r"(address));
#else
  __builtin_prefetch(address, 1, 3);
#endif
}

// The same offset, of which the compiler knows nothing: what is read there twice is read again, not kept in registers.
CK_INLINE intptr_t ck_opaque(intptr_t offset) {
  __asm__ volatile("" : "+r"(offset));
  return offset;
}

// A mask of 16 bits, set for each nonzero value.
CK_INLINE uint16_t ck_nonzero_bits16(const float *values) {
  typedef bool bits __attribute__((ext_vector_type(16)));
  ck_float16 x;
  memcpy(&x, values, sizeof x);
  return __builtin_bit_cast(uint16_t, __builtin_convertvector(x != 0, bits));
}

// Returns true if one of four values is nonzero.
CK_INLINE bool ck_any_nonzero4(const float *values) {
  ck_float4 x;
  memcpy(&x, values, sizeof x);
  return __builtin_reduce_or(x != 0) != 0;
}

// Transposes 8 × 8 values; the row strides of `in` and `out` are in values.
CK_INLINE void ck_transpose8x8(const float *in, intptr_t in_row, float *out, intptr_t out_row) {
  ck_float8 a[8], b[8];
  for (int i = 0; i < 8; i++) memcpy(&a[i], in + i * in_row, sizeof a[i]);
  for (int i = 0; i < 8; i += 2) {
    b[i] = __builtin_shufflevector(a[i], a[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    b[i + 1] = __builtin_shufflevector(a[i], a[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int i = 0; i < 8; i += 4)
    for (int j = i; j < i + 2; j++) {
      a[j] = __builtin_shufflevector(b[j], b[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      a[j + 2] = __builtin_shufflevector(b[j], b[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int j = 0; j < 4; j++) {
    b[j] = __builtin_shufflevector(a[j], a[j + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    b[j + 4] = __builtin_shufflevector(a[j], a[j + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
  for (int i = 0; i < 8; i++) memcpy(out + i * out_row, &b[i], sizeof b[i]);
}

// The floating-point mode of the calling thread: MXCSR of x86-64, FPCR of arm64, nothing elsewhere.
CK_INLINE uint64_t ck_float_mode(void) {
#if defined(__x86_64__)
  return _mm_getcsr();
#elif defined(__aarch64__)
  uint64_t mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
#else
  return 0;
#endif
}
CK_INLINE void ck_set_float_mode(uint64_t mode) {
#if defined(__x86_64__)
  _mm_setcsr((unsigned)mode);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"(mode) : "memory");
#else
  (void)mode;
#endif
}

// The same mode with subnormal results and operands flushed to zero: FTZ and DAZ, or FZ.
CK_INLINE uint64_t ck_flushing_float_mode(uint64_t mode) {
#if defined(__x86_64__)
  return mode | 0x8040;
#elif defined(__aarch64__)
  return mode | (1 << 24);
#else
  return mode;
#endif
}

// Returns true if processor and operating system support the x86-64 level; false on other architectures.
bool ck_supports_x86_64_v3(void);
bool ck_supports_x86_64_v4(void);

#endif
