// Random histories: whatever is entered, corrected, taken back, moved, closed, decided, in whatever
// order and on whatever day, the index that followed it says what an index loaded afterwards says,
// and what the evaluator says of every bearer, summed along the trees. HUILU_SEED replays one.
#include <cstdlib>
#include <iostream>
#include <random>

#include "compliance/index_testing.h"
#include "compliance/oracle.h"
#include "org/queries.h"
#include "org/tables.h"

namespace huilu::compliance::testing {

namespace {

const int steps = std::getenv("HUILU_STEPS")  ? std::atoi(std::getenv("HUILU_STEPS"))
                  : std::getenv("HUILU_LONG") ? 120
                                              : 36;
constexpr int steps_between_checks = 12;

std::uint64_t seed_of_run() {
  const char* given = std::getenv("HUILU_SEED");
  return given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

class HistoriesTest : public IndexTest {
 protected:
  std::string duties_here() const override { return all_duties(); }

  void SetUp() override {
    IndexTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    seed_ = seed_of_run();
    RecordProperty("seed", std::to_string(seed_));
    random_.seed(seed_);
    units_ = every_unit();
    make_places();
  }

  void make_places() {
    const auto writer = database().connect(store::Access::write);
    for (const auto& [id, parent] :
         {std::pair{900'001, 0}, {900'002, 900'001}, {900'003, 900'001}, {900'004, 900'002}}) {
      writer->execute(
          "insert into place (id, name, level, parent, path, sort_key, pseudo, version, seq) "
          "values (?1, 'p', 9, ?2, ?3, ?4, 0, 1, 1)",
          {id, parent == 0 ? store::Param() : store::Param(parent), std::to_string(id),
           store::Bytes{"p"}});
      places_.push_back(PlaceId{id});
    }
  }

  std::size_t below(std::size_t count) { return random_() % count; }
  template <class T>
  const T& one_of(const std::vector<T>& items) {
    return items[below(items.size())];
  }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  Date today() const { return clock_.today(); }
  // Mostly within the periods that are kept, sometimes ahead.
  Date some_day() { return today() + 20 + -static_cast<int>(below(430)); }
  Date past_day() { return today() + -static_cast<int>(below(430)); }

  // True where it was not refused.
  bool attempt(org::CommandPtr command) {
    const auto outcome = run(std::move(command));
    EXPECT_EQ(outcome.fault, "");
    done_ += outcome.refusals.empty() ? 1 : 0;
    if (std::getenv("HUILU_TELL")) {
      std::cout << outcome.refusals.empty() << " ";
      for (const auto& refusal : outcome.refusals) {
        std::cout << kind_of(refusal.code).name << refusal.where << " ";
      }
      std::cout << "\n";
    }
    reply_ = outcome.reply.body;
    return outcome.refusals.empty();
  }

  std::string quoted_persons() {
    std::string out;
    for (const PersonId one : persons_) {
      if (chance(40)) out += (out.empty() ? "\"" : ",\"") + one.text() + "\"";
    }
    return out;
  }

  std::string some_record() {
    std::vector<UnitId> units = {one_of(units_)};
    if (chance(20) && one_of(units_) != units.front()) units.push_back(units_.back());
    if (units.size() == 2 && units[0] == units[1]) units.pop_back();
    const std::string date = some_day().text();
    if (chance(70)) {
      const std::string speaker = persons_.empty() || chance(40) ? "" : one_of(persons_).text();
      return talk(units, date, chance(70) ? "open" : "closed", static_cast<int>(below(4)), speaker,
                  quoted_persons());
    }
    const std::string unit = units.front().text();
    if (chance(40)) return some_visit(unit);
    if (chance(50)) {
      return R"({"types":["trial/paper"],"units":[")" + unit + R"("],"date":")" +
             past_day().text() + R"(","present":[],"fields":{"trial/paper":{"signed":")" +
             some_day().text() + R"("}}})";
    }
    return R"({"types":["trial/post_box"],"units":[")" + unit + R"("],"date":")" +
           past_day().text() + R"(","present":[],"fields":{"trial/post_box":{"from":")" +
           past_day().text() + R"(","until":")" + some_day().text() + R"(","keeper":")" +
           one_of(units_).text() + R"("}}})";
  }

  // Names its host and, where there is one, somebody's box, perhaps one that was taken back since.
  std::string some_visit(const std::string& unit) {
    std::string fields = R"("host":")" + one_of(units_).text() + '"';
    if (!records_.empty()) {
      const RecordId box = one_of(records_);
      const auto now = *record::version_of(connection(), box);
      if (now.content.types.front() == "trial/post_box") fields += R"(,"box":")" + box.text() + '"';
    }
    const bool visits = chance(70), walks = !visits || chance(30);
    const std::string types = std::string(visits ? R"("trial/visit")" : "") +
                              (visits && walks ? "," : "") + (walks ? R"("trial/walk")" : "");
    return R"({"types":[)" + types + R"(],"units":[")" + unit + R"("],"date":")" +
           some_day().text() + R"(","present":[)" + quoted_persons() + R"(],"fields":{)" +
           (visits ? R"("trial/visit":{)" + fields + "}" : "") + "}}";
  }

  void enter_one() {
    if (attempt(std::make_unique<record::EnterRecord>(*catalog_, content(some_record())))) {
      records_.push_back(*RecordId::parse(*reply_.find("id")->text()));
    }
  }

  void revise_one() {
    if (records_.empty()) return enter_one();
    auto now = *record::version_of(connection(), one_of(records_));
    const auto version = now.version;
    std::optional<record::Content> next;
    if (chance(70)) next = chance(50) ? content(some_record()) : now.content;
    if (next && chance(50)) next->date = some_day();
    attempt(std::make_unique<record::ReviseRecord>(*catalog_, std::move(now), version,
                                                   std::move(next), "更正"));
  }

  void move_one() {
    const UnitId unit = one_of(units_);
    const org::Unit now = unit_of(unit);
    const Date date = some_day();
    if (chance(30)) {
      org::RelateUnit seat{unit, now.version, org::RelationKind::seated_in, {}, date};
      seat.target.place = one_of(places_);
      attempt(org::make_command(std::move(seat)));
      return;
    }
    attempt(org::make_command(
        org::MoveUnit{unit, now.version, org::parent_on(now, date), one_of(units_), date}));
  }

  void change_unit() {
    const UnitId unit = one_of(units_);
    const org::Unit now = unit_of(unit);
    if (chance(60)) {
      org::Kind kind = now.kinds.back().value;
      kind.tags = chance(50) ? std::vector<std::string>{"busy"} : std::vector<std::string>();
      attempt(org::make_command(org::ChangeUnitKind{unit, now.version, kind, some_day()},
                                org::testing::words()));
    } else if (chance(60)) {
      org::ChangeUnitDetails details{unit, now.version, {}, {}, {}, {}};
      details.official_order = static_cast<std::int64_t>(below(5));
      if (chance(60)) details.go_live = past_day();
      attempt(org::make_command(std::move(details)));
    } else {
      attempt(org::make_command(org::CloseUnit{unit, now.version, some_day()}));
    }
  }

  void create_one() {
    org::CreateUnit change;
    change.name = "新支部" + std::to_string(units_.size());
    change.kind = {"branch", 5, std::nullopt, {}};
    if (chance(40)) change.kind.tags = {"busy"};
    change.parent = one_of(units_);
    change.from = past_day();
    if (chance(40)) change.seat = one_of(places_);
    if (attempt(org::make_command(std::move(change), org::testing::words()))) {
      units_.push_back(*UnitId::parse(*reply_.find("unit")->text()));
    }
  }

  void change_people() {
    if (persons_.size() < 3 || chance(25)) {
      if (attempt(org::make_command(org::CreatePerson{"人", {}}))) {
        persons_.push_back(*PersonId::parse(*reply_.find("person")->text()));
      }
      return;
    }
    const PersonId who = one_of(persons_);
    const auto history = org::history_of(connection(), who);
    if (chance(60)) {
      org::StartMembership start;
      start.person = who;
      start.unit = one_of(units_);
      start.date = some_day();
      start.floating = chance(30);
      if (start.floating && chance(70)) start.host_unit = one_of(units_);
      if (!history.memberships.empty() && chance(70)) {
        start.replaces = history.memberships.back().id;
        start.replaces_in = history.memberships.back().unit;
      }
      attempt(org::make_command(std::move(start), vocabulary()));
    } else if (chance(50) && !history.tenures.empty()) {
      const auto& tenure = history.tenures.back();
      const auto rows = connection().query("select unit from post where id = ?1", {tenure.post});
      attempt(org::make_command(org::EndTenure{tenure.id, tenure.post, rows[0].id<UnitId>(0),
                                               tenure.version, some_day()}));
    } else {
      const UnitId unit = one_of(units_);
      if (!attempt(org::make_command(org::CreatePost{unit, "secretary", "书记", {}, past_day()},
                                     vocabulary()))) {
        return;
      }
      org::StartTenure start;
      start.post = *PostId::parse(*reply_.find("post")->text());
      start.unit = unit;
      start.person = who;
      start.date = some_day();
      attempt(org::make_command(start));
    }
  }

  void decide_value() {
    const std::vector<UnitId> roots = {root_};
    enactment::NewDecided value{"trial/talks", Value(static_cast<std::int64_t>(1 + below(3))),
                                some_day(),    "ref",
                                "note",        chance(50)};
    if (!attempt(std::make_unique<enactment::ProposeValue>(packs_, value, roots))) return;
    const auto proposed =
        enactment::find_decided(connection(), *DecidedId::parse(*reply_.find("id")->text()));
    attempt(std::make_unique<enactment::ConfirmProposal>(enactment::proposed(*proposed), 1, roots));
  }

  void change_campaign() {
    const auto running = campaign::list(connection(), {}, 10);
    if (running.empty()) {
      attempt(std::make_unique<campaign::LaunchCampaign>(
          packs_, campaign::NewCampaign{"trial", chance(70) ? root_ : east_, {}}));
    } else if (chance(80)) {
      attempt(std::make_unique<campaign::PlaceUnit>(running.front(),
                                                    campaign::NewPlacement{one_of(units_),
                                                                           chance(50)   ? "one"
                                                                           : chance(50) ? "two"
                                                                                        : "",
                                                                           some_day(), "reason"}));
    } else {
      attempt(std::make_unique<campaign::EndCampaign>(running.front(), running.front().version,
                                                      some_day(), "reason"));
    }
  }

  void change_leave();
  void import_days();
  void pass_days();
  void step();
  void check();
  void check_saved(Oracle& oracle);
  ParentRows rows(const char* sql);

  std::mt19937_64 random_;
  std::uint64_t seed_ = 0;
  std::vector<UnitId> units_;
  std::vector<PlaceId> places_;
  std::vector<PersonId> persons_;
  std::vector<RecordId> records_;
  int revisions_ = 0;
  int done_ = 0;
  int restored_ = 0;
  Value reply_;
};

void HistoriesTest::change_leave() {
  const auto leaves = exemption::all_leaves(connection());
  if (!leaves.empty() && chance(30)) {
    const auto leave = exemption::find(connection(), LeaveId{leaves.back().leave.id});
    attempt(std::make_unique<exemption::WithdrawLeave>(*leave, leave->version, "reason",
                                                       command::Permission::exemption_decide));
    return;
  }
  exemption::NewLeave asked;
  asked.kind = chance(50) ? obligation::LeaveKind::exempt : obligation::LeaveKind::defer;
  const bool member = !persons_.empty() && chance(30);
  asked.obligation = member       ? "trial/member_attends"
                     : chance(30) ? "trial/open_talk_yearly"
                     : chance(30) ? "trial/open_talk"
                                  : "trial/talk_quarterly";
  asked.bearer = member ? obligation::Bearer{{}, {}, one_of(persons_)}
                        : obligation::Bearer{one_of(units_), {}, {}};
  const std::vector<std::string> periods = {"2025-Q4", "2026-Q1", "2026-Q2", "2026",
                                            "2025",    "2026-H1", "2025-H2"};
  asked.period = one_of(periods);
  asked.reason = "other";
  asked.note = "note";
  if (asked.kind == obligation::LeaveKind::defer) asked.act = some_day();
  obligation::Facts facts = load_policy(connection(), packs_);
  const auto homes = units_of(connection(), asked.bearer);
  load_units(connection(), homes, Names::left_out, facts);
  const auto terms = exemption::terms_of(facts, asked, today(), clock_.now());
  if (!terms || !attempt(std::make_unique<exemption::AskLeave>(asked, *terms))) return;
  const auto leave = exemption::find(connection(), *LeaveId::parse(*reply_.find("id")->text()));
  attempt(std::make_unique<exemption::DecideLeave>(
      *leave, exemption::Addressed{terms->home, terms->approver},
      exemption::NewDecision{leave->version, exemption::Decision::approve, "note"}, AccountId{}));
}

void HistoriesTest::import_days() {
  calendar::Revision revision;
  revision.id = "2026-" + std::to_string(++revisions_);
  revision.year = 2026;
  revision.published = past_day();
  revision.source = "s";
  const Date from = today() + static_cast<int>(below(60));
  revision.rest = {{from, from + 3}};
  attempt(std::make_unique<enactment::ImportRevisions>(
      packs_, std::vector<calendar::Revision>{revision}, std::vector<UnitId>{root_}));
}

void HistoriesTest::pass_days() {
  const int days = chance(70) ? 1 + static_cast<int>(below(3)) : static_cast<int>(below(60));
  set_today(today() + days);
  if (chance(50)) attempt(org::settle_tree(today()));
  EXPECT_TRUE(index_->begin_day(connection(), today()));
}

void HistoriesTest::step() {
  struct Kind {
    int weight;
    void (HistoriesTest::*what)();
  };
  static const std::vector<Kind> kinds = {
      {30, &HistoriesTest::enter_one},   {15, &HistoriesTest::revise_one},
      {10, &HistoriesTest::move_one},    {10, &HistoriesTest::change_unit},
      {5, &HistoriesTest::create_one},   {15, &HistoriesTest::change_people},
      {4, &HistoriesTest::decide_value}, {6, &HistoriesTest::change_campaign},
      {8, &HistoriesTest::change_leave}, {2, &HistoriesTest::import_days},
      {8, &HistoriesTest::pass_days}};
  int all = 0;
  for (const auto& kind : kinds) all += kind.weight;
  int at = static_cast<int>(below(static_cast<std::size_t>(all)));
  for (const auto& kind : kinds) {
    if (at < kind.weight) return (this->*kind.what)();
    at -= kind.weight;
  }
}

ParentRows HistoriesTest::rows(const char* sql) {
  ParentRows rows;
  for (const auto row : connection().query(sql)) {
    rows[row.integer(0)].push_back(
        {row.integer_or_null(1).value_or(0), {row.date(2), row.date_or_null(3)}});
  }
  return rows;
}

void HistoriesTest::check() {
  ParentRows places;
  for (const auto row : connection().query("select id, parent from place")) {
    places[row.integer(0)].push_back({row.integer_or_null(1).value_or(0), {Date{}, {}}});
  }
  Oracle oracle(
      connection(), packs_,
      rows("select unit, parent, from_date, until_date from unit_parent order by unit, from_date"),
      rows("select unit, target_place, from_date, until_date from unit_relation "
           "where kind = 'seated_in' order by unit, from_date"),
      places, today());
  std::size_t cells = 0;
  EXPECT_EQ(oracle.differences(*index_, cells), "") << "followed, seed " << seed_;
  EXPECT_GT(cells, 20U);
  Index fresh(packs_, *catalog_, clock_);
  fresh.load(connection());
  EXPECT_EQ(oracle.differences(fresh, cells), "") << "loaded, seed " << seed_;
  check_saved(oracle);
  EXPECT_EQ(index_->compare(connection(), units_), std::vector<std::string>{}) << "seed " << seed_;
}

// From the file, where what was done since allows it.
void HistoriesTest::check_saved(Oracle& oracle) {
  Index restored(packs_, *catalog_, clock_, with_file());
  restored.load(connection());
  std::size_t cells = 0;
  EXPECT_EQ(oracle.differences(restored, cells), "") << "restored, seed " << seed_;
  restored_ += restored.measures().evaluate_us == 0 ? 1 : 0;
}

INSTANTIATE_TEST_SUITE_P(On, HistoriesTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(HistoriesTest, the_index_that_followed_says_what_the_evaluator_says) {
  large_ = 1 + below(4);
  for (int i = 0; i < 8; ++i) create_one();
  for (int i = 0; i < 8; ++i) change_people();
  for (int i = 0; i < 10; ++i) enter_one();
  start();
  for (int i = 1; i <= steps && !HasFailure(); ++i) {
    step();
    if (i % steps_between_checks == steps_between_checks - 2) save();
    if (i % steps_between_checks == 0) check();
  }
  RecordProperty("restored", restored_);
  EXPECT_GT(done_, steps / 3) << "seed " << seed_;
}

}  // namespace

}  // namespace huilu::compliance::testing
