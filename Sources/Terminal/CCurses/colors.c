#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "CCurses.h"
#include "private.h"

#include <curses.h>
#include <string.h>

const char *ccurses_sequence_of(const char *capability) {
  const char *sequence = tigetstr(capability);
  return sequence == (char *)-1 ? NULL : sequence;
}

int terminal_screen_colors(void) { return has_colors() ? COLORS : 0; }

int terminal_screen_pairs(void) {
  // Pairs are shorts in the calls that every version of ncurses has.
  return !has_colors() ? 0 : COLOR_PAIRS < 32767 ? COLOR_PAIRS : 32767;
}

size_t terminal_screen_color_sequence(int color, bool is_background, void *bytes, size_t count) {
  const char *capability = ccurses_sequence_of(is_background ? "setab" : "setaf");
  const char *sequence = capability == NULL ? NULL : tiparm(capability, color);
  size_t length = sequence == NULL ? 0 : strlen(sequence);
  if (length > count) return 0;
  if (length > 0) memcpy(bytes, sequence, length);
  return length;
}

bool terminal_screen_states_truecolor(void) {
  // Not of the standard: tmux's own flag, and one of ncurses that may also be a number or a text.
  return tigetflag("Tc") == 1 || tigetflag("RGB") == 1 || tigetnum("RGB") > 0 || ccurses_sequence_of("RGB") != NULL;
}

bool terminal_screen_define_pair(int pair, int foreground, int background) {
  return init_pair((short)pair, (short)foreground, (short)background) == OK;
}
