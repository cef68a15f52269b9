#include "policy/view.h"

#include "policy/declarations.h"

namespace huilu::policy {

namespace {

Form<ViewGroup> group_form() {
  return named("view_part",
               map_of<ViewGroup>(
                   {
                       required("id", &ViewGroup::id, id()),
                       label("title", &ViewGroup::title),
                       required("of", &ViewGroup::of, one_or_list(id())),
                   },
                   [](Reading&, const Node& node, ViewGroup& one) { one.place = node.place; }));
}

Form<Partition> partition_form() {
  return named("partition", map_of<Partition>({
                                required("by", &Partition::by, path_form()),
                                required("parts", &Partition::parts, some_of(group_form())),
                            }));
}

Key<View> set_key() {
  const auto form = measured_set_form();
  return {"of", Presence::required, form.expected,
          [form](Reading& reading, const Node&, const Node* value, View& out) {
            if (value) form.read(reading, *value, out.counted.of);
          },
          form.shape};
}

}  // namespace

Form<View> view_form() {
  return named("view", map_of<View>(
                           {
                               required("clause", &View::clauses, one_or_list(token())),
                               label("title", &View::title),
                               label("guide", &View::guide),
                               unkept<View>("note", Presence::optional, text()),
                               required("kind", &View::kind,
                                        word<ViewKind>(view_kind_words, {"matrix", "table", "bars",
                                                                         "figures", "return"})),
                               set_key(),
                               required("partition", &View::partition, partition_form()),
                               required("columns", &View::columns, some_of(id())),
                               later<View>("rows"),
                               later<View>("for"),
                           },
                           [](Reading&, const Node& node, View& view) {
                             view.place = node.place;
                             view.counted.place = node.place;
                             view.counted.by = {view.partition.by};
                           }));
}

}  // namespace huilu::policy
