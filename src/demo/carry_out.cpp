#include "demo/carry_out.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/check.h"
#include "org/commands.h"
#include "org/import.h"
#include "org/people_commands.h"
#include "org/places.h"
#include "org/queries.h"

namespace huilu::demo {

namespace {

using org::RelationKind;

constexpr std::size_t rows_of_import = 20'000;
constexpr std::size_t tell_every = 64;

// The tables that places are imported from: one for each level, as the package has them.
std::vector<org::PlaceFile> files_of(const std::vector<PlannedPlace>& places) {
  std::vector<org::PlaceFile> files;
  for (int level = 1; level <= 5; ++level) {
    std::vector<const PlannedPlace*> rows;
    for (const auto& place : places) {
      if (place.level == level) rows.push_back(&place);
    }
    std::sort(rows.begin(), rows.end(),
              [](const auto* a, const auto* b) { return a->code < b->code; });
    std::string bytes = level == 1 ? "code,name\n" : "code,name,parentCode\n";
    for (const auto* place : rows) {
      bytes += place->code + "," + place->name;
      if (place->parent) bytes += "," + places[*place->parent].code;
      bytes += "\n";
    }
    files.push_back({fmt::format("demo-{}.csv", level), std::move(bytes), level});
  }
  return files;
}

void add_cell(org::SheetRow& row, std::string text) {
  const int column = row.cells.empty() ? 0 : row.cells.back().column + 1;
  row.cells.push_back({column, row.number, 1, std::move(text)});
}

template <class IdType>
IdType id_in(const Value& reply, std::string_view member) {
  const Value* value = reply.find(member);
  CHECK(value != nullptr && value->text() != nullptr);
  const auto id = IdType::parse(*value->text());
  CHECK(id);
  return *id;
}

std::string code_of_unit(Index unit) { return fmt::format("{:07}", unit + 1); }

}  // namespace

org::Sheet CarryOut::sheet_of_units(Index first, Index last) const {
  org::Sheet sheet;
  sheet.name = "demo.csv";
  org::SheetRow head{1, {}};
  for (const char* field : {"code", "name", "type", "level", "rank", "parent", "place",
                            "official_order", "from", "go_live", "tags"}) {
    add_cell(head, field);
  }
  sheet.rows.push_back(std::move(head));
  for (; first < last; ++first) {
    const PlannedUnit& unit = plan_.units[first];
    org::SheetRow row{static_cast<int>(sheet.rows.size()) + 1, {}};
    add_cell(row, code_of_unit(first));
    add_cell(row, unit.name);
    add_cell(row, unit.kind.type);
    add_cell(row, std::to_string(unit.kind.level));
    add_cell(row, unit.kind.rank.value_or(""));
    add_cell(row, unit.parent ? code_of_unit(*unit.parent) : "");
    add_cell(row, unit.seat ? plan_.places[*unit.seat].code : "");
    add_cell(row, std::to_string(unit.official_order));
    add_cell(row, unit.from.text());
    add_cell(row, unit.go_live ? unit.go_live->text() : "");
    add_cell(row, fmt::format("{}", fmt::join(unit.kind.tags, " ")));
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

CarryOut::CarryOut(const Plan& plan, std::string_view place_system, Ground& ground,
                   const Progress& progress)
    : plan_(plan),
      place_system_(place_system),
      ground_(ground),
      progress_(progress),
      units_(plan.units.size()),
      unit_versions_(plan.units.size(), 1),
      persons_(plan.persons.size()),
      memberships_(plan.persons.size()),
      posts_(plan.posts.size()),
      accounts_(plan.accounts.size()),
      records_(plan.records),
      leaves_(plan.leaves),
      matters_(plan.matters),
      reader_(ground.database.connect(store::Access::read)),
      flow_(ground.road) {}

void CarryOut::tell(Stage stage, std::size_t done, std::size_t total) {
  if (done % tell_every == 0 || done == total) {
    progress_(stage, static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
  }
}

void CarryOut::enter_places() {
  const auto imported =
      org::import_places(ground_.road, files_of(plan_.places), std::string(demo_codes));
  CHECK(imported.ok());
  tell(Stage::places, plan_.places.size(), plan_.places.size());
}

void CarryOut::enter_units() {
  import_units();
  find_units();
  relate_units();
}

void CarryOut::import_units() {
  for (Index first = 0; first < plan_.units.size();) {
    const Index last = std::min(plan_.units.size(), first + rows_of_import);
    org::ImportOptions options;
    options.date = ground_.clock.today();
    options.code_system = demo_codes;
    options.place_system = place_system_;
    auto command = org::make_unit_import(sheet_of_units(first, last), options, ground_.words);
    CHECK(command.ok());
    flow_.send(std::move(*command));
    flow_.drain();
    first = last;
    tell(Stage::units, first, plan_.units.size());
  }
}

// The import does not say which ids it gave; they are looked up where somebody will need them.
void CarryOut::find_units() {
  std::vector<bool> needed(units_.size());
  for (Index unit = 0; unit < units_.size(); ++unit) {
    const PlannedUnit& planned = plan_.units[unit];
    if (planned.with_people || !planned.relations.empty()) needed[unit] = true;
    for (const auto& relation : planned.relations) needed[relation.unit] = true;
  }
  for (const auto& account : plan_.accounts) {
    for (const auto& grant : account.grants) {
      if (grant.unit) needed[*grant.unit] = true;
    }
  }
  const std::string system(demo_codes);
  for (Index unit = 0; unit < units_.size(); ++unit) {
    if (!needed[unit]) continue;
    const auto found =
        org::unit_by_code(*reader_, system, code_of_unit(unit), ground_.clock.today());
    CHECK(found);
    units_[unit] = found->id;
  }
}

void CarryOut::relate(Index unit, RelationKind kind, const org::Target& target, Date date) {
  flow_.send(
      org::make_command(org::RelateUnit{units_[unit], unit_versions_[unit]++, kind, target, date}));
}

void CarryOut::relate_units() {
  for (Index unit = 0; unit < units_.size(); ++unit) {
    const PlannedUnit& planned = plan_.units[unit];
    for (const auto& relation : planned.relations) {
      const Date date = std::max(planned.from, plan_.units[relation.unit].from);
      relate(unit, relation.kind, {units_[relation.unit], {}, {}}, date);
    }
    tell(Stage::units, unit + 1, units_.size());
  }
  flow_.drain();
}

void CarryOut::enter_people() {
  enter_persons();
  enter_posts();
  enter_contacts();
}

void CarryOut::enter_persons() {
  for (Index person = 0; person < persons_.size(); ++person) {
    flow_.send(org::make_command(org::CreatePerson{plan_.persons[person].name, std::nullopt}), {},
               [this, person](const Value& reply) {
                 persons_[person] = id_in<PersonId>(reply, "person");
               });
    tell(Stage::people, person + 1, persons_.size());
  }
  flow_.drain();
  for (Index person = 0; person < persons_.size(); ++person) {
    const PlannedPerson& planned = plan_.persons[person];
    if (planned.membership) enrol(person, *planned.membership);
    tell(Stage::people, person + 1, persons_.size());
  }
  flow_.drain();
  for (Index person = 0; person < persons_.size(); ++person) {
    const PlannedPerson& planned = plan_.persons[person];
    if (!planned.employer) continue;
    flow_.send(org::make_command(
        org::StartEmployment{persons_[person], units_[*planned.employer], planned.employed_since}));
  }
  flow_.drain();
}

void CarryOut::enrol(Index person, const PlannedMembership& membership) {
  org::StartMembership start;
  start.person = persons_[person];
  start.unit = units_[membership.unit];
  start.kind = membership.kind;
  start.floating = membership.floating;
  if (membership.host) start.host_unit = units_[*membership.host];
  start.date = membership.since;
  const Enrolled& now = memberships_[person];
  if (now.membership) {
    start.replaces = now.membership;
    start.replaces_in = now.unit;
  }
  flow_.send(org::make_command(start, ground_.words), {},
             [this, person, unit = start.unit](const Value& reply) {
               memberships_[person] = {id_in<MembershipId>(reply, "membership"), unit};
             });
}

void CarryOut::enter_posts() {
  for (Index post = 0; post < posts_.size(); ++post) {
    const PlannedPost& planned = plan_.posts[post];
    org::CreatePost create{units_[planned.unit], planned.kind, planned.title,
                           planned.official_order, planned.from};
    flow_.send(
        org::make_command(std::move(create), ground_.words), {},
        [this, post](const Value& reply) { posts_[post].post = id_in<PostId>(reply, "post"); });
    tell(Stage::people, post + 1, posts_.size());
  }
  flow_.drain();
  for (Index post = 0; post < posts_.size(); ++post) {
    const PlannedPost& planned = plan_.posts[post];
    if (planned.holder) start_tenure(post, *planned.holder, planned.held_since);
  }
  flow_.drain();
}

void CarryOut::start_tenure(Index post, Index person, Date date) {
  const org::StartTenure start{posts_[post].post, units_[plan_.posts[post].unit], persons_[person],
                               org::Holding::regular, date};
  flow_.send(org::make_command(start), {}, [this, post](const Value& reply) {
    posts_[post].tenure = id_in<TenureId>(reply, "tenure");
  });
}

void CarryOut::enter_contacts() {
  for (const auto& contact : plan_.contacts) {
    const Date date = std::max(plan_.units[contact.unit].from, plan_.posts[contact.post].from);
    relate(contact.unit, RelationKind::contact_of, {{}, {}, posts_[contact.post].post}, date);
  }
  flow_.drain();
}

}  // namespace huilu::demo
