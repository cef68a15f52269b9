#include <set>

#include "journal/comparison.h"
#include "matter/queries.h"
#include "matter/rules.h"
#include "matter/saved_filters.h"
#include "matter/verify_content.h"
#include "matter/verify_merges.h"
#include "matter/verify_relapses.h"

namespace huilu::matter {

namespace {

using journal::Comparison;
using store::Row;

std::string id_text(const Row& row, std::size_t column) {
  return row.is_null(column) ? std::string() : std::to_string(row.integer(column));
}

// "i12" → "12".
std::string number_in(const Value& content, std::string_view key) {
  const std::string text = text_in(content, key);
  return text.empty() ? text : text.substr(1);
}

class Verification {
 public:
  explicit Verification(store::Connection& connection)
      : connection_(connection), compare_(connection), merges_(connection) {}

  std::vector<journal::Damage> run() {
    check_versions();
    check_parts();
    check_current();
    check_named();
    check_evidence();
    check_imports();
    check_waits();
    check_look_backs();
    check_stale();
    merges_.check(compare_);
    relapses_.check(compare_);
    compare_.count("matter", "", "matter_opened");
    compare_.count("matter_version",
                   "where move is not null and seq not in (select seq from matter_version "
                   "where deed in ('merged_in', 'merge_undone'))",
                   "matter_moved");
    compare_.count("matter_version", "where move is null and deed is null and version > 1",
                   "matter_edited");
    for (const std::string_view word : obligation::deed_words) {
      const std::string deed(word);
      if (deed == "relapsed" || deed == "relapse_undone") continue;  // in the entry of the later
      compare_.count("matter_version", "where deed = '" + deed + "'", "matter_" + deed);
    }
    return compare_.damages();
  }

 private:
  void check_versions() {
    connection_.for_each(
        "select t.matter, t.version, t.move, t.account, t.at, t.content, o.bytes, t.deed, " +
            Comparison::opening_of("actor") + ", " + Comparison::instant_of() +
            ", t.seq from matter_version t left join opening o on o.seq = t.seq and o.n = t.n "
            "order by t.matter, t.version",
        {}, [&](const Row& row) {
          const std::string id = row.id<MatterId>(0).text() + "." + std::to_string(row.integer(1));
          if (row.is_null(6) || row.text(5) != row.text(6)) {
            compare_.damage("matter_version", id, "content does not fit its opening");
            return;
          }
          const Value content = parse_json(row.text(5)).value();
          note_evidence(row.integer(0), content);
          merges_.note(row.id<MatterId>(0), row.integer(1), row.integer(10), content);
          relapses_.note(row.id<MatterId>(0), row.integer(1), row.integer(10), content);
          const Value* const deed = content.find("deed");
          const std::string kind = deed == nullptr ? std::string() : text_in(*deed, "kind");
          if (text_in(content, "move") != row.text_or_null(2).value_or("") ||
              kind != row.text_or_null(7).value_or("") ||
              text_in(content, "matter") != row.id<MatterId>(0).text()) {
            compare_.damage("matter_version", id, "columns do not fit the content");
          }
          compare_.actor("matter_version", id, row, 8, row.id<AccountId>(3));
          compare_.instant("matter_version", id, row, 9, row.instant(4));
        });
  }

  void note_evidence(std::int64_t matter, const Value& content) {
    const Value* const files = content.find("evidence");
    if (files == nullptr || files->list() == nullptr) return;
    for (const Value& file : *files->list()) {
      const auto id = file.text() == nullptr ? std::nullopt : FileId::parse(*file.text());
      if (id) evidence_.emplace(id->value, matter);
    }
  }

  // Who may open a file is read from these rows: one for each file that a version names.
  void check_evidence() {
    connection_.for_each(
        "select e.file, e.matter, f.id from matter_file e left join file f on f.id = e.file "
        "order by e.file, e.matter",
        {}, [&](const Row& row) {
          const bool named = evidence_.erase({row.integer(0), row.integer(1)}) > 0;
          const std::string id = evidence_id(row.integer(0), row.integer(1));
          if (!named) compare_.damage("matter_file", id, "no version of the matter names it");
          if (row.is_null(2)) compare_.damage("matter_file", id, "there is no such file");
        });
    for (const auto& [file, matter] : evidence_) {
      compare_.damage("matter_file", evidence_id(file, matter), "is missing");
    }
  }
  static std::string evidence_id(std::int64_t file, std::int64_t matter) {
    return FileId{file}.text() + "/" + MatterId{matter}.text();
  }

  void check_parts() {
    connection_.for_each(
        "select p.matter, p.version, p.n, p.pointer, p.person, p.value, o.bytes, c.field "
        "from matter_part p join matter_version v on v.matter = p.matter "
        "and v.version = p.version left join opening o on o.seq = v.seq and o.n = p.n "
        "left join commitment c on c.seq = v.seq and c.n = p.n order by p.matter, p.version, p.n",
        {}, [&](const Row& row) {
          const auto value = parse_json(row.text(5));
          const auto person =
              !value || value->text() == nullptr ? std::nullopt : PersonId::parse(*value->text());
          const bool fits = !row.is_null(6) && row.text(5) == row.text(6) &&
                            row.text(7) == "part " + row.text(3) &&
                            person == row.id_or_null<PersonId>(4);
          if (!fits) {
            compare_.damage("matter_part",
                            row.id<MatterId>(0).text() + "." + std::to_string(row.integer(1)) +
                                "/" + std::to_string(row.integer(2)),
                            "does not fit its opening");
          }
        });
  }

  // The row is what its newest version says, and its deadline the first that any version names.
  void check_current() {
    connection_.for_each(
        "select m.id, m.type, m.pack_version, m.unit, m.state, m.outcome, m.opened, m.due, "
        "m.first_due, m.due_key, m.parent, m.campaign, m.version, m.seq, v.content, v.seq, "
        "(select max(n.version) from matter_version n where n.matter = m.id), m.ledger, m.number, "
        "m.merged_into "
        "from matter m left join matter_version v on v.matter = m.id and v.version = m.version "
        "order by m.id",
        {}, [&](const Row& row) {
          const std::string id = row.id<MatterId>(0).text();
          const auto content = row.is_null(14) ? Result<Value>(Value()) : parse_json(row.text(14));
          if (!content || content->is_null() || row.integer_or_null(16) != row.integer(12)) {
            compare_.damage("matter", id, "does not fit its versions");
            return;
          }
          const std::string outcome = row.text_or_null(5).value_or("");
          const std::string due = row.text_or_null(7).value_or("");
          // While it is open its clocks decide; what they say hangs on packs and calendars.
          const bool key_fits =
              row.text(9) == no_due || (outcome.empty() && Date::parse(row.text(9)).has_value());
          const bool fits = row.text(1) == text_in(*content, "type") &&
                            row.text(2) == text_in(*content, "pack_version") &&
                            id_text(row, 3) == number_in(*content, "unit") &&
                            row.text(4) == text_in(*content, "state") &&
                            outcome == text_in(*content, "outcome") &&
                            row.text(6) == text_in(*content, "opened") &&
                            due == text_in(*content, "due") && key_fits &&
                            row.is_null(8) == due.empty() &&
                            id_text(row, 10) == number_in(*content, "parent") &&
                            id_text(row, 11) == number_in(*content, "campaign") &&
                            id_text(row, 19) == number_in(*content, "into") &&
                            id_text(row, 17) == number_in(*content, "ledger") &&
                            row.text_or_null(18).value_or("") == text_in(*content, "number") &&
                            row.integer(13) == row.integer(15);
          if (!fits) compare_.damage("matter", id, "does not fit its newest version");
        });
    check_first_due();
  }

  void check_first_due() {
    std::set<std::int64_t> seen;
    std::vector<std::pair<MatterId, std::string>> first;
    connection_.for_each("select matter, content from matter_version order by matter, version", {},
                         [&](const Row& row) {
                           const auto content = parse_json(row.text(1));
                           const std::string due =
                               content ? text_in(*content, "due") : std::string();
                           if (!due.empty() && seen.insert(row.integer(0)).second) {
                             first.emplace_back(row.id<MatterId>(0), due);
                           }
                         });
    for (const auto& [id, due] : first) {
      const auto rows = connection_.query("select first_due from matter where id = ?1", {id});
      if (rows.empty() || rows[0].text_or_null(0) != due) {
        compare_.damage("matter", id.text(), "the first deadline is not that of its versions");
      }
    }
  }

  void check_imports() {
    connection_.for_each(
        "select t.id, t.unit, t.type, t.account, t.at, t.content, o.bytes, " +
            Comparison::opening_of("actor") + ", " + Comparison::instant_of() +
            " from ledger_import t left join opening o on o.seq = t.seq and o.n = 1 order by t.id",
        {}, [&](const Row& row) {
          const std::string id = std::to_string(row.integer(0));
          if (row.is_null(6) || row.text(5) != row.text(6)) {
            compare_.damage("ledger_import", id, "content does not fit its opening");
            return;
          }
          const Value content = parse_json(row.text(5)).value();
          if (number_in(content, "unit") != id_text(row, 1) ||
              text_in(content, "type") != row.text(2)) {
            compare_.damage("ledger_import", id, "columns do not fit the content");
          }
          compare_.actor("ledger_import", id, row, 7, row.id<AccountId>(3));
          compare_.instant("ledger_import", id, row, 8, row.instant(4));
        });
    compare_.count("ledger_import", "", "ledger_imported");
  }

  // Whoever is responsible sees it in his own list.
  void check_named() {
    connection_.for_each(
        "select m.id from matter m where not exists (select 1 from matter_named_unit n "
        "where n.unit = m.unit and n.matter = m.id) order by m.id",
        {}, [&](const Row& row) {
          compare_.damage("matter_named_unit", row.id<MatterId>(0).text(), "its unit is missing");
        });
  }

  // For whom it waits hangs on packs and calendars; what is settled waits to be looked at again, or
  // to be taken up for what that found, or for whoever says whether it was a relapse.
  void check_waits() {
    connection_.for_each(
        "select w.matter, w.n from matter_wait w left join matter m on m.id = w.matter "
        "where m.id is null or (m.outcome is not null and w.kind not in ('look_back', 'move', "
        "'relapse')) "
        "or (w.kind <> 'look_back' and w.due_key <> m.due_key) "
        "order by w.matter, w.n",
        {}, [&](const Row& row) {
          compare_.damage("matter_wait",
                          row.id<MatterId>(0).text() + "/" + std::to_string(row.integer(1)),
                          "does not fit its matter");
        });
  }

  // What was found is what the newest look-back says; what is open is settled.
  void check_look_backs() {
    connection_.for_each(
        "select l.matter, l.n from matter_look_back l left join matter m on m.id = l.matter "
        "where m.id is null or (l.open = 1 and (m.outcome is null or l.found <> '')) "
        "order by l.matter, l.n",
        {}, [&](const Row& row) {
          compare_.damage("matter_look_back",
                          row.id<MatterId>(0).text() + "/" + std::to_string(row.integer(1)),
                          "does not fit its matter");
        });
    connection_.for_each(
        "select v.matter, v.content, (select l.found from matter_look_back l where "
        "l.matter = v.matter and l.found <> '' order by l.n desc limit 1) from matter_version v "
        "where v.deed = 'looked_back' and not exists (select 1 from matter_version n where "
        "n.matter = v.matter and n.deed = 'looked_back' and n.version > v.version) "
        "order by v.matter",
        {}, [&](const Row& row) {
          const auto content = parse_json(row.text(1));
          const Value* const deed = content ? content->find("deed") : nullptr;
          const bool fits =
              deed != nullptr && text_in(*deed, "found") == row.text_or_null(2).value_or("");
          if (!fits) {
            compare_.damage("matter_look_back", row.id<MatterId>(0).text(),
                            "is not what the newest look-back found");
          }
        });
  }

  // What has changed since its review was moved on, and changed after that.
  void check_stale() {
    connection_.for_each(
        "select m.id from matter m where m.stale not in (0, 1) or (m.stale = 1 and not exists "
        "(select 1 from matter_version v where v.matter = m.id and v.move is not null "
        "and v.version < m.version)) order by m.id",
        {}, [&](const Row& row) {
          compare_.damage("matter", row.id<MatterId>(0).text(), "stale, though nobody reviewed it");
        });
  }

  store::Connection& connection_;
  Comparison compare_;
  MergeVerification merges_;
  RelapseVerification relapses_;
  std::set<std::pair<std::int64_t, std::int64_t>> evidence_;  // file, matter: what versions name
};

}  // namespace

std::vector<journal::Damage> verify(store::Connection& connection) {
  auto damages = Verification(connection).run();
  for (auto& one : verify_saved_filters(connection)) damages.push_back(std::move(one));
  return damages;
}

}  // namespace huilu::matter
