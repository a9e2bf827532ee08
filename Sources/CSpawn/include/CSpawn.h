#ifndef CSPAWN_H
#define CSPAWN_H

#include <sys/types.h>

/// Starts a program in a process group of its own and without a controlling terminal: in a session of
/// its own, unless this process has no terminal either.
///
/// Its standard input is /dev/null, output and error go to `output`; it inherits no other
/// descriptor, no blocked and no ignored signal. `arguments` and `environment` end with NULL.
/// Swift cannot do this alone: glibc hides the calls that set the working folder and close the
/// other descriptors from its module map.
///
/// Gives 0, or the error code; `process` is the program's process only after 0.
int cspawn_start(
    const char *program, char *const arguments[], char *const environment[], const char *folder,
    int output, pid_t *process);

/// A descriptor that becomes readable when a child has ended, or -1 where the system has none.
///
/// The child must not have been reaped.
int cspawn_watch(pid_t process);

/// Whether a child that has not been reaped has ended, or is none of ours.
int cspawn_has_ended(pid_t process);

/// Waits for a child to end and reaps it. Gives its exit status, the negative number of the signal
/// that ended it, or INT_MIN when it is no child of ours.
int cspawn_reap(pid_t process);

#endif
