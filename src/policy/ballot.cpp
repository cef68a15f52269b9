#include "policy/ballot.h"

#include <algorithm>

#include "policy/declarations.h"

namespace huilu::policy {

const Term* MatterBallot::find_grade(std::string_view code) const {
  const auto found =
      std::find_if(scale.begin(), scale.end(), [&](const Term& one) { return one.code == code; });
  return found == scale.end() ? nullptr : &*found;
}

namespace {

constexpr std::int64_t ballots_most = 1'000'000;

// A number or a parameter.
Form<Threshold> least_form() {
  return {[](Reading& reading, const Node& node, Threshold& out) {
            const std::size_t before = reading.findings().size();
            if (node.kind == NodeKind::map)
              parameter_use_form().read(reading, node, out.what.emplace<ParameterUse>());
            else
              integer(1, ballots_most).read(reading, node, out.what.emplace<std::int64_t>());
            if (reading.findings().size() == before) out.place = node.place;
          },
          "integer", shape::choice({shape::integer(1, ballots_most), parameter_use_form().shape})};
}

Form<BallotPass> ballot_pass_form() {
  return named("ballot_pass",
               map_of<BallotPass>(
                   {
                       required("at_least", &BallotPass::at_least, share_threshold_form()),
                       required("share", &BallotPass::share, some_of(id())),
                   },
                   [](Reading&, const Node& node, BallotPass& one) { one.place = node.place; }));
}

struct BallotOpens {
  std::vector<std::string> enter;
};

// {enter: state}
Key<MatterBallot> opens_key() {
  const auto form =
      named("ballot_opens", map_of<BallotOpens>({
                                required("enter", &BallotOpens::enter, one_or_list(id())),
                            }));
  return {"opens", Presence::required, form.expected,
          [form](Reading& reading, const Node&, const Node* value, MatterBallot& out) {
            if (!value) return;
            BallotOpens read;
            form.read(reading, *value, read);
            out.opens = std::move(read.enter);
          },
          form.shape};
}

}  // namespace

Form<Threshold> share_threshold_form() {
  return {[](Reading& reading, const Node& node, Threshold& out) {
            const std::size_t before = reading.findings().size();
            if (node.kind == NodeKind::map)
              parameter_use_form().read(reading, node, out.what.emplace<ParameterUse>());
            else
              decimal().read(reading, node, out.what.emplace<Decimal>());
            if (reading.findings().size() == before) out.place = node.place;
          },
          "decimal", shape::choice({shape::decimal(), parameter_use_form().shape})};
}

Form<MatterBallot> ballot_form() {
  return named("ballot",
               map_of<MatterBallot>(
                   {
                       label("title", &MatterBallot::title),
                       optional("clause", &MatterBallot::clauses, one_or_list(token())),
                       unkept<MatterBallot>("note", Presence::optional, text()),
                       required("voters", &MatterBallot::voters, one_or_list(id())),
                       required("held_by", &MatterBallot::held_by, one_or_list(id())),
                       required("scale", &MatterBallot::scale, terms()),
                       later<MatterBallot>("fields"),
                       opens_key(),
                       required("window", &MatterBallot::window, duration_use_form()),
                       required("one_per", &MatterBallot::one_per, word<OnePer>(one_per_words)),
                       optional("secret", &MatterBallot::secret, boolean()),
                       optional("paper", &MatterBallot::paper, boolean()),
                       required("pass", &MatterBallot::pass, ballot_pass_form()),
                       required("min_ballots", &MatterBallot::min_ballots, least_form()),
                       required("below_min", &MatterBallot::below_min, id()),
                       required("if_failed", &MatterBallot::if_failed, id()),
                       optional("evidence", &MatterBallot::evidence,
                                word<BallotEvidence>(ballot_evidence_words)),
                   },
                   [](Reading&, const Node& node, MatterBallot& one) { one.place = node.place; }));
}

}  // namespace huilu::policy
