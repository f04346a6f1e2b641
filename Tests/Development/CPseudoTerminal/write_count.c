#define _GNU_SOURCE
#include "WriteCount.h"

#ifdef __linux__

#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { SYSTEM_CALL_STOP = SIGTRAP | 0x80 };

static bool look_up(pid_t process, unsigned long long descriptor, struct stat *file) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/fd/%llu", (int)process, descriptor);
  return stat(path, file) == 0;
}

static bool are_one_file(pid_t process, unsigned long long descriptor, unsigned long long other) {
  struct stat file, other_file;
  return descriptor == other
      || (look_up(process, descriptor, &file) && look_up(process, other, &other_file)
          && file.st_dev == other_file.st_dev && file.st_ino == other_file.st_ino);
}

// Returns true if the process is about to write to the descriptor's file, by any of its descriptors.
static bool is_write(pid_t process, int descriptor) {
  struct __ptrace_syscall_info call;
  long size = ptrace(PTRACE_GET_SYSCALL_INFO, process, sizeof call, &call);
  if (size <= 0 || call.op != PTRACE_SYSCALL_INFO_ENTRY) return false;
  return (call.entry.nr == SYS_write || call.entry.nr == SYS_writev)
      && are_one_file(process, call.entry.args[0], (unsigned long long)descriptor);
}

// Returns true if the process is about to wait for events, not only for one descriptor to become writable.
static bool is_wait(pid_t process) {
  struct __ptrace_syscall_info call;
  long size = ptrace(PTRACE_GET_SYSCALL_INFO, process, sizeof call, &call);
  if (size <= 0 || call.op != PTRACE_SYSCALL_INFO_ENTRY || call.entry.args[1] < 2) return false;
#ifdef SYS_poll
  if (call.entry.nr == SYS_poll) return true;
#endif
  return call.entry.nr == SYS_ppoll;
}

// Goes on to the next beginning or end of a system call, with a signal or none.
static void go_on(pid_t process, int signal_number) {
  ptrace(PTRACE_SYSCALL, process, NULL, (void *)(long)signal_number);
}

static bool hold_up(pid_t process) {
  int status;
  if (ptrace(PTRACE_INTERRUPT, process, NULL, NULL) != 0) return false;
  return waitpid(process, &status, __WALL) == process && WIFSTOPPED(status);
}

bool write_count_begin(pid_t process) {
  if (ptrace(PTRACE_SEIZE, process, NULL, (void *)PTRACE_O_TRACESYSGOOD) != 0) return false;
  if (!hold_up(process)) return false;
  go_on(process, 0);
  return true;
}

bool write_count_collect(pid_t process, int descriptor, struct write_count *count) {
  int status;
  while (waitpid(process, &status, WNOHANG | __WALL) == process) {
    if (!WIFSTOPPED(status)) return false;
    int reason = WSTOPSIG(status);
    bool is_own = reason == SYSTEM_CALL_STOP || status >> 16 == PTRACE_EVENT_STOP;
    if (reason == SYSTEM_CALL_STOP && is_wait(process)) count->has_waited = true;
    if (reason == SYSTEM_CALL_STOP && is_write(process, descriptor)) {
      count->writes++;
      if (count->has_waited) count->frames++;
      count->has_waited = false;
    }
    go_on(process, is_own ? 0 : reason);
  }
  return true;
}

void write_count_end(pid_t process) {
  if (hold_up(process)) ptrace(PTRACE_DETACH, process, NULL, NULL);
}

#else

bool write_count_begin(pid_t process) { return false; }
bool write_count_collect(pid_t process, int descriptor, struct write_count *count) { return false; }
void write_count_end(pid_t process) {}

#endif
