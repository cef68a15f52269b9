#include "matter/ledger_import.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "command/parts.h"
#include "matter/cells.h"
#include "matter/queries.h"
#include "matter/versions.h"

namespace huilu::matter {

namespace {

using command::append;
using command::Context;
using policy::FieldType;

constexpr std::size_t number_characters_max = 64;

bool leads_to(const policy::Field& field, FieldType type) {
  return field.type == type || field.item == type;
}

std::set<std::string> texts_of(const LedgerTable& table, const policy::MatterType& type,
                               FieldType wanted) {
  std::set<std::string> out;
  const auto add = [&](const LedgerRow& row, const std::string& target, bool is_list) {
    const std::string* const text = row.find(target);
    if (text == nullptr) return;
    if (!is_list) {
      out.insert(*text);
    } else {
      for (auto& item : items_of(*text, false)) out.insert(std::move(item));
    }
  };
  for (const auto& row : table.rows) {
    if (wanted == FieldType::unit) add(row, std::string(column::unit), false);
    for (const auto& field : type.fields) {
      if (leads_to(field, wanted)) add(row, field.name, field.type != wanted);
    }
  }
  return out;
}

std::optional<std::int64_t> version_in(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1) return {};
  return value;
}

class Understanding {
 public:
  Understanding(const LedgerRow& row, const policy::MatterType& type, const LedgerNames& names)
      : type_(type), names_(names) {
    out_.row = row;
  }

  LedgerAsked run(UnitId otherwise) {
    read_identity();
    read_unit(otherwise);
    // Units before persons: a person is looked for where the row's units are.
    read_fields([](const policy::Field& field) { return !leads_to(field, FieldType::person); });
    read_fields([](const policy::Field& field) { return leads_to(field, FieldType::person); });
    if (const std::string* const due = out_.row.find(column::due)) {
      out_.change.due = day_from(*due);
      if (!out_.change.due) fault(RefusalCode::field_type, column::due, "YYYY-MM-DD", *due);
    }
    return std::move(out_);
  }

 private:
  void fault(RefusalCode code, std::string_view target, std::string expected = {},
             std::string got = {}) {
    out_.faults.push_back({code, out_.row.where(target), std::move(expected), std::move(got), {}});
  }

  void read_identity() {
    if (const std::string* const id = out_.row.find(column::id)) {
      out_.id = MatterId::parse(*id);
      if (!out_.id) fault(RefusalCode::field_type, column::id, "i1", *id);
    }
    if (const std::string* const version = out_.row.find(column::version)) {
      out_.seen = version_in(*version);
      if (!out_.seen) fault(RefusalCode::field_type, column::version, "1, 2, 3 …", *version);
    }
    if (const std::string* const number = out_.row.find(column::number)) out_.number = *number;
    if (count_characters(out_.number) > number_characters_max) {
      fault(RefusalCode::field_range, column::number, "≤ " + std::to_string(number_characters_max));
    }
    if (out_.row.find(column::id) == nullptr && out_.number.empty()) {
      fault(RefusalCode::field_required, column::number);
    }
  }

  void read_unit(UnitId otherwise) {
    // What is here already has its unit, which a move changes and no sheet.
    if (out_.row.find(column::id) != nullptr || !out_.row.places.contains(column::unit)) {
      out_.unit = otherwise;
      return;
    }
    const std::string* const text = out_.row.find(column::unit);
    if (text == nullptr) return fault(RefusalCode::field_required, column::unit);
    out_.unit =
        unit_of_cell(*text, out_.row.where(column::unit), lookup(), out_.faults).value_or(UnitId{});
  }

  CellNames lookup() const {
    return {[this](const std::string& text) {
              const auto found = names_.units.find(text);
              return found == names_.units.end() ? std::vector<UnitId>() : found->second;
            },
            [this](const std::string& text) { return persons_called_so(text); }};
  }

  // At the row's own unit; where nobody is called so there, at those that it names.
  std::vector<PersonId> persons_called_so(const std::string& text) const {
    std::set<PersonId> all;
    for (const UnitId unit : units_of_row(out_, type_)) {
      const auto found = names_.persons.find({unit, text});
      if (found == names_.persons.end()) continue;
      all.insert(found->second.begin(), found->second.end());
      if (unit == out_.unit) break;
    }
    return {all.begin(), all.end()};
  }

  template <class Which>
  void read_fields(Which which) {
    for (const auto& field : type_.fields) {
      const std::string* const text = out_.row.find(field.name);
      if (!which(field)) continue;
      if (text == nullptr) {
        const bool is_new = out_.row.find(column::id) == nullptr;
        if (field.required && is_new) fault(RefusalCode::field_required, field.name);
        continue;
      }
      const std::size_t before = out_.faults.size();
      Value value = value_of_cell(field, *text, out_.row.where(field.name), lookup(), out_.faults);
      if (out_.faults.size() == before) out_.change.fields.set(field.name, std::move(value));
    }
  }

  const policy::MatterType& type_;
  const LedgerNames& names_;
  LedgerAsked out_;
};

std::string_view word_of_step(const LedgerStep& step) {
  if (step.pack != nullptr) return "created";
  if (step.read) return "changed";
  return step.asked.id ? "unchanged" : "existing";
}

}  // namespace

std::set<std::string> units_named_in(const LedgerTable& table, const policy::MatterType& type) {
  return texts_of(table, type, FieldType::unit);
}

std::set<std::string> persons_named_in(const LedgerTable& table, const policy::MatterType& type) {
  return texts_of(table, type, FieldType::person);
}

LedgerAsked understood(const LedgerRow& row, const policy::MatterType& type, UnitId otherwise,
                       const LedgerNames& names) {
  return Understanding(row, type, names).run(otherwise);
}

std::vector<UnitId> units_of_row(const LedgerAsked& asked, const policy::MatterType& type) {
  std::vector<UnitId> units;
  if (asked.unit) units.push_back(asked.unit);
  for (const auto& field : type.fields) {
    const Value* const value = asked.change.fields.find(field.name);
    if (value == nullptr || !leads_to(field, FieldType::unit)) continue;
    const Value::List one = value->list() ? *value->list() : Value::List{*value};
    for (const Value& item : one) {
      const auto unit = item.text() ? UnitId::parse(*item.text()) : std::nullopt;
      if (unit && std::ranges::find(units, *unit) == units.end()) units.push_back(*unit);
    }
  }
  return units;
}

obligation::Change differing(const Matter& matter, const obligation::Change& asked) {
  obligation::Change change;
  for (const auto& [name, value] : asked.fields.object()->members) {
    const Value* const now = matter.fields.find(name);
    if (now == nullptr || *now != value) change.fields.set(name, value);
  }
  if (asked.due && asked.due != matter.due) change.due = asked.due;
  return change;
}

ImportLedger::ImportLedger(FactsPointer facts, LedgerAim aim, std::vector<LedgerStep> steps)
    : facts_(std::move(facts)), aim_(std::move(aim)), steps_(std::move(steps)) {
  for (const auto& step : steps_) {
    const policy::MatterType* type = nullptr;
    if (step.pack != nullptr) type = &type_in(*step.pack, aim_.type);
    if (step.read) type = &step.read->type();
    Mentioned mentioned;
    if (type != nullptr && step.asked.faults.empty()) {
      mentioned = mentioned_in(*type, step.asked.change);
      if (step.pack != nullptr) mentioned.units.emplace_back(step.asked.unit, "/unit");
    }
    mentioned_.push_back(std::move(mentioned));
  }
  matters_.resize(steps_.size());
}

command::Need ImportLedger::need() const {
  std::set<UnitId> units = {aim_.ledger};
  for (const auto& step : steps_) {
    if (!step.asked.faults.empty()) continue;
    if (step.pack != nullptr) units.insert(step.asked.unit);
    if (step.read) units.insert(step.read->stored.now.matter.unit);
  }
  return {command::Permission::matter_open, {units.begin(), units.end()}};
}

std::string ImportLedger::where_of(UnitId unit) const {
  for (const auto& step : steps_) {
    const bool opened = step.pack != nullptr && step.asked.unit == unit;
    if (opened) return step.asked.row.where(column::unit);
    if (step.read && step.read->stored.now.matter.unit == unit) return step.asked.row.place;
  }
  return "/unit";
}

void ImportLedger::load(store::Connection& connection) {
  Mentioned all;
  std::vector<std::string> numbers;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const auto add = [](auto& to, const auto& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    add(all.units, mentioned_[i].units);
    add(all.persons, mentioned_[i].persons);
    add(all.posts, mentioned_[i].posts);
    add(all.files, mentioned_[i].files);
    add(all.records, mentioned_[i].records);
    all.kinds.insert(mentioned_[i].kinds.begin(), mentioned_[i].kinds.end());
    if (steps_[i].pack != nullptr) numbers.push_back(steps_[i].asked.number);
    if (steps_[i].read) {
      newest_[i] = queue_newest(connection, steps_[i].read->stored.now.matter.id);
    }
  }
  reads_.queue(connection, all);
  numbers_ = queue_numbers(connection, aim_.ledger, aim_.type, numbers);
}

Refusals ImportLedger::decide(const Context& context) {
  known_ = reads_.known();
  std::set<std::string> taken;
  for (const auto& rows : numbers_) {
    for (const auto row : *rows) taken.insert(row.text(0));
  }
  Refusals faults;
  std::set<MatterId> ids;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    LedgerStep& step = steps_[i];
    if (step.asked.id && !ids.insert(*step.asked.id).second) {
      step.asked.faults.push_back({RefusalCode::duplicate,
                                   step.asked.row.where(column::id),
                                   {},
                                   step.asked.id->text(),
                                   {}});
    }
    append(faults, step.asked.faults);
    if (!step.asked.faults.empty()) continue;
    Refusals found;
    if (step.pack != nullptr) {
      // Twice in the sheet, or entered since it was looked at.
      if (!taken.insert(step.asked.number).second) {
        found.push_back({RefusalCode::duplicate,
                         step.asked.row.where(column::number),
                         {},
                         step.asked.number,
                         {}});
      }
      append(found, decide_opening(step, context));
      matters_[i] = found.empty() ? matters_[i] : Matter{};
    } else if (step.read) {
      found = decide_edit(step, i, context);
    }
    append(faults, std::move(found));
  }
  if (faults.size() > ledger_faults_max) {
    const std::string all = std::to_string(faults.size());
    faults.resize(ledger_faults_max);
    faults.push_back(
        {RefusalCode::import_row, aim_.name, std::to_string(ledger_faults_max), all, {}});
  }
  return faults;
}

Refusals ImportLedger::decide_opening(LedgerStep& step, const Context& context) {
  const auto& type = type_in(*step.pack, aim_.type);
  const auto at = static_cast<std::size_t>(&step - steps_.data());
  Matter matter;
  matter.type = type.address;
  matter.opened = context.today;
  matter.state = type.initial;
  matter.fields = Value(Value::Object{});
  auto change = step.asked.change;
  change.unit = step.asked.unit;
  matter = obligation::edited(matter, change);
  auto refusals =
      obligation::check_opening({*facts_, *step.pack, type, context.today, context.now}, matter);
  append(refusals, check_known(mentioned_[at], known_, context.today));
  for (auto& refusal : refusals) refusal.where = step.asked.row.where_of(refusal.where);
  matters_[at] = std::move(matter);
  return refusals;
}

Refusals ImportLedger::decide_edit(const LedgerStep& step, std::size_t at, const Context& context) {
  const Read& read = *step.read;
  auto refusals = check_newest(*newest_.at(at), read.stored.now, *step.asked.seen);
  if (refusals.empty()) {
    std::vector<std::string> moves;
    for (const auto& [move, account] : read.made) moves.push_back(move);
    refusals = obligation::check_edit(read.life(context.today, context.now), read.stored.now.matter,
                                      step.asked.change, demanded_by(read.type(), moves));
    append(refusals, check_known(mentioned_[at], known_, context.today));
  }
  for (auto& refusal : refusals) refusal.where = step.asked.row.where_of(refusal.where);
  matters_[at] = obligation::edited(read.stored.now.matter, step.asked.change);
  return refusals;
}

command::Reply ImportLedger::write(const Context& context, command::Writing& writing) {
  std::map<std::string_view, std::int64_t> counts;
  Value::List rows;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const LedgerStep& step = steps_[i];
    const auto what = word_of_step(step);
    ++counts[what];
    const std::string id =
        aim_.dry_run && step.pack != nullptr ? std::string() : written(i, context, writing);
    UnitId unit = step.asked.unit;
    if (step.read) unit = step.read->stored.now.matter.unit;
    if (step.there) unit = step.there->now.matter.unit;
    rows.push_back(
        Value::object({{"line", step.asked.row.line},
                       {"what", what},
                       {"id", id.empty() ? Value() : Value(id)},
                       {"number", step.asked.number.empty() ? Value() : Value(step.asked.number)},
                       {"unit", unit.text()},
                       {"differs", Value::List(step.differs.begin(), step.differs.end())}}));
  }
  if (!aim_.dry_run && counts["created"] + counts["changed"] > 0) {
    write_entry(counts["created"], counts["changed"], context, writing);
  }
  return {200, Value::object({{"created", counts["created"]},
                              {"changed", counts["changed"]},
                              {"unchanged", counts["unchanged"]},
                              {"existing", counts["existing"]},
                              {"dry_run", aim_.dry_run},
                              {"rows", std::move(rows)}})};
}

// The id of the row's matter.
std::string ImportLedger::written(std::size_t at, const Context& context,
                                  command::Writing& writing) {
  const LedgerStep& step = steps_[at];
  if (step.there) return step.there->now.matter.id.text();
  if (step.read) {
    if (!aim_.dry_run) {
      Version version = step.read->stored.now;
      version.matter = matters_[at];
      version.move.clear();
      version.deed.reset();
      version.reason.clear();
      write_next("matter_edited", std::move(version), *step.read, context, writing);
    }
    return step.read->stored.now.matter.id.text();
  }
  Version version;
  version.matter = matters_[at];
  version.matter.id = MatterId{writing.issue_id()};
  version.numbered = Numbered{aim_.ledger, step.asked.number};
  version.pack_version = step.pack->version;
  const std::string id = version.matter.id.text();
  write_first("matter_opened", std::move(version), *facts_, *step.pack, context, writing);
  return id;
}

void ImportLedger::write_entry(std::int64_t created, std::int64_t changed, const Context& context,
                               command::Writing& writing) const {
  Value columns{Value::Object{}};
  for (const auto& [heading, target] : aim_.columns) columns.set(heading, target);
  const std::string content = canonical_json(Value::object({{"changed", changed},
                                                            {"columns", std::move(columns)},
                                                            {"created", created},
                                                            {"type", aim_.type},
                                                            {"unit", aim_.ledger.text()}}));
  const std::int64_t id = writing.issue_id();
  writing.rows.insert(ledger_import_table, {id, aim_.ledger, aim_.type, writing.at(),
                                            context.account, writing.next_sequence(), content});
  journal::Entry entry;
  entry.kind = "ledger_imported";
  entry.unit = aim_.ledger;
  entry.actor = context.account;
  entry.fields.push_back({"content", content});
  entry.touched.push_back({"ledger_import", id, 1});
  writing.append(std::move(entry));
}

}  // namespace huilu::matter
