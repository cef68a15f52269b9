// Ledgers as packs arrange them: the parts with how many there are, and what is in a part.
#include <algorithm>

#include "api/enactment_views.h"
#include "api/matter_views.h"
#include "api/routes.h"
#include "api/views.h"
#include "indicator/board.h"
#include "matter/queries.h"
#include "org/queries.h"
#include "policy/sentence.h"

namespace huilu::api {

namespace {

using command::Permission;
using indicator::Board;

// What is in no part, as a parameter of a query.
constexpr std::string_view outside_part = "-";

struct Arranged {
  const policy::Pack* pack = nullptr;
  const policy::View* view = nullptr;
};

std::vector<Arranged> arranged_at(const Call& call, UnitId unit) {
  std::vector<Arranged> all;
  for (const policy::Pack* const pack : packs_at(call, unit))
    for (const policy::View& view : pack->views) all.push_back({pack, &view});
  return all;
}

const policy::MatterType* type_of(const Call& call, const policy::View& view) {
  const policy::MatterType* found = nullptr;
  for (const policy::Pack& pack : call.services.packs)
    for (const policy::MatterType& type : pack.matter_types)
      if (type.address == view.counted.of.names.front()) found = &type;
  return found;
}

Refusals read_unit(Call& call, UnitId& unit) {
  const auto id = call.id<UnitId>("id");
  if (!id) return {{RefusalCode::not_found, "", "", "", ""}};
  unit = *id;
  return call.check(Permission::matter_read, {unit});
}

Board board_of(Call& call, UnitId unit, const std::vector<std::string>& views) {
  return {*call.reader,
          call.services.packs,
          indicator::Asked{unit, call.today, call.today, call.services.clock.now(), true, views},
          {}};
}

const Board::Line* line_of(const Board& board, const policy::View& view) {
  for (const Board::Line& line : board.lines())
    if (line.indicator->address == view.address) return &line;
  return nullptr;
}

// The word of the part that a matter stands in; empty: in none.
std::string part_of(const policy::View& view, const obligation::MeasuredFact& fact) {
  const auto& words = fact.keys.front();
  if (words.size() != 1) return {};
  for (const policy::ViewGroup& group : view.partition.parts)
    if (std::find(group.of.begin(), group.of.end(), words.front()) != group.of.end())
      return words.front();
  return {};
}

class PackViews {
 public:
  explicit PackViews(Call& call) : call_(call) {}

  Value view(const Arranged& one, const std::map<std::string, std::int64_t>& counts) const {
    const policy::MatterType* const type = type_of(call_, *one.view);
    Value::List groups;
    std::int64_t total = 0;
    for (const auto& [word, count] : counts) total += count;
    for (const policy::ViewGroup& group : one.view->partition.parts)
      groups.push_back(group_view(*one.view, type, group, counts));
    return Value::object(
        {{"view", one.view->address},
         {"title", title(one.view->title)},
         {"guide", one.view->guide ? Value(title(*one.view->guide)) : Value()},
         {"kind", policy::view_kind_words[static_cast<std::size_t>(one.view->kind)]},
         {"sentence", policy::sentence(*one.view, *one.pack, call_.services.packs, language())},
         {"groups", std::move(groups)},
         {"outside", count_of(counts, "")},
         {"total", total},
         {"columns", columns(*one.view, type)}});
  }

 private:
  policy::Language language() const { return static_cast<policy::Language>(call_.language); }
  std::string title(const policy::Label& label) const { return label.in(language()); }

  static std::int64_t count_of(const std::map<std::string, std::int64_t>& counts,
                               const std::string& word) {
    const auto found = counts.find(word);
    return found == counts.end() ? 0 : found->second;
  }

  Value group_view(const policy::View& view, const policy::MatterType* type,
                   const policy::ViewGroup& group,
                   const std::map<std::string, std::int64_t>& counts) const {
    const auto* const field = type ? type->find_field(view.partition.by.steps.front()) : nullptr;
    Value::List parts;
    std::int64_t sum = 0;
    for (const std::string& word : group.of) {
      std::string said = word;
      if (field)
        for (const policy::Term& term : field->words)
          if (term.code == word) said = title(term.title);
      sum += count_of(counts, word);
      parts.push_back(
          Value::object({{"part", word}, {"title", said}, {"count", count_of(counts, word)}}));
    }
    return Value::object({{"id", group.id},
                          {"title", title(group.title)},
                          {"count", sum},
                          {"parts", std::move(parts)}});
  }

  Value columns(const policy::View& view, const policy::MatterType* type) const {
    Value::List list;
    for (const std::string& column : view.columns) {
      const auto* const field = type ? type->find_field(column) : nullptr;
      list.push_back(Value::object(
          {{"column", column},
           {"title", field ? title(field->title)
                           : words::text(call_.language, "sentence.property.matter." + column)}}));
    }
    return list;
  }

  Call& call_;
};

Answer pack_views(Call& call) {
  UnitId unit;
  if (auto no = read_unit(call, unit); !no.empty()) return Answer::no(std::move(no));
  const store::Transaction snapshot(*call.reader, store::Access::read);
  const auto all = arranged_at(call, unit);
  Value::List items;
  if (!all.empty()) {
    std::vector<std::string> asked;
    for (const Arranged& one : all) asked.push_back(one.view->address);
    Board board = board_of(call, unit, asked);
    if (board.is_too_large())
      return Answer::no(RefusalCode::field_range, "/id", std::to_string(indicator::facts_max));
    for (const Arranged& one : all) {
      const Board::Line* const line = line_of(board, *one.view);
      std::map<std::string, std::int64_t> counts;
      if (line)
        for (const auto* const fact : board.behind(*line, unit))
          ++counts[part_of(*one.view, *fact)];
      items.push_back(PackViews(call).view(one, counts));
    }
  }
  return Answer::of(Value::object({{"items", std::move(items)}, {"as_of", as_of(call)}}));
}

Answer pack_view_rows(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const std::string address = query.text("view").value_or("");
  const std::string part = query.text("part").value_or("");
  const auto limit = static_cast<std::size_t>(query.integer("limit", 50, 1, 500));
  const auto skip = static_cast<std::size_t>(query.integer("cursor", 0, 0, 1'000'000));
  query.finish();
  UnitId unit;
  if (refusals.empty()) refusals = read_unit(call, unit);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const store::Transaction snapshot(*call.reader, store::Access::read);
  const auto all = arranged_at(call, unit);
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const Arranged& one) { return one.view->address == address; });
  if (found == all.end()) return Answer::no(RefusalCode::unknown_word, "/view", "", address);
  Board board = board_of(call, unit, {address});
  if (board.is_too_large())
    return Answer::no(RefusalCode::field_range, "/id", std::to_string(indicator::facts_max));
  const Board::Line* const line = line_of(board, *found->view);
  std::vector<MatterId> ids;
  if (line)
    for (const auto* const fact : board.behind(*line, unit)) {
      const std::string in = part_of(*found->view, *fact);
      const bool is_asked = part.empty() || (in.empty() ? part == outside_part : part == in);
      const auto id = MatterId::parse(fact->id);
      if (is_asked && id) ids.push_back(*id);
    }
  std::sort(ids.begin(), ids.end());
  const std::size_t from = std::min(ids.size(), skip);
  const std::size_t until = std::min(ids.size(), from + limit);
  const auto stored =
      matter::find_all(*call.reader, {ids.begin() + static_cast<std::ptrdiff_t>(from),
                                      ids.begin() + static_cast<std::ptrdiff_t>(until)});
  MatterViews views(call);
  views.load(stored);
  Value::List items;
  for (const auto& one : stored) items.push_back(views.matter(one));
  return Answer::of(
      listed(call, std::move(items), until < ids.size() ? std::to_string(until) : ""));
}

}  // namespace

std::vector<Route> pack_view_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  return {
      {get, "/units/{id}/pack-views", in, Permission::matter_read, Asked::path_unit, none, "",
       "PackViewList", 200, "Ledgers as packs arrange them, with how many are in each part",
       pack_views},
      {get, "/units/{id}/pack-views/rows", in, Permission::matter_read, Asked::path_unit, none, "",
       "MatterList", 200, "The matters of a part of such a ledger; part - is what is in none",
       pack_view_rows, nullptr, "view part limit cursor"},
  };
}

}  // namespace huilu::api
