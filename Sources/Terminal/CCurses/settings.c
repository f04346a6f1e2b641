#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "private.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct ccurses_setting ccurses_set(const char *name, const char *text) {
  const char *before = getenv(name);
  struct ccurses_setting setting = {name, before == NULL ? NULL : strdup(before)};
  setenv(name, text, 1);
  return setting;
}

struct ccurses_setting ccurses_set_number(const char *name, int number) {
  char text[16];
  snprintf(text, sizeof text, "%d", number);
  return ccurses_set(name, text);
}

void ccurses_restore(struct ccurses_setting setting) {
  if (setting.before == NULL) {
    unsetenv(setting.name);
  } else {
    setenv(setting.name, setting.before, 1);
  }
  free(setting.before);
}

FILE *ccurses_open_copy(int descriptor, const char *mode) {
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  FILE *file = copy < 0 ? NULL : fdopen(copy, mode);
  if (file == NULL && copy >= 0) {
    close(copy);
  }
  return file;
}
