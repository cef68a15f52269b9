#include "policy/draw.h"

#include "policy/declarations.h"

namespace huilu::policy {

namespace {

constexpr std::array<std::string_view, 2> amount_keys = {"size", "share"};
constexpr std::array<std::string_view, 1> redraw_words = {"reason"};

struct Drawable {
  Condition units;
};

Key<Draw> units_key() {
  const auto form = named("drawn_of", map_of<Drawable>({
                                          required("units", &Drawable::units, condition_form()),
                                          later<Drawable>("posts"),
                                          later<Drawable>("members"),
                                          later<Drawable>("record"),
                                          later<Drawable>("matter"),
                                      }));
  return {"of", Presence::required, "{units: condition}",
          [form](Reading& reading, const Node&, const Node* value, Draw& out) {
            if (!value) return;
            Drawable read;
            form.read(reading, *value, read);
            out.of.of.source = SetSource::units;
            out.of.of.where = std::move(read.units);
            out.of.of.place = value->place;
          },
          form.shape};
}

Key<Draw> amount_key(std::string_view name, bool is_share) {
  const auto form = number_use_form();
  return {name, Presence::optional, form.expected,
          [form, is_share](Reading& reading, const Node&, const Node* value, Draw& out) {
            if (!value) return;
            out.is_share = is_share;
            form.read(reading, *value, out.amount);
          },
          form.shape};
}

Key<Draw> redraw_key() {
  const auto form = word<std::size_t>(redraw_words);
  return {"redraw", Presence::optional, form.expected,
          [form](Reading& reading, const Node&, const Node* value, Draw& out) {
            if (!value) return;
            std::size_t index = 0;
            form.read(reading, *value, index);
            out.may_redraw = true;
          },
          form.shape};
}

}  // namespace

Form<Draw> draw_form() {
  return exactly_one(
      amount_keys,
      named("draw",
            map_of<Draw>(
                {
                    required("clause", &Draw::clauses, one_or_list(token())),
                    label("title", &Draw::title),
                    label("guide", &Draw::guide),
                    unkept<Draw>("note", Presence::optional, text()),
                    units_key(),
                    amount_key("size", false),
                    amount_key("share", true),
                    optional("weight", &Draw::weight, id()),
                    optional("strata", &Draw::strata, word<DrawStrata>(draw_strata_words)),
                    redraw_key(),
                },
                [](Reading& reading, const Node& node, Draw& draw) {
                  draw.place = node.place;
                  draw.of.place = node.place;
                  reading::one_of_keys(reading, node, {amount_keys.begin(), amount_keys.end()});
                })));
}

}  // namespace huilu::policy
