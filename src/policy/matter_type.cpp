#include "policy/matter_type.h"

#include <algorithm>

#include "policy/declarations.h"
#include "policy/finding.h"

namespace huilu::policy {

namespace {

template <class T>
const T* find_in(const std::vector<T>& all, std::string T::*name, std::string_view wanted) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const T& one) { return one.*name == wanted; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

bool Move::merges() const {
  return std::find(fields.begin(), fields.end(), "into") != fields.end();
}

const Field* MatterType::find_field(std::string_view field) const {
  return find_in(fields, &Field::name, field);
}
const MatterState* MatterType::find_state(std::string_view id) const {
  return find_in(states, &MatterState::id, id);
}
const MatterRole* MatterType::find_role(std::string_view role) const {
  return find_in(roles, &MatterRole::name, role);
}
const Move* MatterType::find_move(std::string_view id) const {
  return find_in(moves, &Move::id, id);
}
const MatterClock* MatterType::find_clock(std::string_view id) const {
  return find_in(clocks, &MatterClock::id, id);
}
bool MatterType::has_reviews() const {
  return std::any_of(moves.begin(), moves.end(),
                     [](const Move& one) { return !one.reviews.empty(); });
}
bool MatterType::has_merges() const {
  return std::any_of(moves.begin(), moves.end(), [](const Move& one) { return one.merges(); });
}
const std::vector<Rung>& MatterType::rungs_of(std::string_view clock) const {
  static const std::vector<Rung> none;
  const Ladder* const ladder = find_in(ladders, &Ladder::clock, clock);
  return ladder ? ladder->rungs : none;
}
const Rung* MatterType::find_rung(std::string_view clock, std::string_view id) const {
  return find_in(rungs_of(clock), &Rung::id, id);
}

Completion MatterType::completion_of(std::string_view state) const {
  const MatterState* const found = find_state(state);
  if (!found) return Completion::under_way;
  if (found->completion) return *found->completion;
  if (!found->final) return state == initial ? Completion::not_started : Completion::under_way;
  switch (found->outcome.value_or(Outcome::solved)) {
    case Outcome::solved:
      return Completion::done;
    case Outcome::partly:
      return Completion::nearly_done;
    case Outcome::long_term:
      return Completion::long_term;
    default:
      return Completion::dropped;
  }
}

namespace {

constexpr std::array<std::string_view, 1> pin_words = {"version_at_open"};
enum class Pin { version_at_open };

// A label alone, or a map.
Form<MatterState> state_form() {
  const auto whole = named(
      "state",
      map_of<MatterState>(
          {
              label("title", &MatterState::title),
              optional("final", &MatterState::final, word<Final>(final_words)),
              optional("outcome", &MatterState::outcome, word<Outcome>(outcome_words)),
              optional("completion", &MatterState::completion, word<Completion>(completion_words)),
          },
          [](Reading& reading, const Node& node, MatterState& state) {
            if (state.outcome && !state.final)
              reading.report(RefusalCode::pack_missing_key, node.place, "final", "");
            if (state.final && !state.outcome && !node.cut && !node.find("outcome"))
              reading.report(RefusalCode::pack_missing_key, node.place, "outcome", "");
          }));
  return {[whole](Reading& reading, const Node& node, MatterState& out) {
            out.place = node.place;
            if (node.kind == NodeKind::map) return whole.read(reading, node, out);
            const Reading::Step step(reading, "title");
            out.title = reading.label(node, node.kind == NodeKind::null ? nullptr : &node);
          },
          "text or map", shape::choice({shape::text(), whole.shape})};
}

Key<MatterRole> role_key(RoleKind kind) {
  const auto path = path_form();
  const auto post = id();
  const bool is_post = kind == RoleKind::post;
  return {role_kind_words[static_cast<std::size_t>(kind)], Presence::optional,
          is_post ? post.expected : path.expected,
          [=](Reading& reading, const Node&, const Node* value, MatterRole& out) {
            if (!value) return;
            out.kind = kind;
            if (is_post)
              post.read(reading, *value, out.post);
            else
              path.read(reading, *value, out.path);
          },
          is_post ? post.shape : path.shape};
}

void check_role(Reading& reading, const Node& node, MatterRole& role) {
  role.place = node.place;
  if (node.find("nearest")) return;
  reading::one_of_keys(reading, node, {role_kind_words.begin(), role_kind_words.end()});
  const bool is_post = node.find("post") != nullptr;
  if (is_post && !node.find("of") && !node.cut)
    reading.report(RefusalCode::pack_missing_key, node.place, "of", "");
  if (!is_post && node.find("of"))
    reading.report(RefusalCode::pack_unknown_key, node.below("of").place, "", "of");
}

Form<MatterRole> role_form() {
  return exactly_one(role_kind_words,
                     named("role", map_of<MatterRole>(
                                       {
                                           label("title", &MatterRole::title),
                                           role_key(RoleKind::unit),
                                           role_key(RoleKind::post),
                                           optional("of", &MatterRole::path, path_form()),
                                           role_key(RoleKind::persons),
                                           later<MatterRole>("nearest"),
                                       },
                                       check_role)));
}

// A path, a literal, or null, which empties the field; whether a word is a role is seen when all
// are read.
Form<std::vector<Assignment>> sets_form() {
  return {[](Reading& reading, const Node& node, std::vector<Assignment>& out) {
            if (!reading::is_map(reading, node)) return;
            for (const Member& member : node.members) {
              Assignment one;
              id().read(reading, reading::key_node(member), one.field);
              const bool is_empty = member.value.kind == NodeKind::null;
              if (!is_empty && !reading::is_scalar(reading, member.value, "role, path or value"))
                continue;
              one.value.place = member.value.place;
              if (is_empty)
                one.value.what = Value();
              else if (member.value.text.starts_with('$'))
                path_form().read(reading, member.value, one.value.what.emplace<Path>());
              else
                one.value.what = value_of(member.value);
              if (!one.field.empty()) out.push_back(std::move(one));
            }
          },
          "map", shape::names(shape::anything(), id().shape->pattern)};
}

Form<Move> move_form() {
  return named("move",
               map_of<Move>(
                   {
                       required("id", &Move::id, id()),
                       label("title", &Move::title),
                       label("guide", &Move::guide),
                       unkept<Move>("note", Presence::optional, text()),
                       optional("clause", &Move::clauses, one_or_list(token())),
                       required("from", &Move::from, some_of(id())),
                       required("to", &Move::to, id()),
                       optional("by", &Move::by, some_of(id())),
                       optional("automatic", &Move::automatic, boolean()),
                       optional("fields", &Move::fields, list_of(id())),
                       optional("needs", &Move::needs, test_form()),
                       optional("not_same_person_as", &Move::not_same_person_as, one_or_list(id())),
                       optional("reviews", &Move::reviews, some_of(id())),
                       optional("sets", &Move::sets, sets_form()),
                       optional("tells", &Move::tells, list_of(id())),
                       optional("combines", &Move::combines, one_or_list(id())),
                       optional("clears", &Move::clears, one_or_list(id())),
                       later<Move>("opens"),
                       later<Move>("publishes"),
                   },
                   [](Reading& reading, const Node& node, Move& move) {
                     move.place = node.place;
                     if (!move.automatic && !node.find("by") && !node.cut)
                       reading.report(RefusalCode::pack_missing_key, node.place, "by", "");
                   }));
}

Form<SheetBlank> blank_form() {
  return {[](Reading& reading, const Node& node, SheetBlank& out) {
            const Reading::Step step(reading, "title");
            out.title = reading.label(node, node.kind == NodeKind::null ? nullptr : &node);
          },
          "text", shape::text()};
}

Form<MatterSheet> sheet_form() {
  return named(
      "sheet",
      map_of<MatterSheet>(
          {
              label("title", &MatterSheet::title),
              label("guide", &MatterSheet::guide),
              required("fields", &MatterSheet::fields, some_of(id())),
              optional("blanks", &MatterSheet::blanks, by_name(blank_form(), &SheetBlank::name)),
          },
          [](Reading&, const Node& node, MatterSheet& sheet) { sheet.place = node.place; }));
}

}  // namespace

Form<MatterType> matter_type_form() {
  return named(
      "matter_type",
      map_of<MatterType>(
          {
              optional("clause", &MatterType::clauses, one_or_list(token())),
              label("title", &MatterType::title),
              label("guide", &MatterType::guide),
              unkept<MatterType>("note", Presence::optional, text()),
              unkept<MatterType>("pin", Presence::required, word<Pin>(pin_words)),
              required("fields", &MatterType::fields, by_name(field_form(), &Field::name)),
              required("roles", &MatterType::roles, by_name(role_form(), &MatterRole::name)),
              required("initial", &MatterType::initial, id()),
              required("states", &MatterType::states, by_name(state_form(), &MatterState::id)),
              required("moves", &MatterType::moves, list_of(move_form())),
              optional("visible", &MatterType::visible, visible_form()),
              optional("clocks", &MatterType::clocks, by_name(clock_form(), &MatterClock::id)),
              optional("ladder", &MatterType::ladders, by_name(ladder_form(), &Ladder::clock)),
              optional("urgent", &MatterType::urgent, urgency_form()),
              optional("sheets", &MatterType::sheets, by_name(sheet_form(), &MatterSheet::name)),
              optional("ballot", &MatterType::ballot, ballot_form()),
              optional("round", &MatterType::round, matter_round_form()),
              optional("look_back", &MatterType::look_back, look_back_form()),
              optional("relapse", &MatterType::relapse, relapse_form()),
          },
          [](Reading&, const Node& node, MatterType& type) { type.place = node.place; }));
}

}  // namespace huilu::policy
