// Imports: a sheet of units or of members, as the body of the request. A dry run says what would
// happen; all or nothing; every fault names its cell.
#include <fstream>
#include <iterator>

#include "api/routes.h"
#include "org/import.h"
#include "policy/pack.h"

namespace huilu::api {

namespace {

using command::Permission;

std::string bytes_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Fault(FaultKind::internal, "an uploaded body cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

// "column=field" for each heading that is not known by itself.
void read_columns(const Call& call, org::ImportOptions& options, Refusals& refusals) {
  for (const auto& [name, value] : call.request.query) {
    if (name != "map") continue;
    const auto equals = value.find('=');
    if (equals == std::string::npos) {
      refusals.push_back({RefusalCode::field_type, "/map", "column=field", value, ""});
    } else {
      options.columns.emplace_back(value.substr(0, equals), value.substr(equals + 1));
    }
  }
}

using Make = Result<org::CommandPtr> (*)(const org::Sheet&, const org::ImportOptions&,
                                         const policy::Vocabulary&);

Answer import_sheet(Call& call, Permission permission, Make make) {
  Refusals refusals;
  Query query(call, refusals);
  org::ImportOptions options;
  options.below = query.id<UnitId>("below");
  options.date = query.date("date").value_or(call.today);
  options.code_system = query.text("code_system").value_or("");
  options.place_system = query.text("place_system").value_or("");
  options.run = query.flag("dry_run") ? org::Run::dry : org::Run::real;
  const auto name = query.text("name").value_or("upload");
  const auto sheet_name = query.text("sheet").value_or("");
  query.text("map");
  query.finish();
  read_columns(call, options, refusals);
  if (!options.below) refusals.push_back({RefusalCode::field_required, "/below", "u1", "", ""});
  if (refusals.empty()) refusals = call.check(permission, {*options.below}, "/below");
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto sheet = org::read_sheet(bytes_of_file(call.request.body_file), name, sheet_name);
  if (!sheet) return Answer::no(sheet.refusals());
  auto command = make(*sheet, options, policy::core_pack().vocabulary);
  return command ? Answer::run(std::move(*command)) : Answer::no(command.refusals());
}

Answer import_units(Call& call) {
  return import_sheet(call, Permission::unit_change, org::make_unit_import);
}

Answer import_people(Call& call) {
  return import_sheet(call, Permission::person_change, org::make_people_import);
}

}  // namespace

std::vector<Route> import_routes() {
  const auto post = [](std::string_view path, Permission permission, std::string_view summary,
                       Handler handler) {
    return Route{http::Method::post,
                 path,
                 Access::signed_in,
                 permission,
                 Asked::body_units,
                 BodyKind::file,
                 "",
                 "ImportReport",
                 200,
                 summary,
                 handler};
  };
  return {
      post("/imports/units", Permission::unit_change,
           "Import units at or below the unit `below` from CSV or XLSX", import_units),
      post("/imports/people", Permission::person_change,
           "Import members of branches at or below the unit `below` from CSV or XLSX",
           import_people),
  };
}

}  // namespace huilu::api
