#include "api/ledger_query.h"

#include <algorithm>

#include "base/text.h"
#include "matter/rules.h"
#include "org/queries.h"

namespace huilu::api {

namespace {

using command::Permission;
using policy::FieldType;

constexpr int within_max = 3660;  // days

// Last days from today on, until so many days from now.
void read_within(Query& query, Date today, matter::Filter& filter) {
  const int within = query.integer("due_within", -1, 0, within_max);
  if (within < 0) return;
  filter.due_from = std::max(filter.due_from.value_or(today), today);
  const Date until = today + (within + 1);
  filter.due_before = std::min(filter.due_before.value_or(until), until);
}

bool holds(const Value& value, std::string_view text) {
  if (const std::string* const one = value.text()) {
    return folded(*one).find(text) != std::string::npos;
  }
  const Value::List* const list = value.list();
  return list != nullptr &&
         std::ranges::any_of(*list, [&](const Value& item) { return holds(item, text); });
}

bool says(const std::vector<policy::Pack>& packs, const matter::Stored& stored,
          const std::string& text) {
  const auto& now = stored.now;
  if (folded(now.matter.id.text()) == text) return true;
  if (now.numbered && folded(now.numbered->number).find(text) != std::string::npos) return true;
  const auto& type =
      matter::type_in(matter::pack_of(packs, now.matter.type, now.pack_version), now.matter.type);
  return std::ranges::any_of(type.fields, [&](const policy::Field& field) {
    const bool is_text = field.type == FieldType::text || field.item == FieldType::text;
    if (!is_text || field.is_protected) return false;
    const Value* const said = now.matter.fields.find(field.name);
    return said != nullptr && holds(*said, text);
  });
}

}  // namespace

Result<LedgerQuery> read_ledger_query(Call& call, int limit_max) {
  Refusals refusals;
  Query query(call, refusals);
  LedgerQuery asked;
  auto& filter = asked.filter;
  const auto unit = query.id<UnitId>("unit");
  filter.party = query.id<UnitId>("party");
  filter.own = query.flag("own");
  filter.type = query.text("type");
  filter.state = query.text("state");
  filter.parent = query.id<MatterId>("parent");
  filter.into = query.id<MatterId>("into");
  filter.unmerged = query.flag("unmerged");
  filter.open = query.flag("open");
  filter.stale = query.flag("stale");
  filter.due_from = query.date("due_from");
  filter.due_before = query.date("due_before");
  read_within(query, call.today, filter);
  if (query.flag("overdue")) {
    filter.due_before = std::min(filter.due_before.value_or(call.today), call.today);
  }
  asked.text = folded(query.text("text").value_or(""));
  if (query.word("sort", {"newest", "due"}) == "due") filter.sort = matter::Sort::due;
  filter.limit = query.integer("limit", 50, 1, limit_max);
  filter.cursor = query.text("cursor").value_or("");
  query.finish();
  if (unit.has_value() == filter.party.has_value() && refusals.empty()) {
    refusals.push_back({RefusalCode::field_required, "/unit", "unit or party", "", ""});
  }
  if (filter.own && filter.party) {
    refusals.push_back({RefusalCode::unknown_field, "/own", "unit", "", ""});
  }
  if (refusals.empty()) {
    refusals = call.check(Permission::matter_read, {unit ? *unit : *filter.party},
                          unit ? "/unit" : "/party");
  }
  if (!refusals.empty()) return refusals;
  if (unit) filter.path = org::unit_on(*call.reader, *unit, call.today)->path;
  return asked;
}

Result<matter::Listed> ledger_page(const Call& call, const LedgerQuery& asked) {
  if (asked.text.empty()) return matter::list(*call.reader, asked.filter);
  return matter::list_those(*call.reader, asked.filter, [&](const matter::Stored& stored) {
    return says(call.services.packs, stored, asked.text);
  });
}

}  // namespace huilu::api
