#include "obligation/sharing.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

#include "obligation/count.h"
#include "obligation/organisation.h"
#include "obligation/parameters.h"

namespace huilu::obligation {

namespace {

using Done = std::pair<Date, RecordId>;

// A duty of the group in one of its periods, with the records that would count for it.
struct Slot {
  std::string duty;
  std::string period;
  Date act;
  Date from;
  std::int64_t need = 0;
  std::vector<Done> fitting;  // in order

  auto order() const { return std::tie(act, from, duty, period); }
};

bool is_exclusive(Context& context, const policy::Obligation& duty, const std::string& group) {
  if (!duty.sharing || duty.sharing->group != group) return false;
  if (!duty.sharing->unless) return true;
  const policy::Setting* const setting = bound(context, *duty.sharing->unless);
  const auto* const is_free = setting ? std::get_if<bool>(setting) : nullptr;
  return !is_free || !*is_free;
}

class Assigning {
 public:
  Assigning(Context& context, const Case& one) : context_(context), case_(one) {
    find_slots();
    std::sort(slots_.begin(), slots_.end(),
              [](const Slot& a, const Slot& b) { return a.order() < b.order(); });
    for (std::size_t slot = 0; slot < slots_.size(); ++slot)
      for (std::int64_t i = 0; i < slots_[slot].need; ++i) {
        std::set<Done> tried;
        if (serve(slot, tried)) continue;
        is_lacking_.insert(slot);
        break;
      }
    // What nothing needs stays with the first duty that it fits.
    for (std::size_t slot = 0; slot < slots_.size(); ++slot)
      for (const Done& record : slots_[slot].fitting) serves_.emplace(record, slot);
  }

  Shared shared() const {
    Shared out;
    const auto is_own = [&](const Slot& slot) {
      return slot.duty == case_.obligation->address && slot.period == case_.question.period;
    };
    for (const auto& [record, slot] : serves_)
      if (!is_own(slots_[slot])) out.served.emplace(record.second, slots_[slot].duty);
    out.others_lack = std::any_of(is_lacking_.begin(), is_lacking_.end(),
                                  [&](std::size_t slot) { return !is_own(slots_[slot]); });
    return out;
  }

 private:
  void find_slots() {
    const std::string& group = case_.obligation->sharing->group;
    for (const policy::Obligation& duty : case_.pack->obligations) {
      if (!duty.sharing || duty.sharing->group != group ||
          duty.who.kind != case_.obligation->who.kind)
        continue;
      for (const calendar::Period& period :
           periods_of(context_.facts, duty, Date{}, context_.at + 1, context_.known))
        add_slot({duty.address, context_.bearer, period.name, context_.at, context_.known});
    }
  }

  void add_slot(const Question& question) {
    Case one = case_of(context_.facts, context_.calendars, question, context_.reach);
    if (one.why_not != NotApplicable::none || !one.notes.error.empty() || one.exemption) return;
    Context context = context_of(context_.facts, context_.calendars, one, context_.reach);
    context.counts_shared = true;
    if (!is_exclusive(context, *one.obligation, case_.obligation->sharing->group)) return;
    const TestResult found = count(context, one, one.obligation->needs);
    if (!one.notes.error.empty() || one.notes.no_value) return;
    const Schedule& dates = one.timetable.schedule;
    Slot slot{question.obligation, question.period, dates.act, dates.from, found.need, {}};
    for (const CountedRecord& record : found.counted)
      slot.fitting.emplace_back(record.date, record.record);
    std::sort(slot.fitting.begin(), slot.fitting.end());
    slots_.push_back(std::move(slot));
  }

  // One more record for the slot, where others may have to take another one for theirs.
  bool serve(std::size_t slot, std::set<Done>& tried) {
    for (const Done& record : slots_[slot].fitting) {
      const auto served = serves_.find(record);
      if (served != serves_.end() && served->second == slot) continue;
      if (!tried.insert(record).second) continue;
      if (served != serves_.end() && !serve(served->second, tried)) continue;
      serves_[record] = slot;
      return true;
    }
    return false;
  }

  Context& context_;
  const Case& case_;
  std::vector<Slot> slots_;
  std::map<Done, std::size_t> serves_;  // by record, the slot that it serves
  std::set<std::size_t> is_lacking_;
};

}  // namespace

Shared serving_others(Context& context, const Case& one) {
  Context alone = context;
  if (!is_exclusive(alone, *one.obligation, one.obligation->sharing->group)) return {};
  return Assigning(context, one).shared();
}

}  // namespace huilu::obligation
