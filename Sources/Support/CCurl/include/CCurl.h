// One HTTP request at a time through the system's libcurl, which is loaded when it is first needed: nothing
// waits for it when a program starts, and a program that never fetches runs without it.

#ifndef CCURL_H
#define CCURL_H

#include <stdbool.h>
#include <stddef.h>

// Takes `count` bytes; false ends the transfer.
typedef bool (*curl_receiver)(const char *bytes, size_t count, void *context);

// A GET request. Strings need not live longer than the call that takes them.
struct curl_request {
  const char *url;
  // How the asking program calls itself.
  const char *agent;
  // The first byte that is wanted; 0 asks for the whole file.
  long long offset;
  // Which protocols the URL and what it redirects to may have; https always may.
  bool allows_http;
  bool allows_redirect_to_http;
  // A file of certificate authorities in place of the system's, or NULL.
  const char *authorities;
  // Gets each line of each header, with its end, and then the bytes of the last body, as they were sent.
  curl_receiver receive_header_line;
  curl_receiver receive_body;
  void *context;
};

// The outcome of a transfer.
enum curl_outcome {
  CURL_DONE,
  CURL_RUNNING,
  // The header or body receiver said so.
  CURL_ENDED_BY_RECEIVER,
  CURL_CUT_SHORT,
  CURL_UNKNOWN_HOST,
  CURL_NO_CONNECTION,
  CURL_BROKEN_CONNECTION,
  CURL_FORBIDDEN_PROTOCOL,
  CURL_UNTRUSTED,
  CURL_OTHER_FAULT,
};

struct curl_transfer;

// Loads libcurl; false where there is none. To be called before all others, once. From then on the process
// ignores SIGPIPE, unless it handles that signal: some versions write to connections that are closed.
bool curl_load(void);
// Starts a request; NULL where memory has run out.
struct curl_transfer *curl_begin(const struct curl_request *request);
// Sends and receives what there is, after waiting for it as long as given; receivers are called in here.
enum curl_outcome curl_step(struct curl_transfer *transfer, int wait_milliseconds);
// libcurl's message for a failure; valid as long as the transfer.
const char *curl_message(const struct curl_transfer *transfer);
// Cancels a transfer and closes its connection.
void curl_end(struct curl_transfer *transfer);

#endif
