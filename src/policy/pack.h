// Pack: one policy pack, read from text and checked. Commands of the packs' life (check, activate)
// load them; record and org read record types and vocabulary from them. `load_pack` promises: what
// it returns has no finding, and what it refuses comes with every finding that could be made.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "base/result.h"
#include "base/time.h"
#include "calendar/working_days.h"
#include "policy/campaign.h"
#include "policy/check.h"
#include "policy/draw.h"
#include "policy/extension.h"
#include "policy/indicator.h"
#include "policy/matter_type.h"
#include "policy/obligation.h"
#include "policy/parameter.h"
#include "policy/record_type.h"
#include "policy/view.h"
#include "policy/vocabulary.h"

namespace huilu::policy {

enum class Status { draft, example, in_use };

// A policy document that clauses come from: its stable name and the hash of the imported text.
struct Document {
  std::string id;
  std::string name;
  std::string hash;
};

// Why a clause is declared by nothing, or by less than it says: only the bare fact is kept, on
// purpose; it waits for a word of the language or a later pack; it asks nothing of anybody.
enum class Left { bare_fact, later, no_duty };

inline constexpr std::array<std::string_view, 3> left_words = {"bare_fact", "later", "no_duty"};

struct Clause {
  std::string id;  // "S0-6.6"
  std::string doc;
  std::string at;
  std::string fingerprint;
  std::string hole;
  std::optional<Left> left;
  std::optional<Label> reason;  // of `left`, shown with the clause
};

inline constexpr std::string_view core_id = "core";  // of the pack that all others stand on
inline constexpr std::string_view main_file = "pack.yaml";

struct PackFile {
  std::string path;  // within the pack: "pack.yaml", "i18n/en.yaml"
  std::string bytes;
};

struct Pack {
  std::string id;  // "core", "city.special"
  std::string version;
  Label title;
  Status status = Status::draft;
  Interval in_force;
  std::string timezone;
  std::string calendar;         // name of the calendar; may be empty
  std::vector<Parent> extends;  // what it takes from others, tailored; see extension.h
  std::vector<Document> documents;
  std::vector<Clause> clauses;
  std::vector<Parameter> parameters;
  std::vector<RecordType> record_types;  // in the order written
  std::vector<MatterType> matter_types;  // likewise
  std::vector<Obligation> obligations;   // likewise
  std::vector<Check> checks;             // likewise
  std::vector<Indicator> indicators;     // likewise
  std::vector<Draw> draws;               // likewise
  std::vector<View> views;               // likewise
  std::optional<Campaign> campaign;
  std::vector<Bundle> bundles;
  std::vector<calendar::Revision> revisions;  // of the calendar that the pack carries
  Node fixtures;                              // as written; read by the room obligation
  Node tests;                                 // a list, likewise: pack.yaml's and those of tests/
  Vocabulary vocabulary;                      // empty in every pack but core
  std::vector<Term> tags;       // titles of tags of units, for those that conditions name
  Node unfolded;                // of one that extends others: its tree with what it takes from them
  std::vector<PackFile> files;  // what it was loaded from, by path
  std::string hash;             // of these, see hash_of

  const RecordType* find_record_type(std::string_view name) const;
  const MatterType* find_matter_type(std::string_view name) const;
  const Obligation* find_obligation(std::string_view name) const;
  const Check* find_check(std::string_view name) const;
  const Indicator* find_indicator(std::string_view name) const;
  const Draw* find_draw(std::string_view name) const;
  const View* find_view(std::string_view name) const;
  const Parameter* find_parameter(std::string_view name) const;
};

// Of a tag of units: that of the pack itself, or of another one, core among them; null pointer
// where none has it, for units may bear whatever tags their keepers give them.
const Label* find_tag(const Pack& pack, const std::vector<Pack>& packs, std::string_view tag);

// By address, "core/visit"; null pointer where no pack has it.
const RecordType* find_record_type(const std::vector<Pack>& packs, std::string_view address);

// By address, of the version of the pack; null pointer where it is not among them.
const MatterType* find_matter_type(const std::vector<Pack>& packs, std::string_view address,
                                   std::string_view version);

// By address; the pack itself is looked through first.
const Obligation* find_obligation(const Pack& pack, const std::vector<Pack>& packs,
                                  std::string_view address);

// pack.yaml, further *.yaml, i18n/*.yaml and tests/*.yaml. A Fault when the folder cannot be read.
std::vector<PackFile> read_pack_folder(const std::filesystem::path& folder);

// SHA-256 over paths and bytes, 32 bytes: the same id and version with another hash is refused
// wherever packs are put in force.
std::string hash_of(const std::vector<PackFile>& files);
// The pack with what it was loaded from.
Pack with_files(Pack pack, std::vector<PackFile> files);

// The files below `folder` ("core/"), with paths within the pack.
std::vector<PackFile> embedded_pack(const std::vector<EmbeddedFile>& files,
                                    std::string_view folder);

// The top-level keys of all its files together, as far as they can be read.
Node root_of(const std::vector<PackFile>& files, Refusals& findings);
// The tree that a loaded pack was read from, with what it takes from others.
Node root_of(const Pack& pack);

// `known` are the packs that this one may refer to.
Result<Pack> load_pack(const std::vector<PackFile>& files, const std::vector<Pack>& known = {});

// The pack that is part of the program: vocabulary and the records of a branch.
const Pack& core_pack();

}  // namespace huilu::policy
