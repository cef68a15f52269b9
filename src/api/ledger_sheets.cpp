#include "api/ledger_sheets.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "api/matter_reads.h"
#include "base/text.h"
#include "matter/queries.h"
#include "org/paths.h"
#include "org/queries.h"
#include "policy/finding.h"

namespace huilu::api {

namespace {

using command::Permission;

constexpr std::size_t hits_max = 200;
constexpr org::SheetLimits ledger_limits{16 << 20, 64 << 20, 20'000, 256};

std::string bytes_of_upload(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Fault(FaultKind::internal, "an uploaded body cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

LedgerUpload read_ledger_query(Call& call, Refusals& refusals) {
  Query query(call, refusals);
  LedgerUpload asked;
  const auto unit = query.id<UnitId>("unit");
  asked.type = query.text("type").value_or("");
  asked.name = query.text("name").value_or("upload");
  asked.sheet = query.text("sheet").value_or("");
  asked.code_system = query.text("code_system").value_or("");
  if (const int line = query.integer("head", 0, 0, 10'000); line > 0) asked.head.line = line;
  asked.dry_run = query.flag("dry_run");
  query.text("map");
  query.finish();
  for (const auto& [name, value] : call.request.query) {
    if (name != "map") continue;
    const auto equals = value.rfind('=');
    if (equals == std::string::npos) {
      refusals.push_back({RefusalCode::field_type, "/map", "column=field", value, ""});
    } else {
      asked.head.said.emplace_back(value.substr(0, equals), value.substr(equals + 1));
    }
  }
  if (!unit) refusals.push_back({RefusalCode::field_required, "/unit", "u1", "", ""});
  if (asked.type.empty()) refusals.push_back({RefusalCode::field_required, "/type", "", "", ""});
  asked.unit = unit.value_or(UnitId{});
  return asked;
}

// Units by what a cell calls them.
class UnitsCalled {
 public:
  UnitsCalled(Call& call, const LedgerUpload& asked) : call_(call), asked_(asked) {
    const auto visible = identity::visible_subtrees(*call.reader, call.who.account,
                                                    Permission::unit_read, call.today);
    if (visible) ranges_ = visible->ranges;
    below_ = org::unit_on(*call.reader, asked.unit, call.today)->path;
  }

  std::vector<UnitId> find(const std::string& text) const {
    if (!asked_.code_system.empty()) {
      const auto unit = org::unit_by_code(*call_.reader, asked_.code_system, text, call_.today);
      if (unit && is_visible(unit->path)) return {unit->id};
    }
    const auto steps = steps_of(text);
    org::Search search{steps.back(), org::Among::units, {}, call_.today, hits_max};
    for (const auto& range : ranges_) search.units_below.push_back(range.from);
    std::vector<UnitId> near, all;
    for (const auto& hit : call_.services.directory.search(search)) {
      if (folded(hit.name) != folded(steps.back()) || !is_visible(hit.path) ||
          !leads_through(hit.path, steps)) {
        continue;
      }
      all.push_back(hit.unit);
      if (hit.path.starts_with(below_)) near.push_back(hit.unit);
    }
    return near.empty() ? all : near;
  }

 private:
  // "栖湖区/卫生健康局", "栖湖区 › 卫生健康局"
  static std::vector<std::string> steps_of(std::string text) {
    for (const std::string_view mark : {"›", "＞", ">", "／", "\\"}) {
      for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
        text.replace(at, mark.size(), "/");
      }
    }
    std::vector<std::string> steps;
    for (const auto part : split(text, '/')) {
      if (auto step = trimmed(part); !step.empty()) steps.push_back(std::move(step));
    }
    return steps.empty() ? std::vector<std::string>{text} : steps;
  }

  bool is_visible(const std::string& path) const {
    return std::ranges::any_of(ranges_, [&](const auto& range) { return range.contains(path); });
  }

  // The names before the last are of units above it, in this order.
  bool leads_through(const std::string& path, const std::vector<std::string>& steps) const {
    std::size_t next = 0;
    const auto above = org::ids_of_path(path);
    for (std::size_t i = 0; i + 1 < above.size() && next + 1 < steps.size(); ++i) {
      const auto name = call_.services.directory.name_of(UnitId{above[i]});
      if (name && folded(*name) == folded(steps[next])) ++next;
    }
    return next + 1 == steps.size();
  }

  Call& call_;
  const LedgerUpload& asked_;
  std::vector<identity::Range> ranges_;
  std::string below_;
};

// Of one upload: looks up what its cells name, and finds for every row what is done with it.
class LedgerSteps {
 public:
  LedgerSteps(Call& call, const LedgerRead& read, const matter::LedgerTable& table)
      : call_(call), read_(read), type_(read.type()), table_(table) {}

  std::vector<matter::LedgerStep> make() {
    const UnitsCalled called(call_, read_.asked);
    for (const auto& text : matter::units_named_in(table_, type_)) {
      if (!UnitId::parse(text)) names_.units[text] = called.find(text);
    }
    load_here();
    auto asked = understand();
    if (load_persons(asked)) asked = understand();
    facts_ = facts_at(call_, units_of(asked));
    read_edited(asked);
    std::vector<matter::LedgerStep> steps;
    for (auto& one : asked) steps.push_back(step_of(std::move(one)));
    return steps;
  }

  const matter::FactsPointer& facts() const { return facts_; }

 private:
  std::vector<matter::LedgerAsked> understand() const {
    std::vector<matter::LedgerAsked> out;
    for (const auto& row : table_.rows) {
      const auto found = here(row);
      const UnitId otherwise = found == nullptr ? read_.asked.unit : found->now.matter.unit;
      out.push_back(matter::understood(row, type_, otherwise, names_));
    }
    return out;
  }

  // What the rows say is here already.
  void load_here() {
    std::vector<MatterId> ids;
    std::vector<std::string> numbers;
    for (const auto& row : table_.rows) {
      const auto* const id = row.find(matter::column::id);
      const auto parsed = id == nullptr ? std::nullopt : MatterId::parse(*id);
      if (parsed) ids.push_back(*parsed);
      const auto* const number = row.find(matter::column::number);
      if (id == nullptr && number != nullptr) numbers.push_back(*number);
    }
    const auto found =
        matter::queue_numbers(*call_.reader, read_.asked.unit, read_.asked.type, numbers);
    call_.reader->flush();
    for (const auto& rows : found) {
      for (const auto row : *rows) {
        numbered_[row.text(0)] = row.id<MatterId>(1);
        ids.push_back(row.id<MatterId>(1));
      }
    }
    for (auto& one : matter::find_all(*call_.reader, ids)) {
      here_.emplace(one.now.matter.id, std::move(one));
    }
  }

  const matter::Stored* here(const matter::LedgerRow& row) const {
    const auto* const id = row.find(matter::column::id);
    const auto* const number = row.find(matter::column::number);
    auto wanted = id == nullptr ? std::nullopt : MatterId::parse(*id);
    if (id == nullptr && number != nullptr) {
      const auto found = numbered_.find(*number);
      if (found != numbered_.end()) wanted = found->second;
    }
    const auto found = wanted ? here_.find(*wanted) : here_.end();
    return found == here_.end() ? nullptr : &found->second;
  }

  std::vector<UnitId> units_of(const std::vector<matter::LedgerAsked>& asked) const {
    std::set<UnitId> units = {read_.asked.unit};
    for (const auto& one : asked) {
      for (const UnitId unit : matter::units_of_row(one, type_)) units.insert(unit);
    }
    return {units.begin(), units.end()};
  }

  // Only where the account may read who is there. False: the sheet names nobody.
  bool load_persons(const std::vector<matter::LedgerAsked>& asked) {
    const auto texts = matter::persons_named_in(table_, type_);
    if (texts.empty()) return false;
    matter::Sought sought;
    for (const UnitId unit : units_of(asked)) {
      if (call_.check(Permission::member_names_read, {unit}).empty()) {
        sought.members_of.push_back(unit);
      }
      if (call_.check(Permission::post_names_read, {unit}).empty()) {
        sought.holders_of.push_back(unit);
      }
    }
    for (const auto& one : matter::persons_called(*call_.reader, sought, texts, call_.today)) {
      names_.persons[{one.unit, one.name}].insert(one.person);
    }
    return true;
  }

  matter::LedgerStep step_of(matter::LedgerAsked asked) {
    matter::LedgerStep step;
    const auto* const found = here(asked.row);
    step.asked = std::move(asked);
    if (step.asked.id)
      edit(step);
    else if (found != nullptr)
      leave(*found, step);
    else
      open(step);
    return step;
  }

  static void fault(matter::LedgerStep& step, RefusalCode code, std::string_view target,
                    std::string expected = {}, std::string got = {}) {
    step.asked.faults.push_back(
        {code, step.asked.row.where(target), std::move(expected), std::move(got), {}});
  }

  // Has the number already: nothing is changed, and what the sheet says otherwise is told.
  void leave(const matter::Stored& found, matter::LedgerStep& step) const {
    // Nothing is done with it: what cannot be understood in it does no harm.
    step.asked.faults.clear();
    const auto change = matter::differing(found.now.matter, step.asked.change);
    for (const auto& [name, value] : change.fields.object()->members) step.differs.push_back(name);
    if (change.due) step.differs.emplace_back(matter::column::due);
    step.there = found;
  }

  void open(matter::LedgerStep& step) const {
    const UnitId unit = step.asked.unit;
    if (!unit) return;
    auto refusals =
        call_.check(Permission::matter_open, {unit}, step.asked.row.where(matter::column::unit));
    for (auto& refusal : refusals) {
      if (refusal.code == RefusalCode::not_found) refusal.code = RefusalCode::unknown_unit;
      refusal.where = step.asked.row.where(matter::column::unit);
      step.asked.faults.push_back(std::move(refusal));
    }
    step.pack = matter::pack_in_force(*facts_, read_.asked.type, unit, call_.today,
                                      call_.services.clock.now());
    if (step.pack == nullptr) {
      fault(step, RefusalCode::unknown_matter_type, matter::column::unit, {}, read_.asked.type);
    }
  }

  // With their histories, in one reading of the policy; only those that something changes.
  void read_edited(const std::vector<matter::LedgerAsked>& asked) {
    std::vector<MatterAsked> wanted;
    for (const auto& one : asked) {
      if (one.id && here(one.row) != nullptr) wanted.push_back({*one.id, one.change});
    }
    auto reads = read_matters(call_, wanted);
    for (auto& read : reads) {
      if (read) reads_.emplace(read->stored.now.matter.id, std::move(*read));
    }
  }

  void edit(matter::LedgerStep& step) const {
    const auto found = reads_.find(*step.asked.id);
    if (found == reads_.end() || found->second.stored.now.matter.type != read_.asked.type) {
      return fault(step, RefusalCode::unknown_matter, matter::column::id, {},
                   step.asked.id->text());
    }
    const auto& now = found->second.stored.now.matter;
    step.asked.change = matter::differing(now, step.asked.change);
    const bool same = step.asked.change.fields.object()->members.empty() && !step.asked.change.due;
    if (same && step.asked.faults.empty()) {
      step.there = found->second.stored;
      return;
    }
    if (step.asked.row.find(matter::column::version) == nullptr) {
      fault(step, RefusalCode::field_required, matter::column::version);
    }
    if (!call_.check(Permission::matter_open, {now.unit}).empty()) {
      fault(step, RefusalCode::not_permitted, matter::column::id, "matter_open");
    }
    step.read = found->second;
  }

  Call& call_;
  const LedgerRead& read_;
  const policy::MatterType& type_;
  const matter::LedgerTable& table_;
  matter::LedgerNames names_;
  matter::FactsPointer facts_;
  std::map<std::string, MatterId> numbered_;
  std::map<MatterId, matter::Stored> here_;
  std::map<MatterId, matter::Read> reads_;
};

}  // namespace

Result<LedgerRead> read_ledger_upload(Call& call) {
  Refusals refusals;
  LedgerRead read;
  read.asked = read_ledger_query(call, refusals);
  const auto& asked = read.asked;
  if (refusals.empty()) refusals = call.check(Permission::matter_open, {asked.unit}, "/unit");
  if (!refusals.empty()) return refusals;
  read.facts = facts_at(call, {asked.unit});
  const Instant now = call.services.clock.now();
  read.pack = matter::pack_in_force(*read.facts, asked.type, asked.unit, call.today, now);
  if (read.pack == nullptr) {
    std::vector<std::string_view> types;
    for (const auto* one : matter::types_in_force(*read.facts, call.today, now)) {
      types.push_back(one->address);
    }
    return Refusal{RefusalCode::unknown_matter_type, "/type",
                   types.empty() ? "" : policy::nearest_or_all(asked.type, types), asked.type, ""};
  }
  auto sheet = org::read_sheet(bytes_of_upload(call.request.body_file), asked.name, asked.sheet,
                               ledger_limits);
  if (!sheet) return sheet.take_refusals();
  read.sheet = std::move(*sheet);
  if (read.sheet.rows.empty()) {
    return Refusal{RefusalCode::import_file, asked.name, "≥ 2", "0", ""};
  }
  read.asked.head.remembered = matter::remembered_columns(*call.reader, asked.unit, asked.type);
  read.head = matter::head_of(read.sheet, read.type(), read.asked.head);
  return read;
}

Answer ledger_import_of(Call& call, const LedgerRead& read) {
  auto table = matter::read_ledger(read.sheet, read.head, read.type());
  if (!table) return Answer::no(table.take_refusals());
  LedgerSteps found(call, read, *table);
  auto steps = found.make();
  matter::LedgerAim aim{read.asked.type, read.asked.unit, read.sheet.name,
                        std::move(table->columns), read.asked.dry_run};
  return Answer::run(
      std::make_unique<matter::ImportLedger>(found.facts(), std::move(aim), std::move(steps)));
}

}  // namespace huilu::api
