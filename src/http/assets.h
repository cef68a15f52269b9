// The pages of the front end, which the build put inside the binary: each file as it is and, where
// the build made them, as .br and .gz beside it. Files under assets/ carry a hash in their names
// and are kept by browsers for good; a path that is no file is a page of the application and
// answered with index.html, so that a reload or a shared link works.
//
// index.html is answered under a strict content security policy with a nonce of its own: scripts
// come from here only, and style elements only from code that knows the nonce.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "http/http.h"

namespace huilu::http {

class Assets {
 public:
  // The bytes must outlive the server; without an index.html nothing is answered.
  Assets(const std::vector<EmbeddedFile>& files, bool secure);

  // Nothing for what is not ours: other methods, /api, /healthz and /metrics.
  std::optional<Response> answer(const Request& request) const;

 private:
  struct Asset {
    std::string_view plain, br, gzip;
    std::string etag;
  };

  Response page() const;
  Response file(const std::string& path, const Asset& asset, const Request& request) const;

  std::map<std::string, Asset, std::less<>> assets_;
  bool secure_;
};

}  // namespace huilu::http
