#include "document/reimport.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "document/encoding.h"
#include "document/search.h"

namespace huilu::document {

namespace {

constexpr double like_in_place = 0.5;   // the same path
constexpr double like_elsewhere = 0.8;  // any other

std::u16string letters(std::string_view text) {
  std::u16string out = letters_of(utf16(text)).text;
  out.erase(std::remove(out.begin(), out.end(), u'\n'), out.end());
  return out;
}

// Shared pairs of neighbours (Dice), 0 to 1.
double likeness(const std::u16string& a, const std::u16string& b) {
  if (a == b) return 1;
  if (a.size() < 2 || b.size() < 2) return 0;
  std::map<std::u16string, int> pairs;
  for (std::size_t i = 0; i + 1 < a.size(); ++i) ++pairs[a.substr(i, 2)];
  std::size_t shared = 0;
  for (std::size_t i = 0; i + 1 < b.size(); ++i) {
    const auto found = pairs.find(b.substr(i, 2));
    if (found != pairs.end() && found->second-- > 0) ++shared;
  }
  return 2.0 * static_cast<double>(shared) / static_cast<double>(a.size() + b.size() - 2);
}

// Which old clause each new one is; npos for none.
class Matching {
 public:
  static constexpr std::size_t none = std::string::npos;

  Matching(const Document& before, const Document& now) : before_(before), now_(now) {
    for (const Clause& clause : before.clauses) old_.push_back(letters(clause.text));
    for (const Clause& clause : now.clauses) new_.push_back(letters(clause.text));
    of_.assign(new_.size(), none);
    taken_.assign(old_.size(), false);
  }

  std::vector<std::size_t> match() {
    each([&](std::size_t i, std::size_t j) { return same_path(i, j) && new_[i] == old_[j]; });
    each([&](std::size_t i, std::size_t j) { return !new_[i].empty() && new_[i] == old_[j]; });
    each([&](std::size_t i, std::size_t j) {
      return same_path(i, j) && likeness(new_[i], old_[j]) >= like_in_place;
    });
    nearest();
    return of_;
  }

 private:
  bool same_path(std::size_t i, std::size_t j) const {
    return now_.clauses[i].path == before_.clauses[j].path;
  }

  template <class Fits>
  void each(Fits fits) {
    for (std::size_t i = 0; i < new_.size(); ++i) {
      for (std::size_t j = 0; of_[i] == none && j < old_.size(); ++j)
        if (!taken_[j] && fits(i, j)) take(i, j);
    }
  }

  void take(std::size_t i, std::size_t j) {
    of_[i] = j;
    taken_[j] = true;
  }

  void nearest() {
    for (std::size_t i = 0; i < new_.size(); ++i) {
      if (of_[i] != none) continue;
      std::size_t best = none;
      double best_likeness = like_elsewhere;
      for (std::size_t j = 0; j < old_.size(); ++j) {
        const double like = taken_[j] ? 0 : likeness(new_[i], old_[j]);
        if (like < best_likeness) continue;
        best = j;
        best_likeness = like;
      }
      if (best != none) take(i, best);
    }
  }

  const Document& before_;
  const Document& now_;
  std::vector<std::u16string> old_, new_;
  std::vector<std::size_t> of_;
  std::vector<bool> taken_;
};

// What stands between the neighbours of a hole now.
std::string between(const Hole& hole, const std::string& text) {
  constexpr std::size_t neighbours = 4, filling_max = 24;
  std::u16string before = letters(hole.before), after = letters(hole.after);
  if (before.size() > neighbours) before.erase(0, before.size() - neighbours);
  after.resize(std::min(after.size(), neighbours));
  const std::u16string now = letters(text);
  for (std::size_t at = now.find(before); at != std::u16string::npos && !before.empty();
       at = now.find(before, at + 1)) {
    const std::size_t begin = at + before.size();
    const std::size_t end = after.empty() ? now.size() : now.find(after, begin);
    if (end != std::u16string::npos && end > begin && end - begin <= filling_max)
      return utf8(std::u16string_view(now).substr(begin, end - begin));
  }
  return {};
}

bool has_hole(const std::vector<Hole>& holes, std::string_view kind) {
  return std::any_of(holes.begin(), holes.end(), [&](const Hole& h) { return h.kind == kind; });
}

// Two states of the same text with its holes.
struct State {
  const std::vector<Hole>& holes;
  const std::string& text;
};

void find_filled(const State& before, const State& now, const std::string& clause,
                 std::vector<FilledHole>& filled) {
  for (const Hole& hole : before.holes) {
    if (hole.kind == "passage" || hole.kind == "heading") {
      if (!has_hole(now.holes, hole.kind)) filled.push_back({clause, hole.kind, {}});
      continue;
    }
    std::string filling = between(hole, now.text);
    if (!filling.empty() && filling != between(hole, before.text))
      filled.push_back({clause, hole.kind, std::move(filling)});
  }
}

void rename(Document& document, const std::map<std::string, std::string>& renamed) {
  for (Note& note : document.notes)
    if (const auto found = renamed.find(note.clause); found != renamed.end())
      note.clause = found->second;
}

}  // namespace

std::string_view name_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::changed:
      return "changed";
    case ChangeKind::added:
      return "added";
    case ChangeKind::superseded:
      return "superseded";
  }
  CHECK(false);
}

std::string fingerprint(std::string_view text) {
  return hex(bytes_of(sha256(utf8(letters(text))))).substr(0, 16);
}

Reimport reimport(const Document& before, Document now, const std::set<std::string>& given) {
  Reimport out;
  const std::vector<std::size_t> of = Matching(before, now).match();
  std::set<std::string> ids = given;
  for (const Clause& clause : before.clauses) ids.insert(clause.id);
  std::vector<bool> kept(before.clauses.size(), false);
  std::map<std::string, std::string> renamed;
  for (std::size_t i = 0; i < now.clauses.size(); ++i) {
    Clause& clause = now.clauses[i];
    const std::string as_read = clause.id;
    if (of[i] == Matching::none) {
      for (int copy = 2; !ids.insert(clause.id).second; ++copy)
        clause.id = fmt::format("{}~{}", as_read, copy);
      out.changes.push_back({ChangeKind::added, clause.id});
    } else {
      const Clause& old = before.clauses[of[i]];
      kept[of[i]] = true;
      clause.id = old.id;
      if (clause.text != old.text) out.changes.push_back({ChangeKind::changed, old.id});
      find_filled({old.holes, old.text}, {clause.holes, clause.text}, old.id, out.filled);
    }
    renamed[as_read] = clause.id;
  }
  for (std::size_t j = 0; j < kept.size(); ++j)
    if (!kept[j]) out.changes.push_back({ChangeKind::superseded, before.clauses[j].id});
  find_filled({before.holes, before.raw}, {now.holes, now.raw}, {}, out.filled);
  rename(now, renamed);
  out.is_same = before.hash == now.hash || (out.changes.empty() && out.filled.empty());
  out.document = std::move(now);
  return out;
}

namespace {

bool lies_in(std::string_view clause, std::string_view at) {
  return clause == at ||
         (clause.starts_with(at) && clause.size() > at.size() && clause[at.size()] == '.');
}

bool names(const std::vector<std::string>& clauses, const std::string& id) {
  return std::find(clauses.begin(), clauses.end(), id) != clauses.end();
}

void add_declarations(const policy::Pack& pack, const std::string& clause,
                      std::vector<Dependant>& out) {
  for (const policy::Parameter& parameter : pack.parameters)
    if (names(parameter.clauses, clause)) out.push_back({clause, pack.id + "/" + parameter.name});
  for (const policy::Obligation& duty : pack.obligations)
    if (names(duty.clauses, clause)) out.push_back({clause, duty.address});
  for (const policy::RecordType& type : pack.record_types)
    if (names(type.clauses, clause)) out.push_back({clause, pack.id + "/" + type.name});
}

}  // namespace

std::vector<Dependant> dependants(const std::vector<policy::Pack>& packs, const Document& before,
                                  std::string_view clause, std::string_view hole_kind) {
  std::vector<Dependant> out;
  for (const policy::Pack& pack : packs) {
    for (const policy::Document& document : pack.documents) {
      if (document.hash != before.hash && document.name != before.name) continue;
      for (const policy::Clause& one : pack.clauses) {
        const bool concerns = one.doc == document.id && !one.at.empty() && lies_in(clause, one.at);
        const bool by_hole = hole_kind.empty() || one.hole == hole_kind;
        if (concerns && by_hole) add_declarations(pack, one.id, out);
      }
    }
  }
  return out;
}

}  // namespace huilu::document
