#include "cli/import.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/value.h"
#include "org/import.h"
#include "org/places.h"
#include "record/import.h"

namespace huilu::cli {

namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (!in || std::filesystem::is_directory(path)) {
    throw Fault(FaultKind::unavailable, path + " cannot be read");
  }
  return bytes;
}

org::ImportOptions sheet_options(const ImportOptions& options, const Clock& clock,
                                 const Console& console) {
  org::ImportOptions sheet;
  sheet.date = clock.today();
  if (!options.date.empty()) {
    const auto date = Date::parse(options.date);
    if (!date) throw WrongUsage(console.say("date_form", {{"got", options.date}}));
    sheet.date = *date;
  }
  sheet.code_system = options.code_system;
  sheet.place_system =
      options.place_system.empty() ? std::string(org::statistics_2023) : options.place_system;
  sheet.run = options.dry_run ? org::Run::dry : org::Run::real;
  for (const auto& column : options.columns) {
    const auto sign = column.rfind('=');
    if (sign == std::string::npos) {
      throw WrongUsage(console.say("map_form", {{"got", column}}));
    }
    sheet.columns.emplace_back(column.substr(0, sign), column.substr(sign + 1));
  }
  return sheet;
}

using MakeImport = Result<org::CommandPtr> (*)(const org::Sheet&, const org::ImportOptions&,
                                               const org::Vocabulary&);

Exit import_sheet(const ImportOptions& options, MakeImport make, Console& console) {
  const SystemClock clock;
  const auto sheet_wanted = sheet_options(options, clock, console);
  const auto sheet = org::read_sheet(read_file(options.path),
                                     std::filesystem::path(options.path).filename().string());
  if (!sheet) return console.refuse(sheet.refusals());
  auto command = make(*sheet, sheet_wanted, policy::core_pack().vocabulary);
  if (!command) return console.refuse(command.refusals());
  Installation installation(options.location, clock);
  const auto reply = installation.run(std::move(*command));
  if (!reply) return console.refuse(reply.refusals());
  console.out() << to_json(reply->body) << "\n";
  return Exit::done;
}

}  // namespace

Exit import_units(const ImportOptions& options, Console& console) {
  return import_sheet(options, org::make_unit_import, console);
}

Exit import_people(const ImportOptions& options, Console& console) {
  return import_sheet(options, org::make_people_import, console);
}

Exit import_places(const ImportOptions& options, Console& console) {
  const auto files = org::read_place_folder(options.path);
  const SystemClock clock;
  Installation installation(options.location, clock);
  const std::string system =
      options.place_system.empty() ? std::string(org::statistics_2023) : options.place_system;
  const auto counts = org::import_places(installation.road(), files, system,
                                         [&](std::int64_t done, std::int64_t total) {
                                           console.progress(console.say("importing"), done, total);
                                         });
  if (!counts) return console.refuse(counts.refusals());
  console.end_progress();
  console.out() << to_json(Value::object({{"created", counts->created},
                                          {"changed", counts->changed},
                                          {"unchanged", counts->unchanged}}))
                << "\n";
  return Exit::done;
}

Exit import_records(const ImportOptions& options, Console& console) {
  const SystemClock clock;
  Installation installation(options.location, clock);
  record::ImportOptions wanted;
  wanted.file = options.path;
  wanted.code_system = options.code_system;
  wanted.type_prefix = options.type_prefix;
  wanted.fields = options.fields;
  const auto report = record::import_records(
      wanted, installation.catalog(), *installation.readers().lend(), installation.road(), clock,
      [&](std::int64_t done, std::int64_t total) {
        console.progress(console.say("importing"), done, total);
      });
  if (!report) return console.refuse(report.refusals());
  console.end_progress();
  console.out() << to_json(Value::object({{"rows", report->rows}, {"written", report->written}}))
                << "\n";
  return Exit::done;
}

}  // namespace huilu::cli
