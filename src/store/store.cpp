#include "store/store.h"

#include <mutex>

#include "base/check.h"

namespace huilu::store {
namespace {

[[noreturn]] void wrong_type(std::size_t column, const char* expected) {
  throw Fault(FaultKind::internal,
              "column " + std::to_string(column) + " of the answer is not " + expected);
}

Date date_from(const std::string& text, std::size_t column) {
  const auto date = Date::parse(text);
  if (!date) wrong_type(column, "a date");
  return *date;
}

}  // namespace

bool Row::is_null(std::size_t column) const {
  CHECK(column < cells_.size());
  return cells_[column].index() == 0;
}

std::int64_t Row::integer(std::size_t column) const {
  CHECK(column < cells_.size());
  const auto* value = std::get_if<std::int64_t>(&cells_[column]);
  if (!value) wrong_type(column, "an integer");
  return *value;
}

const std::string& Row::text(std::size_t column) const {
  CHECK(column < cells_.size());
  const auto* value = std::get_if<std::string>(&cells_[column]);
  if (!value) wrong_type(column, "text or bytes");
  return *value;
}

Date Row::date(std::size_t column) const { return date_from(text(column), column); }

Instant Row::instant(std::size_t column) const { return {integer(column)}; }

std::optional<std::int64_t> Row::integer_or_null(std::size_t column) const {
  if (is_null(column)) return {};
  return integer(column);
}

std::optional<std::string> Row::text_or_null(std::size_t column) const {
  if (is_null(column)) return {};
  return text(column);
}

std::optional<Date> Row::date_or_null(std::size_t column) const {
  if (is_null(column)) return {};
  return date(column);
}

Rows::Rows(std::size_t columns, std::vector<Row::Cell> cells)
    : columns_(columns), cells_(std::move(cells)) {
  CHECK(columns_ == 0 ? cells_.empty() : cells_.size() % columns_ == 0);
}

Row Rows::operator[](std::size_t row) const {
  CHECK(row < size());
  return Row(std::span(cells_).subspan(row * columns_, columns_));
}

void Connection::require_types(const Table& table, std::span<const Param> values) {
  const std::size_t columns = table.columns.size();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& [name, type] = table.columns[i % columns];
    const std::size_t found = values[i].state().index();
    const std::size_t expected = type == ColumnType::integer ? 1 : type == ColumnType::text ? 2 : 3;
    if (found == 0 || found == expected) continue;
    throw Fault(FaultKind::internal, "a value of another type than " + std::string(table.name) +
                                         "." + std::string(name));
  }
}

Transaction::Transaction(Connection& connection, Access access) : connection_(connection) {
  connection_.begin(access);
}

Transaction::~Transaction() { rollback(); }

void Transaction::commit() {
  CHECK(state_ == State::open);
  state_ = State::rolled_back;  // what a commit that throws leaves behind
  connection_.commit();
  state_ = State::committed;
}

void Transaction::rollback() noexcept {
  if (state_ != State::open) return;
  state_ = State::rolled_back;
  connection_.rollback();
}

void RowBuffer::before(std::string_view sql, Params params) {
  before_.push_back({std::string(sql), std::move(params)});
}

void RowBuffer::insert(const Table& table, std::initializer_list<Param> row) {
  CHECK(row.size() == table.columns.size());
  auto& values = values_of(table);
  values.insert(values.end(), row.begin(), row.end());
}

void RowBuffer::insert(const Table& table, std::vector<Param> row) {
  CHECK(row.size() == table.columns.size());
  auto& values = values_of(table);
  values.insert(values.end(), std::make_move_iterator(row.begin()),
                std::make_move_iterator(row.end()));
}

void RowBuffer::after(std::string_view sql, Params params) {
  after_.push_back({std::string(sql), std::move(params)});
}

void RowBuffer::take(RowBuffer&& other) {
  before_.insert(before_.end(), std::make_move_iterator(other.before_.begin()),
                 std::make_move_iterator(other.before_.end()));
  for (auto& insert : other.inserts_) {
    auto& values = values_of(*insert.table);
    values.insert(values.end(), std::make_move_iterator(insert.values.begin()),
                  std::make_move_iterator(insert.values.end()));
  }
  after_.insert(after_.end(), std::make_move_iterator(other.after_.begin()),
                std::make_move_iterator(other.after_.end()));
  other = {};
}

bool RowBuffer::empty() const { return before_.empty() && inserts_.empty() && after_.empty(); }

void RowBuffer::write_to(Connection& connection) {
  for (auto& statement : before_) connection.queue(statement.sql, std::move(statement.params));
  for (const auto& insert : inserts_) connection.insert_many(*insert.table, insert.values);
  for (auto& statement : after_) connection.queue(statement.sql, std::move(statement.params));
  before_.clear();
  inserts_.clear();
  after_.clear();
}

std::vector<Param>& RowBuffer::values_of(const Table& table) {
  for (auto& insert : inserts_) {
    if (insert.table == &table) return insert.values;
  }
  inserts_.push_back({&table, {}});
  return inserts_.back().values;
}

struct Pool::State {
  Database& database;
  std::mutex mutex;
  std::vector<std::unique_ptr<Connection>> idle;
};

Pool::Pool(Database& database) : state_(new State{database, {}, {}}) {}

Pool::~Pool() = default;

Pool::Lease Pool::lend() {
  while (true) {
    std::unique_ptr<Connection> connection;
    {
      std::lock_guard lock(state_->mutex);
      if (state_->idle.empty()) break;
      connection = std::move(state_->idle.back());
      state_->idle.pop_back();
    }
    if (connection->usable()) return {*this, std::move(connection)};
  }
  return {*this, state_->database.connect(Access::read)};
}

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection)
    : pool_(&pool), connection_(std::move(connection)) {}

Pool::Lease::~Lease() {
  if (!connection_ || !connection_->usable()) return;
  std::lock_guard lock(pool_->state_->mutex);
  pool_->state_->idle.push_back(std::move(connection_));
}

}  // namespace huilu::store
