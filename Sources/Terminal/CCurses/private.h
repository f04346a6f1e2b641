// Functions that the files of this module share.
#pragma once

#include <stdio.h>

// A variable of the environment with a value for a while, and its value before; NULL for none.
struct ccurses_setting {
  const char *name;
  char *before;
};

struct ccurses_setting ccurses_set(const char *name, const char *text);
struct ccurses_setting ccurses_set_number(const char *name, int number);
void ccurses_restore(struct ccurses_setting setting);

// Defines the key sequences of most terminals, and leaves those of the number pad undefined.
void ccurses_define_common_keys(void);
void ccurses_undefine_keypad(void);

// The sequence of a capability of the terminal type, NULL where it has none.
const char *ccurses_sequence_of(const char *capability);

// The key of a code of ncurses above 255.
int ccurses_named_key(int code);

// A stream on a copy of a descriptor; NULL after a failure.
FILE *ccurses_open_copy(int descriptor, const char *mode);
