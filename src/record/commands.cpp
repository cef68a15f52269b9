#include "record/commands.h"

#include <algorithm>

#include "base/text.h"
#include "record/files.h"

namespace huilu::record {

namespace {

journal::Entry entry_of(std::string_view kind, RecordId record, std::int64_t version,
                        const Content& content, const Committed& committed, AccountId actor) {
  journal::Entry entry;
  entry.kind = kind;
  entry.unit = content.units.front();
  entry.subject = record.text() + "." + std::to_string(version);
  entry.actor = actor;
  entry.fields.push_back({"content", committed.content});
  for (const Part& part : committed.parts) {
    entry.fields.push_back({"part " + part.pointer, part.value});
  }
  entry.touched.push_back({"record", record.value, version});
  return entry;
}

command::Reply reply_of(int status, RecordId record, std::int64_t version, State state,
                        journal::Sequence seq, Value checks = Value::List()) {
  return {status, Value::object({{"id", record.text()},
                                 {"version", version},
                                 {"state", word_of(state)},
                                 {"checks", std::move(checks)},
                                 {"journal", seq}})};
}

std::string where_among(const std::vector<UnitId>& units, UnitId unit) {
  const auto found = std::find(units.begin(), units.end(), unit);
  return found == units.end() ? std::string() : "/units/" + std::to_string(found - units.begin());
}

void add_identity_keys(const std::vector<std::string>& hashes, std::vector<std::string>& keys) {
  for (const auto& hash : hashes) keys.push_back("identity:" + hash);
}

void add_check_keys(const Catalog& catalog, const Content& content,
                    std::vector<std::string>& keys) {
  if (catalog.checks() == nullptr) return;
  for (auto& key : catalog.checks()->keys(content)) keys.push_back(std::move(key));
}

}  // namespace

void CheckReads::load(const Catalog& catalog, store::Connection& connection, const Content& content,
                      const Version* before) {
  read = catalog.checks() ? catalog.checks()->load(connection, content, before) : nullptr;
}

Refusals CheckReads::decide(const command::Context& context, Content& content,
                            policy::Language language) {
  failed.clear();
  if (read)
    failed = read->failed(content, state_on(content, context.today), context.today, context.now);
  return decide_checks(failed, content, language);
}

EnterRecord::EnterRecord(const Catalog& catalog, Content content, policy::Language language)
    : catalog_(catalog),
      content_(std::move(content)),
      language_(language),
      identities_(identity_hashes(content_, catalog_)),
      mentioned_(mentioned_in(content_, catalog_)) {}

command::Need EnterRecord::need() const {
  return {command::Permission::record_enter, content_.units};
}

std::string EnterRecord::where_of(UnitId unit) const { return where_among(content_.units, unit); }

std::vector<std::string> EnterRecord::keys() const {
  std::vector<std::string> keys;
  add_identity_keys(identities_, keys);
  add_check_keys(catalog_, content_, keys);
  return keys;
}

void EnterRecord::load(store::Connection& connection) {
  reads_.queue(connection, mentioned_, identities_);
  checks_.load(catalog_, connection, content_, nullptr);
}

Refusals EnterRecord::decide(const command::Context& context) {
  auto refusals = check_content(content_, catalog_, context.today);
  const auto more = check_known(content_, mentioned_, reads_.known(), RecordId{});
  refusals.insert(refusals.end(), more.begin(), more.end());
  return refusals.empty() ? checks_.decide(context, content_, language_) : refusals;
}

command::Reply EnterRecord::write(const command::Context& context, command::Writing& writing) {
  const State state = state_on(content_, context.today);
  const RecordId record{writing.issue_id()};
  const auto committed = committed_form(content_, state, "", catalog_);
  const journal::Sequence seq = writing.next_sequence();
  writing.rows.insert(record_table, {record, 1, word_of(state)});
  insert_version(
      writing.rows,
      {record, 1, state, content_.date, writing.at(), context.account, context.role, seq, 1},
      committed);
  insert_facts(writing.rows, record, facts_of(content_, catalog_), state, writing.at());
  insert_identities(writing.rows, record, identities_);
  insert_file_uses(writing.rows, record, mentioned_);
  insert_named(writing.rows, record, mentioned_);
  writing.append(entry_of(state == State::planned ? "record_planned" : "record_entered", record, 1,
                          content_, committed, context.account));
  return reply_of(201, record, 1, state, seq, failed_view(checks_.failed, language_));
}

ReviseRecord::ReviseRecord(const Catalog& catalog, Version read, std::int64_t seen_version,
                           std::optional<Content> content, std::string reason,
                           policy::Language language)
    : catalog_(catalog),
      read_(std::move(read)),
      seen_version_(seen_version),
      content_(std::move(content)),
      reason_(std::move(reason)),
      language_(language) {
  if (content_) {
    identities_ = identity_hashes(*content_, catalog_);
    mentioned_ = mentioned_in(*content_, catalog_);
  }
}

// Who corrects must have the right at the units that lose the record and at those that get it.
command::Need ReviseRecord::need() const {
  std::vector<UnitId> units = read_.content.units;
  if (content_) units.insert(units.end(), content_->units.begin(), content_->units.end());
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  return {command::Permission::record_correct, std::move(units)};
}

std::string ReviseRecord::where_of(UnitId unit) const {
  return content_ ? where_among(content_->units, unit) : std::string();
}

bool ReviseRecord::shows(UnitId unit) const {
  const auto& units = read_.content.units;
  return std::find(units.begin(), units.end(), unit) != units.end();
}

std::vector<std::string> ReviseRecord::keys() const {
  std::vector<std::string> keys = {"record:" + read_.record.text()};
  add_identity_keys(identities_, keys);
  if (content_) add_check_keys(catalog_, *content_, keys);
  return keys;
}

void ReviseRecord::load(store::Connection& connection) {
  current_ = queue_current_version(connection, read_.record);
  reads_.queue(connection, mentioned_, identities_);
  if (content_) checks_.load(catalog_, connection, *content_, &read_);
}

State ReviseRecord::state_after(Date today) const {
  return content_ ? state_on(*content_, today) : State::void_;
}

Refusals ReviseRecord::decide(const command::Context& context) {
  const Current current = current_from(*current_);
  if (current.version != seen_version_ || current.version != read_.version) {
    return {{RefusalCode::version_conflict, "/version", std::to_string(current.version),
             std::to_string(seen_version_), "/api/v1/records/" + read_.record.text()}};
  }
  if (current.state == State::void_) {
    return {{RefusalCode::record_void, "", "", read_.record.text(), ""}};
  }
  Refusals refusals;
  if (trimmed(reason_).empty())
    refusals.push_back({RefusalCode::field_required, "/reason", "", "", ""});
  if (content_) {
    for (const auto& part : {check_content(*content_, catalog_, context.today),
                             check_known(*content_, mentioned_, reads_.known(), read_.record)}) {
      refusals.insert(refusals.end(), part.begin(), part.end());
    }
  }
  if (content_ && refusals.empty()) return checks_.decide(context, *content_, language_);
  return refusals;
}

command::Reply ReviseRecord::write(const command::Context& context, command::Writing& writing) {
  const RecordId record = read_.record;
  const Content& content = content_ ? *content_ : read_.content;
  const State state = state_after(context.today);
  const std::int64_t version = read_.version + 1;
  const auto committed = committed_form(content, state, reason_, catalog_);
  const journal::Sequence seq = writing.next_sequence();

  remove_facts(writing.rows, record, facts_of(read_.content, catalog_));
  insert_named_units(writing.rows, record, read_.content.units);
  remove_identities(writing.rows, record, identity_hashes(read_.content, catalog_));
  remove_file_uses(writing.rows, record, mentioned_in(read_.content, catalog_));
  insert_version(
      writing.rows,
      {record, version, state, content.date, writing.at(), context.account, context.role, seq, 1},
      committed);
  if (content_) {
    insert_facts(writing.rows, record, facts_of(content, catalog_), state, writing.at());
    insert_identities(writing.rows, record, identities_);
    insert_file_uses(writing.rows, record, mentioned_);
    insert_named(writing.rows, record, mentioned_);
  }
  update_record(writing.rows, record, version, state);

  auto entry = entry_of(content_ ? "record_corrected" : "record_voided", record, version, content,
                        committed, context.account);
  entry.previous = read_.seq;
  writing.append(std::move(entry));
  return reply_of(200, record, version, state, seq, failed_view(checks_.failed, language_));
}

command::Reply AddFile::write(const command::Context& context, command::Writing& writing) {
  const FileId id{writing.issue_id()};
  writing.rows.insert(file_table,
                      {id, store::Bytes{file_.sha256}, file_.size, file_.media_type, file_.name,
                       context.account, writing.at(), writing.next_sequence()});
  journal::Entry entry;
  entry.kind = "file_added";
  entry.subject = id.text();
  entry.actor = context.account;
  entry.fields.push_back({"content", canonical_json(file_content(file_))});
  entry.fields.push_back({"part /name", canonical_json(Value(file_.name))});
  entry.touched.push_back({"file", id.value, 1});
  writing.append(std::move(entry));
  return {201, Value::object({{"id", id.text()},
                              {"sha256", hex(file_.sha256)},
                              {"size", file_.size},
                              {"media_type", file_.media_type},
                              {"name", file_.name}})};
}

}  // namespace huilu::record
