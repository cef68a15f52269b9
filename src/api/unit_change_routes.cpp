// Changing the tree: create, rename, change kind and details, move, relate, close.
#include "api/names.h"
#include "api/routes.h"
#include "api/views.h"
#include "org/commands.h"

namespace huilu::api {

namespace {

using command::Permission;

org::Kind read_kind(Members& in) {
  org::Kind kind;
  kind.type = in.text("type", 64);
  kind.level = static_cast<int>(in.integer("level", 0, 9));
  kind.rank = in.optional_text("rank", 64);
  kind.tags = in.texts("tags", 20);
  return kind;
}

// Reads the body into a change of the unit in the path and hands it to the road.
template <class Change, class Read, class Make>
Answer change_unit(Call& call, Read read, Make make) {
  const auto id = call.id<UnitId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  Refusals refusals;
  Members in(call.body, "", refusals);
  Change change;
  change.unit = *id;
  change.version = in.integer("version", 1, INT64_MAX);
  read(in, change);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(make(std::move(change)));
}

Answer create(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  org::CreateUnit change;
  change.name = in.text("name", 200);
  change.kind = read_kind(in);
  change.parent = in.id<UnitId>("parent");
  change.seat = in.optional_id<PlaceId>("seat");
  change.code = in.optional_text("code", 64);
  change.code_system = in.optional_text("code_system", 64);
  change.official_order = in.optional_integer("official_order", 0, 1'000'000'000);
  change.go_live = in.optional_date("go_live");
  change.from = in.optional_date("from").value_or(call.today);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(org::make_command(std::move(change), policy::core_pack().vocabulary));
}

Answer rename(Call& call) {
  return change_unit<org::RenameUnit>(
      call,
      [&](Members& in, org::RenameUnit& change) {
        change.name = in.text("name", 200);
        change.date = in.optional_date("date").value_or(call.today);
      },
      [](org::RenameUnit change) { return org::make_command(std::move(change)); });
}

Answer change_kind(Call& call) {
  return change_unit<org::ChangeUnitKind>(
      call,
      [&](Members& in, org::ChangeUnitKind& change) {
        change.kind = read_kind(in);
        change.date = in.optional_date("date").value_or(call.today);
      },
      [](org::ChangeUnitKind change) {
        return org::make_command(std::move(change), policy::core_pack().vocabulary);
      });
}

Answer change_details(Call& call) {
  return change_unit<org::ChangeUnitDetails>(
      call,
      [](Members& in, org::ChangeUnitDetails& change) {
        change.code = in.optional_text("code", 64);
        change.code_system = in.optional_text("code_system", 64);
        change.official_order = in.optional_integer("official_order", 0, 1'000'000'000);
        change.go_live = in.optional_date("go_live");
      },
      [](org::ChangeUnitDetails change) { return org::make_command(std::move(change)); });
}

Answer move(Call& call) {
  return change_unit<org::MoveUnit>(
      call,
      [&](Members& in, org::MoveUnit& change) {
        change.to = in.id<UnitId>("parent");
        change.date = in.optional_date("date").value_or(call.today);
        const auto now = org::unit_on(*call.reader, change.unit, change.date);
        if (now) change.from = now->parent;
      },
      [](org::MoveUnit change) { return org::make_command(std::move(change)); });
}

// The target's id says what it is: u12, d7 or o3.
Answer relate(Call& call) {
  return change_unit<org::RelateUnit>(
      call,
      [&](Members& in, org::RelateUnit& change) {
        const auto word = in.text("kind", 64);
        const auto kind = org::relation_kind_from(word);
        if (kind) {
          change.kind = *kind;
        } else if (!word.empty()) {
          std::string expected;
          for (const auto each : org::all_relation_kinds()) {
            expected += (expected.empty() ? "" : ", ") + std::string(org::word_of(each));
          }
          in.refuse(RefusalCode::unknown_word, "kind", expected, word);
        }
        if (kind == org::RelationKind::seated_in) {
          change.target.place = in.id<PlaceId>("target");
        } else if (kind == org::RelationKind::contact_of) {
          change.target.post = in.id<PostId>("target");
        } else {
          change.target.unit = in.id<UnitId>("target");
        }
        change.date = in.optional_date("date").value_or(call.today);
      },
      [](org::RelateUnit change) { return org::make_command(std::move(change)); });
}

Answer end_relation(Call& call) {
  return change_unit<org::EndUnitRelation>(
      call,
      [&](Members& in, org::EndUnitRelation& change) {
        change.relation = in.integer("relation", 1, INT64_MAX);
        change.date = in.optional_date("date").value_or(call.today);
      },
      [](org::EndUnitRelation change) { return org::make_command(std::move(change)); });
}

Answer close_unit(Call& call) {
  return change_unit<org::CloseUnit>(
      call,
      [&](Members& in, org::CloseUnit& change) {
        change.date = in.optional_date("date").value_or(call.today);
      },
      [](org::CloseUnit change) { return org::make_command(std::move(change)); });
}

}  // namespace

std::vector<Route> unit_change_routes() {
  const auto post = [](std::string_view path, Asked asked, std::string_view request, int status,
                       std::string_view summary, Handler handler) {
    return Route{http::Method::post,
                 path,
                 Access::signed_in,
                 Permission::unit_change,
                 asked,
                 BodyKind::json,
                 request,
                 "Changed",
                 status,
                 summary,
                 handler};
  };
  constexpr auto at = Asked::path_unit;
  return {
      post("/units", Asked::body_units, "NewUnit", 201, "Create a unit below another", create),
      post("/units/{id}/name", at, "UnitName", 200, "Rename from a date on", rename),
      post("/units/{id}/kind", at, "UnitKind", 200, "Change type, level, rank and tags",
           change_kind),
      post("/units/{id}/details", at, "UnitDetails", 200, "Code, official order, go-live day",
           change_details),
      post("/units/{id}/parent", at, "UnitMove", 200, "Move below another unit from a date on",
           move),
      post("/units/{id}/relations", at, "NewRelation", 200, "Seat, guidance, administration …",
           relate),
      post("/units/{id}/relations/end", at, "RelationEnd", 200, "End a relation", end_relation),
      post("/units/{id}/closing", at, "UnitClosing", 200, "Close a unit; nothing may hang on it",
           close_unit),
  };
}

}  // namespace huilu::api
