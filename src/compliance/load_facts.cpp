#include "compliance/load_facts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compliance/concern.h"
#include "compliance/dependence.h"
#include "compliance/enacted.h"
#include "compliance/queries.h"
#include "org/tables.h"
#include "org/types.h"
#include "record/rules.h"

namespace huilu::compliance {

namespace {

using obligation::Facts;
using store::Connection;

template <class Each>
void for_each_row(const Reads& reads, Each each) {
  for (const auto& rows : reads) {
    for (const auto row : *rows) each(row);
  }
}

template <class IdType>
void add_ids(const Reads& reads, std::set<IdType>& out) {
  for_each_row(reads, [&](const store::Row& row) { out.insert(row.id<IdType>(0)); });
}

obligation::Membership membership_from(const store::Row& row) {
  return {row.id<PersonId>(1),
          row.id<UnitId>(2),
          row.text(3) == org::word_of(org::MembershipKind::probationary_member),
          row.integer(4) != 0,
          row.id_or_null<UnitId>(5),
          org::span_from(row, 6)};
}

obligation::RecordState state_of(record::State state) {
  switch (state) {
    case record::State::planned:
      return obligation::RecordState::planned;
    case record::State::entered:
      return obligation::RecordState::entered;
    case record::State::void_:
      break;
  }
  return obligation::RecordState::void_;
}

obligation::RecordVersion version_from(std::int64_t version, Instant at,
                                       record::Restored restored) {
  auto& content = restored.content;
  return {version,
          state_of(restored.state),
          std::move(content.types),
          std::move(content.units),
          content.date,
          std::move(content.place),
          std::move(content.present),
          std::move(content.fields),
          at};
}

// Units with those above them.
void add_organisation(Connection& connection, std::set<UnitId> named, Facts& facts) {
  const Reads parents = queue_parents(connection, named);
  connection.flush();
  std::map<UnitId, obligation::Unit> loaded;
  // A unit that stands above several parts of the list comes with each of them.
  for (const auto& rows : parents) {
    std::map<UnitId, obligation::Dates<std::optional<UnitId>>> histories;
    for (const auto row : *rows) {
      histories[row.id<UnitId>(0)].push_back({row.id_or_null<UnitId>(1), org::span_from(row, 2)});
    }
    for (auto& [unit, history] : histories) {
      std::sort(history.begin(), history.end(),
                [](const auto& a, const auto& b) { return a.span.from < b.span.from; });
      loaded[unit].parents = std::move(history);
    }
  }
  for (const auto& [unit, rest] : loaded) named.insert(unit);
  const Reads units = queue_units(connection, named);
  const Reads kinds = queue_kinds(connection, named);
  connection.flush();
  for_each_row(units, [&](const store::Row& row) {
    auto& unit = loaded[row.id<UnitId>(0)];
    unit.id = row.id<UnitId>(0);
    unit.name = row.text(1);
    unit.span = org::span_from(row, 2);
    unit.go_live = row.date_or_null(4);
  });
  for_each_row(kinds, [&](const store::Row& row) {
    loaded[row.id<UnitId>(0)].kinds.push_back(
        {{row.text(1), static_cast<int>(row.integer(2)), row.text_or_null(3).value_or(""),
          org::tags_from(row.text(4))},
         org::span_from(row, 5)});
  });
  for (auto& [id, unit] : loaded) facts.units.insert_or_assign(id, std::move(unit));
}

// With those that name them, and so on: what a record counts for may hang on what another says.
std::set<RecordId> with_naming(Connection& connection, std::set<RecordId> records) {
  for (std::set<RecordId> due = records; !due.empty();) {
    const Reads reads = queue_records_naming(connection, due);
    connection.flush();
    std::set<RecordId> naming;
    add_ids(reads, naming);
    due.clear();
    std::set_difference(naming.begin(), naming.end(), records.begin(), records.end(),
                        std::inserter(due, due.end()));
    records.insert(due.begin(), due.end());
  }
  return records;
}

// Records with their versions and parts; returns those that they refer to.
std::set<RecordId> add_round(Connection& connection, const std::set<RecordId>& records,
                             Facts& facts, std::set<UnitId>& units) {
  const Reads versions = queue_versions(connection, records);
  const Reads parts = queue_parts(connection, records);
  connection.flush();
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<record::Part>> parts_of;
  for_each_row(parts, [&](const store::Row& row) {
    parts_of[{row.integer(0), row.integer(1)}].push_back(
        {row.text(2), row.id_or_null<PersonId>(3), row.text(4)});
  });
  Named named;
  for (const RecordId id : records) facts.records.erase(id);
  for_each_row(versions, [&](const store::Row& row) {
    auto& record = facts.records[row.id<RecordId>(0)];
    record.id = row.id<RecordId>(0);
    const auto& own_parts = parts_of[{row.integer(0), row.integer(1)}];
    auto version =
        version_from(row.integer(1), row.instant(2), record::restored(row.text(3), own_parts));
    named.add(version.fields);
    units.insert(version.units.begin(), version.units.end());
    record.versions.push_back(std::move(version));
  });
  return named.records;
}

// Round by round, until what they refer to is there. Returns the units that they name.
std::set<UnitId> add_records(Connection& connection, std::set<RecordId> due, Facts& facts) {
  std::set<UnitId> units;
  std::set<RecordId> done;
  while (!due.empty()) {
    const auto referred = add_round(connection, due, facts, units);
    done.insert(due.begin(), due.end());
    due.clear();
    std::set_difference(referred.begin(), referred.end(), done.begin(), done.end(),
                        std::inserter(due, due.end()));
  }
  return units;
}

// One call of load_units: round by round, each one a flush.
class Loading {
 public:
  Loading(Connection& connection, const std::vector<UnitId>& units, Names names, Facts& facts)
      : connection_(connection), asked_(units.begin(), units.end()), names_(names), facts_(facts) {}

  void run() {
    find_persons();
    run_of({});
  }

  // Of these persons too, and then everything else.
  void run_of(const std::set<PersonId>& persons) {
    persons_.insert(persons.begin(), persons.end());
    load_persons();
    const auto due = with_naming(connection_, std::move(records_due_));
    const auto named = add_records(connection_, due, facts_);
    units_.insert(named.begin(), named.end());
    add_organisation(connection_, units_, facts_);
    load_leaves(connection_, bearers(), facts_);
  }

 private:
  // What the duties in force ask of records of units below.
  Reads queue_below() const {
    Below below;
    for (const auto& activation : facts_.activations) {
      for (const auto& obligation : activation.pack->obligations) add_below(obligation, below);
    }
    if (below.levels == 0) return {};
    return queue_records_below(connection_, asked_, below.levels,
                               numbers_of_types(connection_, below.types));
  }

  void find_persons() {
    const Reads below = queue_below();
    const Reads roll = queue_roll(connection_, asked_);
    const Reads tenures = queue_tenures_at(connection_, asked_);
    const Reads records = queue_records_at(connection_, asked_);
    connection_.flush();
    add_ids(roll, persons_);
    for_each_row(tenures, [&](const auto& row) { persons_.insert(row.template id<PersonId>(4)); });
    add_ids(records, records_due_);
    add_ids(below, records_due_);
    units_ = asked_;
  }

  void load_persons() {
    const Reads memberships = queue_memberships(connection_, persons_);
    const Reads tenures = queue_tenures_of(connection_, persons_);
    const Reads records = queue_records_with(connection_, persons_);
    const Reads names = names_ == Names::loaded ? queue_names(connection_, persons_) : Reads();
    connection_.flush();
    add_memberships(memberships);
    add_tenures(tenures);
    add_ids(records, records_due_);
    for_each_row(names, [&](const auto& row) {
      facts_.persons[row.template id<PersonId>(0)] = row.text(1);
    });
  }

  // All memberships of a person come together, so whoever has one is complete.
  void add_memberships(const Reads& reads) {
    std::set<PersonId> there;
    for (const auto& membership : facts_.memberships) there.insert(membership.person);
    for_each_row(reads, [&](const store::Row& row) {
      auto membership = membership_from(row);
      units_.insert(membership.unit);
      if (membership.host) units_.insert(*membership.host);
      if (!there.contains(membership.person)) facts_.memberships.push_back(std::move(membership));
    });
    std::sort(
        facts_.memberships.begin(), facts_.memberships.end(), [](const auto& a, const auto& b) {
          return std::tie(a.person, a.span.from, a.unit) < std::tie(b.person, b.span.from, b.unit);
        });
  }

  void add_tenures(const Reads& reads) {
    std::set<TenureId> there;
    for (const auto& tenure : facts_.tenures) there.insert(tenure.id);
    for_each_row(reads, [&](const store::Row& row) {
      auto tenure = tenure_from(row);
      units_.insert(tenure.unit);
      if (!there.contains(tenure.id)) facts_.tenures.push_back(std::move(tenure));
    });
    std::sort(facts_.tenures.begin(), facts_.tenures.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
  }

  // By bearer and not by home: a leave goes with a member who moves.
  std::vector<obligation::Bearer> bearers() const {
    std::vector<obligation::Bearer> out;
    for (const UnitId unit : asked_) out.push_back({unit, {}, {}});
    for (const auto& tenure : facts_.tenures) {
      if (persons_.contains(tenure.person)) out.push_back({{}, tenure.id, {}});
    }
    for (const PersonId person : persons_) out.push_back({{}, {}, person});
    return out;
  }

  Connection& connection_;
  const std::set<UnitId> asked_;
  Names names_;
  Facts& facts_;
  std::set<UnitId> units_;
  std::set<PersonId> persons_;
  std::set<RecordId> records_due_;
};

}  // namespace

obligation::Tenure tenure_from(const store::Row& row) {
  return {row.id<TenureId>(0), row.id<PostId>(1),   row.id<UnitId>(2),     row.text(3),
          row.id<PersonId>(4), row.integer(5) != 0, org::span_from(row, 6)};
}

Facts load_policy(Connection& connection, const std::vector<policy::Pack>& packs) {
  Facts facts;
  load_enacted(connection, packs, facts);
  return facts;
}

void load_units(Connection& connection, const std::vector<UnitId>& units, Names names,
                Facts& facts) {
  Loading(connection, units, names, facts).run();
}

void load_persons(Connection& connection, const std::set<PersonId>& persons, Facts& facts) {
  Loading(connection, {}, Names::left_out, facts).run_of(persons);
}

void load_records(Connection& connection, const std::set<RecordId>& records, Facts& facts) {
  std::set<UnitId> units;
  add_round(connection, records, facts, units);
}

void load_records_linked(Connection& connection, const std::set<RecordId>& records, Facts& facts) {
  add_records(connection, with_naming(connection, records), facts);
}

void load_records_whole(Connection& connection, const std::set<RecordId>& records, Facts& facts) {
  add_organisation(connection, add_records(connection, records, facts), facts);
}

void load_organisation(Connection& connection, const std::vector<UnitId>& units, Facts& facts) {
  add_organisation(connection, {units.begin(), units.end()}, facts);
}

std::vector<UnitId> units_of(Connection& connection, const obligation::Bearer& bearer) {
  if (bearer.unit) return {bearer.unit};
  std::set<UnitId> units;
  if (bearer.tenure) {
    const auto rows = queue_unit_of(connection, bearer.tenure);
    connection.flush();
    for (const auto row : *rows) units.insert(row.id<UnitId>(0));
  } else {
    const Reads memberships = queue_memberships(connection, {bearer.person});
    connection.flush();
    for_each_row(memberships, [&](const store::Row& row) {
      units.insert(row.id<UnitId>(2));
      if (const auto host = row.id_or_null<UnitId>(5)) units.insert(*host);
    });
  }
  return {units.begin(), units.end()};
}

void load_everything(Connection& connection, Facts& facts) {
  load_units(connection, every_unit(connection), Names::loaded, facts);
}

}  // namespace huilu::compliance
