// Ids: 64-bit integers issued by the writer, never reused, of distinct types so that a unit cannot
// be passed for a person. In JSON they are strings with a prefix: "u12".
#pragma once

#include <charconv>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace huilu {

template <char Prefix>
struct Id {
  std::int64_t value = 0;  // 0: none

  static constexpr char prefix = Prefix;
  constexpr explicit operator bool() const { return value != 0; }
  constexpr auto operator<=>(const Id&) const = default;

  std::string text() const { return std::string(1, Prefix) + std::to_string(value); }

  static std::optional<Id> parse(std::string_view text) {
    if (text.size() < 2 || text.size() > 20 || text[0] != Prefix || text[1] < '1') return {};
    Id id;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), id.value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return id;
  }
};

using AccountId = Id<'a'>;
using BallotId = Id<'b'>;
using CampaignId = Id<'c'>;
using PlaceId = Id<'d'>;
using LeaveId = Id<'e'>;
using FileId = Id<'f'>;
using GrantId = Id<'g'>;
using DrawId = Id<'h'>;  // of units by lot: a hat
using MatterId = Id<'i'>;
using JobId = Id<'j'>;
using MembershipId = Id<'m'>;
using PostId = Id<'o'>;
using PersonId = Id<'p'>;
using RoundId = Id<'q'>;  // of a ledger: an inquiry
using RecordId = Id<'r'>;
using ClosingId = Id<'s'>;  // of a period: a statement
using TenureId = Id<'t'>;
using UnitId = Id<'u'>;
using ActivationId = Id<'v'>;
using DecidedId = Id<'w'>;  // a parameter's value that was decided here

}  // namespace huilu

template <char Prefix>
struct std::hash<huilu::Id<Prefix>> {
  std::size_t operator()(huilu::Id<Prefix> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
