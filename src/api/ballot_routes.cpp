// Ballots on matters: how they stand, votes that are cast or entered from paper, the evidence.
#include <algorithm>

#include "api/enactment_views.h"
#include "api/matter_reads.h"
#include "api/routes.h"
#include "api/views.h"
#include "ballot/commands.h"
#include "ballot/queries.h"
#include "ballot/rules.h"
#include "base/hash.h"
#include "base/text.h"
#include "org/queries.h"
#include "policy/scalar.h"

namespace huilu::api {

namespace {

using ballot::Ballot;
using command::Permission;

std::string_view word_of_result(ballot::BallotResult result) {
  return obligation::ballot_result_words[static_cast<std::size_t>(result)];
}

// A ballot with its matter, for a caller who may see that.
struct SeenBallot {
  Ballot ballot;
  matter::Read read;
};

std::optional<SeenBallot> seen_ballot(const Call& call, const std::optional<BallotId>& id) {
  auto found = id ? ballot::find(*call.reader, *id) : std::nullopt;
  if (!found) return {};
  auto read = read_matter(call, found->matter);
  if (!read || !read->type().ballot) return {};
  return SeenBallot{std::move(*found), std::move(*read)};
}

std::optional<PersonId> person_of_caller(const Call& call) {
  const auto account = identity::find_account(*call.reader, call.who.account);
  return account ? account->person : std::nullopt;
}

class BallotViews {
 public:
  BallotViews(const Call& call, const matter::Read& read)
      : call_(call), read_(read), declared_(*read.type().ballot) {
    const auto& names = declared_.held_by;
    matter::ActorReads reads;
    reads.queue(*call.reader, call.who.account, call.today,
                read.role_units(call.today, call.services.clock.now()), {});
    call.reader->flush();
    const auto actor = reads.actor(call.today);
    const auto life = read.life(call.today, call.services.clock.now());
    for (const auto& role : obligation::roles_of(life, read.stored.now.matter)) {
      const bool holds = std::ranges::find(names, role.role->name) != names.end();
      holds_ = holds_ || (holds && actor.plays(role));
    }
    person_ = person_of_caller(call);
  }

  bool holds() const { return holds_; }

  Value view(const Ballot& one) const {
    const auto votes = votes_view(one);
    Value view =
        Value::object({{"id", one.id.text()},
                       {"matter", one.matter.text()},
                       {"about", about()},
                       {"title", label_in(declared_.title, call_.language)},
                       {"grades", grades_view()},
                       {"opened", one.opened.text()},
                       {"until", one.until.text()},
                       {"is_secret", one.is_secret},
                       {"is_open", one.is_open() && call_.today <= one.until},
                       {"voters", one.voters},
                       {"voted", ballot::voted(*call_.reader, one.id)},
                       {"votes", votes ? *votes : Value()},
                       {"withheld", one.outcome && !votes},
                       {"takes_paper", declared_.paper},
                       {"needs_evidence", declared_.evidence == policy::BallotEvidence::required},
                       {"evidence", evidence_view(one)},
                       {"mine", mine(one)},
                       {"may_hold", holds_},
                       {"papers", holds_ ? papers_view(one) : Value(Value::List{})}});
    add_outcome(one, view);
    return view;
  }

 private:
  // What is rated: the first text that the matter gives.
  Value about() const {
    const auto& matter = read_.stored.now.matter;
    for (const auto& field : read_.type().fields) {
      const Value* const value = matter.fields.find(field.name);
      const bool is_text = field.type == policy::FieldType::text && !field.is_protected;
      if (is_text && value != nullptr && value->text() != nullptr) return *value;
    }
    return label_in(read_.type().title, call_.language);
  }

  Value grades_view() const {
    Value::List grades;
    for (const auto& one : declared_.scale) {
      grades.push_back(
          Value::object({{"code", one.code}, {"title", label_in(one.title, call_.language)}}));
    }
    return grades;
  }

  Value counts_view(const ballot::Votes& votes) const {
    Value::List counts;
    for (const auto& one : declared_.scale) {
      const auto found = votes.find(one.code);
      counts.push_back(
          Value::object({{"code", one.code},
                         {"title", label_in(one.title, call_.language)},
                         {"votes", found == votes.end() ? std::int64_t{0} : found->second}}));
    }
    return counts;
  }

  // Word by word only after the end, and only of so many that nobody is told from them.
  std::optional<Value> votes_view(const Ballot& one) const {
    if (!one.outcome || !ballot::is_shown(one.outcome->votes)) return {};
    return counts_view(one.outcome->votes);
  }

  void add_outcome(const Ballot& one, Value& view) const {
    Value result, title, share, least, move;
    bool is_assumed = false;
    if (one.outcome) {
      const std::string word(word_of_result(one.outcome->result));
      result = word;
      title = words::text(call_.language, "sentence.ballot_result." + word);
      if (one.outcome->share) share = policy::decimal_text(*one.outcome->share * 100);
      if (one.outcome->least) least = *one.outcome->least;
      is_assumed = one.outcome->is_assumed;
      const auto* const made = read_.type().find_move(one.outcome->move);
      if (made != nullptr) move = label_in(made->title, call_.language);
    }
    view.set("result", std::move(result));
    view.set("result_title", std::move(title));
    view.set("needed_percent", std::move(share));
    view.set("needed_votes", std::move(least));
    view.set("is_assumed", is_assumed);
    view.set("followed_by", std::move(move));
  }

  static Value evidence_view(const Ballot& one) {
    if (!one.evidence) return {};
    return Value::object(
        {{"sha256", hex(bytes_of(sha256(*one.evidence)))}, {"filed_at", one.filed_at->text()}});
  }

  // The caller's part: whether he voted, never what.
  Value mine(const Ballot& one) const {
    const auto voter = person_ ? ballot::voter(*call_.reader, one.id, *person_) : std::nullopt;
    if (!voter) return {};
    const bool is_open = one.is_open() && call_.today <= one.until;
    return Value::object({{"voted_on", voter->voted_on ? Value(voter->voted_on->text()) : Value()},
                          {"on_paper", voter->paper.has_value()},
                          {"may_vote", is_open && !voter->paper}});
  }

  // Once it is decided about, a sheet shows only how many it was from.
  Value papers_view(const Ballot& one) const {
    Value::List papers;
    for (const auto& paper : ballot::papers_of(*call_.reader, one.id)) {
      Value::List files;
      for (const FileId file : paper.files) files.push_back(file.text());
      const bool waits = !paper.decision && one.is_open() && call_.today <= one.until;
      papers.push_back(Value::object(
          {{"id", std::to_string(paper.id)},
           {"persons", paper.persons},
           {"votes", waits ? counts_view(paper.votes) : Value()},
           {"files", std::move(files)},
           {"entered_at", paper.entered_at.text()},
           {"entered_by_you", paper.entered_by == call_.who.account},
           {"waits", waits},
           {"decision", !paper.decision                                     ? Value()
                        : *paper.decision == ballot::PaperDecision::confirm ? Value("confirm")
                                                                            : Value("refuse")},
           {"reason", paper.reason.empty() ? Value() : Value(paper.reason)}}));
    }
    return papers;
  }

  const Call& call_;
  const matter::Read& read_;
  const policy::MatterBallot& declared_;
  bool holds_ = false;
  std::optional<PersonId> person_;
};

Answer list_ballots_of_matter(Call& call) {
  const auto id = call.id<MatterId>("id");
  const auto read = id ? read_matter(call, *id) : std::nullopt;
  if (!read) return Answer::no(RefusalCode::not_found);
  Value::List items;
  if (read->type().ballot) {
    const BallotViews views(call, *read);
    for (const auto& one : ballot::of_matter(*call.reader, *id)) items.push_back(views.view(one));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

// What waits for the caller's vote.
Answer list_ballots(Call& call) {
  constexpr int most = 200;
  Refusals refusals;
  Query query(call, refusals);
  query.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  Value::List items;
  const auto person = person_of_caller(call);
  if (person) {
    for (const auto& one : ballot::waiting_for(*call.reader, *person, call.today, most)) {
      const auto read = read_matter(call, one.ballot.matter);
      if (read && read->type().ballot) items.push_back(BallotViews(call, *read).view(one.ballot));
    }
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Answer cast_vote(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  auto grade = in.text("grade", 64);
  // Keeps the hash of a request, which is kept with its key, from telling what was voted.
  const auto seal = in.optional_text("seal", 64);
  in.finish();
  const auto seen = seen_ballot(call, call.id<BallotId>("id"));
  if (!seen) return Answer::no(RefusalCode::not_found);
  constexpr std::size_t seal_least = 16;
  if (refusals.empty() && seen->ballot.is_secret && seal.value_or("").size() < seal_least) {
    refusals.push_back({RefusalCode::field_required, "/seal", "16 to 64 characters", "", ""});
  }
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(std::make_unique<ballot::Vote>(
      seen->ballot, seen->read.type(), person_of_caller(call), call.who.account, std::move(grade)));
}

// The words with their numbers: {"satisfied": 3}.
ballot::Votes read_votes(Members& in, Refusals& refusals) {
  ballot::Votes votes;
  const Value* const written = in.object("votes");
  if (written == nullptr) return votes;
  for (const auto& [grade, number] : written->object()->members) {
    if (number.integer() == nullptr) {
      refusals.push_back(
          {RefusalCode::field_type, "/votes" + pointer_step(grade), "integer", "", ""});
    } else {
      votes[grade] = *number.integer();
    }
  }
  return votes;
}

Answer enter_paper(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  ballot::NewPaper asked;
  asked.votes = read_votes(in, refusals);
  asked.persons = in.ids<PersonId>("persons", 2000);
  asked.files = in.ids<FileId>("files", 50);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto seen = seen_ballot(call, call.id<BallotId>("id"));
  if (!seen) return Answer::no(RefusalCode::not_found);
  return Answer::run(std::make_unique<ballot::EnterPaper>(
      std::move(seen->read), std::move(seen->ballot), std::move(asked), call.who.account,
      call.today, call.services.clock.now()));
}

Answer decide_paper(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto word = in.text("decision", 64);
  auto reason = in.optional_text("reason", 500).value_or("");
  in.finish();
  if (refusals.empty() && word != "confirm" && word != "refuse") {
    refusals.push_back({RefusalCode::unknown_word, "/decision", "confirm, refuse", word, ""});
  }
  if (refusals.empty()) refusals = call.check(Permission::matter_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto seen = seen_ballot(call, call.id<BallotId>("id"));
  if (!seen) return Answer::no(RefusalCode::not_found);
  const auto papers = ballot::papers_of(*call.reader, seen->ballot.id);
  const auto paper = std::ranges::find_if(papers, [&](const ballot::Paper& one) {
    return std::to_string(one.id) == call.parameter("paper");
  });
  if (paper == papers.end()) return Answer::no(RefusalCode::not_found);
  return Answer::run(std::make_unique<ballot::DecidePaper>(
      std::move(seen->read), std::move(seen->ballot), *paper, word == "confirm", std::move(reason),
      call.who.account, call.today, call.services.clock.now()));
}

Answer file_evidence(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto seen = seen_ballot(call, call.id<BallotId>("id"));
  if (!seen) return Answer::no(RefusalCode::not_found);
  std::string text;
  if (seen->ballot.outcome) {
    text = ballot::evidence_text(seen->ballot, seen->read.type(), seen->read.stored.now.matter,
                                 ballot::papers_of(*call.reader, seen->ballot.id),
                                 ballot::scan_hashes(*call.reader, seen->ballot.id));
  }
  return Answer::run(std::make_unique<ballot::FileEvidence>(
      std::move(seen->read), std::move(seen->ballot), std::move(text), call.who.account, call.today,
      call.services.clock.now()));
}

Answer show_evidence(Call& call) {
  const auto seen = seen_ballot(call, call.id<BallotId>("id"));
  if (!seen || !seen->ballot.evidence) return Answer::no(RefusalCode::not_found);
  const std::string& text = *seen->ballot.evidence;
  return Answer::of(Value::object({{"id", seen->ballot.id.text()},
                                   {"text", text},
                                   {"sha256", hex(bytes_of(sha256(text)))},
                                   {"filed_at", seen->ballot.filed_at->text()},
                                   {"as_of", as_of(call)}}));
}

// Who may vote and who has, for those who hold the ballot; what was voted stands nowhere here.
Answer list_voters(Call& call) {
  const auto seen = seen_ballot(call, call.id<BallotId>("id"));
  if (!seen) return Answer::no(RefusalCode::not_found);
  if (!BallotViews(call, seen->read).holds()) return Answer::no(RefusalCode::not_permitted);
  const auto voters = ballot::voters_of(*call.reader, seen->ballot.id);
  std::vector<PersonId> persons;
  for (const auto& one : voters) persons.push_back(one.person);
  const auto named = org::persons_named(*call.reader, persons);
  Value::List items;
  for (const auto& one : voters) {
    const auto name = named.find(one.person);
    items.push_back(
        Value::object({{"person", one.person.text()},
                       {"name", name == named.end() ? Value() : Value(name->second)},
                       {"voted_on", one.voted_on ? Value(one.voted_on->text()) : Value()},
                       {"on_paper", one.paper.has_value()}}));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

}  // namespace

std::vector<Route> ballot_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  constexpr auto json = BodyKind::json;
  constexpr auto signed_in = Permission::signed_in;
  constexpr auto change = Permission::matter_change;
  return {
      {get, "/matters/{id}/ballots", in, signed_in, Asked::lists, none, "", "BallotList", 200,
       "The ballots of a matter, newest first; votes by word only where there are at least five",
       list_ballots_of_matter},
      {get, "/ballots", in, signed_in, Asked::lists, none, "", "BallotList", 200,
       "Open ballots with the caller among the voters, by their last day", list_ballots},
      {get, "/ballots/{id}/voters", in, change, Asked::lists, none, "", "VoterList", 200,
       "Who may vote and who has, for those who hold the ballot", list_voters},
      {post, "/ballots/{id}/votes", in, signed_in, Asked::lists, json, "VoteCast", "VoteTaken", 200,
       "Vote; the last vote of each voter counts", cast_vote},
      {post, "/ballots/{id}/papers", in, change, Asked::lists, json, "NewPaper", "PaperChanged",
       201, "Enter votes on paper from a scan; another person confirms them", enter_paper},
      {post, "/ballots/{id}/papers/{paper}/decision", in, change, Asked::lists, json,
       "PaperDecision", "PaperChanged", 200,
       "Confirm a sheet that another person entered, or refuse it with a reason", decide_paper},
      {post, "/ballots/{id}/evidence", in, change, Asked::lists, json, "NewEvidence",
       "EvidenceFiled", 200, "File the written evidence of a ballot that has ended", file_evidence},
      {get, "/ballots/{id}/evidence", in, signed_in, Asked::lists, none, "", "BallotEvidence", 200,
       "The written evidence as it was filed, with its hash", show_evidence},
  };
}

}  // namespace huilu::api
