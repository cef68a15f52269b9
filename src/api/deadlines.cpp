#include "api/deadlines.h"

#include <algorithm>
#include <set>

#include "api/desk.h"
#include "api/enactment_views.h"
#include "api/explaining.h"
#include "compliance/duty.h"
#include "compliance/views.h"
#include "matter/queries.h"
#include "matter/rules.h"

namespace huilu::api {

namespace {

using command::Permission;

constexpr std::size_t units_max = 200;
constexpr int matters_of_a_page = 200;
constexpr std::size_t matters_max = 1000;

std::vector<MatterId> matters_that_wait(Call& call) {
  const auto desk = desk_of(call, {});
  std::set<MatterId> ids;
  std::string cursor;
  do {
    const auto page =
        matter::waiting_at(*call.reader, desk, call.today, {}, matters_of_a_page, cursor);
    if (!page) break;
    for (const auto& one : page->items) ids.insert(one.matter);
    cursor = page->next_cursor;
  } while (!cursor.empty() && ids.size() < matters_max);
  return {ids.begin(), ids.end()};
}

void add_matters(Call& call, std::vector<Due>& out) {
  for (const auto& stored : matter::find_all(*call.reader, matters_that_wait(call))) {
    const auto& now = stored.now;
    const auto& pack = matter::pack_of(call.services.packs, now.matter.type, now.pack_version);
    const auto& type = matter::type_in(pack, now.matter.type);
    const std::string id = now.matter.id.text();
    out.push_back(
        {id, label_in(type.title, call.language) + " " + id, "/matters/" + id, stored.next_due});
  }
}

void add_duties(const Call& call, const std::vector<compliance::ToDo>& items,
                std::vector<Due>& out) {
  for (const auto& item : items) {
    const std::string home = item.home.text();
    out.push_back({home + " " + item.obligation->address + " " + item.period + " " +
                       (item.bearer ? item.bearer->text() : home),
                   item.obligation->title.in(compliance::label_language(call.language)), "/todo",
                   item.schedule.act});
  }
}

}  // namespace

std::vector<Due> what_is_due(Call& call) {
  std::vector<Due> out;
  const auto list = compliance::to_do(*call.reader, call.services.packs, own_duties(call),
                                      call.today, call.services.clock.now());
  add_duties(call, list.items, out);
  add_matters(call, out);
  return out;
}

std::vector<std::vector<Due>> what_is_due(std::vector<Call>& calls) {
  std::vector<std::vector<Due>> out;
  if (calls.empty()) return out;
  std::vector<compliance::Whose> asking;
  for (Call& call : calls) asking.push_back(own_duties(call));
  const Call& first = calls.front();
  const auto lists = compliance::to_do_of_many(*first.reader, first.services.packs, asking,
                                               first.today, first.services.clock.now());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    add_duties(calls[i], lists.items[i], out.emplace_back());
    add_matters(calls[i], out.back());
  }
  return out;
}

compliance::Whose own_duties(Call& call) {
  compliance::Whose whose{{}, own_person(call)};
  const auto self = identity::me(*call.reader, call.who.account, call.today);
  for (const auto& grant : self ? self->grants : std::vector<identity::GrantRow>{}) {
    if (!grant.unit || whose.homes.size() >= units_max) continue;
    if (call.check(Permission::record_enter, {*grant.unit}).empty()) {
      whose.homes.push_back(*grant.unit);
    }
  }
  std::sort(whose.homes.begin(), whose.homes.end());
  whose.homes.erase(std::unique(whose.homes.begin(), whose.homes.end()), whose.homes.end());
  return whose;
}

}  // namespace huilu::api
