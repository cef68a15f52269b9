// Changing people: persons, memberships, employments, posts and who holds them. Every body names
// the unit where the permission is needed.
#include "api/routes.h"
#include "org/people_commands.h"
#include "policy/pack.h"

namespace huilu::api {

namespace {

using command::Permission;

// Reads the body into a change and hands it to the road.
template <class Change, class Read, class Make>
Answer change(Call& call, Read read, Make make) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  Change wanted;
  read(in, wanted);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(make(std::move(wanted)));
}

template <class Change>
org::CommandPtr plain(Change wanted) {
  return org::make_command(std::move(wanted));
}

template <class Change>
org::CommandPtr with_words(Change wanted) {
  return org::make_command(std::move(wanted), policy::core_pack().vocabulary);
}

Answer create_person(Call& call) {
  return change<org::CreatePerson>(
      call,
      [](Members& in, org::CreatePerson& wanted) {
        wanted.name = in.text("name", 64);
        wanted.external_key = in.optional_text("external_key", 64);
      },
      plain<org::CreatePerson>);
}

Answer change_person(Call& call) {
  const auto id = call.id<PersonId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  return change<org::ChangePerson>(
      call,
      [&](Members& in, org::ChangePerson& wanted) {
        wanted.person = *id;
        wanted.unit = in.id<UnitId>("unit");
        wanted.version = in.integer("version", 1, INT64_MAX);
        wanted.name = in.text("name", 64);
        wanted.external_key = in.optional_text("external_key", 64);
      },
      plain<org::ChangePerson>);
}

Answer start_membership(Call& call) {
  return change<org::StartMembership>(
      call,
      [&](Members& in, org::StartMembership& wanted) {
        wanted.person = in.id<PersonId>("person");
        wanted.unit = in.id<UnitId>("unit");
        const auto word = in.text("kind", 32);
        const auto kind = org::membership_kind_from(word);
        if (kind) {
          wanted.kind = *kind;
        } else if (!word.empty()) {
          in.refuse(RefusalCode::unknown_word, "kind",
                    policy::core_pack().vocabulary.membership_kinds.expected(word), word);
        }
        wanted.floating = in.flag("floating", false);
        wanted.host_unit = in.optional_id<UnitId>("host_unit");
        wanted.date = in.optional_date("date").value_or(call.today);
        wanted.replaces = in.optional_id<MembershipId>("replaces");
        wanted.replaces_in = in.optional_id<UnitId>("replaces_in");
      },
      with_words<org::StartMembership>);
}

Answer end_membership(Call& call) {
  const auto id = call.id<MembershipId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  return change<org::EndMembership>(
      call,
      [&](Members& in, org::EndMembership& wanted) {
        wanted.membership = *id;
        wanted.person = in.id<PersonId>("person");
        wanted.unit = in.id<UnitId>("unit");
        wanted.version = in.integer("version", 1, INT64_MAX);
        wanted.date = in.optional_date("date").value_or(call.today);
      },
      plain<org::EndMembership>);
}

Answer start_employment(Call& call) {
  return change<org::StartEmployment>(
      call,
      [&](Members& in, org::StartEmployment& wanted) {
        wanted.person = in.id<PersonId>("person");
        wanted.unit = in.id<UnitId>("unit");
        wanted.date = in.optional_date("date").value_or(call.today);
      },
      plain<org::StartEmployment>);
}

Answer end_employment(Call& call) {
  return change<org::EndEmployment>(
      call,
      [&](Members& in, org::EndEmployment& wanted) {
        wanted.employment = in.integer("employment", 1, INT64_MAX);
        wanted.person = in.id<PersonId>("person");
        wanted.unit = in.id<UnitId>("unit");
        wanted.version = in.integer("version", 1, INT64_MAX);
        wanted.date = in.optional_date("date").value_or(call.today);
      },
      plain<org::EndEmployment>);
}

Answer create_post(Call& call) {
  return change<org::CreatePost>(
      call,
      [&](Members& in, org::CreatePost& wanted) {
        wanted.unit = in.id<UnitId>("unit");
        wanted.kind = in.text("kind", 64);
        wanted.title = in.text("title", 100);
        wanted.official_order = in.optional_integer("official_order", 0, 1'000'000'000);
        wanted.from = in.optional_date("from").value_or(call.today);
      },
      with_words<org::CreatePost>);
}

Answer end_post(Call& call) {
  const auto id = call.id<PostId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  return change<org::EndPost>(
      call,
      [&](Members& in, org::EndPost& wanted) {
        wanted.post = *id;
        wanted.unit = in.id<UnitId>("unit");
        wanted.version = in.integer("version", 1, INT64_MAX);
        wanted.date = in.optional_date("date").value_or(call.today);
      },
      plain<org::EndPost>);
}

Answer start_tenure(Call& call) {
  const auto id = call.id<PostId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  return change<org::StartTenure>(
      call,
      [&](Members& in, org::StartTenure& wanted) {
        wanted.post = *id;
        wanted.unit = in.id<UnitId>("unit");
        wanted.person = in.id<PersonId>("person");
        wanted.holding = in.flag("acting", false) ? org::Holding::acting : org::Holding::regular;
        wanted.date = in.optional_date("date").value_or(call.today);
      },
      plain<org::StartTenure>);
}

Answer end_tenure(Call& call) {
  const auto id = call.id<TenureId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  return change<org::EndTenure>(
      call,
      [&](Members& in, org::EndTenure& wanted) {
        wanted.tenure = *id;
        wanted.post = in.id<PostId>("post");
        wanted.unit = in.id<UnitId>("unit");
        wanted.version = in.integer("version", 1, INT64_MAX);
        wanted.date = in.optional_date("date").value_or(call.today);
      },
      plain<org::EndTenure>);
}

}  // namespace

std::vector<Route> people_routes() {
  const auto post = [](std::string_view path, std::string_view request, int status,
                       std::string_view summary, Handler handler,
                       Permission permission = Permission::person_change,
                       Asked asked = Asked::body_units) {
    return Route{
        http::Method::post, path,   Access::signed_in, permission, asked, BodyKind::json, request,
        "Changed",          status, summary,           handler};
  };
  return {
      post("/people", "NewPerson", 201, "A person; memberships and posts are given apart",
           create_person, Permission::person_change, Asked::anywhere),
      post("/people/{id}", "PersonChange", 200, "Correct a name or key", change_person),
      post("/memberships", "NewMembership", 201, "Put a member on a branch's roll, or transfer one",
           start_membership),
      post("/memberships/{id}/end", "MembershipEnd", 200, "Take a member off the roll",
           end_membership),
      post("/employments", "NewEmployment", 201, "A person begins to work in a unit",
           start_employment),
      post("/employments/end", "EmploymentEnd", 200, "A person leaves a unit", end_employment),
      post("/posts", "NewPost", 201, "A post of a unit", create_post, Permission::unit_change),
      post("/posts/{id}/end", "PostEnd", 200, "Abolish a post", end_post, Permission::unit_change),
      post("/posts/{id}/tenures", "NewTenure", 201, "Somebody takes a post", start_tenure),
      post("/tenures/{id}/end", "TenureEnd", 200, "Somebody leaves a post", end_tenure),
  };
}

}  // namespace huilu::api
