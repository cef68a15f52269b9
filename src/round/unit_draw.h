// Units drawn by lot to be checked (抽查): what a pack's draw came to below a unit. Every draw
// stays, with its seed and the list that it drew from; it is drawn anew only for a reason, and only
// where the pack says so. Nouns and decisions. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"
#include "base/time.h"
#include "base/value.h"
#include "journal/journal.h"
#include "obligation/sampling.h"

namespace huilu::round {

inline constexpr std::size_t drawable_max = 10'000;

struct DrawnUnit {
  obligation::Drawable of;
  std::size_t place = 0;  // from 1 on: it came so in its stratum; 0: it was not drawn
};

struct MadeDraw {
  std::int64_t n = 1;
  std::string seed;
  std::int64_t size = 0;
  std::string reason;
  AccountId account;
  Instant at;
  journal::Sequence seq = 0;
};

struct UnitDraw {
  DrawId id;
  UnitId unit;
  std::string declared;      // the address of the pack's draw
  std::string pack_version;  // under which it was drawn last
  std::string name;
  Date drawn;  // the day of the first
  std::int64_t draws = 1;
  std::int64_t version = 1;
  journal::Sequence seq = 0;
};

struct WholeUnitDraw {
  UnitDraw draw;
  std::vector<MadeDraw> made;    // oldest first
  std::vector<DrawnUnit> units;  // from which the newest drew, by id

  journal::Sequence latest() const;
};

// What a draw is made from, as it was read.
struct Drawing {
  obligation::Sampling sampling;
  std::string pack_version;
  bool may_redraw = false;
};

struct NewUnitDraw {
  UnitId unit;
  std::string declared;
  std::string name;
};
// Codes: field_required, field_range, not_utf8, draw_empty, pack_no_value.
Refusals decide_unit_draw(const NewUnitDraw& asked, const obligation::Sampling& sampling);
// Codes: draw_final, version_conflict, reason_required, field_range, draw_empty, pack_no_value.
Refusals decide_redraw(const UnitDraw& draw, std::int64_t seen, std::string_view reason,
                       const Drawing& drawing);

// The seed draws them.
std::vector<DrawnUnit> drawn_units(const std::vector<obligation::Drawable>& units,
                                   std::string_view seed, std::int64_t size);

// The fields of the entries; rows say the same (verify_unit_draws.cpp).
Value unit_draw_content(const UnitDraw& draw);
Value made_content(const UnitDraw& draw, const MadeDraw& made);
Value units_content(const std::vector<DrawnUnit>& units);

}  // namespace huilu::round
