#include "policy/matter_type_check.h"

#include <algorithm>

#include "policy/ballot_check.h"
#include "policy/clock_check.h"
#include "policy/finding.h"
#include "policy/look_back_check.h"
#include "policy/merge_check.h"
#include "policy/name_check.h"
#include "policy/relapse_check.h"
#include "policy/round_check.h"

namespace huilu::policy {

namespace {

// What the header lets a move fill in.
constexpr std::array<std::string_view, 5> fillable = {"unit", "due", "reason", "evidence", "into"};
// And what it lets a move set.
constexpr std::array<std::string_view, 2> settable = {"unit", "due"};

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool leads_from(const Move& move, std::string_view state) {
  return std::find(move.from.begin(), move.from.end(), state) != move.from.end();
}

}  // namespace

MatterTypeCheck::MatterTypeCheck(Reading& reading, const PathTypes& types, const Pack& pack,
                                 const Vocabulary& words, MatterType& type)
    : reading_(reading), types_(types), pack_(pack), words_(words), type_(type) {
  for (const MatterState& state : type.states) states_.push_back(state.id);
  for (const MatterRole& role : type.roles) roles_.push_back(role.name);
  for (const Move& move : type.moves) moves_.push_back(move.id);
  for (const Field& field : type.fields) fields_.push_back(field.name);
  reach_.thing = type_of_matter(type);
  reach_.it = reach_.thing;
  reach_.has_bearer = true;
  reach_.in_campaign = pack.campaign.has_value();
  reach_.may_be_today = true;
  reach_.has_parameters = true;
  reach_.has_case_day = true;
}

ConditionCheck MatterTypeCheck::paths() const { return {reading_, types_, pack_, reach_}; }

void MatterTypeCheck::check(const Node& node) {
  check_fields(node);
  check_roles(node);
  for (std::size_t i = 0; i < type_.moves.size(); ++i)
    check_move(type_.moves[i], node.below("moves").below(i));
  ClockCheck(reading_, types_, pack_, reach_, type_).check(node);
  std::vector<std::string_view> shown = fields_;
  shown.insert(shown.end(), sheet_header_words.begin(), sheet_header_words.end());
  for (const MatterSheet& sheet : type_.sheets)
    check_names(reading_, sheet.fields, shown,
                node.below("sheets").below(sheet.name).below("fields"));
  BallotCheck ballots(reading_, types_, pack_, reach_, type_);
  if (type_.ballot) ballots.check(*type_.ballot, node.below("ballot"));
  ballots.check_automatic(node);
  if (type_.look_back)
    LookBackCheck(reading_, types_, pack_, reach_, type_)
        .check(*type_.look_back, node.below("look_back"));
  if (type_.relapse)
    RelapseCheck(reading_, types_, pack_, reach_, type_)
        .check(*type_.relapse, node.below("relapse"));
  RoundCheck(reading_, type_).check(node);
  MergeCheck(reading_, type_).check(node);
  check_states(node);
}

void MatterTypeCheck::check_fields(const Node& node) {
  const Node& fields = node.below("fields");
  for (const Member& member : fields.members)
    if (std::find(matter_header_words.begin(), matter_header_words.end(), member.key) !=
        matter_header_words.end())
      reading_.report(RefusalCode::pack_duplicate_key, member.place, "the header's word",
                      member.key);
  for (Field& field : type_.fields) {
    const Node& written = fields.below(field.name);
    const bool is_list = field.item == FieldType::unit;
    const Node& kinds = is_list ? written.below("of").below("unit") : written.below("of");
    const bool has_kinds = is_list || field.type == FieldType::unit;
    for (std::size_t i = 0; has_kinds && i < field.words.size(); ++i)
      if (const std::string& kind = field.words[i].code; !words_.unit_types.contains(kind))
        reading_.report(RefusalCode::pack_unknown_word, kinds.below(i).place,
                        words_.unit_types.expected(kind), kind);
    if (field.show_if) paths().check(*field.show_if);
    if (field.not_after.empty()) continue;
    std::vector<std::string_view> days = {"entered", "today"};
    for (const Field& other : type_.fields)
      if (other.type == FieldType::date) days.push_back(other.name);
    check_name(reading_, field.not_after, days, written.below("not_after").place);
  }
  const bool names_persons =
      std::any_of(type_.fields.begin(), type_.fields.end(), [](const Field& field) {
        return field.type == FieldType::person || field.item == FieldType::person;
      });
  if (type_.visible.names == Scope::public_ && names_persons)
    reading_.report(RefusalCode::pack_range, node.below("visible").below("names").place,
                    "self, unit, line", "public");
}

void MatterTypeCheck::check_roles(const Node& node) {
  for (const MatterRole& role : type_.roles) {
    const Node& written = node.below("roles").below(role.name);
    if (!role.post.empty() && !words_.post_kinds.contains(role.post))
      reading_.report(RefusalCode::pack_unknown_word, written.below("post").place,
                      words_.post_kinds.expected(role.post), role.post);
    if (!role.path.place.file) continue;  // it could not be read
    const PathType type = paths().check(role.path);
    if (type.leads == Leads::nothing) continue;
    const bool is_persons = role.kind == RoleKind::persons;
    const bool fits = is_persons ? type.leads == Leads::person || type.leads == Leads::member
                                 : type.leads == Leads::unit && !type.list;
    if (!fits)
      reading_.report(RefusalCode::pack_type, role.path.place, is_persons ? "person" : "unit",
                      describe(type));
  }
}

void MatterTypeCheck::check_move(Move& move, const Node& node) {
  for (std::size_t i = 0; i < type_.moves.size() && &type_.moves[i] != &move; ++i)
    if (!move.id.empty() && type_.moves[i].id == move.id)
      reading_.report(RefusalCode::pack_duplicate_key, node.below("id").place,
                      type_.moves[i].place.text(), move.id);
  check_names(reading_, move.from, states_, node.below("from"));
  check_name(reading_, move.to, states_, node.below("to").place);
  check_names(reading_, move.by, roles_, node.below("by"));
  check_names(reading_, move.tells, roles_, node.below("tells"));
  std::vector<std::string_view> fields = fields_;
  fields.insert(fields.end(), fillable.begin(), fillable.end());
  check_names(reading_, move.fields, fields, node.below("fields"));
  std::vector<std::string_view> others = moves_;
  std::erase(others, move.id);
  const Node& earlier = node.below("not_same_person_as");
  check_names(reading_, move.not_same_person_as, others, earlier);
  for (const std::string& from : move.from) {
    const MatterState* const state = type_.find_state(from);
    if (state && state->final == Final::hard)
      reading_.report(RefusalCode::pack_shape, node.below("from").place, "final: soft", from);
  }
  if (!move.reviews.empty()) check_reviews(move, node);
  if (move.needs) check_needs(*move.needs);
  for (Assignment& one : move.sets) check_set(one, node.below("sets").below(one.field));
}

void MatterTypeCheck::check_reviews(const Move& move, const Node& node) {
  const Node& written = node.below("reviews");
  std::vector<std::string_view> reviewed = fields_;
  reviewed.push_back("evidence");
  check_names(reading_, move.reviews, reviewed, written);
  check_judges(reading_, type_, move.by, node.below("by"));
}

void MatterTypeCheck::check_needs(Test& test) {
  if (test.counts()) return check_below(test);
  Reach reach = reach_;
  reach.has_clocks = true;
  reach.has_ballot = true;
  reach.has_look_back = true;
  if (test.kind == TestKind::holds)
    ObligationCheck(reading_, types_, pack_, words_).check(test, reach);
  for (Test& part : test.parts) check_needs(part);
}

// Only what lies below is counted: nobody reads a whole ledger to move one matter.
void MatterTypeCheck::check_below(Test& test) {
  Set& set = test.of;
  if (set.source != SetSource::matter || test.sum || test.distinct || test.share || set.during ||
      set.active || !set.counts_if.empty()) {
    reading_.report(RefusalCode::pack_later, test.place, "",
                    std::string(test_kind_words[static_cast<std::size_t>(test.kind)]));
    return;
  }
  if (const auto* const use = std::get_if<ParameterUse>(&test.threshold.what))
    paths().check(*use, {ParameterType::int_});
  else if (!std::holds_alternative<std::int64_t>(test.threshold.what))
    reading_.report(RefusalCode::pack_type, test.threshold.place, "integer", "decimal");
  std::vector<std::string_view> names;
  for (const MatterType& one : pack_.matter_types) names.push_back(one.name);
  for (std::string& name : set.names) {
    Reach reach_of_any = reach_;
    reach_of_any.thing = type_of(Leads::a_matter);
    if (name == any_matter_type)
      ConditionCheck(reading_, types_, pack_, reach_of_any).check(set.where);
    else
      check_name(reading_, name, names, set.place);
    const MatterType* const type = pack_.find_matter_type(name);
    if (!type) continue;
    name = type->address;
    Reach reach = reach_;
    reach.thing = type_of_matter(*type);
    ConditionCheck(reading_, types_, pack_, reach).check(set.where);
  }
  const bool is_below =
      std::any_of(set.where.lines.begin(), set.where.lines.end(), [](const Comparing& line) {
        const auto* const path =
            line.operands.empty() ? nullptr : std::get_if<Path>(&line.operands.front().what);
        return line.path.text() == "parent" && line.comparison == Comparison::equal && path &&
               path->root == Root::it && path->steps.empty();
      });
  if (!is_below)
    reading_.report(RefusalCode::pack_missing_key, test.place, "where: {parent: $it}", "");
}

void MatterTypeCheck::check_set(Assignment& one, const Node& node) {
  std::vector<std::string_view> fields = fields_;
  fields.insert(fields.end(), settable.begin(), settable.end());
  check_name(reading_, one.field, fields, node.place);
  const auto* const value = std::get_if<Value>(&one.value.what);
  const auto wanted = types_.step(reach_.thing, one.field);
  if (!wanted || !one.value.place.file) return;
  if (value && value->is_null()) {
    if (contains({settable.begin(), settable.end()}, one.field))
      reading_.report(RefusalCode::pack_type, node.place, describe(*wanted), "null");
    return;
  }
  if (value && value->text() && contains(roles_, *value->text())) {
    one.role = *value->text();
    const MatterRole& role = *type_.find_role(one.role);
    if (role.kind != RoleKind::unit || wanted->leads != Leads::unit || wanted->list)
      reading_.report(RefusalCode::pack_type, node.place, describe(*wanted), one.role);
    return;
  }
  Condition condition;
  Comparing line;
  line.path.steps = {one.field};
  line.path.place = node.place;
  line.place = node.place;
  line.comparison = wanted->list ? Comparison::has : Comparison::equal;
  line.operands = {one.value};
  condition.lines.push_back(std::move(line));
  paths().check(condition);
}

void MatterTypeCheck::check_states(const Node& node) {
  check_name(reading_, type_.initial, states_, node.below("initial").place);
  if (const MatterState* const first = type_.find_state(type_.initial); first && first->final)
    reading_.report(RefusalCode::pack_shape, node.below("initial").place, "a state without final",
                    type_.initial);
  if (!node.cut && !node.below("moves").cut) check_paths_through(node);
}

// Every state is reached from the first, and every one that is not final has a way out.
void MatterTypeCheck::check_paths_through(const Node& node) {
  std::vector<std::string_view> reached = {type_.initial};
  for (std::size_t i = 0; i < reached.size(); ++i)
    for (const Move& move : type_.moves)
      if (leads_from(move, reached[i]) && !contains(reached, move.to)) reached.push_back(move.to);
  for (const MatterState& state : type_.states) {
    const Node& written = node.below("states").below(state.id);
    if (contains(states_, type_.initial) && !contains(reached, state.id))
      reading_.report(RefusalCode::pack_shape, written.place, "a move to it", state.id);
    const bool has_exit = std::any_of(
        type_.moves.begin(), type_.moves.end(),
        [&](const Move& move) { return leads_from(move, state.id) && move.to != state.id; });
    if (!state.final && !has_exit)
      reading_.report(RefusalCode::pack_shape, written.place, "a move from it", state.id);
  }
}

}  // namespace huilu::policy
