// The directory: what a text finds, in which order and for whom, that it follows changes, and how
// long a search over many names takes.
#include "org/directory.h"

#include <chrono>
#include <thread>

#include "base/text.h"
#include "org/name_index.h"
#include "org/paths.h"
#include "org/testing.h"

namespace huilu::org::testing {

namespace {

constexpr std::size_t many = 50'000;  // the country has 665,000: see the bench

NameIndex index_of(const std::vector<std::string>& names) {
  NameIndex index;
  std::int64_t id = 0;
  for (const auto& name : names) {
    ++id;
    EXPECT_TRUE(index.put({id, id > 1 ? 1 : 0, name, {day("2020-01-01"), std::nullopt}}));
  }
  index.link();
  return index;
}

std::string found(const NameIndex& index, std::string_view text, std::size_t limit = 10,
                  const std::vector<std::int64_t>* below = nullptr) {
  std::string names;
  for (const auto& match : index.search(folded(text), below, day("2026-03-02"), limit)) {
    names += (names.empty() ? "" : " ") + *index.name_of(match.id);
  }
  return names;
}

TEST(Search, finds_parts_of_names_in_either_script_and_by_first_letters) {
  const NameIndex index =
      index_of({"栖湖街道", "重庆市", "长安区", "西湖区栖湖社区", "ABC公司", "李明"});
  struct Case {
    const char* text;
    const char* names;
  };
  for (const auto& [text, names] :
       {Case{"栖湖", "栖湖街道 西湖区栖湖社区"}, Case{"棲湖", "栖湖街道 西湖区栖湖社区"},
        Case{"qh", "栖湖街道 西湖区栖湖社区"}, Case{"QHJD", "栖湖街道"}, Case{"重慶", "重庆市"},
        Case{"cq", "重庆市"}, Case{"zq", "重庆市"}, Case{"ca", "长安区"}, Case{"za", "长安区"},
        Case{"abc", "ABC公司"}, Case{"ａｂｃ公司", "ABC公司"}, Case{"abcgs", "ABC公司"},
        Case{"李明", "李明"}, Case{"lm", "李明"}, Case{"不存在", ""}, Case{" ", ""}}) {
    EXPECT_EQ(found(index, text), names) << text;
  }
}

TEST(Search, a_name_that_begins_with_the_text_comes_first_then_the_shorter) {
  const NameIndex index = index_of({"大栖湖", "栖湖村民委员会", "栖湖村", "小栖湖村"});
  EXPECT_EQ(found(index, "栖湖"), "栖湖村 栖湖村民委员会 大栖湖 小栖湖村");
  EXPECT_EQ(found(index, "栖湖", 2), "栖湖村 栖湖村民委员会");
}

TEST(Search, stays_below_the_units_that_are_open) {
  NameIndex index;
  const Interval always{day("2020-01-01"), std::nullopt};
  ASSERT_TRUE(index.put({1, 0, "根", always}));
  ASSERT_TRUE(index.put({2, 1, "甲县", always}));
  ASSERT_TRUE(index.put({3, 1, "乙县", always}));
  ASSERT_TRUE(index.put({4, 2, "东村", always}));
  ASSERT_TRUE(index.put({5, 3, "西村", always}));
  ASSERT_TRUE(index.put({6, 3, "旧村", {day("2020-01-01"), day("2026-03-02")}}));
  index.link();
  const std::vector<std::int64_t> a = {2}, both = {2, 3}, none;
  EXPECT_EQ(found(index, "村", 10, &a), "东村");
  EXPECT_EQ(found(index, "村", 10, &both), "东村 西村");
  EXPECT_EQ(found(index, "村", 10, &none), "");
  EXPECT_EQ(index.path_of(5), label_of(1) + label_of(3) + label_of(5));
  // 3 moves below 2: one link, and everything below goes along.
  ASSERT_TRUE(index.put({3, 2, "乙县", always}));
  index.link();
  EXPECT_EQ(found(index, "村", 10, &a), "东村 西村");
  EXPECT_EQ(index.path_of(5), label_of(1) + label_of(2) + label_of(3) + label_of(5));
}

TEST(Search, an_old_name_is_not_found_and_ids_come_in_order) {
  NameIndex index = index_of({"旧名", "重名"});
  ASSERT_TRUE(index.put({1, 0, "新名", {day("2020-01-01"), std::nullopt}}));
  EXPECT_EQ(found(index, "旧名"), "");
  EXPECT_EQ(found(index, "jm"), "");
  EXPECT_EQ(found(index, "xm"), "新名");
  EXPECT_FALSE(index.put({0, 0, "迟", {day("2020-01-01"), std::nullopt}}));
}

// Printed, because a time is no reason to fail a build.
TEST(Search, over_many_names) {
  const std::vector<std::string> parts = {"东", "西", "南", "北", "湖", "山", "河", "新", "重",
                                          "长", "安", "庆", "桥", "塘", "沙", "石", "陈", "李"};
  NameIndex index;
  for (std::size_t i = 0; i < many; ++i) {
    std::string name;
    for (std::size_t rest = i * 7919 + 13, n = 0; n < 3; ++n, rest /= parts.size()) {
      name += parts[rest % parts.size()];
    }
    name += i % 3 == 0 ? "社区居委会" : "村委会";
    ASSERT_TRUE(
        index.put({static_cast<std::int64_t>(i) + 1, 0, name, {day("2020-01-01"), std::nullopt}}));
  }
  index.link();
  for (const auto* text : {"陈李桥", "湖", "村委会", "cq", "w", "没有的名字"}) {
    const auto start = std::chrono::steady_clock::now();
    const auto matches = index.search(folded(text), nullptr, day("2026-03-02"), 20);
    const auto took = std::chrono::steady_clock::now() - start;
    std::cout << "search for " << text
              << " over 50,000 names: " << std::chrono::duration<double, std::milli>(took).count()
              << " ms, " << matches.size() << " found\n";
  }
}

class DirectoryTest : public OrgTest {
 protected:
  std::string hits(const std::string& text, std::vector<std::string> below = {""}) {
    std::string names;
    for (const auto& hit :
         directory_.search({text, Among::both, std::move(below), day("2026-03-02"), 20})) {
      names += (names.empty() ? "" : " ") + hit.name + "@" +
               (hit.unit ? hit.unit.text() : hit.place.text());
      EXPECT_EQ(hit.path, hit.unit ? unit_of(hit.unit).path : hit.path);
    }
    return names;
  }

  Directory directory_;
};

INSTANTIATE_TEST_SUITE_P(On, DirectoryTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(DirectoryTest, follows_creates_renames_moves_and_closes) {
  const UnitId root = create("市委");
  directory_.load(connection());
  restart({&directory_});
  const UnitId a = create("甲县委", root);
  const UnitId b = create("乙县委", root);
  const UnitId leaf = create("栖湖支部", a, "branch");
  EXPECT_EQ(hits("栖湖"), "栖湖支部@" + leaf.text());
  EXPECT_EQ(hits("栖湖", {unit_of(a).path}), "栖湖支部@" + leaf.text());
  EXPECT_EQ(hits("栖湖", {unit_of(b).path}), "");
  EXPECT_EQ(hits("栖湖", {}), "");
  move(a, b, day("2026-03-02"));
  EXPECT_EQ(hits("栖湖", {unit_of(b).path}), "栖湖支部@" + leaf.text());
  done(make_command(RenameUnit{leaf, 1, "西湖支部", day("2026-03-01")}));
  EXPECT_EQ(hits("栖湖"), "");
  EXPECT_EQ(hits("xh"), "西湖支部@" + leaf.text());
  EXPECT_EQ(directory_.name_of(leaf), "西湖支部");
  done(make_command(CloseUnit{leaf, 2, day("2026-03-02")}));
  EXPECT_EQ(hits("西湖"), "");
  Directory fresh;
  fresh.load(connection());
  EXPECT_EQ(fresh.name_of(leaf), "西湖支部");
}

TEST_P(DirectoryTest, may_be_searched_while_it_follows) {
  const UnitId root = create("市委");
  directory_.load(connection());
  restart({&directory_});
  std::atomic<bool> stop = false;
  std::atomic<std::size_t> most = 0;
  std::thread reader([&] {
    while (!stop) {
      most =
          std::max(most.load(),
                   directory_.search({"支部", Among::units, {""}, day("2026-03-02"), 100}).size());
    }
  });
  for (int i = 0; i < 20; ++i) create("支部" + std::to_string(i), root, "branch");
  stop = true;
  reader.join();
  EXPECT_EQ(directory_.search({"支部", Among::units, {""}, day("2026-03-02"), 100}).size(), 20u);
  EXPECT_LE(most, 20u);
}

}  // namespace

}  // namespace huilu::org::testing
