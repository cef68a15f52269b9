// Policy documents: imported for the whole installation, read by whoever may read packs.
#include <fstream>
#include <iterator>

#include "api/enactment_views.h"
#include "api/routes.h"
#include "base/fault.h"
#include "base/text.h"
#include "document/commands.h"
#include "document/queries.h"
#include "document/split.h"

namespace huilu::api {

namespace {

using command::Permission;
using document::DocumentId;

std::string uploaded(const Call& call) {
  std::ifstream in(call.request.body_file, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (!in) throw Fault(FaultKind::internal, "an upload cannot be read");
  return bytes;
}

Answer import(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto name = query.text("name");
  const auto file_name = query.text("file_name");
  query.finish();
  if (!name) refusals.push_back({RefusalCode::field_required, "/name", "", "", ""});
  if (file_name && count_characters(*file_name) > 200)
    refusals.push_back({RefusalCode::field_range, "/file_name", "<= 200", "", ""});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto roots = roots_for(call, Permission::pack_propose, {});
  if (!roots) return Answer::no(roots.take_refusals());
  auto read = document::split_document(uploaded(call), "");
  if (!read) return Answer::no(read.take_refusals());
  read->name = file_name.value_or(*name);
  return Answer::run(
      std::make_unique<document::ImportDocument>(*name, std::move(*read), std::move(*roots)));
}

Answer list_documents(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto after = query.id<DocumentId>("cursor").value_or(DocumentId{});
  const int limit = query.integer("limit", 50, 1, 500);
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::pack_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto rows = document::documents(*call.reader, after, limit);
  Value::List items;
  for (const document::DocumentRow& one : rows)
    items.push_back(Value::object({{"id", one.id.text()},
                                   {"name", one.name},
                                   {"version", one.version},
                                   {"hash", one.hash},
                                   {"clauses", one.clauses},
                                   {"imported_at", one.imported_at.text()}}));
  const bool full = rows.size() == static_cast<std::size_t>(limit);
  return Answer::of(listed(call, std::move(items), full ? rows.back().id.text() : ""));
}

Answer clauses(Call& call) {
  if (auto refusals = call.check(Permission::pack_read, {}); !refusals.empty())
    return Answer::no(std::move(refusals));
  const auto id = call.id<DocumentId>("id");
  const auto stored = id ? document::find_document(*call.reader, *id) : std::nullopt;
  if (!stored) return Answer::no(RefusalCode::not_found);
  Value whole = document::as_value(document::document_from(*stored));
  Value answer = Value::object({{"id", stored->id.text()},
                                {"name", stored->name},
                                {"version", stored->version},
                                {"document", *whole.find("document")},
                                {"clauses", *whole.find("clauses")},
                                {"repairs", *whole.find("repairs")},
                                {"as_of", as_of(call)}});
  return Answer::of(std::move(answer));
}

}  // namespace

std::vector<Route> document_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  return {
      {get, "/documents", in, Permission::pack_read, Asked::anywhere, BodyKind::none, "",
       "DocumentList", 200, "Policy documents that were imported, by id", list_documents, nullptr,
       "limit cursor"},
      {post, "/documents", in, Permission::pack_propose, Asked::body_units, BodyKind::file, "",
       "DocumentImported", 201,
       "Import a text or .docx, or a corrected copy; `name` is what packs cite, `file_name` the "
       "file's",
       import, nullptr, "name file_name"},
      {get, "/documents/{id}/clauses", in, Permission::pack_read, Asked::anywhere, BodyKind::none,
       "", "DocumentClauses", 200, "The latest version in clauses, with repairs and notes",
       clauses},
  };
}

}  // namespace huilu::api
