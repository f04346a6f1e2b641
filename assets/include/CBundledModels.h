#ifndef BUNDLED_MODELS_H
#define BUNDLED_MODELS_H

#include <stddef.h>

/// How many models are in the binary.
size_t bundled_model_count(void);

/// The name of model `index`; NULL beyond the last one.
const char *bundled_model_name(size_t index);

/// The bytes of model `index`, as many as `*size` then says; NULL beyond the last one.
const unsigned char *bundled_model_bytes(size_t index, size_t *size);

#endif
