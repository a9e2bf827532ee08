#ifndef CATTRIBUTES_H
#define CATTRIBUTES_H

// Swift's module of the C library leaves these calls out. On systems other than Linux the answer is no.

/// Whether an open file has extended attributes; access control lists are among them.
int cattributes_any(int file);

/// Whether an open folder has an access control list for the files that are made in it.
int cattributes_default_list(int folder);

#endif
