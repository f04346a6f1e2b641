// A program on a pseudo-terminal, for tests and measurements.

#ifndef CPSEUDOTERMINAL_H
#define CPSEUDOTERMINAL_H

#include "WriteCount.h"

#include <stdbool.h>
#include <sys/types.h>

// Opens a pseudo-terminal and returns its controlling side, with the path of the other side; -1 on failure.
int pseudo_terminal_open(char *path, int path_size, int rows, int columns);
// Changes the extent, as a window that is dragged does.
bool pseudo_terminal_resize(int controller, int rows, int columns);
// Starts a program as leader of a new session whose terminal is the one at `path`, with default signal
// actions and an empty mask. The arrays end in NULL. Returns the process, or -1.
pid_t pseudo_terminal_spawn(const char *path, char *const arguments[], char *const environment[]);
// Returns true if the terminal edits lines and echoes, as for a shell.
bool pseudo_terminal_is_cooked(int descriptor);
// Waits for a process without blocking: -1 while it runs, its status once it has ended, and 256 + the
// signal once a signal has ended it. 512 + the signal says that it is stopped. Once it has ended, its processor
// time is stored.
int pseudo_terminal_status(pid_t process, double *processor_seconds);
// The processor time of a running process in all its threads; negative where the system does not tell.
double pseudo_terminal_processor_seconds(pid_t process);

#endif
