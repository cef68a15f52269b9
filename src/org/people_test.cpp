// People through the road on both databases: rolls, transfers, posts and tenures, what closing a
// unit ends, and what the journal says of it.
#include "org/people_commands.h"

#include <map>

#include "org/queries.h"
#include "org/testing.h"

namespace huilu::org::testing {

namespace {

class PeopleTest : public OrgTest {
 protected:
  void SetUp() override {
    OrgTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    root_ = create("县委");
    a_ = create("甲支部", root_, "branch");
    b_ = create("乙支部", root_, "branch");
  }

  PersonId person(const std::string& name, std::optional<std::string> key = {}) {
    const Value body = done(make_command(CreatePerson{name, std::move(key)}));
    return *PersonId::parse(*body.find("person")->text());
  }

  StartMembership joining(PersonId who, UnitId unit, const char* date) {
    StartMembership start;
    start.person = who;
    start.unit = unit;
    start.date = day(date);
    return start;
  }

  MembershipId join(const StartMembership& start) {
    const Value body = done(make_command(start, words()));
    return *MembershipId::parse(*body.find("membership")->text());
  }

  PostId post(UnitId unit, const char* from) {
    const Value body =
        done(make_command(CreatePost{unit, "secretary", "书记", {}, day(from)}, words()));
    return *PostId::parse(*body.find("post")->text());
  }

  std::string roll(UnitId branch, Date on) {
    std::string names;
    PageRequest request;
    request.limit = 2;
    do {
      const auto page = roll_of(connection(), branch, on, request);
      for (const auto& line : page.items) names += (names.empty() ? "" : " ") + line.name;
      request.cursor = page.next_cursor;
    } while (!request.cursor.empty());
    return names;
  }

  std::vector<std::string> kinds() {
    std::vector<std::string> kinds;
    for (const auto row : connection().query("select kind from journal order by seq")) {
      kinds.push_back(row.text(0));
    }
    return kinds;
  }

  UnitId root_, a_, b_;
};

INSTANTIATE_TEST_SUITE_P(On, PeopleTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(PeopleTest, the_roll_is_that_of_its_date_and_pages_in_order_of_names) {
  const PersonId zhao = person("赵六"), chen = person("陈一"), li = person("李二");
  const auto old = join(joining(zhao, a_, "2024-01-01"));
  join(joining(chen, a_, "2025-01-01"));
  join(joining(li, a_, "2025-01-01"));
  EXPECT_EQ(roll(a_, day("2025-06-01")), "陈一 李二 赵六");
  EXPECT_EQ(roll(a_, day("2024-06-01")), "赵六");

  EXPECT_EQ(refused(make_command(joining(zhao, b_, "2026-01-01"), words())), "duplicate /person");
  StartMembership transfer = joining(zhao, b_, "2026-01-01");
  transfer.replaces = old;
  transfer.replaces_in = a_;
  join(transfer);
  EXPECT_EQ(roll(a_, day("2026-01-01")), "陈一 李二");
  EXPECT_EQ(roll(b_, day("2026-01-01")), "赵六");
  EXPECT_EQ(roll(b_, day("2025-12-31")), "");
}

TEST_P(PeopleTest, a_floating_member_stands_on_the_hosts_list_last) {
  StartMembership guest = joining(person("安客"), a_, "2025-01-01");
  guest.floating = true;
  guest.host_unit = b_;
  join(guest);
  join(joining(person("赵六"), b_, "2025-01-01"));
  EXPECT_EQ(roll(b_, day("2025-06-01")), "赵六 安客");
  EXPECT_EQ(roll(a_, day("2025-06-01")), "安客");
  guest.floating = false;
  EXPECT_EQ(refused(make_command(guest, words())), "field_range /host_unit\nduplicate /person");
}

TEST_P(PeopleTest, members_stand_on_the_roll_of_branches_only) {
  EXPECT_EQ(refused(make_command(joining(person("李二"), root_, "2025-01-01"), words())),
            "field_range /unit");
  EXPECT_EQ(refused(make_command(joining(PersonId{999}, UnitId{998}, "2025-01-01"), words())),
            "unknown_person /person\nunknown_unit /unit");
}

TEST_P(PeopleTest, a_key_belongs_to_one_person) {
  person("李二", "K1");
  EXPECT_EQ(refused(make_command(CreatePerson{"李三", "K1"})), "duplicate /external_key");
  EXPECT_EQ(refused(make_command(CreatePerson{"", ""})),
            "field_required /name\nfield_range /external_key");
}

TEST_P(PeopleTest, a_post_has_one_regular_holder_and_may_have_an_acting_one) {
  const PostId seat = post(a_, "2024-01-01");
  const PersonId li = person("李二"), chen = person("陈一"), zhao = person("赵六");
  const auto appoint = [&](PersonId who, Holding holding, const char* date) {
    return make_command(StartTenure{seat, a_, who, holding, day(date)});
  };
  const Value tenure = done(appoint(li, Holding::regular, "2024-02-01"));
  EXPECT_EQ(refused(appoint(chen, Holding::regular, "2025-01-01")), "duplicate /post");
  done(appoint(chen, Holding::acting, "2025-01-01"));
  EXPECT_EQ(refused(appoint(zhao, Holding::acting, "2025-01-01")), "duplicate /post");
  EXPECT_EQ(refused(make_command(StartTenure{seat, b_, zhao, Holding::acting, day("2025-01-01")})),
            "unknown_post /post\nduplicate /post");
  const auto lines = posts_of(connection(), a_, day("2025-06-01"));
  ASSERT_EQ(lines.size(), 1u);
  ASSERT_EQ(lines[0].holders.size(), 2u);
  EXPECT_EQ(lines[0].holders[0].name, "李二");
  EXPECT_EQ(lines[0].holders[1].tenure.holding, Holding::acting);
  const auto id = *TenureId::parse(*tenure.find("tenure")->text());
  EXPECT_EQ(refused(make_command(EndTenure{id, seat, a_, 2, day("2024-02-01")})),
            "version_conflict /version\ndate_order /date");
  done(make_command(EndTenure{id, seat, a_, 1, day("2025-03-01")}));
  EXPECT_EQ(posts_of(connection(), a_, day("2025-06-01"))[0].holders.size(), 1u);
  EXPECT_EQ(posts_of(connection(), a_, day("2024-01-15"))[0].holders.size(), 0u);
  EXPECT_EQ(history_of(connection(), li).tenures.size(), 1u);
}

TEST_P(PeopleTest, a_unit_closes_when_its_members_have_gone_and_its_posts_close_with_it) {
  const PersonId li = person("李二");
  const auto membership = join(joining(li, a_, "2025-01-01"));
  const PostId seat = post(a_, "2024-01-01");
  done(make_command(StartTenure{seat, a_, li, Holding::regular, day("2025-01-01")}));
  done(make_command(StartEmployment{li, a_, day("2025-01-01")}));
  EXPECT_EQ(refused(make_command(StartEmployment{li, a_, day("2025-02-01")})), "duplicate /person");
  const CloseUnit close{a_, 1, day("2026-02-01")};
  EXPECT_EQ(refused(make_command(close)), "unit_has_members /unit");
  EXPECT_EQ(refused(make_command(CloseUnit{root_, 1, day("2026-02-01")})),
            "unit_has_children /unit");
  done(make_command(EndMembership{membership, li, a_, 1, day("2026-02-01")}));
  done(make_command(close));
  const auto history = history_of(connection(), li);
  EXPECT_EQ(history.tenures[0].span.until, day("2026-02-01"));
  EXPECT_EQ(history.employments[0].span.until, day("2026-02-01"));
  EXPECT_TRUE(posts_of(connection(), a_, day("2026-02-01")).empty());
  EXPECT_EQ(refused(make_command(joining(li, a_, "2026-03-01"), words())), "unit_closed /unit");
  const auto all = kinds();
  EXPECT_EQ(std::vector<std::string>(all.end() - 5, all.end()),
            (std::vector<std::string>{"membership_ended", "tenure_ended", "post_ended",
                                      "employment_ended", "unit_closed"}));
}

TEST_P(PeopleTest, a_persons_name_is_a_commitment_of_its_own) {
  person("李二", "K1");
  std::map<std::string, std::string> fields;
  for (const auto row : connection().query(
           "select c.field, o.bytes from journal j join commitment c on c.seq = j.seq "
           "join opening o on o.seq = c.seq and o.n = c.n where j.kind = 'person_created'")) {
    fields[row.text(0)] = row.text(1);
  }
  EXPECT_EQ(fields.at("name"), "李二");
  EXPECT_EQ(fields.at("external_key"), "K1");
  EXPECT_EQ(fields.at("content").find("李二"), std::string::npos);
}

TEST_P(PeopleTest, a_name_is_changed_where_the_person_is_known) {
  const PersonId li = person("李二", "K1");
  ChangePerson change{li, a_, 1, "李贰", "K1"};
  EXPECT_EQ(refused(make_command(change)), "unknown_person /person");
  join(joining(li, a_, "2025-01-01"));
  done(make_command(change));
  EXPECT_EQ(person_of(connection(), li)->name, "李贰");
  EXPECT_EQ(refused(make_command(change)), "version_conflict /version");
}

}  // namespace

}  // namespace huilu::org::testing
