#include "cli/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "base/text.h"
#include "base/value.h"
#include "cli/verify.h"
#include "journal/queries.h"

namespace huilu::cli {

namespace {

namespace fs = std::filesystem;

constexpr int format = 1;
constexpr std::string_view manifest_name = "manifest.json";

struct Manifest {
  std::string database;        // "sqlite" or "postgres": a copy fits its own kind only
  journal::Sequence size = 0;  // the journal when the copy began: it holds at least this
  std::string root;            // in hexadecimal digits
};

std::string_view word_of(store::Dialect dialect) {
  return dialect == store::Dialect::sqlite ? "sqlite" : "postgres";
}

[[noreturn]] void fail(const std::string& what, const std::error_code& error) {
  const bool full = error == std::errc::no_space_on_device;
  throw Fault(full ? FaultKind::storage_full : FaultKind::internal, what + ": " + error.message());
}

bool is_free(const std::string& folder) {
  std::error_code error;
  return !fs::exists(folder, error) || fs::is_empty(folder, error);
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail(folder, error);
}

void copy_file(const fs::path& from, const fs::path& to, bool link) {
  std::error_code error;
  if (link) fs::create_hard_link(from, to, error);
  if (!link || error) fs::copy_file(from, to, error);
  if (error) fail(to, error);
}

void copy_files(const std::string& from, const std::string& to, bool link, Console& console) {
  make_folder(to);
  if (!fs::exists(from)) return;
  std::int64_t copied = 0;
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    const auto target = fs::path(to) / fs::relative(entry.path(), from);
    if (entry.is_directory()) {
      make_folder(target);
    } else if (entry.is_regular_file()) {
      copy_file(entry.path(), target, link);
      console.progress(console.say("copying"), ++copied, 0);
    }
  }
}

// The mark of a demo stays with its data, which must not pass for real.
void copy_mark(const Location& from, const Location& to) {
  if (!from.is_demo()) return;
  copy_file(from.demo_mark(), to.demo_mark(), false);
  if (fs::exists(from.demo_accounts())) {
    copy_file(from.demo_accounts(), to.demo_accounts(), false);
  }
}

void write_manifest(const std::string& folder, const Manifest& manifest) {
  const Value value = Value::object(
      {{"format", format},
       {"release", HUILU_VERSION},
       {"database", manifest.database},
       {"journal", Value::object({{"size", manifest.size}, {"root", manifest.root}})}});
  std::ofstream out(fs::path(folder) / manifest_name, std::ios::binary);
  out << to_json(value) << "\n";
  out.close();
  if (!out) throw Fault(FaultKind::storage_full, folder + ": the manifest cannot be written");
}

Manifest read_manifest(const std::string& folder) {
  const std::string path = (fs::path(folder) / manifest_name).string();
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Fault(FaultKind::unavailable, "there is no " + path);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const auto value = parse_json(text);
  const Value* kept = value ? value->find("format") : nullptr;
  if (kept == nullptr || kept->integer() == nullptr || *kept->integer() != format) {
    throw Fault(FaultKind::damaged, path + " is not the manifest of a backup of this format");
  }
  const Value* journal = value->find("journal");
  const Value* size = journal ? journal->find("size") : nullptr;
  const Value* root = journal ? journal->find("root") : nullptr;
  const Value* database = value->find("database");
  if (!size || !size->integer() || !root || !root->text() || !database || !database->text()) {
    throw Fault(FaultKind::damaged, path + " is not complete");
  }
  return {*database->text(), *size->integer(), *root->text()};
}

// Everything below goes to the disk before the folder gets its name.
void publish(const std::string& partial, const std::string& folder) {
  const int handle = ::open(partial.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = handle >= 0 && ::syncfs(handle) == 0;
  if (handle >= 0) ::close(handle);
  if (!synced) throw Fault(FaultKind::storage_full, "the folder cannot be synced: " + partial);
  std::error_code error;
  fs::rename(partial, folder, error);
  if (error) fail(folder, error);
}

std::string without_slash(std::string folder) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  return folder;
}

std::string claim(const std::string& folder, std::string_view suffix, const Console& console) {
  std::string partial = folder + std::string(suffix);
  for (const auto& path : {folder, partial}) {
    if (!is_free(path)) throw WrongUsage(console.say("folder_not_empty", {{"folder", path}}));
  }
  make_folder(partial);
  return partial;
}

Manifest present_journal(store::Database& database) {
  const auto connection = database.connect(store::Access::read);
  const auto head = journal::read_head(*connection);
  return {std::string(word_of(database.dialect())), head.size,
          head.size == 0 ? std::string() : hex(bytes_of(head.root))};
}

void check_manifest(store::Database& database, const Manifest& manifest,
                    journal::Verified& verified) {
  if (manifest.size == 0) return;
  const auto connection = database.connect(store::Access::read);
  const auto root = journal::root_at(*connection, manifest.size);
  if (root && hex(bytes_of(*root)) == manifest.root) return;
  verified.damages.push_back(
      {"tree_head", std::to_string(manifest.size), "does not fit the manifest of the backup"});
}

}  // namespace

Exit backup(const Location& location, const std::string& target, bool link, Console& console) {
  const auto database = open_present_database(location);
  const std::string folder = without_slash(target);
  const std::string partial = claim(folder, ".partial", console);
  const Manifest manifest = present_journal(*database);
  database->backup_to(partial);
  const Location copy{partial, ""};
  copy_files(location.files(), copy.files(), link, console);
  copy_mark(location, copy);
  write_manifest(partial, manifest);
  publish(partial, folder);
  console.out() << console.say("backed_up",
                               {{"folder", folder}, {"entries", std::to_string(manifest.size)}})
                << "\n";
  return Exit::done;
}

Exit restore(const std::string& folder, const Location& location, Console& console) {
  const Manifest manifest = read_manifest(folder);
  const std::string_view kind = location.postgres.empty() ? "sqlite" : "postgres";
  if (manifest.database != kind) {
    throw WrongUsage(console.say("backup_of_other_database", {{"database", manifest.database}}));
  }
  Location target = location;
  target.data = without_slash(location.data);
  const Location partial{claim(target.data, ".restoring", console), location.postgres,
                         location.packs};
  journal::Verified verified;
  {
    const auto database = open_database(partial);
    database->restore_from(folder);
    const Location from{folder, ""};
    copy_files(from.files(), partial.files(), false, console);
    copy_mark(from, partial);
    verified = verify_database(*database, partial);
    check_manifest(*database, manifest, verified);
  }
  const Exit exit = tell_damages(verified, console);
  if (exit != Exit::done) {
    console.tell(console.say("left_unverified", {{"folder", partial.data}}));
    return exit;
  }
  publish(partial.data, target.data);
  console.out() << console.say("restored", {{"folder", target.data}}) << "\n";
  return Exit::done;
}

}  // namespace huilu::cli
