#include "record/queries.h"

#include <algorithm>
#include <map>

#include "record/rules.h"
#include "record/tables.h"

namespace huilu::record {

namespace {

constexpr std::string_view version_columns =
    "v.record, v.version, v.at, v.account, v.role, v.seq, v.content";

Version version_from(const store::Row& row, const std::vector<Part>& parts) {
  Version out;
  out.record = row.id<RecordId>(0);
  out.version = row.integer(1);
  out.at = row.instant(2);
  out.account = row.id<AccountId>(3);
  out.role = row.text(4);
  out.seq = row.integer(5);
  auto content = restored(row.text(6), parts);
  out.content = std::move(content.content);
  out.state = content.state;
  out.reason = std::move(content.reason);
  return out;
}

std::map<std::int64_t, std::vector<Part>> parts_by_version(store::Connection& connection,
                                                           RecordId record) {
  std::map<std::int64_t, std::vector<Part>> out;
  for (const auto row :
       connection.query("select version, pointer, person, value from record_part where record = ?1 "
                        "order by version, n",
                        {record})) {
    out[row.integer(0)].push_back({row.text(1), row.id_or_null<PersonId>(2), row.text(3)});
  }
  return out;
}

}  // namespace

std::optional<Version> version_of(store::Connection& connection, RecordId record,
                                  std::optional<std::int64_t> version) {
  const std::string sql =
      "select " + std::string(version_columns) + " from record_version v " +
      (version ? "where v.record = ?1 and v.version = ?2"
               : "join record r on r.id = v.record and r.version = v.version where v.record = ?1");
  store::Params params = {record};
  if (version) params.emplace_back(*version);
  const auto rows = connection.query(sql, params);
  if (rows.empty()) return {};
  auto parts = parts_by_version(connection, record);
  return version_from(rows[0], parts[rows[0].integer(1)]);
}

std::vector<Version> history_of(store::Connection& connection, RecordId record) {
  std::vector<Version> out;
  auto parts = parts_by_version(connection, record);
  for (const auto row :
       connection.query("select " + std::string(version_columns) +
                            " from record_version v where v.record = ?1 order by v.version",
                        {record})) {
    out.push_back(version_from(row, parts[row.integer(1)]));
  }
  return out;
}

std::optional<FileView> file_of(store::Connection& connection, FileId file) {
  const auto rows = connection.query(
      "select sha256, size, media_type, name, account from file where id = ?1", {file});
  if (rows.empty()) return {};
  FileView out{file,
               rows[0].text(0),
               rows[0].integer(1),
               rows[0].text(2),
               rows[0].text(3),
               rows[0].id<AccountId>(4),
               {}};
  for (const auto row :
       connection.query("select v.content from record_file u join record r on r.id = u.record "
                        "join record_version v on v.record = r.id and v.version = r.version "
                        "where u.file = ?1 order by r.id",
                        {file})) {
    const auto units = restored(row.text(0), {}).content.units;
    out.units.insert(out.units.end(), units.begin(), units.end());
  }
  return out;
}

}  // namespace huilu::record
