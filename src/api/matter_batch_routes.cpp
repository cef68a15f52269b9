// One act on many matters: the same move, the same edit, a cell of each, more time that is asked
// for or decided, or putting them below a parent. Every row is a command of its own and goes
// through the same rules as alone; what is refused is told by row and keeps no other from being
// done. A dry run asks the rules and writes nothing.
#include <atomic>
#include <set>

#include "api/enactment_views.h"
#include "api/matter_reads.h"
#include "api/matter_views.h"
#include "api/routes.h"
#include "api/views.h"
#include "ballot/commands.h"
#include "matter/deeds.h"
#include "matter/grouping.h"

namespace huilu::api {

namespace {

using command::Permission;
using obligation::Change;

constexpr std::size_t items_max = 200;

struct BatchItem {
  MatterId id;
  std::int64_t version = 0;
  Change change;
};

struct BatchAsked {
  std::string move;                            // empty: an edit, or
  std::optional<matter::AskedDeed> extension;  // what is asked for, or decided
  bool dry_run = false;
  std::optional<MatterId> into;
  std::optional<matter::AskedGroup> group;  // instead of all of these
  std::optional<matter::NewMatter> open;    // the parent, where it is opened for them
  std::vector<BatchItem> items;
};

// What became of a row, or would.
struct BatchRow {
  std::optional<matter::Read> read;
  std::unique_ptr<command::Command> command;
  command::Outcome outcome;
};

// More time until a day, or a decision about what waits.
std::optional<matter::AskedDeed> read_extension(Members& outer, Refusals& refusals) {
  const Value* const said = outer.object("extension");
  if (said == nullptr) return {};
  Members in(*said, "/extension", refusals);
  matter::AskedDeed asked;
  asked.clock = in.text("clock", 64);
  asked.until = in.optional_date("until");
  const auto decision = in.optional_text("decision", 64);
  if (!decision && !asked.until) in.refuse(RefusalCode::field_required, "until");
  if (decision && *decision != "grant" && *decision != "refuse") {
    in.refuse(RefusalCode::unknown_word, "decision", "grant, refuse", *decision);
  }
  if (decision && asked.until) in.refuse(RefusalCode::unknown_field, "until");
  if (decision) {
    asked.kind = *decision == "grant" ? obligation::DeedKind::extension_granted
                                      : obligation::DeedKind::extension_refused;
  }
  in.finish();
  return asked;
}

void read_items(Members& in, const Change& shared, Refusals& refusals, BatchAsked& asked) {
  const Value::List* const items = in.list("items", items_max);
  if (items == nullptr || items->empty()) in.refuse(RefusalCode::field_required, "items");
  std::set<MatterId> seen;
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    Members one((*items)[i], "/items/" + std::to_string(i), refusals);
    BatchItem item{one.id<MatterId>("id"), one.integer("version", 1, INT64_MAX), shared};
    const Value* const fields = asked.group ? nullptr : one.object("fields");
    if (fields != nullptr) {
      for (const auto& [name, value] : fields->object()->members) {
        item.change.fields.set(name, value);
      }
    }
    one.finish();
    if (item.id && !seen.insert(item.id).second) {
      one.refuse(RefusalCode::duplicate, "id", {}, item.id.text());
    }
    asked.items.push_back(std::move(item));
  }
}

BatchAsked read_batch(const Call& call, Refusals& refusals) {
  Members in(call.body, "", refusals);
  BatchAsked asked;
  asked.move = in.optional_text("move", 64).value_or("");
  asked.extension = read_extension(in, refusals);
  if (asked.extension && !asked.move.empty()) in.refuse(RefusalCode::unknown_field, "extension");
  asked.dry_run = in.flag("dry_run", false);
  auto shared = read_matter_change(in);
  shared.unit = in.optional_id<UnitId>("unit");
  shared.into = in.optional_id<MatterId>("into");
  // A unit is changed by a move that asks for it.
  if (shared.unit && asked.move.empty()) in.refuse(RefusalCode::unknown_field, "unit");
  if (shared.into && asked.move.empty()) in.refuse(RefusalCode::unknown_field, "into");
  asked.into = shared.into;
  read_items(in, shared, refusals, asked);
  in.finish();
  return asked;
}

BatchAsked read_grouping(const Call& call, Refusals& refusals) {
  Members in(call.body, "", refusals);
  BatchAsked asked;
  asked.group.emplace();
  asked.group->parent = in.optional_id<MatterId>("parent");
  if (const Value* const said = in.object("open")) {
    if (asked.group->parent) in.refuse(RefusalCode::unknown_field, "parent");
    Members parent(*said, "/open", refusals);
    asked.open = read_new_matter(parent);
    parent.finish();
    asked.group->unit = asked.open->unit;
    asked.group->opens_parent = true;
  }
  asked.group->reason = in.optional_text("reason", 500).value_or("");
  asked.dry_run = in.flag("dry_run", false);
  read_items(in, {}, refusals, asked);
  in.finish();
  return asked;
}

std::unique_ptr<command::Command> command_of(const Call& call, const BatchAsked& asked,
                                             const BatchItem& item, matter::Read read) {
  if (asked.extension) {
    return std::make_unique<matter::DoDeed>(std::move(read), *asked.extension, item.change,
                                            item.version, call.who.account, call.today,
                                            call.services.clock.now());
  }
  if (asked.group) {
    return std::make_unique<matter::GroupMatter>(std::move(read), *asked.group, item.version);
  }
  if (asked.move.empty()) {
    return std::make_unique<matter::EditMatter>(std::move(read), item.change, item.version);
  }
  return ballot::moving(std::move(read), asked.move, item.change, item.version, call.who.account,
                        call.today, call.services.clock.now(), call.services.packs);
}

// The gate and the rules, on what the reader sees now.
Refusals would_refuse(const Call& call, command::Command& command) {
  const auto question = call.services.gate.ask(*call.reader, call.who.account, command.need());
  call.reader->flush();
  auto refusals = command::in_words_of(command, question->answer(call.today));
  if (!refusals.empty()) return refusals;
  command.load(*call.reader);
  call.reader->flush();
  return command.decide({call.services.clock.now(), call.today, call.who.account, {}});
}

std::vector<BatchRow> batch_rows(const Call& call, const BatchAsked& asked) {
  std::vector<MatterAsked> wanted;
  for (const auto& item : asked.items) wanted.push_back({item.id, item.change});
  auto reads = read_matters(call, wanted);
  std::vector<BatchRow> rows;
  for (std::size_t i = 0; i < asked.items.size(); ++i) {
    BatchRow row;
    row.read = std::move(reads[i]);
    if (row.read)
      row.command = command_of(call, asked, asked.items[i], *row.read);
    else
      row.outcome.refusals = {{RefusalCode::not_found, "", "", "", ""}};
    rows.push_back(std::move(row));
  }
  return rows;
}

// The title of the field that a refusal points at.
Value field_meant(const Call& call, const policy::MatterType& type, std::string_view where) {
  constexpr std::string_view fields = "/fields/";
  if (!where.starts_with(fields)) return {};
  where.remove_prefix(fields.size());
  const auto* const field = type.find_field(where.substr(0, where.find('/')));
  return field == nullptr ? Value() : Value(label_in(field->title, call.language));
}

// In the words of the pack where it is one of its moves that is refused.
Value::List why_of(Call& call, MatterViews& views, const BatchAsked& asked, const BatchItem& item,
                   const BatchRow& row) {
  const auto& refusals = row.outcome.refusals;
  const auto* const move = row.read ? row.read->type().find_move(asked.move) : nullptr;
  Value::List told;
  if (move != nullptr) told = views.why_not(*row.read, *move, refusals, item.change);
  if (row.read && asked.extension) {
    told = views.why_no_time(row.read->type(), *asked.extension, refusals);
  }
  Value::List why;
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    const Value* const say = told.empty() ? nullptr : told[i].find("say");
    why.push_back(Value::object(
        {{"code", kind_of(refusals[i].code).name},
         {"field", row.read ? field_meant(call, row.read->type(), refusals[i].where) : Value()},
         {"say", say == nullptr ? Value(words::message(call.language, refusals[i])) : *say}}));
  }
  if (!row.outcome.fault.empty()) {
    why.push_back(Value::object(
        {{"code", kind_of(RefusalCode::busy).name},
         {"field", Value()},
         {"say", words::message(call.language, {RefusalCode::busy, "", "", "", ""})}}));
  }
  return why;
}

Value member_or_null(const Value& body, std::string_view name) {
  const Value* const found = body.find(name);
  return found == nullptr ? Value() : *found;
}

Value batch_done_view(Call& call, const BatchAsked& asked, const std::vector<BatchRow>& rows) {
  MatterViews views(call);
  Value::List items;
  std::int64_t done = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& outcome = rows[i].outcome;
    Value::List why = why_of(call, views, asked, asked.items[i], rows[i]);
    const bool well = why.empty();
    done += well ? 1 : 0;
    Value state = member_or_null(outcome.reply.body, "state");
    if (well && asked.dry_run) {
      const auto* const move = rows[i].read->type().find_move(asked.move);
      state = move == nullptr ? rows[i].read->stored.now.matter.state : move->to;
    }
    items.push_back(Value::object({{"id", asked.items[i].id.text()},
                                   {"done", well},
                                   {"version", member_or_null(outcome.reply.body, "version")},
                                   {"state", std::move(state)},
                                   {"why", std::move(why)}}));
  }
  const auto all = static_cast<std::int64_t>(rows.size());
  return Value::object({{"dry_run", asked.dry_run},
                        {"done", done},
                        {"refused", all - done},
                        {"parent", Value()},
                        {"items", std::move(items)}});
}

// Shared by the rows that are on the road.
struct OnTheRoad {
  BatchAsked asked;
  std::vector<BatchRow> rows;
  std::atomic<std::size_t> waiting{0};
};

void send_rows(Call& call, const std::shared_ptr<OnTheRoad>& batch, Continue proceed) {
  const auto answer = [batch, proceed = std::move(proceed)] {
    proceed([batch](Call& later) {
      return Answer::of(batch_done_view(later, batch->asked, batch->rows));
    });
  };
  std::vector<std::size_t> going;
  for (std::size_t i = 0; i < batch->rows.size(); ++i) {
    if (batch->rows[i].command) going.push_back(i);
  }
  if (going.empty()) return answer();
  batch->waiting = going.size();
  for (const std::size_t i : going) {
    // Each row has a key of its own, so that asking again does nothing twice.
    auto request = call.road_request;
    request.key += ":" + batch->asked.items[i].id.text();
    call.services.road.submit(std::move(batch->rows[i].command), std::move(request),
                              [batch, answer, i](command::Outcome outcome) {
                                batch->rows[i].outcome = std::move(outcome);
                                if (batch->waiting.fetch_sub(1) == 1) answer();
                              });
  }
}

Refusals below_open(Refusals refusals) {
  for (Refusal& one : refusals) one.where = "/open" + one.where;
  return refusals;
}

// The parent that is opened for them; nothing after a refusal.
std::unique_ptr<matter::OpenMatter> opened_parent(Call& call, const matter::NewMatter& asked,
                                                  Refusals& refusals) {
  refusals = call.check(Permission::matter_open, {asked.unit}, "/open/unit");
  if (!refusals.empty()) return nullptr;
  const auto facts = facts_at(call, {asked.unit});
  const Instant now = call.services.clock.now();
  const auto* const pack = matter::pack_in_force(*facts, asked.type, asked.unit, call.today, now);
  if (pack == nullptr) {
    refusals = {{RefusalCode::unknown_matter_type, "/open/type", "", asked.type, ""}};
    return nullptr;
  }
  return std::make_unique<matter::OpenMatter>(facts, *pack, asked);
}

// The parent and all of them in one command: none is done unless all are.
void send_group(Call& call, const std::shared_ptr<OnTheRoad>& batch,
                std::unique_ptr<matter::OpenMatter> parent, const Continue& proceed) {
  std::vector<std::unique_ptr<matter::GroupMatter>> members;
  Refusals refusals;
  for (std::size_t i = 0; i < batch->rows.size(); ++i) {
    BatchRow& row = batch->rows[i];
    if (!row.read) {
      refusals.push_back({RefusalCode::not_found, "/items/" + std::to_string(i), "",
                          batch->asked.items[i].id.text(), ""});
      continue;
    }
    members.push_back(std::make_unique<matter::GroupMatter>(*row.read, *batch->asked.group,
                                                            batch->asked.items[i].version));
  }
  if (!refusals.empty()) {
    return proceed([refusals](Call&) { return Answer::no(refusals); });
  }
  auto command = std::make_unique<matter::OpenGroup>(std::move(parent), std::move(members));
  call.services.road.submit(
      std::move(command), call.road_request, [batch, proceed](const command::Outcome& outcome) {
        proceed([batch, outcome](Call& later) {
          if (!outcome.refusals.empty()) return Answer::no(outcome.refusals);
          if (!outcome.fault.empty()) return Answer::no(RefusalCode::busy);
          const Value::List& items = *outcome.reply.body.find("items")->list();
          for (std::size_t i = 0; i < items.size(); ++i) {
            batch->rows[i].outcome.reply.body = items[i];
          }
          Value view = batch_done_view(later, batch->asked, batch->rows);
          view.set("parent", *outcome.reply.body.find("id"));
          return Answer::of(std::move(view));
        });
      });
}

void run_batch(Call& call, BatchAsked asked, Refusals refusals, Continue proceed) {
  const bool moves = !asked.move.empty() || asked.extension;
  const auto permission = moves ? Permission::matter_change : Permission::matter_open;
  if (refusals.empty()) refusals = call.check(permission, {});
  if (refusals.empty() && asked.into && !read_matter(call, *asked.into)) {
    refusals = {{RefusalCode::unknown_matter, "/into", "", asked.into->text(), ""}};
  }
  if (refusals.empty() && asked.group && asked.group->parent) {
    const auto parent = read_matter(call, *asked.group->parent);
    if (parent) asked.group->unit = parent->stored.now.matter.unit;
    if (!parent) {
      refusals = {{RefusalCode::unknown_matter, "/parent", "", asked.group->parent->text(), ""}};
    }
  }
  std::unique_ptr<matter::OpenMatter> parent;
  if (refusals.empty() && asked.open) parent = opened_parent(call, *asked.open, refusals);
  if (parent && asked.dry_run) refusals = below_open(would_refuse(call, *parent));
  if (!refusals.empty()) {
    return proceed([refusals](Call&) { return Answer::no(refusals); });
  }
  auto batch = std::make_shared<OnTheRoad>();
  batch->rows = batch_rows(call, asked);
  batch->asked = std::move(asked);
  if (parent && !batch->asked.dry_run) {
    return send_group(call, batch, std::move(parent), proceed);
  }
  if (!batch->asked.dry_run) return send_rows(call, batch, std::move(proceed));
  for (auto& row : batch->rows) {
    if (row.command) row.outcome.refusals = would_refuse(call, *row.command);
  }
  proceed([batch](Call& later) {
    return Answer::of(batch_done_view(later, batch->asked, batch->rows));
  });
}

void change_many(Call& call, Continue proceed) {
  Refusals refusals;
  auto asked = read_batch(call, refusals);
  run_batch(call, std::move(asked), std::move(refusals), std::move(proceed));
}

void group_many(Call& call, Continue proceed) {
  Refusals refusals;
  auto asked = read_grouping(call, refusals);
  run_batch(call, std::move(asked), std::move(refusals), std::move(proceed));
}

}  // namespace

std::vector<Route> matter_batch_routes() {
  return {
      {http::Method::post, "/matters/batch", Access::signed_in, Permission::matter_change,
       Asked::lists, BodyKind::json, "MatterBatch", "MatterBatchDone", 200,
       "The same move or edit for many matters, each by itself; told by row what was refused",
       nullptr, change_many},
      {http::Method::post, "/matters/grouping", Access::signed_in, Permission::matter_open,
       Asked::lists, BodyKind::json, "MatterGrouping", "MatterBatchDone", 200,
       "Put matters below a parent, each by itself, or below one that is opened for all of them, "
       "together; without either take them out again",
       nullptr, group_many}};
}

}  // namespace huilu::api
