#include "obligation/facts.h"

namespace huilu::obligation {

const RecordVersion* Record::known(Instant at) const {
  const RecordVersion* latest = nullptr;
  for (const RecordVersion& version : versions)
    if (version.at <= at) latest = &version;
  return latest;
}

const Matter* MatterHistory::known(Instant at) const {
  const Matter* latest = nullptr;
  for (const MatterStep& step : steps)
    if (step.at <= at) latest = &step.matter;
  return latest;
}

std::string Bearer::text() const {
  if (unit) return unit.text();
  return tenure ? tenure.text() : person.text();
}

std::optional<Bearer> Bearer::parse(std::string_view text) {
  if (const auto unit = UnitId::parse(text)) return Bearer{*unit, {}, {}};
  if (const auto tenure = TenureId::parse(text)) return Bearer{{}, *tenure, {}};
  if (const auto person = PersonId::parse(text)) return Bearer{{}, {}, *person};
  return {};
}

}  // namespace huilu::obligation
