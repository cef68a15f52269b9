// One libpq connection on which no wait is without end, and what PostgreSQL's binary formats mean.
// Used by the other postgres files. A wait that is too long or a broken line closes the connection
// and throws a Fault; what the server answers, errors included, is the caller's.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "store/store.h"

// PGconn and PGresult of libpq, whose folder is on the include path of this room's sources only.
struct pg_conn;
struct pg_result;

namespace huilu::store {

struct PostgresCloser {
  void operator()(pg_conn* connection) const;
  void operator()(pg_result* result) const;
};
using PostgresResult = std::unique_ptr<pg_result, PostgresCloser>;

class PostgresWire {
 public:
  PostgresWire(const std::string& url, std::chrono::milliseconds answer_within);

  // A Fault when the connection is closed.
  pg_conn* connection();
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

  std::unique_ptr<pg_conn, PostgresCloser> connection_;
  Time deadline_;
};

// The Fault that a failed result stands for: the kind by its SQLSTATE, the text without values.
Fault fault_from(const pg_result* result);
// A result without SQLSTATE was made by libpq itself: the connection was lost.
bool is_from_server(const pg_result* result);
// The server has said goodbye with this error.
bool ends_session(const pg_result* result);

void read_row(const pg_result* result, int row, std::span<Row::Cell> cells);
Rows read_rows(const pg_result* result);

// Appends a value in binary format with its length before it, as COPY and arrays want it.
void append_field(std::string& out, const Param& value);
void append_number(std::string& out, std::int64_t value, int size);

}  // namespace huilu::store
