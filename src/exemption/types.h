// The nouns of leave: one bearer's duty in one period, from which somebody asks to be exempted
// (免于) or that is to be deferred (缓办). Used by the room's commands and queries, and the API.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/time.h"
#include "journal/journal.h"
#include "obligation/facts.h"

namespace huilu::exemption {

using obligation::LeaveKind;

std::string_view word_of(LeaveKind kind);
std::optional<LeaveKind> kind_from(std::string_view word);

enum class State { asked, approved, refused, withdrawn };

std::string_view word_of(State state);
std::optional<State> state_from(std::string_view word);

enum class Decision { approve, refuse };

std::string_view word_of(Decision decision);
std::optional<Decision> decision_from(std::string_view word);

struct Leave {
  LeaveId id;
  LeaveKind kind = LeaveKind::exempt;
  std::string obligation;  // address
  obligation::Bearer bearer;
  UnitId home;      // in whose row the bearer is counted
  UnitId approver;  // at which, or above which, it is decided
  std::string period;
  std::optional<Date> act;  // of a deferral: the new last days, included
  std::optional<Date> enter;
  std::string reason;  // a word of the duty's list
  std::string note;

  AccountId asked_by;
  Instant asked_at;
  std::optional<Decision> decision;
  std::optional<AccountId> decided_by;
  std::optional<Instant> decided_at;
  std::string decision_note;
  std::optional<AccountId> withdrawn_by;
  std::optional<Instant> withdrawn_at;
  std::string withdraw_reason;
  std::int64_t version = 1;
  journal::Sequence seq = 0;
  std::optional<journal::Sequence> decided_seq;
  std::optional<journal::Sequence> withdrawn_seq;

  State state() const;
};

}  // namespace huilu::exemption
