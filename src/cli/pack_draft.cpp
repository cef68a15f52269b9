#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "base/fault.h"
#include "cli/document.h"
#include "cli/pack.h"
#include "document/draft_pack.h"

namespace huilu::cli {

namespace {

namespace fs = std::filesystem;

void tell(const std::vector<document::Proposal>& proposals, Console& console) {
  for (const document::Proposal& one : proposals) {
    console.out() << fmt::format("[{}] {}\n   ", one.clause, one.words);
    const auto say = [&](const char* key, const document::Reading& reading) {
      if (!reading.id.empty())
        console.out() << " " << console.say(key, {{"id", reading.id}, {"words", reading.words}});
    };
    say("draft.actor", one.actor);
    say("draft.action", one.action);
    say("draft.frequency", one.frequency);
    say("draft.deadline", one.deadline);
    if (one.number)
      console.out() << " "
                    << console.say("draft.count",
                                   {{"id", one.count.id}, {"number", std::to_string(*one.number)}});
    if (one.number_is_missing) console.out() << " " << console.say("draft.hole");
    console.out() << "\n";
  }
}

void write(const std::vector<policy::PackFile>& files, const fs::path& folder, Console& console) {
  if (fs::exists(folder) && !fs::is_empty(folder))
    throw WrongUsage(console.say("folder_not_empty", {{"folder", folder.string()}}));
  for (const policy::PackFile& file : files) {
    fs::create_directories((folder / file.path).parent_path());
    std::ofstream out(folder / file.path, std::ios::binary);
    out << file.bytes;
    out.close();
    if (!out) throw Fault(FaultKind::unavailable, (folder / file.path).string() + " not written");
  }
}

}  // namespace

Exit draft_from(const PackOptions& options, Console& console) {
  const auto document = read_document(options.document);
  if (!document) return console.refuse(document.refusals());
  const auto proposals = document::draft_duties(*document);
  if (!options.out.empty()) {
    const SystemClock clock;
    write(document::draft_pack(*document, proposals, {options.id, clock.today()}), options.out,
          console);
  }
  if (console.json()) {
    console.out() << to_json(document::as_value(proposals)) << "\n";
    return Exit::done;
  }
  tell(proposals, console);
  std::size_t holes = 0;
  for (const document::Proposal& one : proposals) holes += one.number_is_missing ? 1 : 0;
  console.out() << console.say("drafted", {{"proposals", std::to_string(proposals.size())},
                                           {"holes", std::to_string(holes)}})
                << "\n";
  if (!options.out.empty())
    console.out() << console.say("draft_written", {{"folder", options.out}}) << "\n";
  return Exit::done;
}

}  // namespace huilu::cli
