#include "record/catalog.h"

#include <algorithm>
#include <set>

#include "policy/finding.h"
#include "record/tables.h"

namespace huilu::record {

Catalog::Catalog(const std::vector<policy::Pack>& packs, store::Connection& connection) {
  for (const auto& row : registered_types(connection)) {
    types_.push_back({row.id, policy::find_record_type(packs, row.name), row.name});
  }
  for (std::size_t i = 0; i < types_.size(); ++i) {
    by_name_.emplace(types_[i].name, i);
    by_id_.emplace(types_[i].id, i);
  }
}

const Catalog::Type* Catalog::find(std::string_view address) const {
  const auto found = by_name_.find(address);
  if (found == by_name_.end()) return nullptr;
  const Type& type = types_[found->second];
  return type.declared == nullptr ? nullptr : &type;
}

const Catalog::Type* Catalog::find(std::int64_t id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &types_[found->second];
}

std::vector<const Catalog::Type*> Catalog::all() const {
  std::vector<const Type*> out;
  for (const Type& type : types_) {
    if (type.declared != nullptr) out.push_back(&type);
  }
  return out;
}

std::string Catalog::expected(std::string_view address) const {
  std::vector<std::string_view> addresses;
  for (const Type* type : all()) addresses.push_back(type->name);
  return policy::nearest_or_all(address, addresses);
}

RegisterRecordTypes::RegisterRecordTypes(const std::vector<policy::Pack>& packs) {
  for (const auto& pack : packs) {
    for (const auto& type : pack.record_types) {
      // Several versions of a pack declare one type.
      if (std::find(names_.begin(), names_.end(), type.address) == names_.end()) {
        names_.push_back(type.address);
      }
    }
  }
}

void RegisterRecordTypes::load(store::Connection& connection) {
  known_ = queue_registered_types(connection);
}

Refusals RegisterRecordTypes::decide(const command::Context&) {
  std::set<std::string> known;
  for (const auto row : *known_) known.insert(row.text(1));
  missing_.clear();
  std::copy_if(names_.begin(), names_.end(), std::back_inserter(missing_),
               [&](const std::string& name) { return !known.contains(name); });
  return {};
}

command::Reply RegisterRecordTypes::write(const command::Context& context,
                                          command::Writing& writing) {
  Value::List added;
  if (!missing_.empty()) {
    journal::Entry entry;
    entry.kind = "record_types_registered";
    entry.actor = context.account;
    for (const auto& name : missing_) {
      const std::int64_t id = writing.issue_id();
      writing.rows.insert(record_type_table, {id, name, writing.next_sequence()});
      entry.touched.push_back({"record_type", id, 1});
      added.push_back(Value::object({{"id", id}, {"name", name}}));
    }
    entry.fields.push_back({"content", canonical_json(Value(added))});
    writing.append(std::move(entry));
  }
  return {200, Value::object({{"added", Value(std::move(added))}})};
}

}  // namespace huilu::record
