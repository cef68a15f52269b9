// Units drawn by lot to be checked: what packs declare for a unit, drawing and drawing anew, what
// was drawn and why, and all that it takes to draw it again.
#include <algorithm>

#include "api/enactment_views.h"
#include "api/names.h"
#include "api/routes.h"
#include "api/views.h"
#include "indicator/board.h"
#include "policy/finding.h"
#include "policy/sentence.h"
#include "round/commands_unit_draws.h"

namespace huilu::api {

namespace {

using command::Permission;
using policy::DrawStrata;

struct Declared {
  const policy::Pack* pack = nullptr;
  const policy::Draw* draw = nullptr;
};

// Of the packs in force at the unit today.
std::vector<Declared> declared_at(const Call& call, UnitId unit) {
  std::vector<Declared> all;
  for (const policy::Pack* const pack : packs_at(call, unit))
    for (const policy::Draw& draw : pack->draws) all.push_back({pack, &draw});
  return all;
}

// As it was when it was drawn last.
Declared declared_of(const Call& call, const round::UnitDraw& draw) {
  const std::string id = draw.declared.substr(0, draw.declared.find('/'));
  for (const policy::Pack& pack : call.services.packs)
    if (pack.id == id && pack.version == draw.pack_version)
      return {&pack, pack.find_draw(draw.declared.substr(id.size() + 1))};
  return {};
}

Refusals find_declared(const Call& call, UnitId unit, const std::string& address, Declared& found) {
  const auto all = declared_at(call, unit);
  std::vector<std::string_view> addresses;
  for (const Declared& one : all) {
    addresses.push_back(one.draw->address);
    if (one.draw->address == address) found = one;
  }
  if (found.draw) return {};
  return {{RefusalCode::unknown_word, "/draw",
           addresses.empty() ? "" : policy::nearest_or_all(address, addresses), address, ""}};
}

// With all that is counted below the unit, of which more than a board holds is refused.
Refusals read_drawing(Call& call, UnitId unit, const Declared& declared, round::Drawing& drawing) {
  const store::Transaction snapshot(*call.reader, store::Access::read);
  // Without a weight there is no such indicator, and nothing is counted.
  indicator::Board board(
      *call.reader, call.services.packs,
      {unit, call.today, call.today, call.services.clock.now(), true, {declared.draw->weight}}, {});
  if (board.is_too_large())
    return {{RefusalCode::field_range, "/unit", std::to_string(indicator::facts_max), "", ""}};
  drawing.sampling = board.sampling(*declared.pack, *declared.draw);
  drawing.pack_version = declared.pack->version;
  drawing.may_redraw = declared.draw->may_redraw;
  return {};
}

class UnitDrawViews {
 public:
  explicit UnitDrawViews(Call& call) : call_(call), units_(call) {}

  Value declared(const Declared& one) const {
    return Value::object(
        {{"draw", one.draw->address},
         {"title", title(one.draw->title)},
         {"guide", one.draw->guide ? text_or_null(title(*one.draw->guide)) : Value()},
         {"sentence", sentence(one)},
         {"may_redraw", one.draw->may_redraw}});
  }

  Value head(const round::UnitDraw& draw) {
    const Declared one = declared_of(call_, draw);
    units_.load({draw.unit});
    return Value::object({{"id", draw.id.text()},
                          {"unit", units_.view(draw.unit)},
                          {"declared", draw.declared},
                          {"title", one.draw ? title(one.draw->title) : draw.declared},
                          {"name", draw.name},
                          {"drawn", draw.drawn.text()},
                          {"draws", draw.draws},
                          {"version", draw.version}});
  }

  Value whole(const round::WholeUnitDraw& whole) {
    const Declared one = declared_of(call_, whole.draw);
    strata_ = one.draw ? one.draw->strata : DrawStrata::none;
    load(whole.units);
    Value view = head(whole.draw);
    view.set("sentence", one.draw ? Value(sentence(one)) : Value());
    view.set("weight_title", weight_title(one));
    view.set("strata", strata_view(whole.units));
    view.set("candidates", static_cast<std::int64_t>(whole.units.size()));
    view.set("units", drawn_view(whole.units));
    view.set("made", made_view(whole));
    view.set("may_redraw", one.draw && one.draw->may_redraw &&
                               call_.check(Permission::draw_make, {whole.draw.unit}).empty());
    view.set("as_of", as_of(call_));
    return view;
  }

  // All that a draw was made from and with.
  Value made(const round::WholeUnitDraw& whole, const round::MadeDraw& made,
             const std::vector<round::DrawnUnit>& units) {
    Value::List list;
    for (const round::DrawnUnit& one : units)
      list.push_back(Value::object({{"unit", one.of.unit.text()},
                                    {"stratum", text_or_null(one.of.stratum)},
                                    {"weight", integer_or_null(one.of.weight)},
                                    {"tickets", one.of.tickets},
                                    {"place", place_or_null(one)}}));
    return Value::object({{"draw", whole.draw.id.text()},
                          {"n", made.n},
                          {"seed", made.seed},
                          {"size", made.size},
                          {"reason", text_or_null(made.reason)},
                          {"at", made.at.text()},
                          {"journal", made.seq},
                          {"units", std::move(list)},
                          {"as_of", as_of(call_)}});
  }

 private:
  std::string title(const policy::Label& label) const {
    return label.in(static_cast<policy::Language>(call_.language));
  }

  std::string sentence(const Declared& one) const {
    return policy::sentence(*one.draw, *one.pack, call_.services.packs,
                            static_cast<policy::Language>(call_.language));
  }

  static Value place_or_null(const round::DrawnUnit& one) {
    return one.place == 0 ? Value() : Value(static_cast<std::int64_t>(one.place));
  }

  Value weight_title(const Declared& one) const {
    if (!one.draw || one.draw->weight.empty()) return {};
    const auto* const weight =
        one.pack->find_indicator(one.draw->weight.substr(one.pack->id.size() + 1));
    return weight ? Value(title(weight->title)) : Value();
  }

  // Whoever draws has to know where to go; the others are counted.
  void load(const std::vector<round::DrawnUnit>& units) {
    std::vector<UnitId> named;
    for (const round::DrawnUnit& one : units) {
      if (one.place > 0) named.push_back(one.of.unit);
      if (const auto above = UnitId::parse(one.of.stratum)) named.push_back(*above);
    }
    std::sort(named.begin(), named.end());
    named.erase(std::unique(named.begin(), named.end()), named.end());
    units_.load(named);
    units_.open_to_parties(named);
  }

  Value stratum_title(const std::string& stratum) {
    if (strata_ == DrawStrata::none || stratum.empty()) return {};
    if (const auto above = UnitId::parse(stratum); above && strata_ == DrawStrata::parent)
      return units_.name_of(*above);
    const auto& words = policy::core_pack().vocabulary;
    const auto of = [&](const auto& terms) {
      const auto* const term = terms.find(stratum);
      return term ? Value(title(term->title)) : Value(stratum);
    };
    if (strata_ == DrawStrata::type) return of(words.unit_types);
    return strata_ == DrawStrata::rank ? of(words.ranks) : of(words.levels);
  }

  Value strata_view(const std::vector<round::DrawnUnit>& units) {
    struct Count {
      std::int64_t candidates = 0, drawn = 0;
    };
    std::map<std::string, Count> strata;
    for (const round::DrawnUnit& one : units) {
      Count& count = strata[one.of.stratum];
      ++count.candidates;
      count.drawn += one.place > 0 ? 1 : 0;
    }
    Value::List list;
    for (const auto& [stratum, count] : strata)
      list.push_back(Value::object({{"stratum", text_or_null(stratum)},
                                    {"title", stratum_title(stratum)},
                                    {"candidates", count.candidates},
                                    {"drawn", count.drawn}}));
    return list;
  }

  // Stratum by stratum, in the order in which they came out.
  Value drawn_view(const std::vector<round::DrawnUnit>& units) {
    std::vector<const round::DrawnUnit*> drawn;
    for (const round::DrawnUnit& one : units)
      if (one.place > 0) drawn.push_back(&one);
    std::sort(drawn.begin(), drawn.end(), [](const auto* a, const auto* b) {
      return std::pair(a->of.stratum, a->place) < std::pair(b->of.stratum, b->place);
    });
    Value::List list;
    for (const auto* const one : drawn)
      list.push_back(Value::object({{"unit", units_.view(one->of.unit)},
                                    {"stratum_title", stratum_title(one->of.stratum)},
                                    {"weight", integer_or_null(one->of.weight)},
                                    {"tickets", one->of.tickets},
                                    {"place", static_cast<std::int64_t>(one->place)}}));
    return list;
  }

  Value made_view(const round::WholeUnitDraw& whole) {
    const bool names = call_.check(Permission::post_names_read, {whole.draw.unit}).empty();
    Value::List list;
    for (const round::MadeDraw& one : whole.made) {
      const auto found = names ? identity::find_account(*call_.reader, one.account) : std::nullopt;
      list.push_back(Value::object({{"n", one.n},
                                    {"at", one.at.text()},
                                    {"by", actor_or_null(one.account)},
                                    {"by_name", found ? Value(found->display_name) : Value()},
                                    {"reason", text_or_null(one.reason)},
                                    {"seed", one.seed},
                                    {"size", one.size}}));
    }
    return list;
  }

  Call& call_;
  UnitNames units_;
  DrawStrata strata_ = DrawStrata::none;
};

std::optional<round::WholeUnitDraw> read_unit_draw(const Call& call) {
  const auto id = call.id<DrawId>("id");
  auto whole = id ? round::find_unit_draw(*call.reader, *id) : std::nullopt;
  if (!whole || !call.check(Permission::draw_read, {whole->draw.unit}).empty()) return {};
  return whole;
}

Answer declared_draws(Call& call) {
  const auto unit = call.id<UnitId>("id");
  if (!unit) return Answer::no(RefusalCode::not_found);
  if (auto no = call.check(Permission::draw_read, {*unit}); !no.empty())
    return Answer::no(std::move(no));
  const UnitDrawViews views(call);
  Value::List items;
  for (const Declared& one : declared_at(call, *unit)) items.push_back(views.declared(one));
  return Answer::of(Value::object({{"items", std::move(items)}, {"as_of", as_of(call)}}));
}

Answer draw_units(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  round::NewUnitDraw asked;
  asked.unit = in.id<UnitId>("unit");
  asked.declared = in.text("draw", 200);
  asked.name = in.text("name", 200);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::draw_make, {asked.unit}, "/unit");
  Declared declared;
  if (refusals.empty()) refusals = find_declared(call, asked.unit, asked.declared, declared);
  round::Drawing drawing;
  if (refusals.empty()) refusals = read_drawing(call, asked.unit, declared, drawing);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(std::make_unique<round::DrawUnits>(std::move(asked), std::move(drawing)));
}

Answer draw_units_anew(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  const auto reason = in.text("reason", 500);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::draw_make, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto whole = read_unit_draw(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  Declared declared;
  refusals = find_declared(call, whole->draw.unit, whole->draw.declared, declared);
  round::Drawing drawing;
  if (refusals.empty()) refusals = read_drawing(call, whole->draw.unit, declared, drawing);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(
      std::make_unique<round::DrawUnitsAnew>(whole->draw, version, reason, std::move(drawing)));
}

Answer list_unit_draws(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto unit = query.id<UnitId>("unit");
  const auto before = query.id<DrawId>("cursor").value_or(DrawId{});
  const int limit = query.integer("limit", 20, 1, 100);
  query.finish();
  if (!unit && refusals.empty())
    refusals.push_back({RefusalCode::field_required, "/unit", "", "", ""});
  if (refusals.empty()) refusals = call.check(Permission::draw_read, {*unit}, "/unit");
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto draws = round::unit_draws_of(*call.reader, *unit, before, limit);
  UnitDrawViews views(call);
  Value::List items;
  for (const auto& one : draws) items.push_back(views.head(one));
  const bool full = draws.size() == static_cast<std::size_t>(limit);
  return Answer::of(listed(call, std::move(items), full ? draws.back().id.text() : ""));
}

Answer show_unit_draw(Call& call) {
  if (auto no = call.check(Permission::draw_read, {}); !no.empty())
    return Answer::no(std::move(no));
  const auto whole = read_unit_draw(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  return Answer::of(UnitDrawViews(call).whole(*whole));
}

Answer show_made_draw(Call& call) {
  if (auto no = call.check(Permission::draw_read, {}); !no.empty())
    return Answer::no(std::move(no));
  const auto whole = read_unit_draw(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  const std::string_view number = call.parameter("n");
  for (const round::MadeDraw& made : whole->made)
    if (std::to_string(made.n) == number)
      return Answer::of(UnitDrawViews(call).made(
          *whole, made, round::units_of(*call.reader, whole->draw.id, made.n)));
  return Answer::no(RefusalCode::not_found);
}

}  // namespace

std::vector<Route> unit_draw_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  constexpr auto json = BodyKind::json;
  return {
      {get, "/units/{id}/draws", in, Permission::draw_read, Asked::path_unit, none, "",
       "DeclaredDraws", 200, "What may be drawn by lot at or below a unit, as packs declare it",
       declared_draws},
      {get, "/unit-draws", in, Permission::draw_read, Asked::body_units, none, "", "UnitDrawList",
       200, "What was drawn by lot at a unit, newest first", list_unit_draws, nullptr,
       "unit limit cursor"},
      {post, "/unit-draws", in, Permission::draw_make, Asked::body_units, json, "NewUnitDraw",
       "UnitsDrawn", 201, "Draw units by lot, as a pack declares it", draw_units},
      {get, "/unit-draws/{id}", in, Permission::draw_read, Asked::lists, none, "", "UnitDrawWhole",
       200, "The units that were drawn, with what gave each its chance", show_unit_draw},
      {get, "/unit-draws/{id}/draws/{n}", in, Permission::draw_read, Asked::lists, none, "",
       "MadeUnitDraw", 200, "A draw with its seed and its list, to draw it again", show_made_draw},
      {post, "/unit-draws/{id}/draws", in, Permission::draw_make, Asked::lists, json, "UnitRedraw",
       "UnitsDrawn", 200, "Draw anew, for a reason; the earlier draw stays", draw_units_anew},
  };
}

}  // namespace huilu::api
