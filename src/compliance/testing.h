// For this room's tests: a tree, people and records made through the road, with a pack that is
// written in the test.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/members.h"
#include "compliance/checks.h"
#include "org/people_commands.h"
#include "org/testing.h"
#include "policy/pack.h"
#include "record/catalog.h"
#include "record/commands.h"
#include "record/queries.h"

namespace huilu::compliance::testing {

using org::testing::day;

inline const policy::Vocabulary& vocabulary() { return policy::core_pack().vocabulary; }

class ComplianceTest : public org::testing::OrgTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    return store::testing::schema_of(
        {"journal", "command", "org", "record", "enactment", "campaign", "exemption"});
  }

  // Called once, before anything is entered; core comes by itself.
  void use_pack(const std::vector<policy::PackFile>& files) {
    packs_ = {policy::core_pack()};
    auto pack = policy::load_pack(files, packs_);
    for (const auto& finding : pack ? Refusals() : pack.refusals()) {
      ADD_FAILURE() << finding.where << ": " << kind_of(finding.code).name << " " << finding.got;
    }
    if (pack) packs_.push_back(std::move(*pack));
    done(std::make_unique<record::RegisterRecordTypes>(packs_));
    catalog_ = std::make_unique<record::Catalog>(packs_, connection());
    checks_ = std::make_unique<PolicyChecks>(packs_);
    catalog_->ask(*checks_);
  }

  UnitId branch(const std::string& name, UnitId parent, const char* from = "2020-01-01") {
    return create(name, parent, "branch", day(from));
  }

  PersonId person(const std::string& name) {
    return *PersonId::parse(
        *done(org::make_command(org::CreatePerson{name, {}})).find("person")->text());
  }

  void join(PersonId who, UnitId unit, const char* from, std::optional<UnitId> host = {}) {
    org::StartMembership start;
    start.person = who;
    start.unit = unit;
    start.date = day(from);
    start.floating = host.has_value();
    start.host_unit = host;
    done(org::make_command(std::move(start), vocabulary()));
  }

  TenureId appoint(PersonId who, UnitId unit, const char* from, const char* kind = "secretary") {
    const auto post =
        done(org::make_command(org::CreatePost{unit, kind, "书记", {}, day(from)}, vocabulary()));
    org::StartTenure start;
    start.post = *PostId::parse(*post.find("post")->text());
    start.unit = unit;
    start.person = who;
    start.date = day(from);
    return *TenureId::parse(*done(org::make_command(std::move(start))).find("tenure")->text());
  }

  // A record's body as in the API.
  record::Content content(const std::string& json) {
    Refusals refusals;
    auto read = record::content_from(parse_json(json).value(), {}, refusals);
    for (const auto& refusal : refusals) ADD_FAILURE() << refusal.where;
    return read;
  }

  RecordId enter(const std::string& json) {
    const auto body = done(std::make_unique<record::EnterRecord>(*catalog_, content(json)));
    return body.is_null() ? RecordId{} : *RecordId::parse(*body.find("id")->text());
  }

  void correct(RecordId record, const std::string& json) {
    auto now = *record::version_of(connection(), record);
    const auto version = now.version;
    done(std::make_unique<record::ReviseRecord>(*catalog_, std::move(now), version, content(json),
                                                "更正"));
  }

  void take_back(RecordId record) {
    auto now = *record::version_of(connection(), record);
    const auto version = now.version;
    done(std::make_unique<record::ReviseRecord>(*catalog_, std::move(now), version, std::nullopt,
                                                "误录"));
  }

  std::vector<policy::Pack> packs_;
  std::unique_ptr<PolicyChecks> checks_;
  std::unique_ptr<record::Catalog> catalog_;
};

}  // namespace huilu::compliance::testing
