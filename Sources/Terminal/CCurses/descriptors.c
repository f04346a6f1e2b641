#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "CCurses.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

int terminal_memory_file(void) {
#ifdef __linux__
  return memfd_create("terminal", MFD_CLOEXEC);
#else
  char name[] = "/tmp/terminal-XXXXXX";
  int descriptor = mkstemp(name);
  if (descriptor >= 0) {
    unlink(name);
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  }
  return descriptor;
#endif
}

bool terminal_extent(int descriptor, int *rows, int *columns) {
  struct winsize extent;
  if (ioctl(descriptor, TIOCGWINSZ, &extent) != 0 || extent.ws_row == 0 || extent.ws_col == 0) {
    return false;
  }
  *rows = extent.ws_row < TERMINAL_LARGEST_EXTENT ? extent.ws_row : TERMINAL_LARGEST_EXTENT;
  *columns = extent.ws_col < TERMINAL_LARGEST_EXTENT ? extent.ws_col : TERMINAL_LARGEST_EXTENT;
  return true;
}

// Only the encoding is taken from the environment: a decimal comma, for one, is none of the screen's business.
const char *terminal_choose_codeset(void) {
  const char *chosen = setlocale(LC_CTYPE, "");
  bool names_no_encoding = chosen == NULL || strcmp(chosen, "C") == 0 || strcmp(chosen, "POSIX") == 0;
  if (names_no_encoding && setlocale(LC_CTYPE, "C.UTF-8") == NULL) {
    setlocale(LC_CTYPE, "C");
  }
  return nl_langinfo(CODESET);
}
