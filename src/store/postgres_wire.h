// One libpq connection on which no wait is without end, and what PostgreSQL's binary formats mean.
// Used by the other postgres files. A wait that is too long or a broken line closes the connection
// and throws a Fault; what the server answers, errors included, is the caller's.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "store/store.h"

namespace huilu::store {

struct PostgresCloser {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
  void operator()(PGnotify* notice) const { PQfreemem(notice); }
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using PostgresResult = std::unique_ptr<PGresult, PostgresCloser>;

class PostgresWire {
 public:
  PostgresWire(const std::string& url, std::chrono::milliseconds answer_within);

  // A Fault when the connection is closed.
  PGconn* connection();
  bool open() const { return connection_ != nullptr; }
  // Also notices that the server has gone while nobody asked it anything.
  bool alive_while_idle();
  void close() { connection_.reset(); }

  // From now on all waits together may last this long.
  void start(std::chrono::milliseconds answer_within);
  // A null pointer at the end of a statement's results.
  PostgresResult next_result();
  // Until all that was given to libpq has gone to the server.
  void send_all();
  // True when there is something to read within `at_most`.
  bool wait_for_input(std::chrono::milliseconds at_most);
  // Closes and throws: the connection does not work any more.
  [[noreturn]] void lost();

 private:
  using Time = std::chrono::steady_clock::time_point;
  void connect();
  void wait(bool for_room);  // for input, and for room to send

  std::unique_ptr<PGconn, PostgresCloser> connection_;
  Time deadline_;
};

// The Fault that a failed result stands for: the kind by its SQLSTATE, the text without values.
Fault fault_from(const PGresult* result);
// A result without SQLSTATE was made by libpq itself: the connection was lost.
bool is_from_server(const PGresult* result);
// The server has said goodbye with this error.
bool ends_session(const PGresult* result);

void read_row(const PGresult* result, int row, std::span<Row::Cell> cells);
Rows read_rows(const PGresult* result);

// Appends a value in binary format with its length before it, as COPY and arrays want it.
void append_field(std::string& out, const Param& value, ColumnType type);
void append_number(std::string& out, std::int64_t value, int size);

}  // namespace huilu::store
