#include "matter/tables.h"

#include <algorithm>

#include "store/lists.h"

namespace huilu::matter {

namespace {

using enum store::ColumnType;

template <class IdType>
store::Params ids_of(const std::vector<std::pair<IdType, std::string>>& mentioned) {
  std::set<IdType> ids;
  for (const auto& [id, where] : mentioned) ids.insert(id);
  return {ids.begin(), ids.end()};
}

template <class IdType>
std::set<IdType> set_of(const std::vector<store::Pending>& reads) {
  std::set<IdType> out;
  for (const auto& rows : reads) {
    for (const auto row : *rows) out.insert(row.id<IdType>(0));
  }
  return out;
}

}  // namespace

const store::Table matter_table{"matter",
                                {{"id", integer},
                                 {"type", text},
                                 {"pack_version", text},
                                 {"unit", integer},
                                 {"state", text},
                                 {"outcome", text},
                                 {"opened", text},
                                 {"due", text},
                                 {"first_due", text},
                                 {"due_key", text},
                                 {"parent", integer},
                                 {"campaign", integer},
                                 {"version", integer},
                                 {"seq", integer},
                                 {"ledger", integer},
                                 {"number", text},
                                 {"stale", integer},
                                 {"merged_into", integer}}};
const store::Table ledger_import_table{"ledger_import",
                                       {{"id", integer},
                                        {"unit", integer},
                                        {"type", text},
                                        {"at", integer},
                                        {"account", integer},
                                        {"seq", integer},
                                        {"content", text}}};
const store::Table matter_version_table{"matter_version",
                                        {{"matter", integer},
                                         {"version", integer},
                                         {"move", text},
                                         {"deed", text},
                                         {"at", integer},
                                         {"account", integer},
                                         {"role", text},
                                         {"seq", integer},
                                         {"n", integer},
                                         {"content", text}}};
const store::Table matter_part_table{"matter_part",
                                     {{"matter", integer},
                                      {"version", integer},
                                      {"n", integer},
                                      {"pointer", text},
                                      {"person", integer},
                                      {"value", text}}};
const store::Table matter_named_unit_table{"matter_named_unit",
                                           {{"unit", integer}, {"matter", integer}},
                                           "on conflict (unit, matter) do nothing"};
const store::Table matter_file_table{"matter_file",
                                     {{"file", integer}, {"matter", integer}},
                                     "on conflict (file, matter) do nothing"};

void KnownReads::queue(store::Connection& connection, const Mentioned& mentioned) {
  const auto ask = [&](std::string_view sql, const store::Params& ids) {
    return store::queue_in(connection, sql, ids);
  };
  units_ = ask("select id, from_date, until_date from unit where id in ({ids})",
               ids_of(mentioned.units));
  unit_types_ = mentioned.kinds.empty()
                    ? std::vector<store::Pending>()
                    : ask("select unit, from_date, type from unit_kind where unit in ({ids})",
                          ids_of(mentioned.units));
  persons_ = ask("select id from person where id in ({ids})", ids_of(mentioned.persons));
  posts_ = ask("select id from post where id in ({ids})", ids_of(mentioned.posts));
  files_ = ask("select id from file where id in ({ids})", ids_of(mentioned.files));
  records_ = ask("select id from record where state <> 'void' and id in ({ids})",
                 ids_of(mentioned.records));
}

Known KnownReads::known() const {
  Known out;
  for (const auto& rows : units_) {
    for (const auto row : *rows) {
      out.units[row.id<UnitId>(0)] = {row.date(1), row.date_or_null(2)};
    }
  }
  for (const auto& rows : unit_types_) {
    for (const auto row : *rows) out.unit_types[row.id<UnitId>(0)][row.date(1)] = row.text(2);
  }
  out.persons = set_of<PersonId>(persons_);
  out.posts = set_of<PostId>(posts_);
  out.files = set_of<FileId>(files_);
  out.records = set_of<RecordId>(records_);
  return out;
}

store::Pending queue_newest(store::Connection& connection, MatterId id) {
  return connection.queue_query(
      "select v.version, v.move, v.account from matter m join matter_version v "
      "on v.matter = m.id and v.version = m.version where m.id = ?1",
      {id});
}

Newest newest_from(const store::Rows& rows) {
  if (rows.empty()) return {};
  return {rows[0].integer(0), rows[0].text_or_null(1).value_or(""), rows[0].id<AccountId>(2)};
}

std::vector<store::Pending> queue_numbers(store::Connection& connection, UnitId ledger,
                                          std::string_view type,
                                          const std::vector<std::string>& numbers) {
  std::vector<store::Pending> out;
  for (const auto& number : numbers) {
    out.push_back(connection.queue_query(
        "select number, id from matter where ledger = ?1 and type = ?2 and number = ?3",
        {ledger, type, number}));
  }
  return out;
}

store::Pending queue_exists(store::Connection& connection, std::optional<MatterId> id) {
  return connection.queue_query("select id from matter where id = ?1", {id.value_or(MatterId{})});
}

store::Pending queue_above(store::Connection& connection, MatterId id) {
  return connection.queue_query(
      "with recursive above (id, outcome, parent, n) as (select id, outcome, parent, 0 "
      "from matter where id = ?1 union all select m.id, m.outcome, m.parent, a.n + 1 "
      "from above a join matter m on m.id = a.parent where a.n < 64) "
      "select id, outcome from above order by n",
      {id});
}

store::Pending queue_posts_of(store::Connection& connection, AccountId account, Date day) {
  return connection.queue_query(
      "select p.unit, p.kind from account a join tenure t on t.person = a.person "
      "join post p on p.id = t.post where a.id = ?1 and t.from_date <= ?2 "
      "and (t.until_date is null or t.until_date > ?2)",
      {account, day});
}

std::vector<obligation::Actor::Post> posts_from(const store::Rows& rows) {
  std::vector<obligation::Actor::Post> posts;
  for (const auto row : rows) posts.push_back({row.id<UnitId>(0), row.text(1)});
  return posts;
}

void write_version(command::Writing& writing, const Version& version, const Committed& committed,
                   const policy::MatterType& type, const Kept& kept, const Version* before,
                   std::int64_t field) {
  const Matter& matter = version.matter;
  auto& rows = writing.rows;
  const auto outcome =
      matter.outcome.empty() ? std::nullopt : std::optional<std::string>(matter.outcome);
  if (before == nullptr) {
    std::optional<UnitId> ledger;
    std::optional<std::string> number;
    if (version.numbered) {
      ledger = version.numbered->ledger;
      number = version.numbered->number;
    }
    rows.insert(matter_table,
                {matter.id, matter.type, version.pack_version, matter.unit, matter.state, outcome,
                 matter.opened, matter.due, matter.due, due_key_of(kept.next_due), matter.parent,
                 matter.campaign, version.version, version.seq, ledger, number,
                 static_cast<std::int64_t>(kept.is_stale), matter.into});
  } else {
    rows.before(
        "update matter set unit = ?2, state = ?3, outcome = ?4, due = ?5, "
        "first_due = coalesce(first_due, ?5), due_key = ?6, version = ?7, seq = ?8, stale = ?9, "
        "parent = ?10, merged_into = ?11 where id = ?1",
        {matter.id, matter.unit, matter.state, outcome, matter.due, due_key_of(kept.next_due),
         version.version, version.seq, static_cast<std::int64_t>(kept.is_stale), matter.parent,
         matter.into});
  }
  write_waits(rows, matter.id, kept);
  write_look_backs(rows, matter.id, kept.look_backs);
  const auto move = version.move.empty() ? std::nullopt : std::optional<std::string>(version.move);
  std::optional<std::string> deed;
  if (version.deed) deed = obligation::deed_words[static_cast<std::size_t>(version.deed->kind)];
  rows.insert(matter_version_table,
              {matter.id, version.version, move, deed, version.at, version.account, version.role,
               version.seq, field, committed.content});
  std::int64_t n = field;
  for (const Part& part : committed.parts) {
    rows.insert(matter_part_table,
                {matter.id, version.version, ++n, part.pointer, part.person, part.value});
  }
  for (const UnitId unit : units_of(matter, type)) {
    rows.insert(matter_named_unit_table, {unit, matter.id});
  }
  if (version.deed) {
    for (const UnitId unit : version.deed->units) {
      rows.insert(matter_named_unit_table, {unit, matter.id});
    }
  }
  for (const FileId file : matter.evidence) rows.insert(matter_file_table, {file, matter.id});
}

void write_kept(store::Connection& connection, MatterId id, std::int64_t version,
                const Kept& kept) {
  store::Transaction transaction(connection, store::Access::write);
  const auto changed = connection.execute(
      "update matter set due_key = ?2, stale = ?4 where id = ?1 and version = ?3",
      {id, due_key_of(kept.next_due), version, static_cast<std::int64_t>(kept.is_stale)});
  if (changed > 0) {
    write_waits(connection, id, kept);
    write_look_backs(connection, id, kept.look_backs);
  }
  transaction.commit();
}

}  // namespace huilu::matter
