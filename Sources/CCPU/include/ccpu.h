#pragma once

#include <stddef.h>

/// The widest instruction set of this processor, as the operating system allows it:
/// 4 = x86-64-v4 (AVX-512), 3 = x86-64-v3 (AVX2 and FMA), 0 = neither, or another architecture.
int ccpu_x86_64_level(void);

/// Sixteen floats; Swift sees SIMD16<Float>.
typedef float ccpu_lanes __attribute__((ext_vector_type(16)));

/// The square root of every lane in one instruction; Swift's own goes lane by lane.
static inline __attribute__((always_inline)) ccpu_lanes ccpu_square_root(ccpu_lanes x) {
  return __builtin_elementwise_sqrt(x);
}

/// Sixteen bytes; Swift sees SIMD16<UInt8>.
typedef unsigned char ccpu_bytes __attribute__((ext_vector_type(16)));

/// The float of every byte.
static inline __attribute__((always_inline)) ccpu_lanes ccpu_widen(ccpu_bytes x) {
  return __builtin_convertvector(x, ccpu_lanes);
}

/// Four bytes, the first in the lowest of the word, as floats; Swift sees SIMD4<Float>.
typedef float ccpu_four __attribute__((ext_vector_type(4)));
typedef unsigned char ccpu_four_bytes __attribute__((ext_vector_type(4)));
static inline __attribute__((always_inline)) ccpu_four ccpu_widen_four(unsigned word) {
  ccpu_four_bytes bytes = {word & 255, word >> 8 & 255, word >> 16 & 255, word >> 24};
  return __builtin_convertvector(bytes, ccpu_four);
}

/// Keeps the compiler from loading what comes next any earlier.
///
/// Where a loop needs every register there is, one value loaded early costs another its register,
/// and a sum that waits for memory in every turn takes twice the time.
static inline __attribute__((always_inline)) void ccpu_in_order(void) {
  __asm__ volatile("" ::: "memory");
}

/// Asks the operating system for large pages under memory not yet used; it may refuse.
void ccpu_advise_huge_pages(void *start, size_t bytes);

/// Asks the processor to bring a cache line to the second level; never faults.
///
/// Not to the first, where it would displace what the loop that asks is working on.
static inline void ccpu_prefetch(const void *address) { __builtin_prefetch(address, 0, 2); }

/// Eight floats at any address.
typedef float ccpu_eight __attribute__((ext_vector_type(8), aligned(4)));

/// Turns 8 rows of 8 floats: `to[j][i] = from[i][j]`, rows `stride` and 16 floats apart.
static inline __attribute__((always_inline)) void ccpu_transpose_8x8(
    const float *from, long stride, float *to) {
  ccpu_eight row[8], pair[8], four[8];
  for (int i = 0; i < 8; i++) row[i] = *(const ccpu_eight *)(from + i * stride);
  for (int i = 0; i < 8; i += 2) {
    pair[i] = __builtin_shufflevector(row[i], row[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    pair[i + 1] = __builtin_shufflevector(row[i], row[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int i = 0; i < 8; i += 4) {
    for (int k = 0; k < 2; k++) {
      ccpu_eight a = pair[i + k], b = pair[i + 2 + k];
      four[i + 2 * k] = __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
      four[i + 2 * k + 1] = __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  for (int j = 0; j < 4; j++) {
    ccpu_eight a = four[j], b = four[4 + j];
    *(ccpu_eight *)(to + j * 16) =
        __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11);
    *(ccpu_eight *)(to + (4 + j) * 16) =
        __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

/// Turns 16 rows of 16 floats: `to[j][i] = from[i][j]`, rows `stride` and 16 floats apart.
static inline __attribute__((always_inline)) void ccpu_transpose(
    const float *from, long stride, float *to) {
  for (int i = 0; i < 16; i += 8) {
    for (int j = 0; j < 16; j += 8) {
      ccpu_transpose_8x8(from + i * stride + j, stride, to + j * 16 + i);
    }
  }
}

/// Sixteen doubles; Swift sees SIMD16<Double>.
typedef double ccpu_doubles __attribute__((ext_vector_type(16)));

/// Every lane as a double, exactly.
static inline __attribute__((always_inline)) ccpu_doubles ccpu_to_doubles(ccpu_lanes x) {
  return __builtin_convertvector(x, ccpu_doubles);
}
