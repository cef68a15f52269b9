#include "courier/courier.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>
#include <mutex>

#include "base/check.h"

namespace huilu::courier {

namespace {

constexpr std::size_t answer_bytes_max = 64 * 1024;

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, FreeHandle>;

// A list of libcurl's, for as long as the object lives.
class Lines {
 public:
  Lines() = default;
  ~Lines() { curl_slist_free_all(first_); }
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;

  void add(const std::string& line) {
    auto* const longer = curl_slist_append(first_, line.c_str());
    CHECK(longer != nullptr);
    first_ = longer;
  }
  curl_slist* first() const { return first_; }

 private:
  curl_slist* first_ = nullptr;
};

// The answer is counted and not read.
std::size_t take_answer(char*, std::size_t, std::size_t size, void* counted) {
  auto& bytes = *static_cast<std::size_t*>(counted);
  bytes += size;
  return bytes > answer_bytes_max ? 0 : size;
}

struct Upload {
  std::string_view rest;
};
std::size_t give_text(char* into, std::size_t one, std::size_t count, void* from) {
  auto& rest = static_cast<Upload*>(from)->rest;
  const std::size_t size = std::min(one * count, rest.size());
  std::memcpy(into, rest.data(), size);
  rest.remove_prefix(size);
  return size;
}

bool is_link_local(const curl_sockaddr& address) {
  if (address.family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address.addr, sizeof(four));
    const std::uint32_t host = ntohl(four.sin_addr.s_addr);
    return host >> 16 == 0xA9FE || host >> 28 == 0xE || host == 0;
  }
  if (address.family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &address.addr, std::min(sizeof(six), std::size_t{address.addrlen}));
    return IN6_IS_ADDR_LINKLOCAL(&six.sin6_addr) || IN6_IS_ADDR_MULTICAST(&six.sin6_addr) ||
           IN6_IS_ADDR_UNSPECIFIED(&six.sin6_addr);
  }
  return false;
}

curl_socket_t open_socket(void*, curlsocktype, curl_sockaddr* address) {
  if (is_link_local(*address)) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// Of a transfer that did not end as it should: nothing was sent before the connection stood.
bool was_connected(CURL* handle) {
  curl_off_t connected = 0;
  curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &connected);
  return connected > 0;
}

std::string reason_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "no_address";
    case CURLE_COULDNT_CONNECT:
      return "no_connection";
    case CURLE_OPERATION_TIMEDOUT:
      return "timeout";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CACERT_BADFILE:
      return "tls";
    case CURLE_LOGIN_DENIED:
      return "sign_in";
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return "address";
    default:
      return "lost";
  }
}

Receipt of_http(CURLcode code, CURL* handle) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  if (status >= 200) {  // whatever became of the rest of the answer
    const std::string reason = fmt::format("http_{}", status);
    if (status < 300) return {Outcome::delivered, reason};
    const bool later = status >= 500 || status == 408 || status == 425 || status == 429;
    return {later ? Outcome::failed : Outcome::refused, reason};
  }
  const bool may_have_it = code == CURLE_OK || was_connected(handle);
  return {may_have_it ? Outcome::unknown : Outcome::failed, reason_of(code)};
}

Receipt of_smtp(CURLcode code, CURL* handle, bool all_was_given) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_OK) return {Outcome::delivered, fmt::format("smtp_{}", status)};
  const std::string reason = status >= 400 ? fmt::format("smtp_{}", status) : reason_of(code);
  if (code == CURLE_LOGIN_DENIED) return {Outcome::failed, reason_of(code)};
  if (status >= 500) return {Outcome::refused, reason};
  if (status >= 400) return {Outcome::failed, reason};
  return {all_was_given ? Outcome::unknown : Outcome::failed, reason};
}

class NetworkCourier : public Courier {
 public:
  explicit NetworkCourier(std::chrono::milliseconds at_most) : at_most_(at_most) {
    static std::once_flag once;
    std::call_once(once, [] { CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
  }

  Receipt post(const Post& post) override {
    std::size_t answered = 0;
    const Handle handle = begin(post.url, "https", post.ca_file, answered);
    CURL* const curl = handle.get();
    Lines headers;
    for (const auto& [name, value] : post.headers) headers.add(name + ": " + value);
    headers.add("Expect:");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.first());
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post.body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
    const CURLcode code = curl_easy_perform(curl);
    return of_http(code, curl);
  }

  Receipt mail(const Mail& mail) override {
    std::size_t answered = 0;
    const Handle handle = begin(mail.url, "smtp,smtps", mail.ca_file, answered);
    CURL* const curl = handle.get();
    const std::string from = "<" + mail.from + ">";
    Lines to;
    to.add("<" + mail.to + ">");
    Upload upload{mail.text};
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    if (!mail.user.empty()) {
      curl_easy_setopt(curl, CURLOPT_USERNAME, mail.user.c_str());
      curl_easy_setopt(curl, CURLOPT_PASSWORD, mail.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to.first());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_text);
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    const CURLcode code = curl_easy_perform(curl);
    return of_smtp(code, curl, upload.rest.empty());
  }

 private:
  Handle begin(const std::string& url, const char* protocols, const std::string& ca_file,
               std::size_t& answered) const {
    Handle handle(curl_easy_init());
    CHECK(handle != nullptr);
    CURL* const curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(at_most_.count()));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(at_most_.count() / 2));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "huilu");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answered);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    return handle;
  }

  const std::chrono::milliseconds at_most_;
};

}  // namespace

std::unique_ptr<Courier> network_courier(std::chrono::milliseconds at_most) {
  return std::make_unique<NetworkCourier>(at_most);
}

}  // namespace huilu::courier
