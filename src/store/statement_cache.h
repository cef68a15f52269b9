// StatementCache: the prepared statements of one connection, by their text, least recently used out
// first. Texts are nearly always literals, so a look-up tries the literal's address before hashing;
// the bytes are compared in any case, because an address may be used again for another text.
#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace huilu::store {

template <class Statement>
class StatementCache {
 public:
  // The statement of this text, or a null pointer. It stays where it is until it is trimmed.
  Statement* find(std::string_view sql) {
    Slot& slot = slots_[reinterpret_cast<std::uintptr_t>(sql.data()) / 8 % slots_.size()];
    if (slot.address && slot.address == sql.data() && slot.entry->sql == sql) {
      return used(slot.entry);
    }
    const auto found = by_text_.find(sql);
    if (found == by_text_.end()) return nullptr;
    slot = {sql.data(), found->second};
    return used(found->second);
  }

  Statement& insert(std::string_view sql, Statement statement) {
    entries_.push_front({std::string(sql), std::move(statement)});
    by_text_.emplace(entries_.front().sql, entries_.begin());
    return entries_.front().statement;
  }

  std::size_t size() const { return entries_.size(); }

  // Takes out what was used least recently until `capacity` are left.
  template <class Drop>
  void trim(std::size_t capacity, Drop drop) {
    if (entries_.size() <= capacity) return;
    slots_ = {};
    while (entries_.size() > capacity) {
      drop(entries_.back().statement);
      by_text_.erase(entries_.back().sql);
      entries_.pop_back();
    }
  }

 private:
  struct Entry {
    std::string sql;
    Statement statement;
  };
  using Position = typename std::list<Entry>::iterator;
  struct Slot {
    const char* address = nullptr;
    Position entry{};
  };

  Statement* used(Position entry) {
    entries_.splice(entries_.begin(), entries_, entry);
    return &entry->statement;
  }

  std::list<Entry> entries_;  // the most recently used first
  std::unordered_map<std::string_view, Position> by_text_;
  std::array<Slot, 256> slots_{};
};

}  // namespace huilu::store
