// Answers about single bearers from the tables of both databases: explanations with their
// sentences, what is to be done, and what a record that is being typed would count for.
#include "compliance/explain.h"

#include "compliance/duty.h"
#include "compliance/index_testing.h"
#include "compliance/sentences.h"
#include "compliance/views.h"
#include "obligation/context.h"
#include "store/explaining.h"

namespace huilu::compliance::testing {

namespace {

using obligation::Verdict;

class ExplainTest : public IndexTest {
 protected:
  void SetUp() override {
    IndexTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    for (const auto& [unit, name] : {std::pair{a_, "林一"}, {a_, "林二"}, {b_, "周三"}}) {
      members_.push_back(person(name));
      join(members_.back(), unit, "2021-01-01");
    }
    secretary_ = appoint(members_.front(), a_, "2025-01-01");
  }

  std::optional<Answer> ask(const std::string& bearer, const std::string& duty,
                            const std::string& period) {
    return explain(
        connection(), packs_,
        {"trial/" + duty, *obligation::Bearer::parse(bearer), period, clock_.today(), clock_.now()},
        Names::loaded);
  }

  std::string said(const Answer& answer, words::Language language,
                   Shown shown = Shown::everything) {
    const Explained explained{answer.explanation, answer.facts, answer.home, shown};
    const auto duty = duty_of(packs_, answer.explanation);
    const Sentences sentences(explained, duty, language);
    std::string out = sentences.headline() + "\n";
    for (const auto& line : sentences.lines()) out += "  " + line + "\n";
    return out;
  }

  std::string to_do_text(const Whose& whose) {
    return text_of(to_do(connection(), packs_, whose, clock_.today(), clock_.now()).items);
  }
  std::string text_of(const std::vector<ToDo>& items) {
    std::string out;
    for (const auto& item : items) {
      out += item.obligation->name + " " + item.period + " " + item.home.text() + " " +
             (item.bearer ? item.bearer->text() : "-") + " " +
             std::string(obligation::word_of(item.verdict)) + " " + std::to_string(item.have) +
             "/" + std::to_string(item.need) + " " + std::to_string(item.missing) + " " +
             item.next_date(clock_.today()).text() + "\n";
    }
    return out;
  }

  std::string effects_text(const std::string& json) {
    std::string out;
    for (const auto& item :
         would_count(connection(), packs_, *catalog_, content(json), clock_.today(), clock_.now())
             .items) {
      out += item.after.obligation->name + " " + item.after.question.period + " " +
             item.bearer.text() + " " +
             (item.rejected ? item.rejected->why : std::string("counts")) + " " +
             std::string(obligation::word_of(item.before.verdict)) + "→" +
             std::string(obligation::word_of(item.after.verdict)) + "\n";
    }
    return out;
  }

  std::vector<PersonId> members_;
  TenureId secretary_;
};

INSTANTIATE_TEST_SUITE_P(On, ExplainTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(ExplainTest, says_why_in_three_languages) {
  const auto record = enter(talk({a_}, "2026-02-01"));
  const auto answer = ask(a_.text(), "talk_quarterly", "2026-Q1");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->explanation.verdict, Verdict::met);
  EXPECT_EQ(answer->home, a_);
  const std::string r = record.text();
  EXPECT_EQ(said(*answer, words::Language::zh_cn),
            "obligations.talk_quarterly.title（2026 年第 1 季度）：已完成。至少 1 次，已计 1 次。\n"
            "  属于任务对象：单位类型为党支部。\n"
            "  参数“t”= 1（本地决定，自 2019-01-01 起，按 2026-01-01 取值；依据 S9-1）。\n"
            "  参数“t”= 5 个工作日（本地决定，自 2019-01-01 起，按 2026-03-31 取值；依据 S9-1）。\n"
            "  计入 " +
                r +
                "：2026-02-01 开展，2026-03-02 录入。\n"
                "  自 2026-01-01 起，最迟 2026-03-31 开展，最迟 2026-04-08 录入。\n"
                "  录入期限按 5 "
                "个工作日推算：2026-04-01、2026-04-02、2026-04-03、2026-04-07、2026-04-08。\n"
                "  依据 S9-1（试 1.0.0）。\n");
  EXPECT_NE(said(*answer, words::Language::en).find("At least 1 needed, 1 counted."),
            std::string::npos);
  EXPECT_NE(said(*answer, words::Language::zh_tw).find("已計 1 次"), std::string::npos);
  for (const auto language :
       {words::Language::zh_cn, words::Language::zh_tw, words::Language::en}) {
    const auto text = said(*answer, language);
    EXPECT_EQ(text.find('{'), std::string::npos) << text;
    EXPECT_EQ(text.find("explain."), std::string::npos) << text;
  }
}

TEST_P(ExplainTest, says_what_did_not_count_and_what_would_turn_it) {
  const auto light = enter(talk({a_}, "2026-02-01", "open", 1));
  const auto plan = enter(talk({a_}, "2026-06-01", "open", 2));
  const auto answer = ask(a_.text(), "open_talk_yearly", "2026");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->explanation.verdict, Verdict::open);
  const auto text = said(*answer, words::Language::zh_cn);
  EXPECT_NE(text.find("未计 " + light.text() + "（2026-02-01）："), std::string::npos) << text;
  EXPECT_NE(text.find("未计 " + plan.text() + "（2026-06-01）：还只是计划。"), std::string::npos)
      << text;
  EXPECT_NE(text.find("再完成 2 次，即为“已完成”。"), std::string::npos) << text;
  const auto duty = duty_of(packs_, answer->explanation);
  obligation::Explanation::Fix mended{
      1, day("2026-03-02"), day("2026-03-02"), Verdict::met_late, {}, {light}, {}};
  EXPECT_EQ(
      Sentences({answer->explanation, answer->facts, answer->home}, duty, words::Language::zh_cn)
          .fix(mended),
      "2026-03-02 当天再完成 1 次，即为“逾期完成”。也可以补正 " + light.text() +
          "，每补正一条计一次。");
  const auto counts = said(*answer, words::Language::zh_cn, Shown::counts);
  EXPECT_EQ(counts.find(light.text()), std::string::npos) << counts;
}

TEST_P(ExplainTest, every_word_of_judgement_has_a_sentence) {
  for (const auto language :
       {words::Language::zh_cn, words::Language::zh_tw, words::Language::en}) {
    const auto has = [&](std::string_view prefix, std::string_view word) {
      const std::string key = std::string(prefix) + std::string(word);
      EXPECT_TRUE(words::all_texts(language).contains(key)) << key;
    };
    for (const auto word : obligation::verdict_words) has("verdict.", word);
    for (const auto word : obligation::not_applicable_words) {
      if (word != "none") has("explain.why_not.", word);
    }
    for (const auto word : policy::basis_words) has("basis.", word);
    for (const auto word : policy::duration_units) {
      has("sentence.one.", word);
      has("sentence.many.", word);
    }
    for (const auto word : calendar::period_kind_words) has("period.", word);
    for (const auto word : policy::bearer_kind_words) has("counted_in.", word);
    for (const auto* word : {"planned", "void", "outside_period", "too_late", "not_distinct"}) {
      has("explain.rejected.", word);
    }
    for (const auto* word : {"at_least", "at_most", "exactly", "all_of", "any_of", "holds"}) {
      has("explain.need.", word);
    }
  }
}

TEST_P(ExplainTest, a_member_and_a_post_are_told_apart_from_their_unit) {
  const auto member = ask(members_[1].text(), "member_attends", "2026-H1");
  ASSERT_TRUE(member);
  EXPECT_EQ(member->home, a_);
  EXPECT_EQ(member->explanation.verdict, Verdict::open);
  const auto view = explanation_view({member->explanation, member->facts, member->home}, packs_,
                                     words::Language::zh_cn);
  EXPECT_EQ(*view.find("bearer")->find("kind"), Value("member"));
  EXPECT_EQ(*view.find("bearer")->find("name"), Value("林二"));
  EXPECT_EQ(*view.find("bearer")->find("unit")->find("name"), Value("甲支部"));
  const auto hidden =
      explanation_view({member->explanation, member->facts, member->home, Shown::without_names},
                       packs_, words::Language::zh_cn);
  EXPECT_TRUE(hidden.find("bearer")->find("name")->is_null());
  const auto post = ask(secretary_.text(), "secretary_speaks", "2026-H1");
  ASSERT_TRUE(post);
  EXPECT_EQ(post->home, a_);
  EXPECT_FALSE(ask("t999999", "secretary_speaks", "2026-H1"));
  EXPECT_FALSE(ask("u999999", "talk_quarterly", "2026-Q1"));
  EXPECT_FALSE(ask(a_.text(), "no_such_duty", "2026-Q1"));
}

TEST_P(ExplainTest, to_do_is_what_can_still_be_done_by_the_nearest_date) {
  enter(talk({a_}, "2026-02-01", "open", 2, "", "\"" + members_[0].text() + "\""));
  const std::string a = a_.text();
  const std::string post = secretary_.text();
  EXPECT_EQ(to_do_text({{a_}, {}}),
            "open_talk_yearly 2025 " + a + " " + a + " unknown 0/2 2 2025-10-31\n" +
                "visited 2026-H1 " + a + " " + a + " open 0/1 1 2026-06-30\n" +
                "box_visited 2026-H1 " + a + " " + a + " open 0/1 1 2026-06-30\n" +
                "secretary_speaks 2026-H1 " + a + " " + post + " open 0/1 1 2026-06-30\n" +
                "member_attends 2026-H1 " + a + " - open 1/2 1 2026-06-30\n" +
                "open_talk_yearly 2026 " + a + " " + a + " open 1/2 1 2026-10-31\n");
  EXPECT_EQ(to_do_text({{}, members_[1]}),
            "member_attends 2026-H1 " + a + " " + members_[1].text() + " open 0/1 1 2026-06-30\n");
  EXPECT_EQ(to_do_text({{}, {}}), "");
}

TEST_P(ExplainTest, what_many_have_to_do_is_looked_through_once_for_each_home) {
  enter(talk({a_}, "2026-02-01", "open", 2, "", "\"" + members_[0].text() + "\""));
  const Whose both{{a_, b_}, {}}, own{{}, members_[1]}, secretary{{a_}, members_[0]};
  store::testing::Explaining alone(database().connect(store::Access::read));
  to_do(alone, packs_, both, clock_.today(), clock_.now());
  store::testing::Explaining together(database().connect(store::Access::read));
  const std::vector<Whose> all = {both, secretary, {{b_}, {}}, both, own};
  const auto lists = to_do_of_many(together, packs_, all, clock_.today(), clock_.now());
  ASSERT_EQ(lists.items.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_FALSE(lists.items[i].empty());
    EXPECT_EQ(text_of(lists.items[i]), to_do_text(all[i]));
  }
  // Where the two persons may bear something is asked of each; the rest is the same.
  EXPECT_LE(together.statements(), alone.statements() + 2 * 2);
}

TEST_P(ExplainTest, one_record_tells_every_duty_it_would_count_for) {
  const std::string json =
      talk({a_}, "2026-02-01", "open", 1, members_[0].text(), "\"" + members_[1].text() + "\"");
  const std::string a = a_.text();
  EXPECT_EQ(effects_text(json), "talk_quarterly 2026-Q1 " + a +
                                    " counts open→met\n"
                                    "open_talk_yearly 2026 " +
                                    a +
                                    " quality unknown→open\n"
                                    "secretary_speaks 2026-H1 " +
                                    secretary_.text() +
                                    " counts open→met\n"
                                    "member_attends 2026-H1 " +
                                    members_[1].text() + " counts open→met\n");
  EXPECT_NE(effects_text(talk({a_}, "2026-05-01")).find("planned"), std::string::npos);
  EXPECT_TRUE(connection().query("select 1 from record", {}).empty()) << "nothing was written";
}

TEST_P(ExplainTest, a_moment_is_a_day_an_instant_or_an_entry) {
  EXPECT_EQ(moment_of(connection(), "2026-03-02"), obligation::end_of_day(day("2026-03-02")));
  EXPECT_EQ(moment_of(connection(), "2026-03-02T01:02:03.004Z")->text(),
            "2026-03-02T01:02:03.004Z");
  EXPECT_EQ(moment_of(connection(), "1")->text(), clock_.now().text());
  for (const char* none : {"", "0", "999999", "2026-13-01", "2026-03-02T25:00:00.000Z", "x"}) {
    EXPECT_FALSE(moment_of(connection(), none)) << none;
  }
}

class CasesExplained : public ExplainTest {
 protected:
  std::string duties_here() const override { return all_duties(); }
};

INSTANTIATE_TEST_SUITE_P(On, CasesExplained, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(CasesExplained, items_are_named_with_their_verdicts) {
  const auto record = enter(talk({a_}, "2026-02-01"));
  const auto answer = ask(a_.text(), "each_subject", "2026-H1");
  ASSERT_TRUE(answer);
  const std::string text = said(*answer, words::Language::zh_cn);
  EXPECT_NE(text.find("共 2 项，已完成 1 项。"), std::string::npos) << text;
  EXPECT_NE(text.find("  o：已完成。\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  c：未到期，应在 2026-06-30 前完成、2026-07-07 前录入。\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("计入 " + record.text()), std::string::npos) << text;
  const Explained counts{answer->explanation, answer->facts, answer->home, Shown::counts};
  const auto view = explanation_view(counts, packs_, words::Language::zh_cn);
  ASSERT_EQ(view.find("test")->find("parts")->list()->size(), 2U);
  EXPECT_EQ(*view.find("test")->find("parts")->list()->at(1).find("say")->text(), "c");
}

// Above the branch it is not told for whom.
TEST_P(CasesExplained, members_are_named_only_where_names_are_shown) {
  enter(talk({a_}, "2026-02-01", "open", 2, "", "\"" + members_[0].text() + "\""));
  const auto answer = ask(a_.text(), "each_member_heard", "2026-Q1");
  ASSERT_TRUE(answer);
  EXPECT_NE(said(*answer, words::Language::zh_cn).find("  林一：已完成。\n"), std::string::npos);
  const std::string counts = said(*answer, words::Language::zh_cn, Shown::counts);
  EXPECT_NE(counts.find("共 2 项，已完成 1 项。"), std::string::npos) << counts;
  EXPECT_EQ(counts.find(members_[0].text()), std::string::npos) << counts;
  const Explained withheld{answer->explanation, answer->facts, answer->home, Shown::counts};
  const auto view = explanation_view(withheld, packs_, words::Language::zh_cn);
  EXPECT_TRUE(view.find("test")->find("parts")->list()->empty());
}

TEST_P(CasesExplained, what_answers_to_a_case_is_told_while_it_is_typed) {
  EXPECT_NE(effects_text(talk({a_}, "2026-02-01")).find("each_subject 2026-H1"), std::string::npos);
}

}  // namespace

}  // namespace huilu::compliance::testing
