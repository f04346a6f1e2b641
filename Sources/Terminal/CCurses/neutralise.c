#include "CCurses.h"

// The bytes of the UTF-8 sequence that begins with `first`; 0 where none does.
static size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return 2;
  if (first < 0xF0) return 3;
  return first < 0xF5 ? 4 : 0;
}

static bool continues(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Returns true for characters that control a terminal or change the direction of text.
static bool steers(uint32_t scalar) {
  if (scalar == '\n' || scalar == '\t') return false;
  return scalar < 0x20 || (scalar >= 0x7F && scalar <= 0x9F) || scalar == 0x061C
      || (scalar >= 0x200E && scalar <= 0x200F) || (scalar >= 0x2028 && scalar <= 0x202E)
      || (scalar >= 0x2066 && scalar <= 0x2069);
}

static uint32_t decode(const unsigned char *bytes, size_t length) {
  static const unsigned char lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  uint32_t scalar = bytes[0] & lead_bits[length];
  for (size_t index = 1; index < length; index++) scalar = scalar << 6 | (bytes[index] & 0x3F);
  return scalar;
}

size_t terminal_neutralise(unsigned char *bytes, size_t count) {
  size_t index = 0;
  while (index < count) {
    size_t length = sequence_length(bytes[index]);
    size_t found = 1;
    while (found < length && index + found < count && continues(bytes[index + found])) found++;
    // The rest of the character may come with the next bytes.
    if (found < length && index + found == count) return index;
    // A terminal that does not read UTF-8 could take any byte from 0x80 to 0x9F for a control character, so
    // what is no text is replaced as well.
    bool is_harmless = length > 0 && found == length && !steers(decode(bytes + index, length));
    for (size_t byte = 0; !is_harmless && byte < found; byte++) bytes[index + byte] = '?';
    index += found;
  }
  return count;
}
