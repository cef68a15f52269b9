#include "matter/versions.h"

#include "command/parts.h"

namespace huilu::matter {

namespace {

// The content and every personal part by itself.
void add_to(journal::Entry& entry, const Version& version, const Committed& committed) {
  entry.fields.push_back({"content", committed.content});
  for (const Part& part : committed.parts) {
    entry.fields.push_back({"part " + part.pointer, part.value});
  }
  entry.touched.push_back({"matter", version.matter.id.value, version.version});
}

journal::Entry entry_of(std::string_view kind, const Version& version,
                        const command::Context& context) {
  journal::Entry entry;
  entry.kind = kind;
  entry.unit = version.matter.unit;
  entry.subject = version.matter.id.text() + "." + std::to_string(version.version);
  entry.actor = context.account;
  return entry;
}

// What is written, and by what it is decided.
struct Writable {
  Version version;
  const obligation::Facts& facts;
  const policy::Pack& pack;
  std::vector<obligation::MatterStep> earlier;
  const Version* before = nullptr;  // null pointer: it is the first
};

Writable following(Version version, const Read& read) {
  version.version = read.stored.now.version + 1;
  return {std::move(version), *read.facts, *read.pack, read.steps, &read.stored.now};
}

// Its rows, as of the entry that is being made.
void write_rows(Writable& what, const command::Context& context, command::Writing& writing,
                journal::Entry& entry) {
  Version& version = what.version;
  version.at = writing.at();
  version.account = context.account;
  version.role = context.role;
  version.seq = writing.next_sequence();
  const auto& type = type_in(what.pack, version.matter.type);
  const auto committed = committed_form(version, type);
  what.earlier.push_back(step_of(version));
  write_version(writing, version, committed, type,
                kept_after(what.facts, what.pack, type, what.earlier), what.before,
                static_cast<std::int64_t>(entry.fields.size()) + 1);
  add_to(entry, version, committed);
}

command::Reply reply_about(const Version& version) {
  return {version.is_opening() ? 201 : 200, Value::object({{"id", version.matter.id.text()},
                                                           {"version", version.version},
                                                           {"state", version.matter.state},
                                                           {"journal", version.seq}})};
}

command::Reply write_following(std::string_view kind, Writable what,
                               const command::Context& context, command::Writing& writing) {
  auto entry = entry_of(kind, what.version, context);
  write_rows(what, context, writing, entry);
  if (what.before != nullptr) entry.previous = what.before->seq;
  writing.append(std::move(entry));
  return reply_about(what.version);
}

}  // namespace

Refusals check_newest(const store::Rows& rows, const Version& read, std::int64_t seen) {
  const Newest newest = newest_from(rows);
  if (newest.version == 0) return {command::not_found(read.matter.id.text())};
  if (newest.version == seen && newest.version == read.version) return {};
  const std::string what = newest.move.empty() ? "" : newest.move + ", ";
  return {{RefusalCode::matter_moved, "/version",
           std::to_string(newest.version) + ": " + what + newest.account.text(),
           std::to_string(seen), "/api/v1/matters/" + read.matter.id.text()}};
}

std::vector<std::string> keys_of(std::optional<MatterId> id, std::optional<MatterId> parent) {
  std::vector<std::string> keys;
  if (id) keys.push_back("matter:" + id->text());
  if (parent) keys.push_back("matter:" + parent->text());
  return keys;
}

std::vector<std::string> keys_of(const Read& read) {
  return keys_of(read.stored.now.matter.id, read.stored.now.matter.parent);
}

obligation::Change kept(obligation::Change change) {
  change.reason = command::kept_text(change.reason);
  return change;
}

command::Reply write_first(std::string_view kind, Version version, const obligation::Facts& facts,
                           const policy::Pack& pack, const command::Context& context,
                           command::Writing& writing) {
  version.version = 1;
  return write_following(kind, {std::move(version), facts, pack, {}}, context, writing);
}

command::Reply write_next(std::string_view kind, Version version, const Read& read,
                          const command::Context& context, command::Writing& writing) {
  return write_following(kind, following(std::move(version), read), context, writing);
}

command::Reply write_both(std::string_view kind, Following first, Following second,
                          const command::Context& context, command::Writing& writing) {
  Writable asked = following(std::move(first.version), first.read);
  Writable other = following(std::move(second.version), second.read);
  auto entry = entry_of(kind, asked.version, context);
  write_rows(asked, context, writing, entry);
  write_rows(other, context, writing, entry);
  entry.previous = asked.before->seq;
  writing.append(std::move(entry));
  return reply_about(asked.version);
}

}  // namespace huilu::matter
