#include "policy/vocabulary.h"

#include "policy/declarations.h"

namespace huilu::policy {

namespace {

template <class T>
Key<Vocabulary> terms_key(std::string_view name, Terms<T> Vocabulary::*member,
                          Form<std::vector<T>> form) {
  return {name, Presence::required, form.expected,
          [member, form](Reading& reading, const Node&, const Node* value, Vocabulary& out) {
            if (value) form.read(reading, *value, (out.*member).items);
          },
          form.shape};
}

}  // namespace

Form<Vocabulary> vocabulary_form() {
  const auto unit_type =
      named("unit_type", map_of<UnitType>({
                             label("title", &UnitType::title),
                             optional("has_members", &UnitType::has_members, boolean()),
                         }));
  const auto level = named("level", map_of<Level>({
                                        label("title", &Level::title),
                                        required("number", &Level::number, integer(0, 9)),
                                    }));
  const auto relation = named("relation", map_of<Relation>({
                                              label("title", &Relation::title),
                                              optional("single", &Relation::single, boolean()),
                                          }));
  return named(
      "vocabulary",
      map_of<Vocabulary>({
          terms_key("unit_types", &Vocabulary::unit_types, by_name(unit_type, &UnitType::code)),
          terms_key("levels", &Vocabulary::levels, by_name(level, &Level::code)),
          terms_key("ranks", &Vocabulary::ranks, terms()),
          terms_key("post_kinds", &Vocabulary::post_kinds, terms()),
          terms_key("membership_kinds", &Vocabulary::membership_kinds, terms()),
          terms_key("leave_reasons", &Vocabulary::leave_reasons, terms()),
          terms_key("relations", &Vocabulary::relations, by_name(relation, &Relation::code)),
      }));
}

}  // namespace huilu::policy
