#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "CCurses.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int reported[] = {SIGWINCH, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT};
// Other fatal signals: faults, then signals from other processes, then resource limits.
static const int crashes[] = {SIGILL,  SIGTRAP, SIGSEGV, SIGABRT, SIGBUS,    SIGFPE,  SIGSYS,
                              SIGUSR1, SIGUSR2, SIGALRM, SIGPIPE, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ};
enum {
  REPORTED_COUNT = sizeof reported / sizeof *reported,
  CRASH_COUNT = sizeof crashes / sizeof *crashes,
  CRASH_STACK = 64 * 1024,
};

static struct sigaction reported_before[REPORTED_COUNT];
static struct sigaction crashes_before[CRASH_COUNT];
static bool is_installed;
// True to pass crashes to the previous handler. Swift's backtrace handler would prompt on the terminal and wait
// half a minute, so it runs only on request.
static bool hands_on_crashes;

// The pipes are made once and never closed, so that a late signal or wake always has somewhere to go.
static int signal_pipe[2] = {-1, -1};
static int wake_pipe[2] = {-1, -1};
static volatile sig_atomic_t unread_requests_to_leave;
// Since the handlers are there, whether it has been read or not.
static volatile sig_atomic_t was_asked_to_leave;

static bool make_pipe(int ends[2]) {
  if (ends[0] >= 0) return true;
  int made[2];
  if (pipe(made) != 0) return false;
  for (int end = 0; end < 2; end++) {
    fcntl(made[end], F_SETFD, FD_CLOEXEC);
    fcntl(made[end], F_SETFL, fcntl(made[end], F_GETFL) | O_NONBLOCK);
  }
  ends[0] = made[0];
  ends[1] = made[1];
  return true;
}

static pthread_t screen_thread;

static void report(int number) {
  int kept = errno;
  if (!pthread_equal(pthread_self(), screen_thread)) {
    // The thread that may be waiting for the terminal is the one to be interrupted.
    pthread_kill(screen_thread, number);
    errno = kept;
    return;
  }
  bool asks_to_leave = number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT;
  // A closed terminal sends HUP more than once, by the shell and by the system: that is no repeated request.
  if (asks_to_leave && number != SIGHUP && ++unread_requests_to_leave > 1) {
    terminal_modes_restore_raw();
    _exit(128 + number);
  }
  if (asks_to_leave) {
    was_asked_to_leave = 1;
    terminal_output_stop_waiting();
  }
  unsigned char byte = (unsigned char)number;
  if (write(signal_pipe[1], &byte, 1) < 0) {
    // The pipe is full: whoever reads it has enough to go by.
  }
  errno = kept;
}

static void crash(int number) {
  int kept = errno;
  terminal_modes_restore_raw();
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < CRASH_COUNT; index++) {
    if (crashes[index] == number && hands_on_crashes) action = crashes_before[index];
  }
  sigaction(number, &action, NULL);
  // It is blocked now and arrives on return, before the instruction that caused it can run again.
  raise(number);
  errno = kept;
}

static pthread_key_t crash_stack_key;

// Called at the end of a thread that has a stack for handlers.
static void free_crash_stack(void *stack) {
  // Some systems look at the size even so.
  stack_t none = {.ss_size = CRASH_STACK, .ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  free(stack);
}

static void make_crash_stack_key(void) { pthread_key_create(&crash_stack_key, free_crash_stack); }

void terminal_signals_prepare_thread(void) {
  stack_t before;
  // Someone else's stack for handlers, such as a sanitizer's, does as well.
  if (sigaltstack(NULL, &before) == 0 && !(before.ss_flags & SS_DISABLE)) return;
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_crash_stack_key);
  stack_t own = {.ss_sp = malloc(CRASH_STACK), .ss_size = CRASH_STACK, .ss_flags = 0};
  if (own.ss_sp == NULL) return;
  bool is_kept = pthread_setspecific(crash_stack_key, own.ss_sp) == 0;
  if (is_kept && sigaltstack(&own, NULL) == 0) return;
  if (is_kept) pthread_setspecific(crash_stack_key, NULL);
  free(own.ss_sp);
}

static void restore_at_exit(void) {
  static bool is_registered;
  if (!is_registered) is_registered = atexit(terminal_modes_restore_raw) == 0;
}

static void handle_reported(int index) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = report;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(reported[index], &action, NULL);
}

int terminal_signals_install(void) {
  if (!make_pipe(signal_pipe) || !make_pipe(wake_pipe)) return -1;
  if (is_installed) return signal_pipe[0];
  // Nothing from before is meant for this terminal.
  unsigned char stale;
  while (read(signal_pipe[0], &stale, 1) > 0) {
  }
  unread_requests_to_leave = 0;
  was_asked_to_leave = 0;
  screen_thread = pthread_self();
  hands_on_crashes = getenv("SWIFT_BACKTRACE") != NULL;
  terminal_signals_prepare_thread();
  restore_at_exit();
  for (int index = 0; index < REPORTED_COUNT; index++) {
    sigaction(reported[index], NULL, &reported_before[index]);
    // Who was told to ignore the end of the session (nohup) goes on ignoring it.
    bool stays_ignored = reported[index] == SIGHUP && reported_before[index].sa_handler == SIG_IGN;
    if (!stays_ignored) handle_reported(index);
  }
  for (int index = 0; index < CRASH_COUNT; index++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = crash;
    action.sa_flags = SA_ONSTACK;
    sigfillset(&action.sa_mask);
    sigaction(crashes[index], &action, &crashes_before[index]);
    // What is ignored ends nothing.
    bool is_ignored = crashes_before[index].sa_handler == SIG_IGN;
    if (is_ignored) sigaction(crashes[index], &crashes_before[index], NULL);
  }
  is_installed = true;
  return signal_pipe[0];
}

void terminal_signals_remove(void) {
  if (!is_installed) return;
  for (int index = 0; index < REPORTED_COUNT; index++) {
    sigaction(reported[index], &reported_before[index], NULL);
  }
  for (int index = 0; index < CRASH_COUNT; index++) {
    sigaction(crashes[index], &crashes_before[index], NULL);
  }
  is_installed = false;
}

bool terminal_signals_ask_to_leave(void) { return was_asked_to_leave; }

void terminal_signals_acknowledge(void) { unread_requests_to_leave = 0; }

void terminal_signals_stop(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  sigaction(SIGTSTP, &action, NULL);
  // Sent to this very thread, so that the process has stopped before the handler is back.
  sigset_t stop, mask_before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask_before);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
  for (int index = 0; index < REPORTED_COUNT; index++) {
    if (reported[index] == SIGTSTP) handle_reported(index);
  }
}

int terminal_wake_descriptor(void) { return make_pipe(wake_pipe) ? wake_pipe[0] : -1; }

void terminal_wake(void) {
  if (wake_pipe[1] < 0) return;
  unsigned char byte = 1;
  if (write(wake_pipe[1], &byte, 1) < 0) {
    // The pipe is full: the one who waits is about to wake anyway.
  }
}
