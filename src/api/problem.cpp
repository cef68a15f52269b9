#include "api/problem.h"

#include "api/views.h"
#include "base/check.h"
#include "base/value.h"

namespace huilu::api {

namespace {

RefusalCode code_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::unavailable:
    case FaultKind::timeout:
      return RefusalCode::busy;
    case FaultKind::storage_full:
      return RefusalCode::storage_full;
    default:
      return RefusalCode::internal_fault;
  }
}

}  // namespace

http::Response problem(const Refusals& refusals, words::Language language) {
  CHECK(!refusals.empty());
  const RefusalKind& kind = kind_of(refusals.front().code);
  Value::List items;
  for (const Refusal& refusal : refusals) {
    items.push_back(Value::object({{"code", kind_of(refusal.code).name},
                                   {"where", refusal.where},
                                   {"message", words::message(language, refusal)},
                                   {"expected", text_or_null(refusal.expected)},
                                   {"got", text_or_null(refusal.got)},
                                   {"link", text_or_null(refusal.link)}}));
  }
  http::Response response;
  response.status = kind.status;
  response.headers.emplace_back("Content-Type", "application/problem+json");
  if (kind.status == 503 || kind.status == 429) response.headers.emplace_back("Retry-After", "2");
  if (kind.status == 401) {
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"huilu\"");
  }
  response.body = to_json(Value::object({{"type", "/problems/" + std::string(kind.name)},
                                         {"title", words::title(language, kind.code)},
                                         {"status", kind.status},
                                         {"code", kind.name},
                                         {"detail", words::message(language, refusals.front())},
                                         {"refusals", std::move(items)}}));
  return response;
}

http::Response problem(FaultKind kind, words::Language language) {
  return problem(Refusals{{code_of(kind), "", "", "", ""}}, language);
}

}  // namespace huilu::api
