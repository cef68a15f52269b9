// What may be said of the periods of a duty, of the days of its cases, and of what it shares.
#include <algorithm>

#include "policy/obligation_check.h"

namespace huilu::policy {

namespace {

// So many records at least, each of which counts as one.
bool is_plain_count(const Test& test, std::optional<std::int64_t> number) {
  const auto* const written = std::get_if<std::int64_t>(&test.threshold.what);
  return test.kind == TestKind::at_least && test.of.source == SetSource::record && !test.sum &&
         !test.distinct && !test.share && (!number || (written && *written == *number));
}

}  // namespace

// What is said of the period beside its kind.
void ObligationCheck::check_days(Obligation& obligation, const Reach& reach, const Node& node) {
  Every& every = obligation.every;
  const Node& written = node.below("every");
  if (every.anniversary) check_anniversary(obligation, reach);
  if (every.window) {
    Reach of_year = reach;
    of_year.has_it = true;
    of_year.it = {};
    of_year.has_case_day = of_year.has_case_entry = false;
    of(of_year).check(every.window->from);
    of(of_year).check(every.window->until);
  }
  if (every.rolling) of(reach).check(*every.rolling, written.below("rolling").place);
  if (every.after_last) of(reach).check(*every.after_last, written.below("after_last").place);
  const Test& needs = obligation.needs;
  if (every.is_cumulative && needs.kind != TestKind::at_most)
    reading_.report(RefusalCode::pack_shape, needs.place, "at_most",
                    std::string(test_kind_words[static_cast<std::size_t>(needs.kind)]));
  if (every.after_last && !is_plain_count(needs, 1))
    reading_.report(RefusalCode::pack_shape, needs.place, "at_least: 1, of: {record: type}",
                    "after_last");
  if (!every.is_plain() && !every.anniversary && obligation.for_each &&
      obligation.for_each->is_dated)
    reading_.report(RefusalCode::pack_shape, every.place, "year, half, quarter, month", "every");
}

// A record can only be left to another duty where it counts as one.
void ObligationCheck::check_sharing(const Obligation& obligation, const Reach& reach,
                                    const Node& node) {
  const Sharing& sharing = *obligation.sharing;
  if (sharing.unless) of(reach).check(*sharing.unless, {ParameterType::bool_});
  if (sharing.group.empty()) return;
  const Node& group = node.below("exclusive");
  if (!is_plain_count(obligation.needs, {}) || obligation.for_each || obligation.is_always())
    reading_.report(RefusalCode::pack_shape, group.place, "at_least: number, of: {record: type}",
                    "exclusive");
  const auto is_other = [&](const Obligation& one) {
    return &one != &obligation && one.sharing && one.sharing->group == sharing.group &&
           one.who.kind == obligation.who.kind;
  };
  if (std::none_of(pack_.obligations.begin(), pack_.obligations.end(), is_other))
    reading_.report(RefusalCode::pack_reference, group.place,
                    "another duty of the same bearers with exclusive: " + sharing.group,
                    sharing.group);
}

// It comes round for whatever lasts: members, posts, entries of a register.
void ObligationCheck::check_anniversary(const Obligation& obligation, const Reach& reach) {
  const Path& path = *obligation.every.anniversary;
  if (!obligation.for_each)
    return reading_.report(RefusalCode::pack_missing_key, obligation.every.place, "for_each", "");
  if (!reach.has_it) return;
  const PathType type = of(reach).check(path);
  if (type.leads == Leads::nothing) return;
  const bool is_it = path.root == Root::it && type.leads == Leads::date && !type.list;
  if (!is_it)
    return reading_.report(RefusalCode::pack_type, path.place, "date of $it", describe(type));
  const ForEach& each = *obligation.for_each;
  if (!each.is_dated || (each.kind == EachKind::record && !each.lasts))
    reading_.report(RefusalCode::pack_shape, each.place, "members, posts, record with lasts: true",
                    std::string(each_kind_words[static_cast<std::size_t>(each.kind)]));
}

}  // namespace huilu::policy
