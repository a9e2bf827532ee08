#pragma once

/// The widest instruction set of this processor, as the operating system allows it:
/// 4 = x86-64-v4 (AVX-512), 3 = x86-64-v3 (AVX2 and FMA), 0 = neither, or another architecture.
int ccpu_x86_64_level(void);
