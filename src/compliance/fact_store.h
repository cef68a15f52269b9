// Facts in memory: for each subject (a unit, a person) what records say that can count for it, 16
// bytes each. Facts of one subject stand together, in the order of records and types; those of a
// record that was revised stand newest version first, because since when it has counted without a
// break depends on what is asked. No date of today and no duty is in them.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "compliance/links.h"

namespace huilu::compliance {

// What a version of a record says for one subject and record type.
struct Fact {
  static constexpr std::uint64_t older = std::uint64_t{1} << 23;  // in `mask`: not the newest one
  static constexpr int conditions_max = 23;

  std::uint64_t record : 40;
  std::uint64_t mask : 24;   // conditions of the type that hold, one bit each
  std::uint64_t type : 16;   // the index's own number of the record type
  std::uint64_t day : 24;    // it counts on, from 0001-01-01
  std::uint64_t since : 24;  // day on which this version was entered

  static std::uint64_t packed(Date day) { return static_cast<std::uint64_t>(day.days - first); }
  Date counts_on() const { return {static_cast<std::int32_t>(day) + first}; }
  Date entered_on() const { return {static_cast<std::int32_t>(since) + first}; }

 private:
  static constexpr std::int32_t first = -719'162;  // 0001-01-01
};
static_assert(sizeof(Fact) == 16);

class FactStore {
 public:
  void grow(std::size_t subjects);
  std::size_t subjects() const { return blocks_.size(); }
  std::size_t facts() const { return facts_; }
  std::size_t bytes() const;

  std::span<const Fact> of(Slot subject) const {
    const Block& block = blocks_[subject];
    return {pages_[block.page].get() + block.offset, block.size};
  }
  // The subject's only facts from now on; in order.
  void assign(Slot subject, std::span<const Fact> facts);
  // Whatever the subject had of the record makes place for these.
  void replace(Slot subject, RecordId record, std::span<const Fact> facts);

 private:
  struct Block {
    std::uint32_t page = 0;
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
    std::uint32_t capacity = 0;
  };
  static constexpr std::uint32_t page_facts = 1 << 16;
  static constexpr std::uint32_t reused_max = 256;  // larger blocks are not kept for reuse

  Fact* data(const Block& block) { return pages_[block.page].get() + block.offset; }
  Block take(std::uint32_t capacity);
  void give_back(const Block& block);

  std::vector<Block> blocks_;
  std::vector<std::unique_ptr<Fact[]>> pages_;
  std::uint32_t fill_page_ = 0;  // where new blocks are cut from
  std::uint32_t fill_offset_ = page_facts;
  std::array<std::vector<Block>, reused_max + 1> free_;  // by capacity
  std::size_t facts_ = 0;
  std::size_t page_bytes_ = 0;
};

}  // namespace huilu::compliance
