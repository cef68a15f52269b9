// The commands of records: enter (or plan), correct, void, and keep a file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "command/command.h"
#include "record/rules.h"
#include "record/tables.h"

namespace huilu::record {

// What packs ask of one record: what was read, and what did not hold.
struct CheckReads {
  std::unique_ptr<Checking> read;
  std::vector<FailedCheck> failed;

  void load(const Catalog& catalog, store::Connection& connection, const Content& content,
            const Version* before);
  // As decide_checks.
  Refusals decide(const command::Context& context, Content& content, policy::Language language);
};

// A date ahead makes a plan, otherwise it is done.
class EnterRecord : public command::Command {
 public:
  // `language` is that of whoever asks: what a check says is told in it.
  EnterRecord(const Catalog& catalog, Content content,
              policy::Language language = policy::Language::zh_cn);

  std::string_view name() const override { return "enter_record"; }
  command::Need need() const override;
  std::string where_of(UnitId unit) const override;
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  const Catalog& catalog_;
  Content content_;
  policy::Language language_;
  std::vector<std::string> identities_;
  Mentioned mentioned_;
  KnownReads reads_;
  CheckReads checks_;
};

// A new version of a record that the caller has read: the whole new content, or none for a void.
class ReviseRecord : public command::Command {
 public:
  // `read` is the version that the one who corrects has seen.
  ReviseRecord(const Catalog& catalog, Version read, std::int64_t seen_version,
               std::optional<Content> content, std::string reason,
               policy::Language language = policy::Language::zh_cn);

  std::string_view name() const override { return content_ ? "correct_record" : "void_record"; }
  command::Need need() const override;
  std::string where_of(UnitId unit) const override;
  bool shows(UnitId unit) const override;  // who revises a record has read it
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  State state_after(Date today) const;

  const Catalog& catalog_;
  Version read_;
  std::int64_t seen_version_;
  std::optional<Content> content_;
  std::string reason_;
  policy::Language language_;
  std::vector<std::string> identities_;
  Mentioned mentioned_;
  store::Pending current_;
  KnownReads reads_;
  CheckReads checks_;
};

// A file whose bytes are already in the folder of files.
struct StoredFile {
  std::string sha256;  // 32 bytes
  std::int64_t size = 0;
  std::string media_type;
  std::string name;
};

class AddFile : public command::Command {
 public:
  explicit AddFile(StoredFile file) : file_(std::move(file)) {}

  std::string_view name() const override { return "add_file"; }
  command::Need need() const override { return {command::Permission::record_enter, {}}; }
  void load(store::Connection&) override {}
  Refusals decide(const command::Context&) override { return {}; }
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  StoredFile file_;
};

}  // namespace huilu::record
