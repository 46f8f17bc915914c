#include <curl/curl.h>
#include <spawn.h>

// Swift cannot call variadic C functions: one typed wrapper for each kind of argument.

static inline CURLcode curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

/// libcurl keeps a copy of the bytes.
static inline CURLcode curl_set_blob(CURL *handle, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
    return curl_easy_setopt(handle, option, &blob);
}

/// libcurl keeps a copy of the bytes.
static inline CURLcode curl_set_body(CURL *handle, const void *bytes, size_t count) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes) : code;
}

typedef size_t (*curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode curl_set_data_callback(CURL *handle, CURLoption option, curl_data_callback callback) {
    return curl_easy_setopt(handle, option, callback);
}

/// What is called for every socket that is opened and closed.
static inline CURLcode curl_set_socket_callbacks(
    CURL *handle, curl_sockopt_callback opened, curl_closesocket_callback closed, void *context) {
    CURLcode codes[] = {
        curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, opened), curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, context),
        curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, closed), curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA, context),
    };
    for (int index = 0; index < 4; index++)
        if (codes[index] != CURLE_OK) return codes[index];
    return CURLE_OK;
}

static inline CURLcode curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode curl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
    return curl_multi_setopt(handle, option, value);
}

// glibc's header hides this one from Swift. Exec plugins must not inherit connections and listening sockets.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
