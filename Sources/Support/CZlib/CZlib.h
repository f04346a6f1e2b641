// The system's zlib, for Swift.
#include <zlib.h>
