// Filters of the ledger that somebody saved under a name: saved, changed, removed through the road,
// and listed. Whoever reads the ledger of the unit that one is shared with finds it in the list; it
// says what to look at and gives no right to see it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/value.h"
#include "command/command.h"
#include "journal/journal.h"
#include "store/store.h"

namespace huilu::matter {

using SavedFilterId = Id<'y'>;

inline constexpr std::size_t filter_name_max = 60;
inline constexpr std::size_t filters_of_account_max = 100;

// What is saved: a name, with whom it is shared, and what is looked at (an object that the API has
// read and checked).
struct NewFilter {
  std::string name;
  std::optional<UnitId> unit;
  Value content{Value::Object{}};
};

struct SavedFilter {
  SavedFilterId id;
  AccountId account;  // who saved it
  NewFilter said;
  std::int64_t version = 1;
  Instant at;  // of the newest version
  journal::Sequence seq = 0;
};

// Those of the account, then those of others that are shared with the unit, each by id.
std::vector<SavedFilter> saved_filters(store::Connection& connection, AccountId account,
                                       std::optional<UnitId> unit);
std::optional<SavedFilter> find_saved_filter(store::Connection& connection, SavedFilterId id);

// matter_read at the unit that it is shared with, or anywhere. Replies 201 {"id", "version"}.
// Codes: field_required, field_range at /name; duplicate where the account has one of this name;
// field_range where it has as many as it may.
class SaveFilter : public command::Command {
 public:
  // `account`: who asks, as in the request.
  SaveFilter(NewFilter asked, AccountId account);

  std::string_view name() const override { return "save_filter"; }
  command::Need need() const override;
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  NewFilter asked_;
  AccountId account_;
  store::Pending own_;
};

// The same of one that is there, by who saved it: name, sharing and content as they are to be.
class ChangeFilter : public command::Command {
 public:
  ChangeFilter(SavedFilter read, NewFilter asked, std::int64_t seen, AccountId account);

  std::string_view name() const override { return "change_filter"; }
  command::Need need() const override;
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  SavedFilter read_;
  NewFilter asked_;
  std::int64_t seen_;
  AccountId account_;
  store::Pending own_, row_;
};

// By who saved it; or by who keeps the ledger that it is shared with (matter_open there), whom it
// then no longer concerns: the filter stays with who saved it. Replies {"id", "version"}.
class RemoveFilter : public command::Command {
 public:
  RemoveFilter(SavedFilter read, std::int64_t seen, AccountId account);

  std::string_view name() const override { return "remove_filter"; }
  command::Need need() const override;
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  bool is_own() const { return read_.account == account_; }

  SavedFilter read_;
  std::int64_t seen_;
  AccountId account_;
  store::Pending row_;
};

// The SQL of these commands, in tables_saved_filters.cpp.
extern const std::string saved_filter_columns;
SavedFilter saved_filter_from(const store::Row& row);
store::Pending queue_filters_of(store::Connection& connection, AccountId account);
store::Pending queue_saved_filter(store::Connection& connection, SavedFilterId id);
void insert_filter(command::Writing& writing, const SavedFilter& filter);
void write_filter(command::Writing& writing, const SavedFilter& filter);
void write_filter_removed(command::Writing& writing, SavedFilterId id, std::int64_t version,
                          AccountId by, journal::Sequence sequence);

// What entries commit to beside the name and what is looked at, which have openings of their own.
Value filter_content(const SavedFilter& filter);
Value filter_removal_content(SavedFilterId id);

// Rows against openings, for `huilu verify`.
std::vector<journal::Damage> verify_saved_filters(store::Connection& connection);

}  // namespace huilu::matter
