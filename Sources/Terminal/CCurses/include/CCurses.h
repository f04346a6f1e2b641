// A facade over ncurses, termios and signals for the one real terminal.
//
// It keeps from its callers what Swift cannot import or must not see: the macros and globals of
// <curses.h>, variadic functions, and handlers that may run between any two instructions. A process has
// one terminal at a time; all functions but terminal_wake, terminal_signals_prepare_thread and
// terminal_neutralise belong to the thread that opened it.

#ifndef CCURSES_H
#define CCURSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Descriptors

// Opens an unnamed file in memory (or one without a name on disk); -1 on failure.
int terminal_memory_file(void);

// More rows or columns than this are not used. A device may claim 65,535 of each, whose cells would take all
// memory there is.
enum { TERMINAL_LARGEST_EXTENT = 1000 };
// The extent of the terminal behind a descriptor; false where there is none.
bool terminal_extent(int descriptor, int *rows, int *columns);

// Output to the device

// Opens the terminal behind a descriptor once more, for writing: whether it waits must not be a setting of the
// shell's descriptor. -1 where that is not possible, as on the terminal of another user.
int terminal_output_open(int descriptor);
// Closes what terminal_output_open returned; harmless with another descriptor.
void terminal_output_close(int output);
// From now on writing to what terminal_output_open returned does not wait. Handlers of signals may call it.
void terminal_output_stop_waiting(void);
// Writes, in one write where no signal comes; waits while the descriptor takes none, what terminal_output_open
// returned no longer than until somebody asks to leave. False when it takes no more.
bool terminal_output_write(int output, const void *bytes, size_t count);
// Writes until nothing has been taken for a second; says whether all was taken. Handlers of signals may
// call it.
bool terminal_output_write_patiently(int output, const void *bytes, size_t count);

// Locale

// Takes the character encoding from the environment and returns its name. Where the environment names none
// (the C locale), UTF-8 is tried first.
const char *terminal_choose_codeset(void);

// The name of the library behind the screen, with its version.
const char *terminal_screen_library(void);

// The screen of ncurses, which writes into a file in memory

enum {
  TERMINAL_OPENED = 0,
  // No entry of that name in the terminal database.
  TERMINAL_UNKNOWN_TYPE = 1,
  // The terminal cannot move its cursor.
  TERMINAL_NO_CURSOR_MOTION = 2,
  TERMINAL_SYSTEM_ERROR = 3,
  // A process has one screen at a time.
  TERMINAL_ALREADY_OPEN = 4,
  // The entry has more than 256 colours: its numbers of colours mean something else than those of a palette.
  TERMINAL_DIRECT_COLORS = 5,
};

// Opens the screen of a terminal type that reads keys from a descriptor. The type is looked up in a description
// (the bytes of a compiled entry as "hex:" and digits) where there is one, else in the database. From the first frame on, where the
// type has a mouse, what is pasted comes between CSI 200 ~ and CSI 201 ~, and the mouse, if it is used, is
// reported in the form CSI < button ; column ; row M (or m). Both end with every way of leaving the screen.
int terminal_screen_open(
    const char *type, const char *description, int input, int rows, int columns, bool uses_mouse);
// Writes what ends the screen to a descriptor, after a request to leave only while it is taken, and frees it;
// says whether all was taken. Harmless when done twice.
bool terminal_screen_close(int output);
// Colours that the terminal type has; 0 without any.
int terminal_screen_colors(void);
// The number of pairs of colours that can be defined.
int terminal_screen_pairs(void);
// The sequence that sets a colour of the palette, with at most `count` bytes; 0 where there is none.
size_t terminal_screen_color_sequence(int color, bool is_background, void *bytes, size_t count);
// Returns true if the terminal's description states colours of 24 bits.
bool terminal_screen_states_truecolor(void);
// Defines a pair from 1 on; -1 is the terminal's own colour.
bool terminal_screen_define_pair(int pair, int foreground, int background);

enum {
  TERMINAL_BOLD = 1,
  TERMINAL_UNDERLINE = 2,
  TERMINAL_REVERSE = 4,
  TERMINAL_DIM = 8,
};

// Puts a glyph (one to four scalars) into a cell of the next frame, or into two where it is wide. One whose
// width the system's library does not know as that is replaced.
void terminal_screen_put(
    int row, int column, const uint32_t *scalars, int count, bool is_wide, unsigned attributes, int pair);
void terminal_screen_resize(int rows, int columns);
// Makes the next frame draw every cell.
void terminal_screen_redraw(void);
// Composes the next frame in memory.
void terminal_screen_compose(void);
// Leaves the screen for a while; the next frame comes back to it.
void terminal_screen_suspend(void);
// How many bytes have been composed.
size_t terminal_screen_length(void);
// Takes up to `count` composed bytes, and forgets the rest; returns how many.
size_t terminal_screen_copy(void *bytes, size_t count);
// Writes to a descriptor, in one write where it takes the bytes whole; false when it takes no more.
bool terminal_screen_write(int output, const void *bytes, size_t count);

// Keys: 0 to 255 are bytes, -1 is none, and the rest are these.
enum {
  TERMINAL_KEY_NONE = -1,
  TERMINAL_KEY_UP = 0x1000,
  TERMINAL_KEY_DOWN,
  TERMINAL_KEY_LEFT,
  TERMINAL_KEY_RIGHT,
  TERMINAL_KEY_SHIFT_UP,
  TERMINAL_KEY_SHIFT_DOWN,
  TERMINAL_KEY_SHIFT_LEFT,
  TERMINAL_KEY_SHIFT_RIGHT,
  TERMINAL_KEY_HOME,
  TERMINAL_KEY_END,
  TERMINAL_KEY_PAGE_UP,
  TERMINAL_KEY_PAGE_DOWN,
  TERMINAL_KEY_ENTER,
  TERMINAL_KEY_BACK_TAB,
  TERMINAL_KEY_BACKSPACE,
  TERMINAL_KEY_DELETE,
  TERMINAL_KEY_INSERT,
  // A key that nothing here has a name for.
  TERMINAL_KEY_OTHER,
  // F1 is one more than this, F12 twelve more.
  TERMINAL_KEY_FUNCTION = 0x2000,
};
int terminal_screen_next_key(void);

// Modes of the terminal device, and restoring them on every way out

// Keeps the device's modes and switches to unbuffered input without echo, flow control or translation.
// Standard error, where it is a terminal, is kept back in memory until terminal_modes_leave. A device that
// is no terminal is left as it is. In the background the program is stopped here until it is in the foreground.
bool terminal_modes_enter(int input, int output);
// Switches back, and writes out what was kept back, unless the device takes no more. Harmless when done twice.
void terminal_modes_leave(bool takes_more);
// The sequences that terminal_modes_leave's emergency form writes first; set by terminal_screen_open.
void terminal_modes_set_reset(const char *bytes, size_t count);
// Returns true if the device is in the modes of terminal_modes_enter.
bool terminal_modes_are_entered(void);
// Restores the device from a handler of signals: writes the reset sequences while they are taken, then leaves
// the modes.
void terminal_modes_restore_raw(void);
// Replaces in UTF-8 text, by question marks, what could steer a terminal or turn the direction of text: C0 but
// for tab and newline, DEL, C1, bidirectional controls, line and paragraph separators; and what is no UTF-8.
// Returns how many bytes are ready: fewer than `count` where the last character is cut.
size_t terminal_neutralise(unsigned char *bytes, size_t count);

// Signals, and waking from another thread

// Installs the handlers. Returns a descriptor from which the numbers of WINCH, INT, TERM, HUP, QUIT, TSTP
// and CONT are read, one byte each; -1 on failure. A second request to leave, but for HUP, that is not read
// in between restores the terminal and ends the process at once. All other signals that end a process, from ILL and SEGV
// to USR1 and ALRM, restore the terminal and then take the course they would have taken, and so does `exit`.
int terminal_signals_install(void);
// Gives the calling thread a stack of its own for handlers, once: without it, a thread that overflows its
// stack ends the process before anything is restored. terminal_signals_install does this for its thread.
void terminal_signals_prepare_thread(void);
// Puts back the handlers that were there before.
void terminal_signals_remove(void);
// Returns true if a request to leave has arrived since the handlers were installed.
bool terminal_signals_ask_to_leave(void);
// Acknowledges all requests to leave.
void terminal_signals_acknowledge(void);
// Stops the process as the terminal's suspend key does; returns when it is continued.
void terminal_signals_stop(void);
// The descriptor that becomes readable after terminal_wake; -1 on failure.
int terminal_wake_descriptor(void);
// Wakes whoever waits for that descriptor. May be called from every thread and at any time.
void terminal_wake(void);

#endif
