#include "store/postgres_wire.h"

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <cstring>

namespace huilu::store {
namespace {

// Types by the numbers that PostgreSQL has given them once and for all.
enum Type : unsigned {
  type_bool = 16,
  type_bytea = 17,
  type_char = 18,
  type_name = 19,
  type_int8 = 20,
  type_int2 = 21,
  type_int4 = 23,
  type_text = 25,
  type_oid = 26,
  type_unknown = 705,
  type_bpchar = 1042,
  type_varchar = 1043,
  type_numeric = 1700,
  type_void = 2278,
};

std::int64_t number_at(const char* bytes, int size) {
  std::uint64_t value = bytes[0] < 0 ? ~std::uint64_t{0} : 0;
  for (int i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return static_cast<std::int64_t>(value);
}

// What sum() over bigint answers: digits in base 10,000, the first one worth 10,000^weight.
std::int64_t integer_from_numeric(const char* bytes) {
  const auto digits = number_at(bytes, 2);
  const auto weight = number_at(bytes + 2, 2);
  const auto sign = number_at(bytes + 4, 2);
  bool fits = (sign == 0 || sign == 0x4000) && digits <= weight + 1;
  std::int64_t value = 0;
  for (std::int64_t i = 0; fits && digits > 0 && i <= weight; ++i) {
    const auto digit = i < digits ? number_at(bytes + 8 + 2 * i, 2) : 0;
    fits = !__builtin_mul_overflow(value, 10'000, &value) &&
           !__builtin_sub_overflow(value, digit, &value);  // negative: it reaches further by one
  }
  if (sign == 0) fits = fits && !__builtin_mul_overflow(value, -1, &value);
  if (!fits) throw Fault(FaultKind::internal, "PostgreSQL: a number that is not a 64-bit integer");
  return value;
}

void read_cell(const PGresult* result, int row, int column, Row::Cell& cell) {
  if (PQgetisnull(result, row, column)) {
    cell.emplace<std::monostate>();
    return;
  }
  const char* bytes = PQgetvalue(result, row, column);
  const int size = PQgetlength(result, row, column);
  switch (PQftype(result, column)) {
    case type_bool:
    case type_int2:
    case type_int4:
    case type_int8:
      cell = number_at(bytes, size);
      return;
    case type_oid:
      cell = number_at(bytes, size) & 0xffffffff;
      return;
    case type_numeric:
      cell = integer_from_numeric(bytes);
      return;
    case type_bytea:
    case type_char:
    case type_name:
    case type_text:
    case type_unknown:
    case type_bpchar:
    case type_varchar:
    case type_void:
      break;
    default:
      throw Fault(FaultKind::internal, std::string("PostgreSQL: column ") +
                                           PQfname(result, column) +
                                           " is neither integer nor text nor bytes");
  }
  if (auto* kept = std::get_if<std::string>(&cell)) {
    kept->assign(bytes, static_cast<std::size_t>(size));
  } else {
    cell.emplace<std::string>(bytes, static_cast<std::size_t>(size));
  }
}

FaultKind kind_of(std::string_view state) {
  const std::string_view group = state.substr(0, 2);
  if (group == "23") return FaultKind::constraint;
  if (state == "53100" || state == "58030") return FaultKind::storage_full;
  if (state == "55P03" || state == "57014") return FaultKind::timeout;
  if (state == "08P01") return FaultKind::internal;  // our own mistake, as a missing parameter
  if (group == "08" || group == "40" || group == "53" || group == "57") {
    return FaultKind::unavailable;
  }
  if (group == "XX" && state != "XX000") return FaultKind::damaged;
  return FaultKind::internal;
}

std::string first_line(const char* message) {
  return std::string(message, std::strcspn(message, "\n"));
}

}  // namespace

void PostgresCloser::operator()(pg_conn* connection) const { PQfinish(connection); }
void PostgresCloser::operator()(pg_result* result) const { PQclear(result); }

PostgresWire::PostgresWire(const std::string& url, std::chrono::milliseconds answer_within) {
  start(answer_within);
  const char* const names[] = {"dbname", "client_encoding", "fallback_application_name", nullptr};
  const char* const values[] = {url.c_str(), "UTF8", "huilu", nullptr};
  connection_.reset(PQconnectStartParams(names, values, 1));
  if (!connection_) throw Fault(FaultKind::unavailable, "PostgreSQL: out of memory");
  PQsetNoticeReceiver(
      connection_.get(), [](void*, const PGresult*) {}, nullptr);
  if (PQstatus(connection_.get()) == CONNECTION_BAD) lost();
  connect();
  if (PQsetnonblocking(connection_.get(), 1) != 0) lost();
}

PGconn* PostgresWire::connection() {
  if (!connection_) throw Fault(FaultKind::unavailable, "PostgreSQL: the connection was lost");
  return connection_.get();
}

bool PostgresWire::alive_while_idle() {
  // What the server said last, if anything, comes before the end of the line.
  while (connection_ && wait_for_input(std::chrono::milliseconds{0})) {
    if (!PQconsumeInput(connection_.get())) close();
  }
  return open();
}

void PostgresWire::start(std::chrono::milliseconds answer_within) {
  deadline_ = std::chrono::steady_clock::now() + answer_within;
}

PostgresResult PostgresWire::next_result() {
  PGconn* const line = connection();
  while (PQisBusy(line)) {
    const bool unsent = PQflush(line) == 1;  // an error of sending shows when reading
    wait(unsent);
    if (!PQconsumeInput(line)) lost();
  }
  return PostgresResult(PQgetResult(line));
}

void PostgresWire::send_all() {
  PGconn* const line = connection();
  while (true) {
    const int left = PQflush(line);
    if (left == 0) return;
    if (left < 0) lost();
    wait(true);
    if (!PQconsumeInput(line)) lost();
  }
}

bool PostgresWire::wait_for_input(std::chrono::milliseconds at_most) {
  pollfd entry{PQsocket(connection()), POLLIN, 0};
  return poll(&entry, 1, static_cast<int>(at_most.count())) > 0;
}

void PostgresWire::lost() {
  const std::string why = first_line(PQerrorMessage(connection()));
  close();
  throw Fault(FaultKind::unavailable, "PostgreSQL: " + (why.empty() ? "connection lost" : why));
}

void PostgresWire::connect() {
  auto next = PGRES_POLLING_WRITING;
  while (next != PGRES_POLLING_OK) {
    if (next == PGRES_POLLING_FAILED) lost();
    wait(next == PGRES_POLLING_WRITING);
    next = PQconnectPoll(connection_.get());
  }
}

void PostgresWire::wait(bool for_room) {
  using std::chrono::milliseconds;
  while (true) {
    const auto left = std::chrono::ceil<milliseconds>(deadline_ - std::chrono::steady_clock::now());
    pollfd entry{PQsocket(connection()), POLLIN, 0};
    if (for_room) entry.events |= POLLOUT;
    const int ready = left.count() > 0 ? poll(&entry, 1, static_cast<int>(left.count())) : 0;
    if (ready > 0) return;
    if (ready < 0 && errno == EINTR) continue;
    close();
    throw Fault(FaultKind::timeout, "PostgreSQL does not answer in time");
  }
}

Fault fault_from(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (!state) state = "08006";
  if (!message) message = PQresultErrorMessage(result);
  return {kind_of(state), "PostgreSQL: " + first_line(message) + " (" + state + ")"};
}

bool is_from_server(const PGresult* result) {
  return PQresultErrorField(result, PG_DIAG_SQLSTATE) != nullptr;
}

bool ends_session(const PGresult* result) {
  const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  return severity && (!std::strcmp(severity, "FATAL") || !std::strcmp(severity, "PANIC"));
}

void read_row(const PGresult* result, int row, std::span<Row::Cell> cells) {
  int column = 0;
  for (Row::Cell& cell : cells) read_cell(result, row, column++, cell);
}

Rows read_rows(const PGresult* result) {
  const auto columns = static_cast<std::size_t>(PQnfields(result));
  const int rows = PQntuples(result);
  std::vector<Row::Cell> cells(columns * static_cast<std::size_t>(rows));
  std::span<Row::Cell> left(cells);
  for (int row = 0; row < rows; ++row, left = left.subspan(columns)) {
    read_row(result, row, left.first(columns));
  }
  return {columns, std::move(cells)};
}

void append_number(std::string& out, std::int64_t value, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> shift));
  }
}

void append_field(std::string& out, const Param& value) {
  const auto& state = value.state();
  if (const auto* integer = std::get_if<std::int64_t>(&state)) {
    append_number(out, 8, 4);
    append_number(out, *integer, 8);
  } else if (std::holds_alternative<std::monostate>(state)) {
    append_number(out, -1, 4);
  } else {
    const auto* text = std::get_if<std::string>(&state);
    const std::string& bytes = text ? *text : std::get<Bytes>(state).bytes;
    append_number(out, static_cast<std::int64_t>(bytes.size()), 4);
    out.append(bytes);
  }
}

}  // namespace huilu::store
