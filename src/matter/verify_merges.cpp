#include "matter/verify_merges.h"

#include "matter/verify_content.h"

namespace huilu::matter {

void MergeVerification::note(MatterId matter, std::int64_t version, journal::Sequence seq,
                             const Value& content) {
  if (version == 1 || matter != last_) last_into_.reset();
  last_ = matter;
  const MatterId into = matter_in(content, "into");
  const auto now = into ? std::optional(into) : std::nullopt;
  if (now != last_into_) {
    Pair& pair = pairs_[seq];
    pair.merged = matter;
    pair.into = now.value_or(last_into_.value_or(MatterId{}));
    pair.is_undone = !now;
  }
  last_into_ = now;
  const Value* const deed = content.find("deed");
  const std::string kind = deed == nullptr ? std::string() : text_in(*deed, "kind");
  if (kind != "merged_in" && kind != "merge_undone") return;
  const MatterId other = matter_in(*deed, "other");
  Pair& pair = pairs_[seq];
  pair.stays = matter;
  pair.other = other;
  pair.says_undone = kind == "merge_undone";
}

void MergeVerification::check(journal::Comparison& compare) {
  for (const auto& [seq, pair] : pairs_) {
    const bool fits = pair.merged == pair.other && pair.into == pair.stays && pair.merged &&
                      pair.into && pair.is_undone == pair.says_undone;
    if (!fits) {
      compare.damage("matter_version", "entry " + std::to_string(seq),
                     "the two sides of a merge do not fit each other");
    }
  }
  connection_.for_each(
      "select m.id from matter m left join matter o on o.id = m.merged_into "
      "where (m.merged_into is not null and (o.id is null or o.id = m.id or o.type <> m.type "
      "or o.merged_into is not null or coalesce(m.outcome, '') <> 'duplicate')) order by m.id",
      {}, [&](const store::Row& row) {
        compare.damage("matter", row.id<MatterId>(0).text(),
                       "is merged into one that cannot stay for it");
      });
}

}  // namespace huilu::matter
