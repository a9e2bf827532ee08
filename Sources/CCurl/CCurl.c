#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

// From curl/curl.h; libcurl promises never to change a number.
enum {
  OPT_WRITEDATA = 10001,
  OPT_URL = 10002,
  OPT_ERRORBUFFER = 10010,
  OPT_USERAGENT = 10018,
  OPT_HTTPHEADER = 10023,
  OPT_HEADERDATA = 10029,
  OPT_XFERINFODATA = 10057,
  OPT_PROTOCOLS_STR = 10318,
  OPT_REDIR_PROTOCOLS_STR = 10319,
  OPT_WRITEFUNCTION = 20011,
  OPT_HEADERFUNCTION = 20079,
  OPT_XFERINFOFUNCTION = 20219,
  OPT_LOW_SPEED_LIMIT = 19,
  OPT_LOW_SPEED_TIME = 20,
  OPT_NOPROGRESS = 43,
  OPT_FAILONERROR = 45,
  OPT_FOLLOWLOCATION = 52,
  OPT_MAXREDIRS = 68,
  OPT_NOSIGNAL = 99,
  OPT_CONNECTTIMEOUT_MS = 156,
  OPT_PROTOCOLS = 181,
  OPT_REDIR_PROTOCOLS = 182,
  PROTOCOL_HTTP = 1,
  PROTOCOL_HTTPS = 2,
  INFO_RESPONSE_CODE = 0x200000 + 2,
  GLOBAL_ALL = 3,
};

struct curl_list;

// The functions of libcurl that are used.
static struct {
  int (*global_init)(long flags);
  void *(*easy_init)(void);
  int (*easy_setopt)(void *handle, int option, ...);
  int (*easy_getinfo)(void *handle, int info, ...);
  int (*easy_perform)(void *handle);
  void (*easy_cleanup)(void *handle);
  const char *(*easy_strerror)(int code);
  struct curl_list *(*slist_append)(struct curl_list *list, const char *text);
  void (*slist_free_all)(struct curl_list *list);
} curl;

static pthread_once_t opened = PTHREAD_ONCE_INIT;
static int is_open = 0;
static char open_error[256] = "";

static void *open_library(void) {
#ifdef __APPLE__
  static const char *const names[] = {"libcurl.4.dylib", "/usr/lib/libcurl.4.dylib"};
#else
  static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#endif
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (library) return library;
    if (i == 0) snprintf(open_error, sizeof open_error, "%s", dlerror());
  }
  return NULL;
}

static int find(void *library, const char *name, void *function) {
  void *address = dlsym(library, name);
  memcpy(function, &address, sizeof address);
  if (!address) snprintf(open_error, sizeof open_error, "libcurl has no %s", name);
  return address != NULL;
}

static void open_curl(void) {
  void *library = open_library();
  if (!library) return;
  is_open = find(library, "curl_global_init", &curl.global_init)
    && find(library, "curl_easy_init", &curl.easy_init)
    && find(library, "curl_easy_setopt", &curl.easy_setopt)
    && find(library, "curl_easy_getinfo", &curl.easy_getinfo)
    && find(library, "curl_easy_perform", &curl.easy_perform)
    && find(library, "curl_easy_cleanup", &curl.easy_cleanup)
    && find(library, "curl_easy_strerror", &curl.easy_strerror)
    && find(library, "curl_slist_append", &curl.slist_append)
    && find(library, "curl_slist_free_all", &curl.slist_free_all)
    && curl.global_init(GLOBAL_ALL) == 0;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *user) {
  const struct ccurl_request *request = user;
  return request->on_header(request->listener, bytes, size * count);
}

static size_t on_body(char *bytes, size_t size, size_t count, void *user) {
  const struct ccurl_request *request = user;
  return request->on_body(request->listener, bytes, size * count);
}

static int on_tick(void *user, long long a, long long b, long long c, long long d) {
  (void)a, (void)b, (void)c, (void)d;
  const struct ccurl_request *request = user;
  return request->on_tick(request->listener);
}

// 7.85 named the protocols by text and deprecated the numbers; older versions know only these.
static void allow_http_only(void *handle) {
  if (curl.easy_setopt(handle, OPT_PROTOCOLS_STR, "http,https") != 0)
    curl.easy_setopt(handle, OPT_PROTOCOLS, (long)(PROTOCOL_HTTP | PROTOCOL_HTTPS));
  if (curl.easy_setopt(handle, OPT_REDIR_PROTOCOLS_STR, "http,https") != 0)
    curl.easy_setopt(handle, OPT_REDIR_PROTOCOLS, (long)(PROTOCOL_HTTP | PROTOCOL_HTTPS));
}

static void set_options(void *handle, const struct ccurl_request *request, char *message) {
  allow_http_only(handle);
  curl.easy_setopt(handle, OPT_URL, request->url);
  curl.easy_setopt(handle, OPT_ERRORBUFFER, message);
  curl.easy_setopt(handle, OPT_USERAGENT, "pipe");
  curl.easy_setopt(handle, OPT_NOSIGNAL, 1L);
  curl.easy_setopt(handle, OPT_FAILONERROR, 1L);
  curl.easy_setopt(handle, OPT_FOLLOWLOCATION, 1L);
  curl.easy_setopt(handle, OPT_MAXREDIRS, request->redirect_limit);
  curl.easy_setopt(handle, OPT_CONNECTTIMEOUT_MS, request->connect_timeout_ms);
  curl.easy_setopt(handle, OPT_LOW_SPEED_LIMIT, request->stall_bytes_per_second);
  curl.easy_setopt(handle, OPT_LOW_SPEED_TIME, request->stall_seconds);
  curl.easy_setopt(handle, OPT_HEADERFUNCTION, on_header);
  curl.easy_setopt(handle, OPT_HEADERDATA, request);
  curl.easy_setopt(handle, OPT_WRITEFUNCTION, on_body);
  curl.easy_setopt(handle, OPT_WRITEDATA, request);
  curl.easy_setopt(handle, OPT_NOPROGRESS, 0L);
  curl.easy_setopt(handle, OPT_XFERINFOFUNCTION, on_tick);
  curl.easy_setopt(handle, OPT_XFERINFODATA, request);
}

void ccurl_get(const struct ccurl_request *request, struct ccurl_outcome *outcome) {
  memset(outcome, 0, sizeof *outcome);
  pthread_once(&opened, open_curl);
  void *handle = is_open ? curl.easy_init() : NULL;
  if (!handle) {
    outcome->code = CCURL_NOT_INSTALLED;
    snprintf(outcome->message, sizeof outcome->message, "%s", open_error);
    return;
  }
  struct curl_list *headers = NULL;
  for (const char *const *line = request->headers; line && *line; line++)
    headers = curl.slist_append(headers, *line);
  set_options(handle, request, outcome->message);
  if (headers) curl.easy_setopt(handle, OPT_HTTPHEADER, headers);

  outcome->code = curl.easy_perform(handle);
  curl.easy_getinfo(handle, INFO_RESPONSE_CODE, &outcome->status);
  if (outcome->code != 0 && outcome->message[0] == 0)
    snprintf(outcome->message, sizeof outcome->message, "%s", curl.easy_strerror(outcome->code));
  curl.easy_setopt(handle, OPT_ERRORBUFFER, NULL);
  curl.slist_free_all(headers);
  curl.easy_cleanup(handle);
}
