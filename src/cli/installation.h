// Installation: a data folder and a database, opened: schema up to date, packs loaded, record types
// registered, the road open. Every command that changes something makes one, `serve` included, so
// that all take the same road.
//
// Several processes may have one installation open: the database's lock orders their batches, and
// each follows what the others commit. Commands of one release beside a server of another are not
// safe: the newer one changes the schema. `open_database` alone changes nothing.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/console.h"
#include "command/gate.h"
#include "command/run.h"
#include "compliance/checks.h"
#include "compliance/index.h"
#include "org/directory.h"
#include "policy/pack.h"
#include "record/catalog.h"
#include "record/files.h"
#include "store/store.h"

namespace huilu::cli {

struct Location {
  std::string data = "data";            // the folder of attachments, and of huilu.db
  std::string postgres;                 // a URL; empty: SQLite in the folder
  std::vector<std::string> packs = {};  // folders beside the shipped ones, in order

  std::string files() const { return data + "/files"; }
  std::string index_file() const { return data + "/index.snapshot"; }
  std::string demo_accounts() const { return data + "/demo-accounts.txt"; }
  std::string demo_mark() const { return data + "/demo.json"; }
  bool is_demo() const;  // made by `huilu demo`, which leaves the mark
};

// Makes the folder where there is none.
std::unique_ptr<store::Database> open_database(const Location& location);
// A Fault where there is no database, or one of an older schema.
std::unique_ptr<store::Database> open_present_database(const Location& location);

const std::vector<store::Migration>& all_migrations();
// The shipped packs and those of the location; WrongUsage with what was found in one of them.
std::vector<policy::Pack> load_packs(const Location& location);

class Installation {
 public:
  enum class Follow { nothing, figures };  // names and the compliance index, as `serve` needs them

  // `database`: instead of the one that the location names.
  Installation(const Location& location, const Clock& clock, Follow follow = Follow::nothing,
               std::unique_ptr<store::Database> database = {});

  store::Database& database() { return *database_; }
  store::Pool& readers() { return readers_; }
  command::Road& road() { return *road_; }
  const command::Gate& gate() const { return *gate_; }
  const Clock& clock() const { return clock_; }
  const std::vector<policy::Pack>& packs() const { return packs_; }
  const record::Catalog& catalog() const { return *catalog_; }
  const record::FileFolder& files() const { return files_; }
  org::Directory& directory() { return *directory_; }
  compliance::Index* index() { return index_.get(); }  // null pointer: nothing is followed

  // As the program itself. A fault of the road is thrown.
  Result<command::Reply> run(std::unique_ptr<command::Command> command);

 private:
  void register_types();
  void open_road(Follow follow);
  compliance::Index::Options index_options() const;

  const Clock& clock_;
  std::unique_ptr<store::Database> database_;
  store::Pool readers_;
  record::FileFolder files_;
  std::string index_file_;
  std::vector<policy::Pack> packs_;
  std::unique_ptr<command::Gate> gate_;
  std::unique_ptr<org::Directory> directory_;
  std::unique_ptr<compliance::PolicyChecks> checks_;  // what the catalog asks
  std::unique_ptr<record::Catalog> catalog_;
  std::unique_ptr<compliance::Index> index_;
  std::unique_ptr<command::Road> road_;  // ends before what it uses
};

}  // namespace huilu::cli
