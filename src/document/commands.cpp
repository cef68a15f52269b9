#include "document/commands.h"

#include "command/parts.h"

namespace huilu::document {

namespace {

using command::Context;
using command::Need;
using command::Reply;
using command::Writing;

constexpr std::size_t name_characters_max = 200;

}  // namespace

ImportDocument::ImportDocument(std::string name, Document read, std::vector<UnitId> asked_at)
    : name_(command::kept_text(name)), read_(std::move(read)), asked_at_(std::move(asked_at)) {}

Need ImportDocument::need() const { return {command::Permission::pack_propose, asked_at_}; }

void ImportDocument::load(store::Connection& connection) {
  load_ = queue_stored(connection, name_);
}

Refusals ImportDocument::decide(const Context&) {
  Refusals refusals = command::check_length(name_, 1, name_characters_max, "/name");
  if (!refusals.empty()) return refusals;
  stored_ = stored_from(load_);
  if (!stored_) {
    reimport_.document = read_;
    return {};
  }
  reimport_ = reimport(document_from(*stored_), read_, stored_->ids);
  return {};
}

Reply ImportDocument::write(const Context& context, Writing& writing) {
  if (stored_ && reimport_.is_same) return reply(200, *stored_);
  const Document& document = reimport_.document;
  Stored next;
  next.id = stored_ ? stored_->id : DocumentId{writing.issue_id()};
  next.name = name_;
  next.version = stored_ ? stored_->version + 1 : 1;
  next.hash = document.hash;
  next.file_name = document.name;
  next.bytes = document.bytes;
  for (const Clause& clause : document.clauses)
    next.clauses.push_back({clause.id, content_of(clause)});
  const std::string reading = canonical_json(reading_of(document));
  auto entry = command::entry_of("document_imported", next.id.text(), context,
                                 version_content(next.id, next.name, next.version, next.hash,
                                                 next.file_name, reading, next.clauses));
  entry.touched.push_back({"document", next.id.value, next.version});
  const journal::Sequence sequence = writing.append(std::move(entry));
  write_version(writing, next, reading, context.account, sequence);
  return reply(201, next);
}

Reply ImportDocument::reply(int status, const Stored& stored) const {
  Reply out = command::reply_of(status, stored.id.text(), stored.version);
  Value::List changes, filled;
  for (const ClauseChange& one : reimport_.changes)
    changes.push_back(Value::object({{"kind", name_of(one.kind)}, {"clause", one.clause}}));
  for (const FilledHole& one : reimport_.filled)
    filled.push_back(
        Value::object({{"clause", one.clause}, {"kind", one.kind}, {"text", one.text}}));
  out.body.set("clauses", static_cast<std::int64_t>(stored.clauses.size()));
  out.body.set("changes", std::move(changes));
  out.body.set("filled", std::move(filled));
  return out;
}

}  // namespace huilu::document
