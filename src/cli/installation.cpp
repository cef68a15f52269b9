#include "cli/installation.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/embedded.h"
#include "base/hash.h"
#include "enactment/known_packs.h"
#include "identity/gate.h"
#include "journal/queries.h"
#include "policy/shipped.h"

namespace huilu {

extern const std::vector<EmbeddedFile> embedded_schema;

}  // namespace huilu

namespace huilu::cli {

namespace {

void make_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw Fault(FaultKind::unavailable, folder + ": " + error.message());
}

// One build from another: the bytes of the program itself. Empty where it cannot read them.
const std::string& hash_of_program() {
  static const std::string hash = [] {
    std::ifstream program("/proc/self/exe", std::ios::binary);
    std::string part(1 << 20, '\0');
    Sha256 sum;
    bool any = false;
    while (program.read(part.data(), static_cast<std::streamsize>(part.size())) ||
           program.gcount() > 0) {
      sum.add(std::string_view(part).substr(0, static_cast<std::size_t>(program.gcount())));
      any = true;
    }
    return any ? std::string(bytes_of(sum.finish())) : "";
  }();
  return hash;
}

std::string database_file(const Location& location) { return location.data + "/huilu.db"; }

// What a migration does cannot be undone, so the state before it is kept.
void bring_up_to_date(store::Database& database, const Location& location, Instant now) {
  const auto state = store::schema_state(database, all_migrations());
  if (state == store::SchemaState::current) return;
  if (state == store::SchemaState::behind) {
    std::string name = now.text() + "-before-" HUILU_VERSION;
    std::replace(name.begin(), name.end(), ':', '-');
    const std::string folder = location.data + "/backups/" + name;
    make_folder(folder);
    spdlog::warn("the schema is older than this release; backup in {}", folder);
    database.backup_to(folder);
  }
  store::migrate(database, all_migrations());
}

}  // namespace

bool Location::is_demo() const { return std::filesystem::exists(demo_mark()); }

std::unique_ptr<store::Database> open_database(const Location& location) {
  make_folder(location.data);
  return location.postgres.empty() ? store::open_sqlite(database_file(location))
                                   : store::open_postgres(location.postgres);
}

std::unique_ptr<store::Database> open_present_database(const Location& location) {
  if (location.postgres.empty() && !std::filesystem::exists(database_file(location))) {
    throw Fault(FaultKind::unavailable, "there is no " + database_file(location));
  }
  auto database = open_database(location);
  if (store::schema_state(*database, all_migrations()) != store::SchemaState::current) {
    throw Fault(FaultKind::internal, database->describe() + " has no schema of Huilu " HUILU_VERSION
                                                            "; `huilu serve` brings it up to date");
  }
  return database;
}

const std::vector<store::Migration>& all_migrations() {
  static const auto migrations = store::migrations_from(embedded_schema);
  return migrations;
}

std::vector<policy::Pack> load_packs(const Location& location) {
  std::vector<policy::Pack> packs = policy::shipped_packs();
  for (const auto& folder : location.packs) {
    auto pack = policy::load_pack(policy::read_pack_folder(folder), packs);
    if (pack.ok()) {
      packs.push_back(std::move(*pack));
      continue;
    }
    std::string findings;
    for (const auto& finding : pack.refusals()) {
      findings += fmt::format("{}{}/{}: {}", findings.empty() ? "" : "\n", folder, finding.where,
                              kind_of(finding.code).name);
    }
    throw WrongUsage(findings);
  }
  return packs;
}

Installation::Installation(const Location& location, const Clock& clock, Follow follow,
                           std::unique_ptr<store::Database> database)
    : clock_(clock),
      database_(database ? std::move(database) : open_database(location)),
      readers_(*database_),
      files_(location.files()),
      index_file_(location.index_file()),
      gate_(std::make_unique<identity::IdentityGate>()) {
  bring_up_to_date(*database_, location, clock.now());
  packs_ = enactment::known_packs(load_packs(location), *readers_.lend());
  register_types();
  catalog_ = std::make_unique<record::Catalog>(packs_, *readers_.lend());
  checks_ = std::make_unique<compliance::PolicyChecks>(packs_);
  catalog_->ask(*checks_);
  open_road(follow);
}

// On a road of its own: the index, which the other one moves, needs the numbers of the types.
void Installation::register_types() {
  open_road(Follow::nothing);
  const auto registered = run(std::make_unique<record::RegisterRecordTypes>(packs_));
  CHECK(registered.ok());
  road_.reset();
}

compliance::Index::Options Installation::index_options() const {
  compliance::Index::Options options;
  options.program = hash_of_program();
  if (!options.program.empty()) options.snapshot = index_file_;
  return options;
}

// Followers load in the snapshot whose head says from where they follow; names beside the index,
// in one that begins later: what they are told of once more changes nothing.
void Installation::open_road(Follow follow) {
  std::vector<command::Follower*> followers;
  journal::Sequence loaded = 0;
  if (follow == Follow::figures) {
    auto connection = readers_.lend();
    store::Transaction snapshot(*connection, store::Access::read);
    loaded = journal::read_head(*connection).size;
    directory_ = std::make_unique<org::Directory>();
    auto names = std::async(std::launch::async, [this] {
      auto beside = readers_.lend();
      store::Transaction later(*beside, store::Access::read);
      directory_->load(*beside);
    });
    index_ = std::make_unique<compliance::Index>(packs_, *catalog_, clock_, index_options());
    index_->load(*connection);
    names.get();
    snapshot.commit();
    followers = {directory_.get(), index_.get()};
  }
  road_ = std::make_unique<command::Road>(*database_, *gate_, clock_, followers, loaded);
}

Result<command::Reply> Installation::run(std::unique_ptr<command::Command> command) {
  auto outcome = road_->run(std::move(command), {AccountId{}, "", ""});
  if (!outcome.fault.empty()) throw Fault(outcome.fault_kind, outcome.fault);
  if (!outcome.refusals.empty()) return std::move(outcome.refusals);
  return std::move(outcome.reply);
}

}  // namespace huilu::cli
