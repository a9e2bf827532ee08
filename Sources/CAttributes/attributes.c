#include "CAttributes.h"

#if defined(__linux__)
#include <sys/xattr.h>
#endif

int cattributes_any(int file) {
#if defined(__linux__)
  return flistxattr(file, 0, 0) > 0;
#else
  (void)file;
  return 0;
#endif
}

int cattributes_default_list(int folder) {
#if defined(__linux__)
  return fgetxattr(folder, "system.posix_acl_default", 0, 0) >= 0;
#else
  (void)folder;
  return 0;
#endif
}
