#include "policy/campaign.h"

#include "policy/declarations.h"
#include "policy/finding.h"
#include "policy/scalar.h"

namespace huilu::policy {

namespace {

// A window with both ends, within `outer` where that is given.
Form<Interval> window_form() {
  return {[form = interval_form()](Reading& reading, const Node& node, Interval& out) {
            form.read(reading, node, out);
            if (node.kind == NodeKind::map && !node.find("until") && !node.cut)
              reading.report(RefusalCode::pack_missing_key, node.place, "until", "");
          },
          "map", interval_form().shape};
}

Form<Batch> batch_form() {
  return named(
      "batch",
      map_of<Batch>(
          {
              required("id", &Batch::id, id()),
              label("title", &Batch::title),
              required("who", &Batch::who, units_form()),
              required("window", &Batch::window, window_form()),
              optional("late_joiner", &Batch::late_joiner, word<LateJoiner>(late_joiner_words)),
          },
          [](Reading&, const Node& node, Batch& batch) { batch.place = node.place; }));
}

struct PhaseWindow {
  Anchor from;
  Anchor until;
};

Form<Phase> phase_form() {
  const auto window = map_of<PhaseWindow>({
      required("from", &PhaseWindow::from, anchor_form()),
      required("until", &PhaseWindow::until, anchor_form()),
  });
  const Key<Phase> window_key = {
      "window", Presence::required, "map",
      [window](Reading& reading, const Node&, const Node* value, Phase& out) {
        PhaseWindow read;
        if (value) window.read(reading, *value, read);
        out.from = std::move(read.from);
        out.until = std::move(read.until);
      },
      shape::named("during", window.shape)};
  return named("phase",
               map_of<Phase>(
                   {
                       required("id", &Phase::id, id()),
                       label("title", &Phase::title),
                       window_key,
                   },
                   [](Reading&, const Node& node, Phase& phase) { phase.place = node.place; }));
}

Form<Aim> aim_form() {
  return named("aim", map_of<Aim>(
                          {
                              required("id", &Aim::id, id()),
                              label("title", &Aim::title),
                              optional("clause", &Aim::clauses, one_or_list(token())),
                          },
                          [](Reading&, const Node& node, Aim& aim) { aim.place = node.place; }));
}

template <class T>
void check_ids(Reading& reading, const Node& list, const std::vector<T>& things) {
  for (std::size_t i = 0; i < things.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (!things[i].id.empty() && things[i].id == things[j].id) {
        reading.report(RefusalCode::pack_duplicate_key, list.below(i).below("id").place,
                       list.below(j).below("id").place.text(), things[i].id);
        break;
      }
}

void check_campaign(Reading& reading, const Node& node, Campaign& campaign) {
  check_ids(reading, node.below("batches"), campaign.batches);
  check_ids(reading, node.below("phases"), campaign.phases);
  check_ids(reading, node.below("strands"), campaign.strands);
  check_ids(reading, node.below("goals"), campaign.goals);
  const Interval& whole = campaign.window;
  for (std::size_t i = 0; i < campaign.batches.size(); ++i) {
    const Interval& window = campaign.batches[i].window;
    if (!whole.until || !window.until) continue;
    if (window.from < whole.from || *window.until > *whole.until)
      reading.report(RefusalCode::pack_range, node.below("batches").below(i).below("window").place,
                     whole.from.text() + " to " + whole.until->text(),
                     window.from.text() + " to " + window.until->text());
  }
}

// `all`, or {at_least: 0.8}.
Form<Fold> fold_form() {
  struct Share {
    Decimal at_least;
  };
  const auto share = map_of<Share>({required("at_least", &Share::at_least, decimal())});
  return {[share](Reading& reading, const Node& node, Fold& out) {
            constexpr std::array<std::string_view, 1> words = {"all"};
            std::size_t ignored = 0;
            if (node.kind != NodeKind::map)
              return word<std::size_t>(words).read(reading, node, ignored);
            Share read{{one_in_millionths}};
            share.read(reading, node, read);
            out.at_least = read.at_least;
            if (read.at_least.millionths <= 0 || read.at_least.millionths > one_in_millionths)
              reading.report(RefusalCode::pack_range, node.below("at_least").place,
                             "more than 0, at most 1", node.below("at_least").describe());
          },
          "all, {at_least: share}",
          shape::choice({shape::word({"all"}), shape::named("fold", share.shape)})};
}

// Names of obligations; a bundle within a bundle comes with a later release.
Form<std::vector<std::string>> members_form() {
  const Form<std::string> member = {[](Reading& reading, const Node& node, std::string& out) {
                                      if (node.kind == NodeKind::map)
                                        return reading.report(RefusalCode::pack_later, node.place,
                                                              "", "all_of");
                                      if (!is_plain_text(node))
                                        return reading.report_type(node, "name of an obligation");
                                      out = node.text;
                                    },
                                    "name of an obligation", shape::text()};
  return some_of(member);
}

}  // namespace

const Aim* find_aim(const std::vector<Aim>& aims, std::string_view id) {
  const auto found =
      std::find_if(aims.begin(), aims.end(), [&](const Aim& aim) { return aim.id == id; });
  return found == aims.end() ? nullptr : &*found;
}

Form<Condition> units_form() {
  struct Units {
    Condition unit;
  };
  const auto form = map_of<Units>({optional("unit", &Units::unit, condition_form())});
  return {[form](Reading& reading, const Node& node, Condition& out) {
            Units read;
            form.read(reading, node, read);
            if (node.kind == NodeKind::map && node.members.empty() && !node.cut)
              reading.report(RefusalCode::pack_missing_key, node.place, "unit", "");
            out = std::move(read.unit);
          },
          "{unit: condition}", shape::named("units", form.shape)};
}

Form<Campaign> campaign_form() {
  return named("campaign", map_of<Campaign>(
                               {
                                   optional("clause", &Campaign::clauses, one_or_list(token())),
                                   label("title", &Campaign::title),
                                   unkept<Campaign>("note", Presence::optional, text()),
                                   required("window", &Campaign::window, window_form()),
                                   optional("batches", &Campaign::batches, list_of(batch_form())),
                                   optional("phases", &Campaign::phases, list_of(phase_form())),
                                   optional("strands", &Campaign::strands, list_of(aim_form())),
                                   optional("goals", &Campaign::goals, list_of(aim_form())),
                                   later<Campaign>("organiser"),
                                   later<Campaign>("after_end"),
                               },
                               [](Reading& reading, const Node& node, Campaign& campaign) {
                                 campaign.place = node.place;
                                 check_campaign(reading, node, campaign);
                               }));
}

Form<Bundle> bundle_form() {
  return named("bundle",
               map_of<Bundle>(
                   {
                       optional("clause", &Bundle::clauses, one_or_list(token())),
                       label("title", &Bundle::title),
                       unkept<Bundle>("note", Presence::optional, text()),
                       required("per", &Bundle::per, units_form()),
                       required("all_of", &Bundle::obligations, members_form()),
                       optional("fold", &Bundle::fold, fold_form()),
                   },
                   [](Reading&, const Node& node, Bundle& bundle) { bundle.place = node.place; }));
}

}  // namespace huilu::policy
