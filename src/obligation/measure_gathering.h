// One pass over the facts for one indicator in one period: what counts, what does not and why. Used
// by measure.cpp only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "obligation/cases.h"
#include "obligation/measure.h"

namespace huilu::obligation {

class Gathering {
 public:
  // All of them outlive it.
  Gathering(const Facts& facts, Calendars& calendars, const MeasuredOn& on, const CasesOf& cases,
            const policy::Indicator& indicator, const calendar::Period& period);
  Gathering(const Gathering&) = delete;
  Gathering& operator=(const Gathering&) = delete;

  Gathered gathered();

 private:
  bool is_everything() const;
  bool is_within(Date day) const;
  bool is_placed(const RecordVersion& version, const policy::RecordType& type, Date day);
  void add_record(RecordId id, const Record& record);
  void add_matter(MatterId id, const MatterHistory& history);
  const policy::Pack* pack_of(const Matter& matter, const std::string& version) const;
  void add_unit(const Unit& unit);
  void add_cases(const std::string& duty);
  bool add(const It& it, std::vector<UnitId> units, const std::vector<policy::Quality>* more);
  void add_fact(const It& it, std::vector<UnitId> units);
  std::vector<std::string> words_at(const Thing& thing, const policy::Path& path);
  std::optional<std::int64_t> amount_at(const Thing& thing, const policy::Path& path);

  const Facts& facts_;
  const MeasuredOn& on_;
  const CasesOf& cases_;
  const policy::Indicator& indicator_;
  Date as_of_;
  Notes notes_;
  Context context_;
  Gathered out_;
};

}  // namespace huilu::obligation
