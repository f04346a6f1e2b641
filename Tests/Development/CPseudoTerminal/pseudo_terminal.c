#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "CPseudoTerminal.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

int pseudo_terminal_open(char *path, int path_size, int rows, int columns) {
#ifdef __linux__
  // Programs started at this moment by another thread must not inherit it, or it never counts as closed.
  int controller = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
#else
  int controller = posix_openpt(O_RDWR | O_NOCTTY);
#endif
  if (controller < 0) return -1;
  fcntl(controller, F_SETFD, FD_CLOEXEC);
  // Tests open terminals on several threads at once, so the name must not pass through a shared buffer.
  bool is_named = grantpt(controller) == 0 && unlockpt(controller) == 0
      && ptsname_r(controller, path, (size_t)path_size) == 0;
  if (!is_named || !pseudo_terminal_resize(controller, rows, columns)) {
    close(controller);
    return -1;
  }
  fcntl(controller, F_SETFL, fcntl(controller, F_GETFL) | O_NONBLOCK);
  return controller;
}

bool pseudo_terminal_resize(int controller, int rows, int columns) {
  struct winsize extent = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(controller, TIOCSWINSZ, &extent) == 0;
}

pid_t pseudo_terminal_spawn(const char *path, char *const arguments[], char *const environment[]) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  // The leader of a session takes the first terminal that it opens as its own.
  posix_spawn_file_actions_addopen(&files, 0, path, O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&files, 0, 1);
  posix_spawn_file_actions_adddup2(&files, 0, 2);

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  pid_t process = -1;
  if (posix_spawn(&process, arguments[0], &files, &attributes, arguments, environment) != 0) process = -1;
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return process;
}

bool pseudo_terminal_is_cooked(int descriptor) {
  struct termios modes;
  tcflag_t needed = ICANON | ECHO | ISIG;
  return tcgetattr(descriptor, &modes) == 0 && (modes.c_lflag & needed) == needed
      && (modes.c_oflag & OPOST) != 0 && (modes.c_iflag & ICRNL) != 0;
}

static double seconds_of(struct timeval time) { return (double)time.tv_sec + 1e-6 * (double)time.tv_usec; }

int pseudo_terminal_status(pid_t process, double *processor_seconds) {
  int status;
  struct rusage usage;
  if (wait4(process, &status, WNOHANG | WUNTRACED, &usage) != process) return -1;
  *processor_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  if (WIFSTOPPED(status)) return 512 + WSTOPSIG(status);
  return WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
}

double pseudo_terminal_processor_seconds(pid_t process) {
#ifdef __linux__
  clockid_t clock;
  struct timespec time;
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) return -1;
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
#else
  (void)process;
  return -1;
#endif
}
