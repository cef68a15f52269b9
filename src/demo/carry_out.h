// CarryOut: enters a plan, stage by stage, as the program and as the demo's accounts, each step at
// its time. Used by make; knows of every planned thing the id that it got.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demo/demo.h"
#include "demo/flow.h"
#include "demo/plan.h"
#include "enactment/types.h"
#include "obligation/facts.h"
#include "org/sheet.h"
#include "org/types.h"
#include "record/types.h"
#include "round/ledger.h"

namespace huilu::demo {

inline constexpr std::string_view demo_codes = "demo";  // the system of invented codes

class CarryOut {
 public:
  // `place_system`: whose codes the plan's places carry.
  CarryOut(const Plan& plan, std::string_view place_system, Ground& ground,
           const Progress& progress);

  // In this order.
  void enter_places();
  void enter_units();
  void enter_people();
  std::vector<DemoAccount> enter_accounts();
  void enter_year();

 private:
  struct Enrolled {
    MembershipId membership;
    UnitId unit;
  };
  struct Held {
    PostId post;
    TenureId tenure;
  };

  org::Sheet sheet_of_units(Index first, Index last) const;
  void import_units();
  void find_units();
  void relate_units();
  void relate(Index unit, org::RelationKind kind, const org::Target& target, Date date);
  void enter_persons();
  void enter_posts();
  void enter_contacts();
  void enrol(Index person, const PlannedMembership& membership);

  void end_weeks(Instant before);
  void take(const Step& step);
  void take(const Enter& step);
  void take(const Correct& step);
  void take(const Void& step);
  void take(const Enrol& step);
  void take(const LeavePost& step);
  void take(const TakePost& step);
  void take(const CloseBranch& step);
  void take(const ImportText& step);
  void take(const PutInForce& step);
  void take(const DecideValue& step);
  void take(const Launch& step);
  void take(const PlaceInBatch& step);
  void take(const AskLeave& step);
  void take(const DecideLeave& step);
  void take(const OpenMatter& step);
  void take(const MoveMatter& step);
  void take(const HoldRound& step);
  void take(const HoldLookBacks& step);
  // carry_out_rounds.cpp
  round::Ground round_ground();
  void open_round(const HoldRound& step);
  void answer(const round::Whole& whole, std::size_t one_of);
  void decide(const round::Whole& whole, Date due, AccountId account);
  AccountId account_of(MatterId matter) const;
  void confirm(const enactment::Proposed& read, Index account);
  obligation::Bearer bearer_of(const PlannedBearer& planned) const;
  void start_tenure(Index post, Index person, Date date);
  void revise(Index record, Index account, std::optional<record::Content> content,
              const std::string& reason);
  record::Content content_of(const PlannedContent& planned) const;
  Value resolved(const Value& value) const;
  void tell(Stage stage, std::size_t done, std::size_t total);

  const Plan& plan_;
  std::string place_system_;
  Ground& ground_;
  const Progress& progress_;
  std::vector<UnitId> units_;
  std::vector<std::int64_t> unit_versions_;
  std::vector<PersonId> persons_;
  std::vector<Enrolled> memberships_;  // of each person
  std::vector<Held> posts_;
  std::vector<AccountId> accounts_;
  std::vector<RecordId> records_;
  std::vector<LeaveId> leaves_;
  std::vector<MatterId> matters_;
  std::vector<RoundId> rounds_;
  CampaignId campaign_;  // the one that is launched
  std::unique_ptr<store::Connection> reader_;
  Flow flow_;  // its callbacks write into the lists above
};

enum class Places { of_the_plan, imported };

// All of it, and the list of accounts in the data folder.
Made carry_out(const Plan& plan, Places places, Ground ground, const Progress& progress);

}  // namespace huilu::demo
