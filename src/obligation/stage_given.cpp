#include <algorithm>

#include "obligation/context.h"
#include "obligation/organisation.h"
#include "obligation/stage.h"
#include "policy/declarations.h"

namespace huilu::obligation {

namespace {

using policy::map_of;
using policy::Node;
using policy::optional;
using policy::required;

// Long before anything that a story tells.
constexpr int first_year = 1900;

struct GivenUnit {
  std::string id, type, level, rank;
  std::vector<std::string> tags;
  Node parent;
  std::optional<Date> from, until, go_live;
};

policy::Form<GivenUnit> unit_form() {
  return map_of<GivenUnit>({
      required("id", &GivenUnit::id, policy::id()),
      required("type", &GivenUnit::type, policy::id()),
      optional("level", &GivenUnit::level, policy::id()),
      optional("rank", &GivenUnit::rank, policy::id()),
      optional("tags", &GivenUnit::tags, policy::list_of(policy::id())),
      optional("parent", &GivenUnit::parent, policy::raw()),
      optional("from", &GivenUnit::from, policy::date()),
      optional("until", &GivenUnit::until, policy::date()),
      optional("go_live", &GivenUnit::go_live, policy::date()),
  });
}

struct GivenPost {
  std::string id, kind;
  Node day, at, appoint, person, unit;
  bool acting = false;
  std::optional<Date> from, until;
};

policy::Form<GivenPost> post_form() {
  return map_of<GivenPost>({
      optional("day", &GivenPost::day, policy::raw()),
      optional("at", &GivenPost::at, policy::raw()),
      optional("appoint", &GivenPost::appoint, policy::raw()),
      optional("person", &GivenPost::person, policy::raw()),
      optional("id", &GivenPost::id, policy::id()),
      required("unit", &GivenPost::unit, policy::raw()),
      required("kind", &GivenPost::kind, policy::id()),
      optional("acting", &GivenPost::acting, policy::boolean()),
      optional("from", &GivenPost::from, policy::date()),
      optional("until", &GivenPost::until, policy::date()),
  });
}

struct GivenMember {
  Node day, at, join, person, unit, host;
  bool probationary = false, floating = false;
  std::optional<Date> from, until;
};

policy::Form<GivenMember> member_form() {
  return map_of<GivenMember>({
      optional("day", &GivenMember::day, policy::raw()),
      optional("at", &GivenMember::at, policy::raw()),
      optional("join", &GivenMember::join, policy::raw()),
      optional("person", &GivenMember::person, policy::raw()),
      required("unit", &GivenMember::unit, policy::raw()),
      optional("probationary", &GivenMember::probationary, policy::boolean()),
      optional("floating", &GivenMember::floating, policy::boolean()),
      optional("host", &GivenMember::host, policy::raw()),
      optional("from", &GivenMember::from, policy::date()),
      optional("until", &GivenMember::until, policy::date()),
  });
}

struct GivenBatch {
  std::string id;
  Interval window;
};

struct GivenPlace {
  Node unit;
  std::string batch;
  Date from = Date::of(first_year, 1, 1);
};

struct GivenCampaign {
  Node unit;
  std::vector<GivenBatch> batches;
  std::vector<GivenPlace> placed;
  std::optional<Date> ended;
};

policy::Form<GivenCampaign> campaign_form() {
  return map_of<GivenCampaign>({
      required("unit", &GivenCampaign::unit, policy::raw()),
      optional("batches", &GivenCampaign::batches,
               policy::list_of(map_of<GivenBatch>({
                   required("id", &GivenBatch::id, policy::id()),
                   required("window", &GivenBatch::window, policy::interval_form()),
               }))),
      optional("placed", &GivenCampaign::placed,
               policy::list_of(map_of<GivenPlace>({
                   required("unit", &GivenPlace::unit, policy::raw()),
                   optional("batch", &GivenPlace::batch, policy::id()),
                   optional("from", &GivenPlace::from, policy::date()),
               }))),
      optional("ended", &GivenCampaign::ended, policy::date()),
  });
}

struct Given {
  Node units, posts, members, records, campaign;
};

policy::Form<Given> given_form() {
  return map_of<Given>({
      optional("units", &Given::units, policy::raw()),
      optional("posts", &Given::posts, policy::raw()),
      optional("members", &Given::members, policy::raw()),
      optional("records", &Given::records, policy::raw()),
      optional("campaign", &Given::campaign, policy::raw()),
  });
}

}  // namespace

// Reads what is given and puts it on the stage.
class Giving {
 public:
  explicit Giving(Stage& stage) : stage_(stage) {}

  void give(const Node& node) {
    Given given;
    given_form().read(stage_.reading, node, given);
    give_units(given.units);
    each(given.posts, [&](const Node& item) { stage_.appoint(item, first_day()); });
    each(given.members, [&](const Node& item) { stage_.join(item, first_day()); });
    each(given.records, [&](const Node& item) { give_record(item); });
    if (given.campaign.kind != policy::NodeKind::null) give_campaign(given.campaign);
  }

  static Date first_day() { return Date::of(first_year, 1, 1); }

  template <class Words>
  void check_word(const Node& node, std::string_view key, const Words& words,
                  const std::string& word) const {
    if (!word.empty() && !words.contains(word))
      policy::reading::unknown_word(stage_.reading, node.below(key), words.codes());
  }

 private:
  template <class Read>
  void each(const Node& list, const Read& read) {
    if (list.kind == policy::NodeKind::null || !policy::reading::is_list(stage_.reading, list))
      return;
    for (const Node& item : list.items) read(item);
  }

  void give_units(const Node& list) {
    std::vector<std::pair<UnitId, Node>> parents;
    each(list, [&](const Node& item) {
      GivenUnit given;
      unit_form().read(stage_.reading, item, given);
      if (given.id.empty()) return;
      const auto& words = policy::core_pack().vocabulary;
      check_word(item, "type", words.unit_types, given.type);
      check_word(item, "level", words.levels, given.level);
      check_word(item, "rank", words.ranks, given.rank);
      Unit unit;
      unit.id = UnitId{static_cast<std::int64_t>(stage_.units_.size()) + 1};
      unit.name = given.id;
      unit.span = {given.from.value_or(first_day()), given.until};
      unit.go_live = given.go_live;
      const policy::Level* const level = words.levels.find(given.level);
      const int number = level ? static_cast<int>(level->number) : Kind{}.level;
      unit.kinds = {{{given.type, number, given.rank, given.tags}, {first_day(), {}}}};
      unit.parents = {{std::nullopt, {first_day(), {}}}};
      if (!stage_.units_.emplace(given.id, unit.id).second)
        return stage_.reading.report(RefusalCode::pack_duplicate_key, item.below("id").place, "",
                                     given.id);
      if (given.parent.kind != policy::NodeKind::null) parents.emplace_back(unit.id, given.parent);
      stage_.facts.units[unit.id] = std::move(unit);
    });
    // A parent may stand below its children.
    for (const auto& [id, name] : parents)
      if (const auto parent = stage_.unit(name))
        stage_.facts.units[id].parents = {{*parent, {first_day(), {}}}};
  }

  void give_record(const Node& item) {
    const Node* const day = item.find("day");
    const auto known = day ? Date::parse(day->text) : std::nullopt;
    if (!item.find("record"))
      return stage_.reading.report(RefusalCode::pack_missing_key, item.place, "record", "");
    // Known from its own day on, where none is given.
    Date own = first_day();
    for (const policy::Member& member : item.members)
      if (const auto date = Date::parse(member.value.text);
          date && member.key != "until" && member.key != "day")
        own = std::max(own, *date);
    stage_.enter(item, "record", Instant{end_of_day(known.value_or(own)).ms}, {});
  }

  void give_campaign(const Node& node) {
    GivenCampaign given;
    campaign_form().read(stage_.reading, node, given);
    if (!stage_.pack_.campaign)
      return stage_.reading.report(RefusalCode::pack_reference, node.place, "", "campaign");
    const auto unit = stage_.unit(given.unit);
    if (!unit) return;
    stage_.launch_campaign(*unit);
    Campaign& campaign = stage_.facts.campaigns.back();
    campaign.unit = *unit;
    campaign.ended = given.ended;
    for (const GivenBatch& batch : given.batches) {
      const auto found =
          std::find_if(campaign.batches.begin(), campaign.batches.end(),
                       [&](const Campaign::Batch& one) { return one.id == batch.id; });
      if (found != campaign.batches.end())
        found->window = batch.window;
      else
        stage_.reading.report(RefusalCode::pack_reference, node.below("batches").place, "",
                              batch.id);
    }
    for (const GivenPlace& place : given.placed)
      if (const auto placed = stage_.unit(place.unit))
        campaign.placed.push_back({*placed, place.batch, place.from});
  }

  Stage& stage_;
};

void Stage::give(const Node& given) {
  if (given.kind != policy::NodeKind::null) Giving(*this).give(given);
}

void Stage::appoint(const Node& node, Date from) {
  GivenPost given;
  post_form().read(reading, node, given);
  const Node& holder = given.appoint.kind == policy::NodeKind::null ? given.person : given.appoint;
  const auto whom = person(holder);
  const auto where = unit(given.unit);
  Giving(*this).check_word(node, "kind", policy::core_pack().vocabulary.post_kinds, given.kind);
  if (!whom || !where) return;
  const auto id = static_cast<std::int64_t>(facts.tenures.size()) + 1;
  facts.tenures.push_back({TenureId{id}, PostId{id}, *where, given.kind, *whom, given.acting,
                           Interval{given.from.value_or(from), given.until}});
  if (!given.id.empty() && !posts_.emplace(given.id, TenureId{id}).second)
    reading.report(RefusalCode::pack_duplicate_key, node.below("id").place, "", given.id);
}

void Stage::join(const Node& node, Date from) {
  GivenMember given;
  member_form().read(reading, node, given);
  const auto whom = person(given.join.kind == policy::NodeKind::null ? given.person : given.join);
  const auto where = unit(given.unit);
  const auto host = given.host.kind == policy::NodeKind::null ? std::nullopt : unit(given.host);
  if (!whom || !where) return;
  const Date begin = given.from.value_or(from);
  // Who joins another branch leaves the one before.
  for (Membership& one : facts.memberships)
    if (one.person == *whom && one.span.contains(begin)) one.span.until = begin;
  facts.memberships.push_back(
      {*whom, *where, given.probationary, given.floating, host, Interval{begin, given.until}});
}

}  // namespace huilu::obligation
