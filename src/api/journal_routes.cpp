// The journal and the jobs, for who may look into them.
#include <charconv>

#include "api/routes.h"
#include "base/text.h"
#include "journal/queries.h"

namespace huilu::api {

namespace {

using command::Permission;

Answer entries(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const int limit = query.integer("limit", 50, 1, 500);
  const int after = query.integer("after", 0, 0, INT32_MAX);
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::journal_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  Value::List items;
  journal::Sequence last = after;
  for (const auto& entry : journal::entries_after(*call.reader, after, limit)) {
    items.push_back(Value::object({{"number", entry.sequence},
                                   {"at", entry.at.text()},
                                   {"kind", entry.kind},
                                   {"leaf", entry.leaf},
                                   {"hash", hex(entry.hash)}}));
    last = entry.sequence;
  }
  const bool full = items.size() == static_cast<std::size_t>(limit);
  return Answer::of(listed(call, std::move(items), full ? std::to_string(last) : ""));
}

Answer head(Call& call) {
  if (auto refusals = call.check(Permission::journal_read, {}); !refusals.empty()) {
    return Answer::no(std::move(refusals));
  }
  const auto head = journal::read_head(*call.reader);
  return Answer::of(Value::object({{"size", head.size}, {"root", hex(bytes_of(head.root))}}));
}

Answer job(Call& call) {
  const auto id = call.id<JobId>("id");
  const auto found = id ? command::Jobs::find(*call.reader, *id) : std::nullopt;
  if (!found || found->account != call.who.account) return Answer::no(RefusalCode::not_found);
  return Answer::of(
      Value::object({{"id", found->id.text()},
                     {"kind", found->kind},
                     {"state", command::word_of(found->state)},
                     {"steps_done", found->steps_done},
                     {"steps_total", found->steps_total == 0 ? Value() : Value(found->steps_total)},
                     {"result", found->result},
                     {"started", found->started.text()},
                     {"finished", found->finished ? Value(found->finished->text()) : Value()}}));
}

}  // namespace

std::vector<Route> journal_routes() {
  const auto get = [](std::string_view path, Permission permission, Asked asked,
                      std::string_view reply, std::string_view summary, Handler handler) {
    return Route{http::Method::get,
                 path,
                 Access::signed_in,
                 permission,
                 asked,
                 BodyKind::none,
                 "",
                 reply,
                 200,
                 summary,
                 handler};
  };
  return {
      get("/journal", Permission::journal_read, Asked::anywhere, "JournalList",
          "Entries after a number, in order", entries),
      get("/journal/head", Permission::journal_read, Asked::anywhere, "JournalHead",
          "Size and root of the tree", head),
      get("/jobs/{id}", Permission::signed_in, Asked::nowhere, "Job",
          "How far a long work of one's own is", job),
  };
}

}  // namespace huilu::api
