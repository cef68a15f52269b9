#include "document/draft.h"

#include "document/draft_pack.h"
#include "document/testing.h"
#include "policy/finding.h"

namespace huilu::document {
namespace {

using testing::split;
using Texts = std::vector<std::string>;

// "clause actor action frequency count number deadline", - for what was not read.
std::vector<std::string> readings(const Document& document) {
  Texts out;
  for (const Proposal& one : draft_duties(document)) {
    const auto word = [](const Reading& reading) {
      return " " + (reading.id.empty() ? std::string("-") : reading.id);
    };
    const std::string number = one.number              ? std::to_string(*one.number)
                               : one.number_is_missing ? "?"
                                                       : "-";
    out.push_back(one.clause + word(one.actor) + word(one.action) + word(one.frequency) +
                  word(one.count) + " " + number + word(one.deadline));
  }
  return out;
}

// Of a workshop, in a genre that the word lists were not made from.
const std::string workshop =
    "车间安全管理办法\n一、总则\n安全是生产的前提。\n二、检查\n各班组每月至少召开2次安全例会。\n"
    "安全员每日开展巡查,及时报送隐患清单。\n车间党支部每年组织次安全培训。\n"
    "三、整改\n对检查发现的隐患,责任单位要在5个工作日内制定整改措施。\n"
    "每名职工每年参加演练不少于3次。\n";

TEST(Draft, who_does_what_how_often_and_how_much) {
  EXPECT_EQ(readings(split(workshop)),
            (Texts{"2.1 unit meet month at_least 2 -", "2.2 person inspect day - - -",
                   "2.2 person report - - - soon", "2.3 branch train year at_least ? -",
                   "3.1 unit plan - - - within", "3.2 person train year at_least 3 -"}));
}

TEST(Draft, each_proposal_carries_the_words_it_was_read_from) {
  const Document document = split(workshop);
  for (const Proposal& one : draft_duties(document)) {
    const Clause* clause = document.find(one.clause);
    ASSERT_NE(clause, nullptr);
    EXPECT_NE(clause->text.find(one.words), std::string::npos) << one.words;
    EXPECT_EQ(normalise(document.encoding, document.raw, one.raw, document.repairs), one.words);
    for (const Reading* reading : {&one.action, &one.frequency, &one.deadline, &one.count})
      EXPECT_NE(one.words.find(reading->words), std::string::npos) << reading->words;
  }
}

TEST(Draft, traditional_text_is_read_as_simplified_text_is) {
  const Texts simple = readings(split("办法\n各班组每月召开1次例会。\n党员要参加培训。\n"));
  EXPECT_EQ(simple, readings(split("辦法\n各班組每月召開1次例會。\n黨員要參加培訓。\n")));
  EXPECT_EQ(simple.size(), 2u);
}

TEST(Draft, praise_and_headings_are_no_duties) {
  EXPECT_TRUE(readings(split("办法\n一、加强安全教育\n安全具有十分重要的意义。\n"
                             "各项检查取得明显成效。\n"))
                  .empty());
}

TEST(Draft, a_pack_of_it_checks_without_findings) {
  const Document document = split(workshop);
  const auto files = draft_pack(document, draft_duties(document), {"draft.workshop", {18000}});
  const auto pack = policy::load_pack(files, {policy::core_pack()});
  std::string findings;
  if (!pack.ok())
    for (const Refusal& finding : pack.refusals()) findings += policy::line(finding) + "\n";
  ASSERT_TRUE(pack.ok()) << findings << files[0].bytes;
  EXPECT_EQ(pack->record_types.size(), 6u);
  ASSERT_EQ(pack->obligations.size(), 1u);  // the others' actors are no units of a pack
  EXPECT_EQ(pack->obligations[0].clauses, Texts{"D-2.3"});
  ASSERT_EQ(pack->parameters.size(), 1u);
  EXPECT_EQ(pack->parameters[0].values[0].basis, policy::Basis::assumed);
  EXPECT_EQ(pack->clauses[2].hole, "number");
  EXPECT_EQ(pack->documents[0].hash, document.hash);
}

}  // namespace
}  // namespace huilu::document
