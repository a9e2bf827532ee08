#if defined(__linux__)
#define _GNU_SOURCE
#endif

#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
#endif

static int add_actions(
    posix_spawn_file_actions_t *actions, const char *folder, int output) {
  int code = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
  if (code == 0) code = posix_spawn_file_actions_adddup2(actions, output, 1);
  if (code == 0) code = posix_spawn_file_actions_adddup2(actions, output, 2);
  if (code == 0) code = posix_spawn_file_actions_addchdir_np(actions, folder);
#if defined(__linux__)
  if (code == 0) code = posix_spawn_file_actions_addclosefrom_np(actions, 3);
#endif
  return code;
}

static int has_terminal(void) {
  int terminal = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0) return errno != ENXIO;
  close(terminal);
  return 1;
}

// Linux gives each session a share of the processors (autogroup), and programs that are new to the
// sharing wait longest on a busy machine: a session only where it is needed.
static int set_attributes(posix_spawnattr_t *attributes) {
  sigset_t none, all;
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  flags |= has_terminal() ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
#if defined(__APPLE__)
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
  sigemptyset(&none);
  sigfillset(&all);
  sigdelset(&all, SIGKILL);
  sigdelset(&all, SIGSTOP);
  int code = posix_spawnattr_setsigmask(attributes, &none);
  if (code == 0) code = posix_spawnattr_setsigdefault(attributes, &all);
  if (code == 0) code = posix_spawnattr_setflags(attributes, flags);
  return code;
}

int cspawn_start(
    const char *program, char *const arguments[], char *const environment[], const char *folder,
    int output, pid_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&actions);
  if (code != 0) return code;
  code = posix_spawnattr_init(&attributes);
  if (code == 0) {
    code = add_actions(&actions, folder, output);
    if (code == 0) code = set_attributes(&attributes);
    if (code == 0)
      code = posix_spawn(process, program, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

int cspawn_watch(pid_t process) {
#if defined(__linux__) && defined(SYS_pidfd_open)
  return (int)syscall(SYS_pidfd_open, process, 0); // close-on-exec by definition
#else
  (void)process;
  return -1;
#endif
}

int cspawn_has_ended(pid_t process) {
  siginfo_t information;
  information.si_pid = 0;
  return waitid(P_PID, (id_t)process, &information, WEXITED | WNOHANG | WNOWAIT) != 0
         || information.si_pid != 0;
}

int cspawn_reap(pid_t process) {
  siginfo_t information;
  int result;
  do {
    result = waitid(P_PID, (id_t)process, &information, WEXITED);
  } while (result != 0 && errno == EINTR);
  if (result != 0) return INT_MIN;
  return information.si_code == CLD_EXITED ? information.si_status : -information.si_status;
}
