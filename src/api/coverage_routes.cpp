// Coverage: the policy documents that are known here, imported or only named by packs, and which
// declarations answer to which of their clauses.
#include <algorithm>

#include "api/policy_views.h"
#include "api/routes.h"
#include "compliance/load_facts.h"
#include "document/queries.h"
#include "policy/coverage.h"

namespace huilu::api {

namespace {

using command::Permission;
using document::DocumentRow;
using policy::CoveredClause;
using policy::CoveredDocument;
using policy::Left;

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

std::vector<DocumentRow> all_documents(store::Connection& reader) {
  std::vector<DocumentRow> rows = document::documents(reader);
  for (auto more = rows; !more.empty(); rows.insert(rows.end(), more.begin(), more.end()))
    more = document::documents(reader, more.back().id);
  return rows;
}

const DocumentRow* named(const std::vector<DocumentRow>& rows, std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const DocumentRow& one) { return one.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

// What is imported and no pack names has no clause to answer to.
std::vector<CoveredDocument> known_documents(const PolicyShown& shown,
                                             const std::vector<DocumentRow>& imported) {
  auto documents = policy::coverage_of(packs_shown(shown));
  for (const DocumentRow& row : imported) {
    if (std::none_of(documents.begin(), documents.end(),
                     [&](const CoveredDocument& one) { return one.name == row.name; }))
      documents.push_back({row.name, {}, {}, {}});
  }
  return documents;
}

// Members that tell which document it is, and whether its text is here.
Value head_view(const PolicyShown& shown, const CoveredDocument& document,
                const DocumentRow* imported) {
  Value::List packs;
  for (const policy::Pack* const pack : document.packs)
    packs.push_back(
        Value::object({{"id", pack->id}, {"title", label_in(pack->title, shown.language)}}));
  Value view = Value::object({{"name", document.name},
                              {"title", Value()},
                              {"document", Value()},
                              {"version", Value()},
                              {"imported_at", Value()},
                              {"same_copy", Value()},
                              {"packs", std::move(packs)}});
  if (imported == nullptr) return view;
  view.set("title", text_or_null(imported->title));
  view.set("document", imported->id.text());
  view.set("version", imported->version);
  view.set("imported_at", imported->imported_at.text());
  if (!document.hash.empty()) view.set("same_copy", document.hash == imported->hash);
  return view;
}

std::int64_t count_of(const CoveredDocument& document, Left left) {
  return std::count_if(
      document.clauses.begin(), document.clauses.end(),
      [&](const CoveredClause& one) { return one.left == left && one.declarations.empty(); });
}

Value counts_view(const CoveredDocument& document) {
  const auto& clauses = document.clauses;
  const auto declared = std::count_if(clauses.begin(), clauses.end(),
                                      [](const auto& one) { return !one.declarations.empty(); });
  const auto unanswered = std::count_if(clauses.begin(), clauses.end(),
                                        [](const auto& one) { return !one.is_answered(); });
  return Value::object({{"clauses", static_cast<std::int64_t>(clauses.size())},
                        {"declared", static_cast<std::int64_t>(declared)},
                        {"bare_fact", count_of(document, Left::bare_fact)},
                        {"later", count_of(document, Left::later)},
                        {"no_duty", count_of(document, Left::no_duty)},
                        {"unanswered", static_cast<std::int64_t>(unanswered)}});
}

Answer list_coverage(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::pack_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto facts = compliance::load_policy(*call.reader, call.services.packs);
  const PolicyShown shown = shown_to(call, facts);
  const auto imported = all_documents(*call.reader);
  Value::List items;
  for (const CoveredDocument& document : known_documents(shown, imported)) {
    Value view = head_view(shown, document, named(imported, document.name));
    view.set("counts", counts_view(document));
    items.push_back(std::move(view));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Value declaration_view(const PolicyShown& shown, const policy::Declaration& one) {
  return Value::object(
      {{"kind", policy::declaration_kind_words[static_cast<std::size_t>(one.kind)]},
       {"address", one.address},
       {"pack", one.pack->id},
       {"title", label_in(one.title, shown.language)},
       {"sentence",
        policy::sentence(one, shown.packs, static_cast<policy::Language>(shown.language))}});
}

Value clause_view(const PolicyShown& shown, const CoveredClause& clause) {
  Value::List declarations;
  for (const policy::Declaration& one : clause.declarations)
    declarations.push_back(declaration_view(shown, one));
  Value view = Value::object({{"id", clause.id},
                              {"at", text_or_null(clause.at)},
                              {"hole", text_or_null(clause.hole)},
                              {"declarations", std::move(declarations)},
                              {"left", Value()},
                              {"reason", Value()}});
  if (!clause.left) return view;
  view.set("left", policy::left_words[static_cast<std::size_t>(*clause.left)]);
  view.set("reason", label_in(*clause.reason, shown.language));
  return view;
}

Answer clauses(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto name = query.text("document");
  query.finish();
  if (auto no = call.check(Permission::pack_read, {}); !no.empty())
    return Answer::no(std::move(no));
  if (!name) refusals.push_back({RefusalCode::field_required, "/document", "", "", ""});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto facts = compliance::load_policy(*call.reader, call.services.packs);
  const PolicyShown shown = shown_to(call, facts);
  const auto imported = all_documents(*call.reader);
  for (const CoveredDocument& document : known_documents(shown, imported)) {
    if (document.name != *name) continue;
    Value view = head_view(shown, document, named(imported, *name));
    Value::List items;
    for (const CoveredClause& clause : document.clauses)
      items.push_back(clause_view(shown, clause));
    view.set("clauses", std::move(items));
    view.set("as_of", as_of(call));
    return Answer::of(std::move(view));
  }
  return Answer::no(RefusalCode::not_found);
}

}  // namespace

std::vector<Route> coverage_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto read = Permission::pack_read;
  constexpr auto any = Asked::anywhere;
  constexpr auto none = BodyKind::none;
  return {
      {get, "/coverage", in, read, any, none, "", "CoverageList", 200,
       "Policy documents, imported or named by packs, and how many clauses are answered to",
       list_coverage},
      {get, "/coverage/clauses", in, read, any, none, "", "Coverage", 200,
       "What answers to each clause of a document", clauses, nullptr, "document"},
  };
}

}  // namespace huilu::api
