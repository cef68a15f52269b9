#include "record/import.h"

#include <algorithm>
#include <future>

#include "base/hash.h"
#include "record/commands.h"
#include "record/files.h"
#include "record/import_rows.h"
#include "record/rules.h"
#include "record/tables.h"

namespace huilu::record {

namespace {

// One row as it will be written.
struct Prepared {
  Content content;
  Committed committed;
};

bool is_checked(const Catalog& catalog, const Content& content) {
  return catalog.checks() && !catalog.checks()->keys(content).empty();
}

class ImportChunk : public command::Command {
 public:
  ImportChunk(const Catalog& catalog, std::vector<Prepared> rows, std::string file_hash,
              std::int64_t row_count, std::int64_t done_before)
      : catalog_(catalog),
        rows_(std::move(rows)),
        file_hash_(std::move(file_hash)),
        row_count_(row_count),
        done_before_(done_before) {}

  std::string_view name() const override { return "import_records"; }
  command::Need need() const override { return {command::Permission::record_enter, {}}; }
  bool alone() const override { return true; }

  void load(store::Connection& connection) override {
    hashes_.clear();
    for (const Prepared& row : rows_) {
      for (auto& hash : identity_hashes(row.content, catalog_)) hashes_.push_back(std::move(hash));
    }
    identities_.queue(connection, {}, hashes_);
    done_ = queue_rows_imported(connection, file_hash_);
    if (rows_.size() == 1) checks_.load(catalog_, connection, rows_.front().content, nullptr);
  }

  Refusals decide(const command::Context& context) override {
    Refusals refusals;
    if (context.account) refusals.push_back({RefusalCode::not_permitted, "", "", "", ""});
    const std::int64_t done = done_->empty() ? 0 : (*done_)[0].integer(0);
    if (done != done_before_) {
      refusals.push_back({RefusalCode::version_conflict, "", std::to_string(done_before_),
                          std::to_string(done), ""});
    }
    std::sort(hashes_.begin(), hashes_.end());
    if (std::adjacent_find(hashes_.begin(), hashes_.end()) != hashes_.end()) {
      refusals.push_back({RefusalCode::duplicate_record, "", "", "", ""});
    }
    for (const auto& [hash, record] : identities_.known().identities) {
      refusals.push_back({RefusalCode::duplicate_record, "", "", record.text(),
                          "/api/v1/records/" + record.text()});
    }
    if (refusals.empty() && rows_.size() == 1)
      return checks_.decide(context, rows_.front().content, policy::Language::zh_cn);
    return refusals;
  }

  command::Reply write(const command::Context& context, command::Writing& writing) override {
    const std::int64_t first = writing.issue_ids(static_cast<std::int64_t>(rows_.size()));
    const journal::Sequence seq = writing.next_sequence();
    journal::Entry entry;
    entry.kind = "records_imported";
    entry.actor = context.account;
    std::int64_t id = first;
    for (Prepared& row : rows_) write_row(RecordId{id++}, row, seq, writing, entry);
    const std::int64_t done = done_before_ + static_cast<std::int64_t>(rows_.size());
    set_rows_imported(writing.rows, file_hash_, row_count_, done, seq);
    writing.append(std::move(entry));
    return {200, Value::object({{"rows_done", done}})};
  }

 private:
  void write_row(RecordId record, Prepared& row, journal::Sequence seq, command::Writing& writing,
                 journal::Entry& entry) {
    const auto n = static_cast<std::int64_t>(entry.fields.size()) + 1;
    writing.rows.insert(record_table, {record, 1, word_of(State::entered)});
    insert_version(
        writing.rows,
        {record, 1, State::entered, row.content.date, writing.at(), entry.actor, "", seq, n},
        row.committed);
    insert_facts(writing.rows, record, facts_of(row.content, catalog_), State::entered,
                 writing.at());
    insert_identities(writing.rows, record, identity_hashes(row.content, catalog_));
    insert_named(writing.rows, record, mentioned_in(row.content, catalog_));
    entry.touched.push_back({"record", record.value, 1});
    entry.fields.push_back({"content", std::move(row.committed.content)});
    for (Part& part : row.committed.parts) {
      entry.fields.push_back({"part " + part.pointer, std::move(part.value)});
    }
  }

  const Catalog& catalog_;
  std::vector<Prepared> rows_;
  std::string file_hash_;
  std::int64_t row_count_;
  std::int64_t done_before_;
  std::vector<std::string> hashes_;
  KnownReads identities_;
  CheckReads checks_;
  store::Pending done_;
};

// Rows that packs ask something of go alone, so that each sees those before it.
std::vector<Prepared> prepare(const ImportRows& rows, std::size_t from, std::size_t until,
                              const Catalog& catalog) {
  std::vector<Prepared> chunk;
  chunk.reserve(until - from);
  for (std::size_t row = from; row < until; ++row) {
    Content content = rows.content(row);
    const bool alone = is_checked(catalog, content);
    if (alone && !chunk.empty()) break;
    auto committed = committed_form(content, State::entered, "", catalog);
    chunk.push_back({std::move(content), std::move(committed)});
    if (alone) break;
  }
  return chunk;
}

}  // namespace

Result<ImportReport> import_records(const ImportOptions& options, const Catalog& catalog,
                                    store::Connection& reader, command::Road& road,
                                    const Clock& clock, const command::Progress& progress) {
  const MappedFile file(options.file);
  const std::string hash = file_hash(options.file);
  const auto units = units_by_code(reader, options.code_system);
  const ImportRows rows(options, catalog, file.bytes(), units, clock.today());
  if (!rows.refusals().empty()) return rows.refusals();

  ImportReport report;
  report.rows = static_cast<std::int64_t>(rows.size());
  auto at = static_cast<std::size_t>(rows_imported(reader, hash));
  // One chunk is on the road while the next is prepared.
  std::future<command::Outcome> earlier;
  while (at < rows.size() || earlier.valid()) {
    std::vector<Prepared> chunk;
    if (at < rows.size()) {
      chunk = prepare(rows, at, std::min(rows.size(), at + options.chunk_rows), catalog);
    }
    if (earlier.valid()) {
      auto outcome = earlier.get();
      if (!outcome.fault.empty()) throw Fault(outcome.fault_kind, outcome.fault);
      if (!outcome.refusals.empty()) return outcome.refusals;
    }
    if (chunk.empty()) break;
    const auto size = chunk.size();
    auto done = std::make_shared<std::promise<command::Outcome>>();
    earlier = done->get_future();
    road.submit(std::make_unique<ImportChunk>(catalog, std::move(chunk), hash, report.rows,
                                              static_cast<std::int64_t>(at)),
                {}, [done](command::Outcome outcome) { done->set_value(std::move(outcome)); });
    at += size;
    report.written += static_cast<std::int64_t>(size);
    progress(static_cast<std::int64_t>(at), report.rows);
  }
  return report;
}

}  // namespace huilu::record
