#include "round/tables_look_backs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/fault.h"
#include "base/text.h"

namespace huilu::round {

namespace {

using enum store::ColumnType;

const store::Table round_table_of_look_backs{"look_back_round",
                                             {{"id", integer},
                                              {"unit", integer},
                                              {"name", text},
                                              {"types", text},
                                              {"until", text},
                                              {"sample", text},
                                              {"amount", integer},
                                              {"strata", text},
                                              {"opened", text},
                                              {"opened_by", integer},
                                              {"opened_at", integer},
                                              {"draws", integer},
                                              {"version", integer},
                                              {"seq", integer}}};
const store::Table draw_table{"look_back_draw",
                              {{"round", integer},
                               {"n", integer},
                               {"seed", text},
                               {"counts", text},
                               {"reason", text},
                               {"account", integer},
                               {"at", integer},
                               {"seq", integer}}};
const store::Table candidate_table{"look_back_candidate",
                                   {{"round", integer},
                                    {"n", integer},
                                    {"matter", integer},
                                    {"unit", integer},
                                    {"type", text},
                                    {"stratum", text},
                                    {"drawn", integer}}};
const store::Table looker_table{
    "look_back_looker",
    {{"round", integer}, {"n", integer}, {"matter", integer}, {"unit", integer}}};

std::string joined_types(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& one : texts) all += (all.empty() ? "" : " ") + one;
  return all;
}

template <class Enum, std::size_t count>
Enum word_from(const std::string& text, const std::array<std::string_view, count>& words) {
  const auto found = std::find(words.begin(), words.end(), text);
  if (found == words.end()) throw Fault(FaultKind::damaged, "a round says " + text);
  return static_cast<Enum>(found - words.begin());
}

constexpr std::string_view candidate_columns =
    "matter, unit, type, stratum, drawn, found, found_version, missing";

Candidate candidate_from(const store::Row& row) {
  Candidate out;
  out.matter = row.id<MatterId>(0);
  out.unit = row.id<UnitId>(1);
  out.type = row.text(2);
  out.stratum = row.text(3);
  out.drawn = row.integer(4) == 1;
  if (!row.is_null(5)) out.looked = Looked{row.text(5), row.integer(6)};
  out.missing = row.text_or_null(7).value_or("");
  return out;
}

std::string found_in(const std::string& content) {
  const auto value = parse_json(content);
  const Value* const deed = value ? value->find("deed") : nullptr;
  const Value* const found = deed == nullptr ? nullptr : deed->find("found");
  if (found == nullptr || found->text() == nullptr)
    throw Fault(FaultKind::damaged, "a look-back that found nothing");
  return *found->text();
}

}  // namespace

const std::string look_back_round_columns =
    "r.id, r.unit, r.name, r.types, r.until, r.sample, r.amount, r.strata, r.opened, r.opened_by, "
    "r.opened_at, r.draws, r.locked, r.locked_by, r.locked_at, r.figures, r.version, r.seq, "
    "r.locked_seq";

LookBackRound look_back_round_from(const store::Row& row) {
  LookBackRound out;
  out.id = row.id<RoundId>(0);
  out.unit = row.id<UnitId>(1);
  out.name = row.text(2);
  for (const auto word : split(row.text(3), ' ')) out.types.emplace_back(word);
  out.until = row.date(4);
  out.sample = {word_from<SampleKind>(row.text(5), sample_words), row.integer(6)};
  out.strata = word_from<Strata>(row.text(7), strata_words);
  out.opened = row.date(8);
  out.opened_by = row.id<AccountId>(9);
  out.opened_at = row.instant(10);
  out.draws = row.integer(11);
  out.locked = row.date_or_null(12);
  out.locked_by = row.id_or_null<AccountId>(13);
  if (!row.is_null(14)) out.locked_at = row.instant(14);
  if (const auto figures = row.text_or_null(15)) {
    auto parsed = parse_json(*figures);
    if (!parsed) throw Fault(FaultKind::damaged, "the figures of a round are not JSON");
    out.figures = std::move(*parsed);
  }
  out.version = row.integer(16);
  out.seq = row.integer(17);
  out.locked_seq = row.integer_or_null(18);
  return out;
}

void LookBackRoundReads::queue(store::Connection& connection, RoundId id) {
  round_ = connection.queue_query(
      fmt::format("select {} from look_back_round r where r.id = ?1", look_back_round_columns),
      {id});
  draws_ = connection.queue_query(
      "select n, seed, counts, reason, account, at, seq from look_back_draw where round = ?1 "
      "order by n",
      {id});
  candidates_ = connection.queue_query(
      fmt::format("select {} from look_back_candidate where round = ?1 and n = (select r.draws "
                  "from look_back_round r where r.id = ?1) order by matter",
                  candidate_columns),
      {id});
  lookers_ = connection.queue_query(
      "select matter, unit from look_back_looker where round = ?1 and n = (select r.draws from "
      "look_back_round r where r.id = ?1) order by matter, unit",
      {id});
  // What happened after a round was locked is no part of it.
  looked_ = connection.queue_query(
      "select v.matter, v.version, v.content from look_back_round r cross join "
      "look_back_candidate c cross join matter_version v where r.id = ?1 and r.locked is null "
      "and c.round = r.id and c.n = r.draws and c.drawn = 1 and v.matter = c.matter "
      "and v.deed = 'looked_back' and v.seq > r.seq order by v.matter, v.version",
      {id});
}

std::optional<WholeLookBackRound> LookBackRoundReads::whole() const {
  if (round_->empty()) return {};
  WholeLookBackRound whole;
  whole.round = look_back_round_from((*round_)[0]);
  for (const auto row : *draws_) {
    whole.draws.push_back({row.integer(0), row.text(1), row.text(3), counts_from(row.text(2)),
                           row.id<AccountId>(4), row.instant(5), row.integer(6)});
  }
  if (whole.draws.empty()) throw Fault(FaultKind::damaged, "a round that was never drawn");
  std::map<MatterId, std::size_t> places;
  for (const auto row : *candidates_) {
    places[row.id<MatterId>(0)] = whole.candidates.size();
    whole.candidates.push_back(candidate_from(row));
  }
  for (const auto row : *lookers_)
    whole.candidates.at(places.at(row.id<MatterId>(0))).lookers.push_back(row.id<UnitId>(1));
  for (const auto row : *looked_)
    whole.candidates.at(places.at(row.id<MatterId>(0))).looked =
        Looked{found_in(row.text(2)), row.integer(1)};
  return whole;
}

std::optional<WholeLookBackRound> find_look_back_round(store::Connection& connection, RoundId id) {
  LookBackRoundReads reads;
  reads.queue(connection, id);
  connection.flush();
  return reads.whole();
}

std::vector<Candidate> candidates_of(store::Connection& connection, RoundId id, std::int64_t n) {
  std::vector<Candidate> out;
  for (const auto row : connection.query(
           fmt::format("select {} from look_back_candidate where round = ?1 and n = ?2 "
                       "order by matter",
                       candidate_columns),
           {id, n}))
    out.push_back(candidate_from(row));
  return out;
}

store::Pending queue_look_back_rounds_of(store::Connection& connection, UnitId unit) {
  return connection.queue_query(
      fmt::format("select {} from look_back_round r where r.unit = ?1 order by r.id desc limit 50",
                  look_back_round_columns),
      {unit});
}

std::optional<LookBackRound> open_about(const store::Rows& rows,
                                        const std::vector<std::string>& types) {
  for (const auto row : rows) {
    LookBackRound round = look_back_round_from(row);
    const bool shares = std::any_of(types.begin(), types.end(), [&](const std::string& type) {
      return std::find(round.types.begin(), round.types.end(), type) != round.types.end();
    });
    if (round.is_open() && shares) return round;
  }
  return {};
}

void insert_look_back_round(command::Writing& writing, const LookBackRound& round) {
  writing.rows.insert(
      round_table_of_look_backs,
      {round.id, round.unit, round.name, joined_types(round.types), round.until,
       sample_words[static_cast<std::size_t>(round.sample.kind)], round.sample.amount,
       strata_words[static_cast<std::size_t>(round.strata)], round.opened, round.opened_by,
       round.opened_at, round.draws, round.version, round.seq});
}

void insert_draw(command::Writing& writing, RoundId round, const Draw& draw,
                 const std::vector<Candidate>& candidates) {
  writing.rows.insert(
      draw_table, {round, draw.n, draw.seed, canonical_json(counts_value(draw.counts)), draw.reason,
                   draw.account, draw.at, draw.seq});
  for (const Candidate& one : candidates) {
    writing.rows.insert(candidate_table, {round, draw.n, one.matter, one.unit, one.type,
                                          one.stratum, one.drawn ? 1 : 0});
    if (!one.drawn) continue;
    for (const UnitId looker : one.lookers)
      writing.rows.insert(looker_table, {round, draw.n, one.matter, looker});
  }
}

void write_drawn(command::Writing& writing, const LookBackRound& round) {
  writing.rows.before("update look_back_round set draws = ?2, version = ?3 where id = ?1",
                      {round.id, round.draws, round.version});
}

void write_locked(command::Writing& writing, const WholeLookBackRound& whole) {
  const LookBackRound& round = whole.round;
  writing.rows.before(
      "update look_back_round set locked = ?2, locked_by = ?3, locked_at = ?4, figures = ?5, "
      "version = ?6, locked_seq = ?7 where id = ?1",
      {round.id, round.locked, round.locked_by, round.locked_at, canonical_json(*round.figures),
       round.version, round.locked_seq});
  for (const Candidate& one : whole.candidates) {
    if (!one.drawn) continue;
    const std::optional<std::string> found =
        one.looked ? std::optional(one.looked->found) : std::nullopt;
    const std::optional<std::int64_t> version =
        one.looked ? std::optional(one.looked->version) : std::nullopt;
    const std::optional<std::string> missing =
        one.missing.empty() ? std::nullopt : std::optional(one.missing);
    writing.rows.before(
        "update look_back_candidate set found = ?4, found_version = ?5, missing = ?6 "
        "where round = ?1 and n = ?2 and matter = ?3",
        {round.id, round.draws, one.matter, found, version, missing});
  }
}

}  // namespace huilu::round
