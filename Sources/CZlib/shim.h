#include <zlib.h>

#ifdef __linux__
// Swift's Glibc module leaves out what needs _GNU_SOURCE. Declared as in unistd.h.
extern int syncfs(int descriptor);
#endif
