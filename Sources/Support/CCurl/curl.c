#include "CCurl.h"

#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

// libcurl's binary interface, which is the same in every libcurl.so.4 since 2006; its headers are not
// needed to build. Numbers are those of <curl/curl.h> and <curl/multi.h>.
enum option {
  OPTION_WRITE_DATA = 10001,
  OPTION_URL = 10002,
  OPTION_RANGE = 10007,
  OPTION_ERROR_BUFFER = 10010,
  OPTION_USER_AGENT = 10018,
  OPTION_HTTP_HEADER = 10023,
  OPTION_HEADER_DATA = 10029,
  OPTION_CA_FILE = 10065,
  OPTION_WRITE_FUNCTION = 20011,
  OPTION_HEADER_FUNCTION = 20079,
  OPTION_FOLLOW_LOCATION = 52,
  OPTION_VERIFY_PEER = 64,
  OPTION_MAXIMUM_REDIRECTS = 68,
  OPTION_VERIFY_HOST = 81,
  OPTION_NO_SIGNAL = 99,
  OPTION_PROTOCOLS = 181,
  OPTION_REDIRECT_PROTOCOLS = 182,
  OPTION_QUICK_EXIT = 322,
};
enum protocol { PROTOCOL_HTTP = 1, PROTOCOL_HTTPS = 2 };
enum { GLOBAL_DEFAULT = 3, MESSAGE_DONE = 1, ERROR_SIZE = 256, LONGEST_REDIRECTION = 5 };
enum code {
  CODE_OK = 0,
  CODE_UNSUPPORTED_PROTOCOL = 1,
  CODE_UNKNOWN_PROXY = 5,
  CODE_UNKNOWN_HOST = 6,
  CODE_NO_CONNECTION = 7,
  CODE_PARTIAL_FILE = 18,
  CODE_WRITE_ERROR = 23,
  CODE_TIMED_OUT = 28,
  CODE_TLS_FAILED = 35,
  CODE_GOT_NOTHING = 52,
  CODE_SEND_ERROR = 55,
  CODE_RECEIVE_ERROR = 56,
  CODE_UNTRUSTED = 60,
  CODE_BAD_AUTHORITIES = 77,
};

struct list;
struct message {
  int kind;
  void *easy;
  union {
    void *other;
    int code;
  } data;
};

static struct {
  int (*global_init)(long);
  void *(*easy_init)(void);
  // Variadic: a call through another type passes its arguments elsewhere on some processors.
  int (*easy_setopt)(void *, int, ...);
  void (*easy_cleanup)(void *);
  const char *(*easy_strerror)(int);
  void *(*multi_init)(void);
  int (*multi_add_handle)(void *, void *);
  int (*multi_remove_handle)(void *, void *);
  int (*multi_perform)(void *, int *);
  int (*multi_poll)(void *, void *, unsigned, int, int *);
  struct message *(*multi_info_read)(void *, int *);
  int (*multi_cleanup)(void *);
  const char *(*multi_strerror)(int);
  struct list *(*slist_append)(struct list *, const char *);
  void (*slist_free_all)(struct list *);
} libcurl;

struct curl_transfer {
  void *easy;
  void *multi;
  struct list *headers;
  curl_receiver receive_header_line;
  curl_receiver receive_body;
  void *context;
  const char *fallback_message;
  char message[ERROR_SIZE];
};

static bool find_functions(void *library) {
  const struct {
    const char *name;
    void *place;
  } functions[] = {
    {"curl_global_init", &libcurl.global_init},
    {"curl_easy_init", &libcurl.easy_init},
    {"curl_easy_setopt", &libcurl.easy_setopt},
    {"curl_easy_cleanup", &libcurl.easy_cleanup},
    {"curl_easy_strerror", &libcurl.easy_strerror},
    {"curl_multi_init", &libcurl.multi_init},
    {"curl_multi_add_handle", &libcurl.multi_add_handle},
    {"curl_multi_remove_handle", &libcurl.multi_remove_handle},
    {"curl_multi_perform", &libcurl.multi_perform},
    {"curl_multi_poll", &libcurl.multi_poll},
    {"curl_multi_info_read", &libcurl.multi_info_read},
    {"curl_multi_cleanup", &libcurl.multi_cleanup},
    {"curl_multi_strerror", &libcurl.multi_strerror},
    {"curl_slist_append", &libcurl.slist_append},
    {"curl_slist_free_all", &libcurl.slist_free_all},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    // dlsym returns functions as data; POSIX promises that both fit the same place.
    void *function = dlsym(library, functions[i].name);
    if (!function) return false;
    *(void **)functions[i].place = function;
  }
  return true;
}

bool curl_load(void) {
#ifdef __APPLE__
  const char *const names[] = {"/usr/lib/libcurl.4.dylib"};
#else
  // Debian has two more builds of the same library, one of which git needs, for instance.
  const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl-nss.so.4"};
#endif
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (library && find_functions(library) && libcurl.global_init(GLOBAL_DEFAULT) == CODE_OK) {
      struct sigaction action;
      if (sigaction(SIGPIPE, NULL, &action) == 0 && action.sa_handler == SIG_DFL) signal(SIGPIPE, SIG_IGN);
      return true;
    }
  }
  return false;
}

static size_t pass_on(curl_receiver receive, const char *bytes, size_t count, void *context) {
  // libcurl takes any count but the whole one for a wish to end.
  return receive(bytes, count, context) ? count : count + 1;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *transfer_in) {
  struct curl_transfer *transfer = transfer_in;
  return pass_on(transfer->receive_header_line, bytes, size * count, transfer->context);
}

static size_t on_body(char *bytes, size_t size, size_t count, void *transfer_in) {
  struct curl_transfer *transfer = transfer_in;
  return pass_on(transfer->receive_body, bytes, size * count, transfer->context);
}

static bool set_options(struct curl_transfer *transfer, const struct curl_request *request) {
  int (*set)(void *, int, ...) = libcurl.easy_setopt;
  void *easy = transfer->easy;
  long protocols = PROTOCOL_HTTPS | (request->allows_http ? PROTOCOL_HTTP : 0);
  long redirects = PROTOCOL_HTTPS | (request->allows_redirect_to_http ? PROTOCOL_HTTP : 0);
  char range[32];
  snprintf(range, sizeof range, "%lld-", request->offset);
  // Without such a line a server may not encode the body either, but some do. libcurl's own option for it
  // would decode what comes.
  transfer->headers = libcurl.slist_append(NULL, "Accept-Encoding: identity");
  // To give up must not take until a name is looked up. Versions before 7.87 do not know the option.
  set(easy, OPTION_QUICK_EXIT, 1L);
  return transfer->headers
      && set(easy, OPTION_URL, request->url) == CODE_OK
      && set(easy, OPTION_USER_AGENT, request->agent) == CODE_OK
      && set(easy, OPTION_HTTP_HEADER, transfer->headers) == CODE_OK
      && (request->offset == 0 || set(easy, OPTION_RANGE, range) == CODE_OK)
      && set(easy, OPTION_PROTOCOLS, protocols) == CODE_OK
      && set(easy, OPTION_REDIRECT_PROTOCOLS, redirects) == CODE_OK
      && set(easy, OPTION_FOLLOW_LOCATION, 1L) == CODE_OK
      && set(easy, OPTION_MAXIMUM_REDIRECTS, (long)LONGEST_REDIRECTION) == CODE_OK
      && set(easy, OPTION_VERIFY_PEER, 1L) == CODE_OK
      && set(easy, OPTION_VERIFY_HOST, 2L) == CODE_OK
      && (!request->authorities || set(easy, OPTION_CA_FILE, request->authorities) == CODE_OK)
      // Time limits must not be signals, as the program has several threads.
      && set(easy, OPTION_NO_SIGNAL, 1L) == CODE_OK
      && set(easy, OPTION_ERROR_BUFFER, transfer->message) == CODE_OK
      && set(easy, OPTION_HEADER_FUNCTION, on_header) == CODE_OK
      && set(easy, OPTION_HEADER_DATA, transfer) == CODE_OK
      && set(easy, OPTION_WRITE_FUNCTION, on_body) == CODE_OK
      && set(easy, OPTION_WRITE_DATA, transfer) == CODE_OK;
}

struct curl_transfer *curl_begin(const struct curl_request *request) {
  struct curl_transfer *transfer = calloc(1, sizeof *transfer);
  if (!transfer) return NULL;
  transfer->receive_header_line = request->receive_header_line;
  transfer->receive_body = request->receive_body;
  transfer->context = request->context;
  transfer->easy = libcurl.easy_init();
  transfer->multi = libcurl.multi_init();
  if (transfer->easy && transfer->multi && set_options(transfer, request)
      && libcurl.multi_add_handle(transfer->multi, transfer->easy) == CODE_OK) {
    return transfer;
  }
  curl_end(transfer);
  return NULL;
}

static enum curl_outcome outcome(int code) {
  switch (code) {
    case CODE_OK: return CURL_DONE;
    case CODE_WRITE_ERROR: return CURL_ENDED_BY_RECEIVER;
    case CODE_PARTIAL_FILE: return CURL_CUT_SHORT;
    case CODE_UNKNOWN_PROXY:
    case CODE_UNKNOWN_HOST: return CURL_UNKNOWN_HOST;
    case CODE_TIMED_OUT:
    case CODE_NO_CONNECTION: return CURL_NO_CONNECTION;
    case CODE_GOT_NOTHING:
    case CODE_SEND_ERROR:
    case CODE_RECEIVE_ERROR: return CURL_BROKEN_CONNECTION;
    case CODE_UNSUPPORTED_PROTOCOL: return CURL_FORBIDDEN_PROTOCOL;
    case CODE_TLS_FAILED:
    case CODE_UNTRUSTED:
    case CODE_BAD_AUTHORITIES: return CURL_UNTRUSTED;
    default: return CURL_OTHER_FAULT;
  }
}

enum curl_outcome curl_step(struct curl_transfer *transfer, int wait_milliseconds) {
  int running = 0, queued = 0;
  int status = libcurl.multi_poll(transfer->multi, NULL, 0, wait_milliseconds, NULL);
  if (status == CODE_OK) status = libcurl.multi_perform(transfer->multi, &running);
  if (status != CODE_OK) {
    transfer->fallback_message = libcurl.multi_strerror(status);
    return CURL_OTHER_FAULT;
  }
  struct message *message = libcurl.multi_info_read(transfer->multi, &queued);
  if (!message || message->kind != MESSAGE_DONE) return CURL_RUNNING;
  transfer->fallback_message = libcurl.easy_strerror(message->data.code);
  return outcome(message->data.code);
}

const char *curl_message(const struct curl_transfer *transfer) {
  if (transfer->message[0]) return transfer->message;
  return transfer->fallback_message ? transfer->fallback_message : "";
}

void curl_end(struct curl_transfer *transfer) {
  if (transfer->easy && transfer->multi) libcurl.multi_remove_handle(transfer->multi, transfer->easy);
  if (transfer->easy) libcurl.easy_cleanup(transfer->easy);
  if (transfer->multi) libcurl.multi_cleanup(transfer->multi);
  if (transfer->headers) libcurl.slist_free_all(transfer->headers);
  free(transfer);
}
