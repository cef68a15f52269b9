#include "api/explaining.h"

#include "api/names.h"
#include "identity/queries.h"

namespace huilu::api {

using command::Permission;
using obligation::Bearer;
using policy::BearerKind;

Permission names_of(BearerKind kind) {
  return kind == BearerKind::post ? Permission::post_names_read : Permission::member_names_read;
}

PersonId own_person(Call& call) {
  const auto self = identity::me(*call.reader, call.who.account, call.today);
  return self && self->account.person ? *self->account.person : PersonId{};
}

Refusals may_explain(Call& call, const compliance::Answer& answer, compliance::Shown& shown) {
  const Bearer& bearer = answer.explanation.question.bearer;
  PersonId person = bearer.person;
  for (const auto& tenure : answer.facts.tenures) {
    if (bearer.tenure && tenure.id == bearer.tenure) person = tenure.person;
  }
  shown = compliance::Shown::everything;
  const bool self = person && person == own_person(call);
  if (self && call.check(Permission::explanation_read, {}).empty()) return {};
  const auto full = call.check(Permission::explanation_read, {answer.home});
  if (!full.empty()) {
    shown = compliance::Shown::counts;
    if (auto no = call.check(Permission::explanation_counts_read, {answer.home}); !no.empty()) {
      return no;
    }
  }
  if (auto no = open_names(call, answer.home); !no.empty()) return no;
  if (!person) return {};
  auto names =
      call.check(names_of(bearer.tenure ? BearerKind::post : BearerKind::member), {answer.home});
  if (bearer.person && !names.empty()) return names;
  if (!names.empty() && shown == compliance::Shown::everything) {
    shown = compliance::Shown::without_names;
  }
  return {};
}

}  // namespace huilu::api
