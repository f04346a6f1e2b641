#include "CBundledModels.h"

static const unsigned char digits[] = {
#embed "models/digits.safetensors"
};

static const unsigned char mnist[] = {
#embed "models/mnist.safetensors"
};

static const unsigned char four_coordinates[] = {
#embed "models/four-coordinates.safetensors"
};

static const unsigned char fashion_mnist[] = {
#embed "models/fashion-mnist.safetensors"
};

static const unsigned char article[] = {
#embed "models/article.safetensors"
};

static const unsigned char digits_article[] = {
#embed "models/digits-article.safetensors"
};

static const struct {
  const char *name;
  const unsigned char *bytes;
  size_t size;
} models[] = {
    {"digits", digits, sizeof digits},
    {"mnist", mnist, sizeof mnist},
    {"four-coordinates", four_coordinates, sizeof four_coordinates},
    {"fashion-mnist", fashion_mnist, sizeof fashion_mnist},
    {"article", article, sizeof article},
    {"digits-article", digits_article, sizeof digits_article},
};

size_t bundled_model_count(void) { return sizeof models / sizeof models[0]; }

const char *bundled_model_name(size_t index) {
  return index < bundled_model_count() ? models[index].name : NULL;
}

const unsigned char *bundled_model_bytes(size_t index, size_t *size) {
  if (index >= bundled_model_count()) {
    *size = 0;
    return NULL;
  }
  *size = models[index].size;
  return models[index].bytes;
}
