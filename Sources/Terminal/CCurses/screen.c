#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "CCurses.h"
#include "private.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

// <term.h>, which declares this, also defines macros that break other headers.
extern int tputs(const char *sequence, int lines, int (*put)(int));

static SCREEN *screen;
static WINDOW *key_window;
static FILE *input_file;
static FILE *frame_file;

// Private modes: 1002 reports the mouse's buttons, drags and wheel, 1006 does so in decimal, for columns beyond
// 223, and 2004 brackets pasted text.
struct reports {
  const char *on;
  const char *off;
};
static const struct reports no_reports = {"", ""};
static const struct reports pastes = {"\033[?2004h", "\033[?2004l"};
static const struct reports pastes_and_mouse = {
    "\033[?2004h\033[?1002h\033[?1006h", "\033[?1006l\033[?1002l\033[?2004l"};
static struct reports reports;
static bool reports_are_due;
static bool region_is_due;
// True if the next frame contains ncurses' sequence that sends the meta key as an eighth bit.
static bool meta_order_is_due;

// Tells the emergency exit how to leave the screen, while ncurses can still be asked.
static char reset_bytes[256];
static size_t reset_count;
// The end of the sequences that disable reports, colours and attributes without changing the screen.
static size_t looks_end;

static int collect_reset_byte(int byte) {
  if (reset_count < sizeof reset_bytes) {
    reset_bytes[reset_count++] = (char)byte;
  }
  return byte;
}

static void collect_reset(const char *sequence) {
  if (sequence != NULL) tputs(sequence, 1, collect_reset_byte);
}

static void prepare_reset(void) {
  reset_count = 0;
  collect_reset(reports.off);
  collect_reset(ccurses_sequence_of("sgr0"));
  collect_reset(ccurses_sequence_of("op"));
  looks_end = reset_count;
  collect_reset(ccurses_sequence_of("cnorm"));
  collect_reset(ccurses_sequence_of("rmkx"));
  collect_reset(ccurses_sequence_of("rmcup"));
  if (ccurses_sequence_of("rmcup") == NULL) {
    collect_reset_byte('\r');
    collect_reset_byte('\n');
  }
  terminal_modes_set_reset(reset_bytes, reset_count);
}

static void release(void) {
  if (key_window != NULL) delwin(key_window);
  if (screen != NULL) delscreen(screen);
  if (input_file != NULL) fclose(input_file);
  if (frame_file != NULL) fclose(frame_file);
  key_window = NULL;
  screen = NULL;
  input_file = NULL;
  frame_file = NULL;
}

// With a file as output, ncurses takes the size from the terminal's description, and sets the scrolling
// margins to it, where moves downwards then stop. The environment tells it the real size in time.
static SCREEN *open_with_size(const char *type, const char *description, int rows, int columns) {
  struct ccurses_setting lines = ccurses_set_number("LINES", rows);
  struct ccurses_setting width = ccurses_set_number("COLUMNS", columns);
  SCREEN *opened;
  if (description == NULL) {
    opened = newterm(type, frame_file, input_file);
  } else {
    struct ccurses_setting database = ccurses_set("TERMINFO", description);
    opened = newterm(type, frame_file, input_file);
    ccurses_restore(database);
  }
  ccurses_restore(width);
  ccurses_restore(lines);
  return opened;
}

static void choose_reports(bool uses_mouse) {
  bool has_mouse = ccurses_sequence_of("kmous") != NULL;
  reports = !has_mouse ? no_reports : uses_mouse ? pastes_and_mouse : pastes;
  reports_are_due = true;
}

int terminal_screen_open(
    const char *type, const char *description, int input, int rows, int columns, bool uses_mouse) {
  if (screen != NULL) return TERMINAL_ALREADY_OPEN;
  int memory = terminal_memory_file();
  if (memory < 0) return TERMINAL_SYSTEM_ERROR;
  frame_file = fdopen(memory, "w+");
  input_file = ccurses_open_copy(input, "r");
  if (frame_file == NULL || input_file == NULL) {
    if (frame_file == NULL) close(memory);
    release();
    return TERMINAL_SYSTEM_ERROR;
  }
  screen = open_with_size(type, description, rows, columns);
  if (screen == NULL) {
    release();
    return TERMINAL_UNKNOWN_TYPE;
  }
  if (ccurses_sequence_of("cup") == NULL) {
    release();
    return TERMINAL_NO_CURSOR_MOTION;
  }
  if (tigetnum("colors") > 256) {
    release();
    return TERMINAL_DIRECT_COLORS;
  }
  choose_reports(uses_mouse);
  prepare_reset();
  set_escdelay(25);
  // A frame is never broken off because a key waits.
  typeahead(-1);
  nonl();
  cbreak();
  noecho();
  curs_set(0);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  resizeterm(rows, columns);
  // Reading from a pad never draws, as reading from a window does.
  key_window = newpad(1, 1);
  keypad(key_window, TRUE);
  nodelay(key_window, TRUE);
  // Without this the eighth bit is cut off wherever the output is not the terminal itself.
  meta(key_window, TRUE);
  meta_order_is_due = true;
  ccurses_undefine_keypad();
  ccurses_define_common_keys();
  // ncurses' own reading of the mouse loses events: the reports are to arrive byte by byte.
  define_key(NULL, KEY_MOUSE);
  leaveok(stdscr, TRUE);
  // Not every terminal gives what it shifts in the background of the moment.
  idcok(stdscr, FALSE);
  return TERMINAL_OPENED;
}

// ncurses has always written all that it composed when one of its calls returns, so this comes after it.
static void append_to_frame(const char *sequence) {
  terminal_output_write(fileno(frame_file), sequence, strlen(sequence));
}

static bool send_composed(int output) {
  size_t count = terminal_screen_length();
  char *bytes = count > 0 ? malloc(count) : NULL;
  if (bytes == NULL) return count == 0;
  size_t taken = terminal_screen_copy(bytes, count);
  // Who leaves by a key can wait for a slow line, or ask again by a signal.
  bool is_sent = terminal_signals_ask_to_leave() ? terminal_output_write_patiently(output, bytes, taken)
                                                 : terminal_output_write(output, bytes, taken);
  free(bytes);
  return is_sent;
}

bool terminal_screen_close(int output) {
  if (screen == NULL) return true;
  // ncurses believes that its last frame has arrived, and colours are off; but it may have been cut short.
  terminal_output_write(fileno(frame_file), reset_bytes, looks_end);
  endwin();
  bool is_sent = send_composed(output);
  release();
  return is_sent;
}

const char *terminal_screen_library(void) { return curses_version(); }

static void put_text(int row, int column, const wchar_t *text, attr_t look, int pair) {
  cchar_t cell;
  if (setcchar(&cell, text, look, (short)pair, NULL) == OK) {
    mvadd_wch(row, column, &cell);
  }
}

void terminal_screen_put(
    int row, int column, const uint32_t *scalars, int count, bool is_wide, unsigned attributes, int pair) {
  wchar_t text[5] = {0};
  for (int index = 0; index < count && index < 4; index++) {
    text[index] = (wchar_t)scalars[index];
  }
  attr_t look = A_NORMAL;
  if (attributes & TERMINAL_BOLD) look |= A_BOLD;
  if (attributes & TERMINAL_UNDERLINE) look |= A_UNDERLINE;
  if (attributes & TERMINAL_REVERSE) look |= A_REVERSE;
  if (attributes & TERMINAL_DIM) look |= A_DIM;
  if (is_wide && wcwidth(text[0]) != 2) {
    // ncurses counts by this width: the columns behind would be shifted.
    put_text(row, column + 1, L" ", look, pair);
    text[0] = 0xFFFD;
    text[1] = 0;
  }
  put_text(row, column, text, look, pair);
}

void terminal_screen_resize(int rows, int columns) {
  resizeterm(rows, columns);
  terminal_screen_redraw();
}

void terminal_screen_redraw(void) {
  clearok(curscr, TRUE);
  // Who wrote on the screen may have switched them off.
  reports_are_due = true;
  region_is_due = true;
}

static int append_byte(int byte) {
  char text[] = {(char)byte, 0};
  append_to_frame(text);
  return byte;
}

// ncurses states the region when it opens only. In a terminal that grew before it read that, motions end at its edge.
static void append_region(void) {
  const char *region = ccurses_sequence_of("csr");
  if (region != NULL) tputs(tiparm(region, 0, LINES - 1), LINES, append_byte);
}

void terminal_screen_compose(void) {
  bool was_suspended = isendwin();
  // This moves the cursor, but all is drawn anew.
  if (region_is_due && !was_suspended) append_region();
  region_is_due = false;
  wnoutrefresh(stdscr);
  doupdate();
  if (was_suspended) keypad(key_window, TRUE);
  if (reports_are_due) append_to_frame(reports.on);
  reports_are_due = false;
}

void terminal_screen_suspend(void) {
  append_to_frame(reports.off);
  endwin();
  reports_are_due = true;
}

size_t terminal_screen_length(void) {
  if (frame_file == NULL) return 0;
  fflush(frame_file);
  off_t count = lseek(fileno(frame_file), 0, SEEK_CUR);
  return count > 0 ? (size_t)count : 0;
}

// Cuts the first occurrence of a sequence out; returns how many bytes are left.
static size_t cut_out(char *bytes, size_t count, const char *sequence) {
  size_t length = sequence == NULL ? 0 : strlen(sequence);
  for (size_t start = 0; length > 0 && start + length <= count; start++) {
    if (memcmp(bytes + start, sequence, length) != 0) continue;
    memmove(bytes + start, bytes + start + length, count - start - length);
    return count - length;
  }
  return count;
}

size_t terminal_screen_copy(void *bytes, size_t count) {
  int memory = fileno(frame_file);
  ssize_t taken = pread(memory, bytes, count, 0);
  // Without a truncation the next frame would be sent with this one before it.
  bool emptied = lseek(memory, 0, SEEK_SET) == 0 && ftruncate(memory, 0) == 0;
  if (taken <= 0 || !emptied) return 0;
  if (!meta_order_is_due) return (size_t)taken;
  meta_order_is_due = false;
  // ncurses never takes it back, and nobody knows how the terminal was set before.
  return cut_out(bytes, (size_t)taken, ccurses_sequence_of("smm"));
}

bool terminal_screen_write(int output, const void *bytes, size_t count) {
  // Another thread has crashed and restored the terminal: nothing more is to be drawn on it.
  if (!terminal_modes_are_entered()) return false;
  return terminal_output_write(output, bytes, count);
}

int terminal_screen_next_key(void) {
  int code = wgetch(key_window);
  if (code == ERR) return TERMINAL_KEY_NONE;
  return code <= 255 ? code : ccurses_named_key(code);
}
