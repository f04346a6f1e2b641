// How often a running program calls `write`, as the system sees it. Linux alone can tell.

#ifndef WRITECOUNT_H
#define WRITECOUNT_H

#include <stdbool.h>
#include <sys/types.h>

// Starts to watch the first thread of a child of this process; all three functions belong to one thread.
// False where that is not possible. Until the end nobody else may wait for the child.
bool write_count_begin(pid_t process);

// The counts.
struct write_count {
  // Calls of `write` and `writev` to what is behind the descriptor.
  long writes;
  // Those before which the child had waited for events since the one before.
  long frames;
  bool has_waited;
};

// Lets the child go on where it was held up, and counts on; false once it has ended. The child waits at every
// call until this is called.
bool write_count_collect(pid_t process, int descriptor, struct write_count *count);
// Leaves the child alone.
void write_count_end(pid_t process);

#endif
