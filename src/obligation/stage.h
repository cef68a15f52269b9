// Stage: the units, people and records of one story by the names that its lines use, kept as the
// facts that the evaluator reads.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "obligation/facts.h"
#include "policy/pack.h"
#include "policy/reader.h"

namespace huilu::obligation {

class Stage {
 public:
  // The packs outlive it; `findings` collects what is wrong with what is read.
  Stage(const policy::Pack& pack, const std::vector<policy::Pack>& known,
        policy::Reading& findings);

  // What stands under `fixtures` or `given`.
  void give(const policy::Node& given);

  // Nothing, and a finding, where nobody is called so. A person is whoever is named.
  std::optional<UnitId> unit(const policy::Node& name);
  std::optional<PersonId> person(const policy::Node& name);
  std::optional<RecordId> record(const policy::Node& name);
  Tenure* tenure(const policy::Node& name);  // by the id of a post, or its only holder
  std::string name_of(RecordId id) const;
  // Of what for_each yields: a record's or a person's name here, an item's id as it is.
  std::string name_of_case(const std::string& id) const;

  // A record as the line `node` says it, in the versions that it has. The key `action` names its
  // types, or for `correct` the record. Units are `home` where the line names none. Nothing after a
  // finding that leaves no record.
  std::optional<RecordId> enter(const policy::Node& node, std::string_view action, Instant at,
                                std::optional<UnitId> home);
  // As if the last version had never been entered.
  void take_back(RecordId id);
  void void_record(const policy::Node& name, Instant at);
  // A matter as the line says it, in whatever state; its later versions likewise. Nobody is asked
  // whether he may: that is what stories of matters are for.
  void open_matter(const policy::Node& line, Instant at, std::optional<UnitId> home);
  void edit_matter(const policy::Node& line, Instant at);
  // A null pointer, and a finding, where there is none.
  const policy::MatterType* find_matter_type(const policy::Node& name);
  void appoint(const policy::Node& node, Date from);
  void join(const policy::Node& node, Date from);

  // What is written for a field; nothing, and a finding, where it does not fit.
  std::optional<Value> value_of(const policy::Field& field, const policy::Node& node);

  // The topmost unit above one, for a campaign that nobody launched.
  UnitId top_of(UnitId unit) const;
  void launch_campaign(UnitId unit);

  Facts facts;
  // Whether an `expect` line has members to look at; a finding where it is none, or says nothing.
  bool expects(const policy::Node& node);

  policy::Reading& reading;

 private:
  friend class Giving;

  std::vector<const policy::RecordType*> types_of(const policy::Node& names);
  const policy::RecordType* find_type(const policy::Node& name);
  std::vector<std::string_view> names_of_matters() const;
  void write_matter(const policy::Node& line, const policy::MatterType& type, Instant at,
                    Matter matter);
  void fill(const policy::Node& node, std::string_view action, RecordVersion& version);
  bool fill_header(const policy::Member& member, RecordVersion& version);
  std::optional<Value> items_of(const policy::Field& field, const policy::Node& node);
  void date_record(const policy::Node& node, RecordVersion& version, Date day);

  const policy::Pack& pack_;
  const std::vector<policy::Pack>& known_;
  std::map<std::string, UnitId> units_;
  std::map<std::string, PersonId> persons_;
  std::map<std::string, TenureId> posts_;
  std::map<std::string, RecordId> records_;
  std::map<std::string, MatterId> matters_;
};

}  // namespace huilu::obligation
