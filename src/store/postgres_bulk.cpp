// What a PostgresConnection does besides single statements: streams, inserts in bulk, scripts.
#include <libpq-fe.h>

#include "base/check.h"
#include "store/postgres_connection.h"

namespace huilu::store {
namespace {

// Up to here one statement with arrays joins the queue; beyond, COPY's own round trips pay.
constexpr std::size_t unnested_rows = 512;
constexpr std::size_t copied_bytes = 64 * 1024;

struct ArrayType {
  std::string_view name;
  int element;
};

ArrayType array_type(ColumnType type) {
  switch (type) {
    case ColumnType::integer:
      return {"::bigint[]", 20};
    case ColumnType::text:
      return {"::text[]", 25};
    case ColumnType::bytes:
      return {"::bytea[]", 17};
  }
  CHECK(false);
}

std::string column_list(const Table& table) {
  std::string list;
  for (const auto& column : table.columns) {
    list.append(list.empty() ? " (" : ", ").append(column.first);
  }
  return list + ")";
}

}  // namespace

// Work outside the queue: libpq leaves pipeline mode for it. What ends with a Fault that is no
// answer of the server leaves the connection out of step, so it is closed then.
class PostgresConnection::Exclusive {
 public:
  explicit Exclusive(PostgresConnection& connection) : connection_(connection) {
    CHECK(connection_.expected_.empty());
    PGconn* const line = connection_.wire_.connection();
    if (!PQexitPipelineMode(line)) connection_.lose();
  }
  ~Exclusive() {
    auto& wire = connection_.wire_;
    if (wire.open() && (!in_step_ || !PQenterPipelineMode(wire.connection()))) wire.close();
  }
  Exclusive(const Exclusive&) = delete;
  Exclusive& operator=(const Exclusive&) = delete;

  // Reads all results; the first error is the Fault.
  void finish() {
    std::optional<Fault> error;
    bool answered = false;
    while (const PostgresResult result = connection_.wire_.next_result()) {
      answered = true;
      if (PQresultStatus(result.get()) != PGRES_FATAL_ERROR) continue;
      if (!is_from_server(result.get())) connection_.lose();
      if (!error) error = fault_from(result.get());
      if (ends_session(result.get())) connection_.fail(*error);
    }
    if (!answered) connection_.lose();
    in_step_ = true;
    if (error) connection_.fail(*error);
  }

 private:
  PostgresConnection& connection_;
  bool in_step_ = false;
};

void PostgresConnection::run_script(std::string_view sql) {
  flush();
  require_ready();
  Exclusive exclusive(*this);
  wire_.start(options_.long_answer_within);
  if (!PQsendQuery(wire_.connection(), std::string(sql).c_str())) lose();
  exclusive.finish();
}

void PostgresConnection::for_each(std::string_view sql, const Params& params,
                                  const std::function<void(const Row&)>& each) {
  flush();
  append(sql, params);
  struct Streaming {
    PostgresConnection& connection;
    bool finished = false;
    // The rest of an answer that nobody reads may be long: rather a new connection.
    ~Streaming() {
      connection.streaming_ = false;
      connection.expected_.clear();
      if (!finished) connection.wire_.close();
    }
  } streaming{*this};
  streaming_ = true;
  wire_.start(options_.long_answer_within);
  sync();
  std::optional<Fault> error;
  if (expected_.size() > 1) error = collect_one(expected_.front());
  if (!error) PQsetSingleRowMode(wire_.connection());
  if (auto failed = stream(each); !error) error = std::move(failed);
  read_sync();
  streaming.finished = true;
  if (error) fail(*error);
}

// The results of the statement that is under way in single-row mode.
std::optional<Fault> PostgresConnection::stream(const std::function<void(const Row&)>& each) {
  std::optional<Fault> error;
  std::vector<Row::Cell> cells;
  while (const PostgresResult result = wire_.next_result()) {
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_SINGLE_TUPLE) {
      cells.resize(static_cast<std::size_t>(PQnfields(result.get())));
      read_row(result.get(), 0, cells);
      each(Row(cells));
      wire_.start(options_.long_answer_within);
    } else if (status == PGRES_FATAL_ERROR) {
      if (!is_from_server(result.get())) wire_.lost();
      error = fault_from(result.get());
      if (ends_session(result.get())) throw *error;
    }
  }
  return error;
}

void PostgresConnection::insert_many(const Table& table, std::span<const Param> values) {
  const std::size_t columns = table.columns.size();
  CHECK(columns > 0 && values.size() % columns == 0);
  if (values.empty()) return;
  require_types(table, values);
  if (table.conflict.empty() && values.size() / columns > unnested_rows) {
    copy(table, values);
    return;
  }
  for (std::size_t chunk = 1; !values.empty(); ++chunk) {
    const auto some = values.first(std::min(values.size(), unnested_rows * columns));
    insert_unnested(table, some);
    values = values.subspan(some.size());
    if (chunk % 16 == 0) finish_pipeline(options_.long_answer_within);
  }
}

// insert into t (a, b) select * from unnest($1::bigint[], $2::text[]): one statement for all rows.
void PostgresConnection::insert_unnested(const Table& table, std::span<const Param> values) {
  require_ready();
  const std::size_t columns = table.columns.size();
  insert_sql_.assign("insert into ").append(table.name).append(column_list(table));
  insert_sql_.append(" select * from unnest");
  values_.assign(columns, nullptr);
  lengths_.assign(columns, 0);
  formats_.assign(columns, 1);
  arrays_.resize(std::max(arrays_.size(), columns));
  for (std::size_t column = 0; column < columns; ++column) {
    const ColumnType type = table.columns[column].second;
    insert_sql_.append(column ? ", ?" : "(?").append(std::to_string(column + 1));
    insert_sql_.append(array_type(type).name);
    std::string& array = arrays_[column];
    array.clear();
    append_number(array, 1, 4);  // dimensions
    append_number(array, 1, 4);  // there may be nulls
    append_number(array, array_type(type).element, 4);
    append_number(array, static_cast<std::int64_t>(values.size() / columns), 4);
    append_number(array, 1, 4);  // the first index
    for (std::size_t i = column; i < values.size(); i += columns) {
      append_field(array, values[i]);
    }
    values_[column] = array.data();
    lengths_[column] = static_cast<int>(array.size());
  }
  insert_sql_.append(") ").append(table.conflict);
  send(insert_sql_, columns, {nullptr, Expected::Step::run, nullptr, nullptr});
}

void PostgresConnection::copy(const Table& table, std::span<const Param> values) {
  flush();
  require_ready();
  Exclusive exclusive(*this);
  wire_.start(options_.long_answer_within);
  const std::string sql =
      "copy " + std::string(table.name) + column_list(table) + " from stdin (format binary)";
  if (!PQsendQuery(wire_.connection(), sql.c_str())) lose();
  const PostgresResult ready = wire_.next_result();
  if (PQresultStatus(ready.get()) == PGRES_COPY_IN) {
    const std::size_t columns = table.columns.size();
    std::string bytes("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    for (; !values.empty(); values = values.subspan(columns)) {
      append_number(bytes, static_cast<std::int64_t>(columns), 2);
      for (const Param& value : values.first(columns)) append_field(bytes, value);
      if (bytes.size() < copied_bytes) continue;
      put_copy(bytes);
      bytes.clear();
    }
    append_number(bytes, -1, 2);  // the end
    put_copy(bytes);
    if (PQputCopyEnd(wire_.connection(), nullptr) != 1) lose();
  }
  exclusive.finish();
}

void PostgresConnection::put_copy(const std::string& bytes) {
  if (PQputCopyData(wire_.connection(), bytes.data(), static_cast<int>(bytes.size())) != 1) lose();
  wire_.send_all();  // or libpq would keep what the server does not take yet
}

}  // namespace huilu::store
