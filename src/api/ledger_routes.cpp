// Ledgers as sheets: which columns a sheet has and what they are taken for, and its import.
#include "api/enactment_views.h"
#include "api/ledger_sheets.h"
#include "api/routes.h"
#include "api/views.h"

namespace huilu::api {

namespace {

using command::Permission;

Answer ledger_columns(Call& call) {
  const auto read = read_ledger_upload(call);
  if (!read) return Answer::no(read.refusals());
  Value::List columns, targets;
  for (const auto& one : read->head.columns) {
    columns.push_back(
        Value::object({{"letters", org::column_letters(one.column)},
                       {"heading", one.heading},
                       {"target", one.target.empty() ? Value() : Value(one.target)},
                       {"found", matter::found_words[static_cast<std::size_t>(one.found)]},
                       {"samples", Value::List(one.samples.begin(), one.samples.end())}}));
  }
  for (auto& target : matter::targets_of(read->type())) targets.push_back(std::move(target));
  const auto& rows = read->sheet.rows;
  return Answer::of(
      Value::object({{"sheet", read->sheet.name},
                     {"head", rows[read->head.row].number},
                     {"rows", static_cast<std::int64_t>(rows.size() - read->head.row - 1)},
                     {"rows_max", static_cast<std::int64_t>(matter::ledger_rows_max)},
                     {"columns", std::move(columns)},
                     {"targets", std::move(targets)}}));
}

Answer import_ledger(Call& call) {
  auto read = read_ledger_upload(call);
  return read ? ledger_import_of(call, *read) : Answer::no(read.refusals());
}

}  // namespace

std::vector<Route> ledger_routes() {
  const auto post = [](std::string_view path, std::string_view reply, std::string_view summary,
                       Handler handler, std::string_view query) {
    return Route{http::Method::post,
                 path,
                 Access::signed_in,
                 Permission::matter_open,
                 Asked::body_units,
                 BodyKind::file,
                 "",
                 reply,
                 200,
                 summary,
                 handler,
                 nullptr,
                 query};
  };
  return {
      post("/imports/matters/columns", "LedgerColumns",
           "Which columns a ledger has, CSV or XLSX, and as what they would be read",
           ledger_columns, "unit type name sheet head map code_system"),
      post("/imports/matters", "LedgerImported",
           "Take a unit's own ledger in: rows open matters of the type, or fill in those here",
           import_ledger, "unit type name sheet head map code_system dry_run"),
  };
}

}  // namespace huilu::api
