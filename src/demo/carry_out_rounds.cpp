#include <algorithm>
#include <array>

#include "base/check.h"
#include "compliance/load_facts.h"
#include "demo/carry_out.h"
#include "org/queries.h"
#include "round/commands.h"
#include "round/commands_look_backs.h"
#include "round/ledger.h"
#include "round/queries_look_backs.h"

namespace huilu::demo {

namespace {

constexpr std::array<std::string_view, 4> done = {
    "已按措施推进，材料报牵头单位", "完成一半，其余排到月底前", "已开会部署，责任到人",
    "现场整改完毕，正在收集佐证"};
constexpr std::array<std::string_view, 2> nothing_new = {"等上级资金下达", "汛期停工，天晴后继续"};
constexpr std::array<std::string_view, 2> decided = {"两周内拿出可以验收的结果，报牵头单位",
                                                     "牵头单位到现场看一次，写明差在哪里"};

}  // namespace

round::Ground CarryOut::round_ground() {
  const auto facts_of = [this](const std::vector<UnitId>& units) {
    auto facts = compliance::load_policy(*reader_, ground_.packs);
    compliance::load_organisation(*reader_, units, facts);
    return facts;
  };
  return {*reader_, ground_.packs, facts_of, ground_.clock.today(), ground_.clock.now()};
}

void CarryOut::take(const HoldRound& step) {
  flow_.drain();
  const AccountId account = accounts_[step.account];
  if (step.what == HoldRound::open) return open_round(step);
  const auto whole = round::find(*reader_, rounds_.at(step.round));
  CHECK(whole);
  switch (step.what) {
    case HoldRound::open:
      break;
    case HoldRound::answer_all:
      return answer(*whole, 1);
    case HoldRound::answer_half:
      return answer(*whole, 2);
    case HoldRound::confirm: {
      // Nothing that it leads may have been open on the day.
      const auto leads = whole->leads();
      if (std::find(leads.begin(), leads.end(), units_[step.unit]) == leads.end()) return;
      return flow_.send(std::make_unique<round::ConfirmLines>(whole->round.id, units_[step.unit]),
                        account);
    }
    case HoldRound::lock: {
      const auto path = org::unit_on(*reader_, whole->round.unit, ground_.clock.today())->path;
      const auto ledger = round::ledger_of(round_ground(), *whole, path);
      const Date today = ground_.clock.today();
      auto counted =
          ledger.counted(round::all_in_ledger(*reader_, path, whole->round.types, today), today);
      return flow_.send(std::make_unique<round::LockRound>(
                            whole->round, whole->round.version, "", ledger.standings(),
                            ledger.figures(today), std::move(counted)),
                        account);
    }
    case HoldRound::decide:
      return decide(*whole, step.day, account);
    case HoldRound::report:
      for (const auto& task : whole->tasks) {
        if (!task.matter || task.n != 1) continue;
        flow_.send(std::make_unique<round::ReportTask>(
                       whole->round, task.unit,
                       round::NewReport{task.n, true, "已整改到位，照片和签字单已报"}),
                   account_of(*task.matter));
      }
      return;
  }
}

void CarryOut::open_round(const HoldRound& step) {
  const UnitId unit = units_[step.unit];
  round::NewRound asked;
  asked.unit = unit;
  asked.name = step.name;
  asked.types = {"rectification/rectification"};
  asked.cutoff = step.day;
  const auto path = org::unit_on(*reader_, unit, ground_.clock.today())->path;
  auto rows = round::rows_to_take(round_ground(), path, asked.types, unit);
  flow_.send(std::make_unique<round::OpenRound>(std::move(asked), std::move(rows)),
             accounts_[step.account], [this](const Value& reply) {
               const auto id = RoundId::parse(*reply.find("id")->text());
               CHECK(id);
               rounds_.push_back(*id);
             });
  flow_.drain();
}

void CarryOut::take(const HoldLookBacks& step) {
  flow_.drain();
  round::NewLookBackRound asked;
  asked.unit = units_[step.unit];
  asked.name = step.name;
  asked.types = {"rectification/rectification"};
  asked.until = step.until;
  const auto path = org::unit_on(*reader_, asked.unit, ground_.clock.today())->path;
  auto drawn_from =
      round::draw_ground(round_ground(), path, asked.unit, asked.types, asked.strata, asked.until);
  if (drawn_from.candidates.empty()) return;  // of a small country nothing may be ripe yet
  flow_.send(std::make_unique<round::OpenLookBackRound>(std::move(asked), std::move(drawn_from)),
             accounts_[step.account]);
  flow_.drain();
}

AccountId CarryOut::account_of(MatterId matter) const {
  const auto found = std::find(matters_.begin(), matters_.end(), matter);
  CHECK(found != matters_.end());
  return accounts_[plan_.matter_accounts[static_cast<std::size_t>(found - matters_.begin())]];
}

// Each by whoever works for the branch; one in four has nothing new to say.
void CarryOut::answer(const round::Whole& whole, std::size_t one_of) {
  std::size_t number = 0;
  for (const auto& row : whole.rows) {
    if (row.asks.empty() || number++ % one_of != 0) continue;
    const bool is_none = number % 4 == 3;
    const auto said =
        is_none ? nothing_new[number % nothing_new.size()] : done[number % done.size()];
    flow_.send(std::make_unique<round::WriteLine>(
                   whole.round.id, row.line_unit,
                   round::NewLine{row.matter, 0,
                                  is_none ? round::LineKind::none : round::LineKind::progress,
                                  std::string(said)}),
               account_of(row.matter));
  }
}

void CarryOut::decide(const round::Whole& whole, Date due, AccountId account) {
  std::size_t number = 0;
  for (const auto& row : whole.rows) {
    if (row.asks.empty() || number >= decided.size()) continue;
    flow_.send(std::make_unique<round::DecideTask>(
                   whole.round,
                   round::NewTask{row.matter, row.line_unit, due, std::string(decided[number++])}),
               account);
    flow_.drain();
  }
}

}  // namespace huilu::demo
