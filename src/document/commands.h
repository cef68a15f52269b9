// The change of documents: import one, or a corrected copy of one that is there. Used by the
// command line through the road.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/command.h"
#include "document/reimport.h"
#include "document/tables.h"

namespace huilu::document {

// pack_propose at the units given, none for the program itself. The same bytes again, and a copy
// that says the same, make no version. Replies 201 {"id", "version", "changes", "filled"}, or 200
// with the version that is there.
class ImportDocument : public command::Command {
 public:
  // `name` is the one that packs cite, 1 to 200 characters.
  ImportDocument(std::string name, Document read, std::vector<UnitId> asked_at);

  std::string_view name() const override { return "import_document"; }
  command::Need need() const override;
  std::vector<std::string> keys() const override { return {"document:" + name_}; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  command::Reply reply(int status, const Stored& stored) const;

  std::string name_;
  Document read_;
  std::vector<UnitId> asked_at_;
  StoredLoad load_;
  std::optional<Stored> stored_;
  Reimport reimport_;
};

}  // namespace huilu::document
