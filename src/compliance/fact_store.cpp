#include "compliance/fact_store.h"

#include <algorithm>

namespace huilu::compliance {

namespace {

// A block that has to move takes room for more.
std::uint32_t room_for(std::size_t size) { return static_cast<std::uint32_t>(size + size / 2 + 2); }

}  // namespace

void FactStore::grow(std::size_t subjects) {
  if (pages_.empty()) {
    pages_.push_back(nullptr);  // of blocks that are empty
  }
  blocks_.resize(subjects);
}

std::size_t FactStore::bytes() const { return page_bytes_ + blocks_.capacity() * sizeof(Block); }

FactStore::Block FactStore::take(std::uint32_t capacity) {
  if (capacity <= reused_max && !free_[capacity].empty()) {
    const Block block = free_[capacity].back();
    free_[capacity].pop_back();
    return block;
  }
  const bool own_page = capacity > page_facts / 4;
  if (own_page || fill_offset_ + capacity > page_facts) {
    const std::uint32_t size = own_page ? capacity : page_facts;
    pages_.push_back(std::make_unique_for_overwrite<Fact[]>(size));
    page_bytes_ += size * sizeof(Fact);
    const auto page = static_cast<std::uint32_t>(pages_.size() - 1);
    if (own_page) return {page, 0, 0, capacity};
    fill_page_ = page;
    fill_offset_ = 0;
  }
  const Block block{fill_page_, fill_offset_, 0, capacity};
  fill_offset_ += capacity;
  return block;
}

void FactStore::give_back(const Block& block) {
  if (block.capacity > page_facts / 4) {
    page_bytes_ -= block.capacity * sizeof(Fact);
    pages_[block.page].reset();
  } else if (block.capacity > 0 && block.capacity <= reused_max) {
    free_[block.capacity].push_back({block.page, block.offset, 0, block.capacity});
  }
}

void FactStore::assign(Slot subject, std::span<const Fact> facts) {
  Block& block = blocks_[subject];
  const auto size = static_cast<std::uint32_t>(facts.size());
  if (block.capacity < size) {
    give_back(block);
    block = take(size);
  }
  facts_ += facts.size();
  facts_ -= block.size;
  block.size = size;
  if (size > 0) std::copy(facts.begin(), facts.end(), data(block));
}

void FactStore::replace(Slot subject, RecordId record, std::span<const Fact> facts) {
  Block& block = blocks_[subject];
  Fact* const begin = block.capacity > 0 ? data(block) : nullptr;
  Fact* const end = begin + block.size;
  const auto wanted = static_cast<std::uint64_t>(record.value);
  Fact* const first =
      block.size == 0 || (end - 1)->record < wanted
          ? end
          : std::lower_bound(begin, end, wanted,
                             [](const Fact& fact, std::uint64_t id) { return fact.record < id; });
  Fact* last = first;
  while (last != end && last->record == wanted) ++last;

  const std::size_t before = static_cast<std::size_t>(first - begin);
  const std::size_t after = static_cast<std::size_t>(end - last);
  const std::size_t size = before + facts.size() + after;
  if (size > block.capacity) {
    Block next = take(room_for(size));
    next.size = static_cast<std::uint32_t>(size);
    Fact* out = std::copy(begin, first, data(next));
    out = std::copy(facts.begin(), facts.end(), out);
    std::copy(last, end, out);
    facts_ += size - block.size;
    give_back(block);
    block = next;
    return;
  }
  if (size > block.size) {
    std::move_backward(last, end, begin + size);
  } else {
    std::move(last, end, first + facts.size());
  }
  std::copy(facts.begin(), facts.end(), first);
  facts_ += size;
  facts_ -= block.size;
  block.size = static_cast<std::uint32_t>(size);
}

}  // namespace huilu::compliance
