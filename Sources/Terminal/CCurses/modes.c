#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "CCurses.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// Everything that restoring needs is kept here in plain memory, because the one who restores may be a
// handler of signals that interrupted anything.
static volatile sig_atomic_t is_entered;
static volatile sig_atomic_t has_modes;
static int input_descriptor = -1;
static int output_descriptor = -1;
static struct termios modes_before;
static char reset[256];
static volatile size_t reset_length;

// Standard error as it was, and the file in memory that stands in for it.
static volatile int kept_error = -1;
static volatile int held_back = -1;

void terminal_modes_set_reset(const char *bytes, size_t count) {
  reset_length = 0;
  if (count > sizeof reset) count = sizeof reset;
  memcpy(reset, bytes, count);
  reset_length = count;
}

static void hold_back_standard_error(void) {
  if (!isatty(STDERR_FILENO)) return;
  int memory = terminal_memory_file();
  int copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (memory < 0 || copy < 0 || dup2(memory, STDERR_FILENO) < 0) {
    if (memory >= 0) close(memory);
    if (copy >= 0) close(copy);
    return;
  }
  held_back = memory;
  kept_error = copy;
}

// Only calls that a handler of signals may make. A device that takes no more is spared the rest.
static void replay_standard_error(bool takes_more) {
  int memory = held_back;
  int error = kept_error;
  held_back = -1;
  kept_error = -1;
  if (memory < 0 || error < 0) return;
  dup2(error, STDERR_FILENO);
  lseek(memory, 0, SEEK_SET);
  unsigned char bytes[1024];
  size_t kept = 0;
  ssize_t count;
  while (takes_more && (count = read(memory, bytes + kept, sizeof bytes - kept)) > 0) {
    size_t available = kept + (size_t)count;
    size_t ready = terminal_neutralise(bytes, available);
    takes_more = terminal_output_write_patiently(STDERR_FILENO, bytes, ready);
    // A character that was cut goes before the bytes that come next.
    kept = available - ready;
    memmove(bytes, bytes + ready, kept);
  }
  close(memory);
  close(error);
}

// In the background the device's modes are the shell's, which has others for its own line than for programs:
// whoever kept those would leave a terminal without echo. The device stops who asks it to drain from there.
static void wait_for_foreground(int input) {
  while (tcgetpgrp(input) != getpgrp() && tcdrain(input) != 0 && errno == EINTR) {
  }
}

bool terminal_modes_enter(int input, int output) {
  if (is_entered) return true;
  input_descriptor = input;
  output_descriptor = output;
  wait_for_foreground(input);
  has_modes = tcgetattr(input, &modes_before) == 0;
  if (has_modes) {
    struct termios modes = modes_before;
    // IXON would let Ctrl-S block the program's output, and with it the program's end.
    modes.c_iflag &= ~(tcflag_t)(IXON | ICRNL | INLCR | IGNCR | ISTRIP);
    modes.c_oflag &= ~(tcflag_t)OPOST;
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
    // Without NOFLSH the device throws away what it has not shown yet once a key has asked for a signal, and
    // with it the orders by which the handler's answer restores the screen.
    modes.c_lflag |= ISIG | NOFLSH;
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    if (tcsetattr(input, TCSADRAIN, &modes) != 0) return false;
  }
  hold_back_standard_error();
  is_entered = 1;
  return true;
}

static void put_back_modes(void) {
  if (!has_modes) return;
  // Reports of the mouse that nobody has read would be typed into the shell.
  tcflush(input_descriptor, TCIFLUSH);
  // TCSANOW: waiting for the output to drain could take for ever.
  tcsetattr(input_descriptor, TCSANOW, &modes_before);
}

void terminal_modes_leave(bool takes_more) {
  if (!is_entered) return;
  is_entered = 0;
  put_back_modes();
  replay_standard_error(takes_more);
}

bool terminal_modes_are_entered(void) { return is_entered; }

void terminal_modes_restore_raw(void) {
  if (!is_entered) return;
  is_entered = 0;
  bool takes_more = terminal_output_write_patiently(output_descriptor, reset, reset_length);
  put_back_modes();
  replay_standard_error(takes_more);
}
