#include <fmt/format.h>

#include <filesystem>

#include "base/value.h"
#include "cli/document.h"
#include "document/commands.h"
#include "document/queries.h"

namespace huilu::cli {

Exit import_document(const DocumentOptions& options, Console& console) {
  auto read = read_document(options.path);
  if (!read) return console.refuse(read.refusals());
  const std::string name =
      options.name.empty() ? std::filesystem::path(options.path).stem().string() : options.name;
  const SystemClock clock;
  Installation installation(options.location, clock);
  const auto reply = installation.run(
      std::make_unique<document::ImportDocument>(name, std::move(*read), std::vector<UnitId>()));
  if (!reply) return console.refuse(reply.refusals());
  console.out() << to_json(reply->body) << "\n";
  return Exit::done;
}

Exit list_documents(const DocumentOptions& options, Console& console) {
  const auto database = open_present_database(options.location);
  const auto connection = database->connect(store::Access::read);
  Value::List list;
  std::vector<document::DocumentRow> rows = document::documents(*connection);
  for (auto more = rows; !more.empty(); rows.insert(rows.end(), more.begin(), more.end()))
    more = document::documents(*connection, more.back().id);
  for (const document::DocumentRow& one : rows) {
    if (console.json())
      list.push_back(Value::object({{"id", one.id.text()},
                                    {"name", one.name},
                                    {"version", one.version},
                                    {"hash", one.hash},
                                    {"clauses", one.clauses},
                                    {"imported_at", one.imported_at.text()}}));
    else
      console.out() << fmt::format("{}.{}  {}  {}  {}\n", one.id.text(), one.version, one.name,
                                   one.clauses, one.hash);
  }
  if (console.json()) console.out() << to_json(Value(std::move(list))) << "\n";
  return Exit::done;
}

}  // namespace huilu::cli
