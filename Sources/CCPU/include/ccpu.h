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

/// Asks the operating system for large pages under memory not yet used; it may refuse.
void ccpu_advise_huge_pages(void *start, size_t bytes);

/// Asks the processor to bring a cache line nearer; never faults.
static inline void ccpu_prefetch(const void *address) { __builtin_prefetch(address); }

/// Sixteen doubles; Swift sees SIMD16<Double>.
typedef double ccpu_doubles __attribute__((ext_vector_type(16)));

/// Every lane as a double, exactly.
static inline __attribute__((always_inline)) ccpu_doubles ccpu_to_doubles(ccpu_lanes x) {
  return __builtin_convertvector(x, ccpu_doubles);
}
