#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "CCurses.h"
#include "private.h"

#include <curses.h>

// Key sequences of most terminals, independent of their database entry.
void ccurses_define_common_keys(void) {
  static const struct {
    const char *sequence;
    int code;
  } common[] = {
      {"\033[A", KEY_UP}, {"\033[B", KEY_DOWN}, {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT},
      {"\033OA", KEY_UP}, {"\033OB", KEY_DOWN}, {"\033OC", KEY_RIGHT}, {"\033OD", KEY_LEFT},
      {"\033[1;2A", KEY_SR}, {"\033[1;2B", KEY_SF}, {"\033[1;2C", KEY_SRIGHT}, {"\033[1;2D", KEY_SLEFT},
      {"\033[H", KEY_HOME}, {"\033[F", KEY_END}, {"\033OH", KEY_HOME}, {"\033OF", KEY_END},
      {"\033[1~", KEY_HOME}, {"\033[4~", KEY_END}, {"\033[7~", KEY_HOME}, {"\033[8~", KEY_END},
      {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE}, {"\033[2~", KEY_IC}, {"\033[3~", KEY_DC},
      {"\033[Z", KEY_BTAB},
  };
  for (size_t index = 0; index < sizeof common / sizeof *common; index++) {
    define_key(common[index].sequence, common[index].code);
  }
}

// The keys of the number pad, in application mode, send ESC O and a letter. Descriptions call some of them Home or
// F5; here they are what is printed on them, so their bytes are to arrive as they are.
void ccurses_undefine_keypad(void) {
  static const char letters[] = " IXjklmnopqrstuvwxy";
  for (const char *letter = letters; *letter != 0; letter++) {
    char sequence[] = {'\033', 'O', *letter, 0};
    define_key(sequence, 0);
  }
}

int ccurses_named_key(int code) {
  switch (code) {
    case KEY_UP: return TERMINAL_KEY_UP;
    case KEY_DOWN: return TERMINAL_KEY_DOWN;
    case KEY_LEFT: return TERMINAL_KEY_LEFT;
    case KEY_RIGHT: return TERMINAL_KEY_RIGHT;
    case KEY_SR: return TERMINAL_KEY_SHIFT_UP;
    case KEY_SF: return TERMINAL_KEY_SHIFT_DOWN;
    case KEY_SLEFT: return TERMINAL_KEY_SHIFT_LEFT;
    case KEY_SRIGHT: return TERMINAL_KEY_SHIFT_RIGHT;
    case KEY_HOME: case KEY_FIND: case KEY_A1: return TERMINAL_KEY_HOME;
    case KEY_END: case KEY_SELECT: case KEY_C1: return TERMINAL_KEY_END;
    case KEY_PPAGE: case KEY_A3: return TERMINAL_KEY_PAGE_UP;
    case KEY_NPAGE: case KEY_C3: return TERMINAL_KEY_PAGE_DOWN;
    case KEY_ENTER: return TERMINAL_KEY_ENTER;
    case KEY_BTAB: return TERMINAL_KEY_BACK_TAB;
    case KEY_BACKSPACE: return TERMINAL_KEY_BACKSPACE;
    case KEY_DC: return TERMINAL_KEY_DELETE;
    case KEY_IC: return TERMINAL_KEY_INSERT;
    default:
      return code >= KEY_F(1) && code <= KEY_F(12) ? TERMINAL_KEY_FUNCTION + (code - KEY_F0)
                                                   : TERMINAL_KEY_OTHER;
  }
}
