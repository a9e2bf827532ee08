// HTTP by libcurl, opened when the first request is made.
//
// Linked, libcurl and its 27 libraries would cost every start of the program some 8 ms, and building
// would need its headers. So this declares the little it uses: the numbers are part of libcurl's
// stable ABI (so.4). The option calls are variadic, which Swift cannot call; hence a shim in C.

#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>

/// One GET request. Only http and https are spoken, redirects included.
struct ccurl_request {
  const char *url;
  /// Further header lines (`Range: bytes=5-`), ended by NULL; or NULL.
  const char *const *headers;
  long connect_timeout_ms;
  /// The transfer ends when it was slower than `stall_bytes_per_second` for `stall_seconds`.
  long stall_bytes_per_second;
  long stall_seconds;
  long redirect_limit;
  /// Handed to the callbacks.
  void *listener;
  /// Gets each header line, those of redirects included. A result other than `count` ends the transfer.
  size_t (*on_header)(void *listener, const char *bytes, size_t count);
  /// Gets the body in pieces, never that of an error or a redirect. Ends the transfer likewise.
  size_t (*on_body)(void *listener, const char *bytes, size_t count);
  /// Called at least once a second; a result other than 0 ends the transfer.
  int (*on_tick)(void *listener);
};

/// How a request ended.
struct ccurl_outcome {
  /// libcurl's code: 0 is success.
  int code;
  /// Status of the last response, 0 when there was none.
  long status;
  /// Empty on success.
  char message[512];
};

/// libcurl's codes that callers tell apart.
enum {
  CCURL_PARTIAL_FILE = 18,
  CCURL_HTTP_ERROR = 22,
  CCURL_TIMED_OUT = 28,
  CCURL_RECEIVE_ERROR = 56,
  /// Ours: the library could not be opened.
  CCURL_NOT_INSTALLED = -1,
};

/// Performs `request` and returns when it is over. Safe to call from several threads at once.
void ccurl_get(const struct ccurl_request *request, struct ccurl_outcome *outcome);

#endif
