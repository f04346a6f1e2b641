#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "CCurses.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

// The description that was opened here.
static volatile sig_atomic_t own_output = -1;

int terminal_output_open(int descriptor) {
  char name[256];
  if (ttyname_r(descriptor, name, sizeof name) != 0) return -1;
  // Opening must not wait, as a line without a carrier would; writing waits, so that a frame is one write.
  int output = open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (output >= 0) fcntl(output, F_SETFL, fcntl(output, F_GETFL) & ~O_NONBLOCK);
  own_output = output;
  return output;
}

void terminal_output_close(int output) {
  if (output < 0 || output != own_output) return;
  own_output = -1;
  close(output);
}

void terminal_output_stop_waiting(void) {
  int output = own_output;
  if (output >= 0) fcntl(output, F_SETFL, fcntl(output, F_GETFL) | O_NONBLOCK);
}

bool terminal_output_write(int output, const void *bytes, size_t count) {
  enum { LOOK_MILLISECONDS = 100 };
  const char *rest = bytes;
  while (count > 0) {
    ssize_t written = write(output, rest, count);
    if (written >= 0) {
      rest += written;
      count -= (size_t)written;
    } else if (errno == EAGAIN) {
      // A window that hangs may never take the rest, and a frame is not worth keeping the program for.
      if (terminal_signals_ask_to_leave()) return false;
      struct pollfd room = {.fd = output, .events = POLLOUT};
      poll(&room, 1, LOOK_MILLISECONDS);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

// While another thread is in the middle of writing a frame, the device is not to be had for a moment either.
bool terminal_output_write_patiently(int output, const void *bytes, size_t count) {
  // A second: a line may stall for long, but a request to leave is answered within two.
  enum { PATIENCE = 100, MILLISECONDS = 10 };
  int waits = 0;
  const char *rest = bytes;
  int flags = fcntl(output, F_GETFL);
  fcntl(output, F_SETFL, flags | O_NONBLOCK);
  while (count > 0 && waits < PATIENCE) {
    ssize_t written = write(output, rest, count);
    if (written > 0) {
      rest += written;
      count -= (size_t)written;
      // A slow line is not a dead one.
      waits = 0;
    } else if (written == 0 || errno == EAGAIN) {
      poll(NULL, 0, MILLISECONDS);
      waits++;
    } else if (errno != EINTR) {
      // Nothing can be done about it here; the modes still have to be restored.
      break;
    }
  }
  fcntl(output, F_SETFL, flags);
  return count == 0;
}
