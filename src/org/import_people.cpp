#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/check.h"
#include "org/content.h"
#include "org/history.h"
#include "org/import.h"
#include "org/import_table.h"
#include "org/paths.h"
#include "org/people_rules.h"
#include "org/refusing.h"
#include "org/tables_reads.h"

namespace huilu::org {

namespace {

using command::Need;
using command::Permission;
using command::Reply;
using command::Writing;

const std::vector<ImportField>& people_fields() {
  static const std::vector<ImportField> fields = {
      {"name", true, {"姓名"}},
      {"branch", true, {"党支部代码", "支部代码", "组织代码", "branch code", "branch_code"}},
      {"kind", false, {"党员类别", "人员类别", "类别"}},
      {"joined", false, {"转入日期", "进入支部日期", "起始日期", "from"}},
      {"floating", false, {"流动", "是否流动", "流动党员"}},
      {"key", false, {"编号", "外部编号", "external key", "external_key"}}};
  return fields;
}

// Where in the row the rules' pointers are.
std::string person_field_at(const std::string& pointer) {
  static const std::map<std::string, std::string> fields = {
      {"/unit", "branch"}, {"/person", "name"}, {"/external_key", "key"}, {"/date", "joined"}};
  const auto found = fields.find(pointer);
  return found == fields.end() ? pointer.substr(1) : found->second;
}

struct PersonRow {
  ImportTable::Row cells;
  std::string name;
  std::string branch;
  std::string key;
  std::optional<MembershipKind> kind;
  std::optional<bool> floating;
  std::optional<Date> joined;
  Refusals faults;
};

PersonRow read_person_row(const ImportTable::Row& cells) {
  PersonRow row{
      cells, cleaned(cells.text("name")), cells.text("branch"), cells.text("key"), {}, {}, {}, {}};
  row.floating = cells.yes_or_no("floating", row.faults);
  row.joined = cells.date("joined", row.faults);
  const std::string kind = cells.text("kind");
  for (const auto* word : {"full_member", "full", "正式党员", "正式"}) {
    if (same_word(word, kind)) row.kind = MembershipKind::full_member;
  }
  for (const auto* word : {"probationary_member", "probationary", "预备党员", "预备"}) {
    if (same_word(word, kind)) row.kind = MembershipKind::probationary_member;
  }
  if (!kind.empty() && !row.kind) {
    refuse(row.faults, RefusalCode::unknown_word, cells.where("kind"),
           "full_member, probationary_member", kind);
  }
  if (row.branch.empty()) refuse(row.faults, RefusalCode::field_required, cells.where("branch"));
  return row;
}

struct Branch {
  UnitId id;
  Joined joined;
  std::string path;
};

// A person of the database with all memberships.
struct Known {
  Person person;
  std::vector<Membership> memberships;
};

// What a row comes to.
struct Plan {
  std::optional<Person> person;  // new, or changed
  bool is_new = false;
  std::optional<Membership> ended;
  std::optional<Membership> started;
};

class ImportPeople : public command::Command {
 public:
  ImportPeople(ImportTable table, const ImportOptions& options, const Vocabulary& words)
      : table_(std::move(table)), options_(options), words_(words) {
    for (std::size_t i = 0; i < table_.size(); ++i) {
      rows_.push_back(read_person_row(table_.row(i)));
    }
  }

  std::string_view name() const override { return "import_people"; }
  Need need() const override {
    Need need{Permission::person_change, {}};
    if (options_.below) need.units.push_back(*options_.below);
    return need;
  }
  bool alone() const override { return true; }

  void load(store::Connection& connection) override {
    std::set<std::string> branches, keys;
    for (const auto& row : rows_) {
      branches.insert(row.branch);
      if (!row.key.empty()) keys.insert(row.key);
    }
    const Codes codes(branches.begin(), branches.end());
    branches_ = queue_branches(connection, options_.code_system, codes, options_.date);
    members_ = queue_members(connection, options_.code_system, codes, options_.date);
    known_by_key_ = queue_people_by_key(connection, Codes(keys.begin(), keys.end()));
    below_ = queue_standing(connection, options_.below);
  }

  Refusals decide(const Context& context) override {
    prepare();
    Refusals faults;
    if (!options_.below && context.account) refuse(faults, RefusalCode::not_permitted, "/below");
    for (const auto& row : rows_) {
      append(faults, row.faults);
      Refusals refusals = decide_row(row);
      for (auto& refusal : refusals) {
        if (refusal.where.starts_with('/')) {
          refusal.where = row.cells.where(person_field_at(refusal.where));
        }
      }
      append(faults, std::move(refusals));
    }
    return limited(std::move(faults), table_.file());
  }

  Reply write(const Context& context, Writing& writing) override {
    std::size_t created = 0, changed = 0;
    for (const auto& plan : plans_) {
      if (plan.is_new) {
        ++created;
      } else if (plan.person || plan.started) {
        ++changed;
      }
    }
    if (options_.run == Run::real && created + changed > 0) write_plans(context, writing);
    return {200, import_reply(created, changed, rows_.size() - created - changed, options_.run)};
  }

 private:
  void prepare() {
    branch_by_code_.clear();
    known_.clear();
    by_key_.clear();
    by_name_.clear();
    paths_.clear();
    seen_.clear();
    plans_.clear();
    const auto below = standing_from(below_);
    below_path_ = below ? below->path : "";
    for (const auto& rows : branches_) {
      for (const auto row : *rows) {
        branch_by_code_[row.text(0)] = {
            row.id<UnitId>(1), {span_from(row, 2), row.text(4)}, row.text(5)};
      }
    }
    for (const auto& rows : members_) keep_people(*rows);
    for (const auto& rows : known_by_key_) keep_people(*rows);
    for (const auto& [id, known] : known_) {
      if (known.person.external_key) by_key_[*known.person.external_key] = id;
      for (const auto& membership : known.memberships) {
        if (!membership.span.contains(options_.date)) continue;
        by_name_.emplace(std::pair(membership.unit, known.person.name), id);
      }
    }
  }

  void keep_people(const store::Rows& rows) {
    std::set<PersonId> before;
    for (const auto& [id, known] : known_) before.insert(id);
    for (const auto row : rows) {
      const Person person = person_from(row);
      if (before.contains(person.id)) continue;  // came with another list
      Known& known = known_[person.id];
      known.person = person;
      if (row.is_null(5)) continue;
      known.memberships.push_back(membership_from_columns(row, 5));
      paths_[known.memberships.back().unit] = row.text(15);
    }
  }

  // The person of a row; a null pointer for a new one.
  Known* find_person(const PersonRow& row, const Branch& branch, Refusals& faults) {
    if (!row.key.empty()) {
      const auto known = by_key_.find(row.key);
      return known == by_key_.end() ? nullptr : &known_.at(known->second);
    }
    const auto [first, last] = by_name_.equal_range(std::pair(branch.id, row.name));
    if (first == last) return nullptr;
    if (std::next(first) != last) {
      refuse(faults, RefusalCode::duplicate, row.cells.where("name"), "key");
      return nullptr;
    }
    return &known_.at(first->second);
  }

  Refusals decide_row(const PersonRow& row) {
    Refusals faults;
    const std::string identity =
        row.key.empty() ? "name\n" + row.branch + "\n" + row.name : "key\n" + row.key;
    if (!seen_.insert(identity).second) {
      refuse(faults, RefusalCode::duplicate, row.cells.where(row.key.empty() ? "name" : "key"));
      return faults;
    }
    const auto branch = branch_by_code_.find(row.branch);
    if (branch == branch_by_code_.end()) {
      append(faults, check_name(row.name, "/name"));
      if (!row.branch.empty()) {
        refuse(faults, RefusalCode::unknown_unit, row.cells.where("branch"), {}, row.branch);
      }
      return faults;
    }
    if (!is_inside(branch->second.path)) {
      refuse(faults, RefusalCode::not_permitted, row.cells.where("branch"));
      return faults;
    }
    Known* known = find_person(row, branch->second, faults);
    for (const auto& membership : known ? known->memberships : std::vector<Membership>()) {
      if (membership.span.contains(options_.date) && !is_inside(paths_.at(membership.unit))) {
        refuse(faults, RefusalCode::not_permitted, row.cells.where("name"));
      }
    }
    if (!faults.empty()) return faults;
    return plan(row, branch->second, known);
  }

  // Within the branch of the tree that was opened for this import.
  bool is_inside(const std::string& path) const {
    return !options_.below || (!below_path_.empty() && is_below_or_same(path, below_path_));
  }

  Refusals plan(const PersonRow& row, const Branch& branch, const Known* known) {
    Refusals faults;
    Plan plan;
    plan.is_new = !known;
    const auto key = row.key.empty() ? std::nullopt : std::optional(row.key);
    if (!known) {
      keep(org::decide(CreatePerson{row.name, key}, std::nullopt), plan.person, faults);
    } else if (known->person.name != row.name) {
      const ChangePerson change{known->person.id, branch.id, known->person.version, row.name,
                                known->person.external_key};
      keep(org::decide(change, known->person, true, std::nullopt), plan.person, faults);
    }
    plan_membership(row, branch, known, plan, faults);
    if (faults.empty()) plans_.push_back(std::move(plan));
    return faults;
  }

  template <class T>
  static void keep(Result<T> result, std::optional<T>& kept, Refusals& faults) {
    if (result.ok()) {
      kept = std::move(*result);
    } else {
      append(faults, result.take_refusals());
    }
  }

  void plan_membership(const PersonRow& row, const Branch& branch, const Known* known, Plan& plan,
                       Refusals& faults) const {
    const Membership* now = nullptr;
    std::optional<Date> joined, end;  // of the unbroken time in this branch
    if (known) {
      for (const auto& membership : known->memberships) {
        if (membership.span.contains(options_.date)) now = &membership;
        if (membership.unit != branch.id) continue;
        // Another kind in the same branch is no new beginning.
        if (membership.span.from != end) joined = membership.span.from;
        end = membership.span.until;
      }
    }
    StartMembership start;
    start.person = known ? known->person.id : PersonId{};
    start.unit = branch.id;
    start.kind = row.kind.value_or(now ? now->kind : MembershipKind::full_member);
    start.floating = row.floating.value_or(now && now->floating);
    start.date = now ? options_.date : row.joined.value_or(options_.date);
    if (now && now->unit == branch.id) {
      if (row.joined && *row.joined != *joined) {
        refuse(faults, RefusalCode::field_range, row.cells.where("joined"), joined->text(),
               row.joined->text());
      }
      if (now->kind == start.kind && now->floating == start.floating) return;
    } else if (now && row.joined) {
      start.date = *row.joined;  // a transfer on a day of its own
    }
    if (now) {
      start.replaces = now->id;
      start.replaces_in = now->unit;
    }
    const MembershipFacts facts{true, branch.joined, std::nullopt,
                                known ? known->memberships : std::vector<Membership>()};
    auto change = org::decide(start, facts, words_);
    if (!change.ok()) return append(faults, change.take_refusals());
    plan.started = change->started;
    plan.ended = change->ended;
  }

  void write_plans(const Context& context, Writing& writing) {
    journal::Entry entry;
    entry.kind = "people_imported";
    entry.unit = options_.below;
    entry.actor = context.account;
    const auto add = [&](std::string_view table, const auto& row) {
      entry.fields.push_back({"content " + subject_of(row), content_of(row)});
      entry.touched.push_back({table, row.id.value, row.version});
    };
    for (auto& plan : plans_) {
      if (plan.is_new) {
        plan.person->id = PersonId{writing.issue_id()};
        plan.started->person = plan.person->id;
      }
      if (plan.started) plan.started->id = MembershipId{writing.issue_id()};
      if (plan.person) {
        for (auto& field : fields_of(*plan.person, " " + subject_of(*plan.person))) {
          entry.fields.push_back(std::move(field));
        }
        entry.touched.push_back({"person", plan.person->id.value, plan.person->version});
      }
      if (plan.ended) add("membership", *plan.ended);
      if (plan.started) add("membership", *plan.started);
    }
    const auto seq = writing.append(std::move(entry));
    write_rows(seq, writing.rows);
  }

  // Persons before the memberships that refer to them.
  void write_rows(journal::Sequence seq, store::RowBuffer& rows) {
    for (auto& plan : plans_) {
      if (!plan.person) continue;
      plan.person->seq = seq;
      plan.is_new ? insert_person(rows, *plan.person) : update_person(rows, *plan.person);
    }
    for (auto& plan : plans_) {
      if (const auto& ended = plan.ended) {
        end_row(rows, "membership", ended->id.value, ended->span, ended->version, seq);
      }
      if (!plan.started) continue;
      plan.started->seq = seq;
      insert_membership(rows, *plan.started);
    }
  }

  ImportTable table_;
  ImportOptions options_;
  const Vocabulary& words_;
  std::vector<PersonRow> rows_;
  std::vector<store::Pending> branches_, members_, known_by_key_;
  store::Pending below_;
  std::string below_path_;
  std::unordered_map<std::string, Branch> branch_by_code_;
  std::map<PersonId, Known> known_;
  std::map<UnitId, std::string> paths_;  // of the units of their memberships
  std::unordered_map<std::string, PersonId> by_key_;
  std::multimap<std::pair<UnitId, std::string>, PersonId> by_name_;
  std::set<std::string> seen_;
  std::vector<Plan> plans_;
};

}  // namespace

Result<CommandPtr> make_people_import(const Sheet& sheet, const ImportOptions& options,
                                      const Vocabulary& words) {
  auto table = ImportTable::read(sheet, options, people_fields());
  if (!table.ok()) return table.take_refusals();
  return CommandPtr(std::make_unique<ImportPeople>(std::move(*table), options, words));
}

}  // namespace huilu::org
