#include <chrono>

#include "base/check.h"
#include "demo/carry_out.h"
#include "org/commands.h"
#include "org/people_commands.h"
#include "record/commands.h"
#include "record/queries.h"

namespace huilu::demo {

namespace {

constexpr int evening = 22 * 60;

// The first Sunday evening that is not before.
Instant sunday_evening_from(Instant at) {
  const Date day = Zone{}.date_of(at);
  const auto weekday = std::chrono::weekday(std::chrono::sys_days(day.ymd()));
  const Date sunday = day + static_cast<int>((std::chrono::Sunday - weekday).count());
  const Instant found = at_time(sunday, evening);
  return found < at ? at_time(sunday + 7, evening) : found;
}

}  // namespace

void CarryOut::enter_year() {
  std::size_t done = 0;
  for (const Step& step : plan_.steps) {
    if (step.at != ground_.clock.now()) {
      flow_.drain();
      end_weeks(step.at);
      ground_.clock.advance(step.at);
    }
    take(step);
    tell(Stage::records, ++done, plan_.steps.size());
  }
  flow_.drain();
  end_weeks(ground_.clock.made());
}

void CarryOut::end_weeks(Instant before) {
  if (!ground_.at_week_end) return;
  for (Instant at = sunday_evening_from(ground_.clock.now()); at < before;
       at = sunday_evening_from({at.ms + 1})) {
    ground_.clock.advance(at);
    ground_.at_week_end();
  }
}

void CarryOut::take(const Step& step) {
  std::visit([&](const auto& what) { take(what); }, step.what);
}

void CarryOut::take(const Enter& step) {
  flow_.send(std::make_unique<record::EnterRecord>(ground_.catalog, content_of(step.content)),
             accounts_[step.account], [this, record = step.record](const Value& reply) {
               const auto id = RecordId::parse(*reply.find("id")->text());
               CHECK(id);
               records_[record] = *id;
             });
}

void CarryOut::take(const Correct& step) {
  revise(step.record, step.account, content_of(step.content), step.reason);
}

void CarryOut::take(const Void& step) {
  revise(step.record, step.account, std::nullopt, step.reason);
}

void CarryOut::revise(Index record, Index account, std::optional<record::Content> content,
                      const std::string& reason) {
  flow_.drain();
  auto read = record::version_of(*reader_, records_[record]);
  CHECK(read);
  const std::int64_t version = read->version;
  flow_.send(std::make_unique<record::ReviseRecord>(ground_.catalog, std::move(*read), version,
                                                    std::move(content), reason),
             accounts_[account]);
}

void CarryOut::take(const Enrol& step) { enrol(step.person, step.membership); }

void CarryOut::take(const LeavePost& step) {
  const Held& held = posts_[step.post];
  const org::EndTenure end{held.tenure, held.post, units_[plan_.posts[step.post].unit], 1,
                           step.date};
  flow_.send(org::make_command(end));
}

void CarryOut::take(const TakePost& step) { start_tenure(step.post, step.person, step.date); }

// The members' moves must be done before.
void CarryOut::take(const CloseBranch& step) {
  flow_.drain();
  flow_.send(
      org::make_command(org::CloseUnit{units_[step.unit], unit_versions_[step.unit]++, step.date}));
}

record::Content CarryOut::content_of(const PlannedContent& planned) const {
  record::Content content;
  content.types = planned.types;
  for (const Index unit : planned.units) content.units.push_back(units_[unit]);
  content.date = planned.date;
  content.place = planned.place;
  for (const Index person : planned.present) content.present.push_back(persons_[person]);
  content.fields = resolved(planned.fields);
  content.check_reasons = planned.check_reasons;
  return content;
}

Value CarryOut::resolved(const Value& value) const {
  if (const auto* text = value.text(); text && text->size() > 2 && (*text)[0] == '@') {
    const Index index = std::stoul(text->substr(2));
    if ((*text)[1] == 'r') return records_[index].text();
    return (*text)[1] == 'p' ? persons_[index].text() : units_[index].text();
  }
  if (const auto* list = value.list()) {
    Value::List out;
    for (const auto& item : *list) out.push_back(resolved(item));
    return out;
  }
  if (const auto* object = value.object()) {
    Value out{Value::Object{}};
    for (const auto& [key, member] : object->members) out.set(key, resolved(member));
    return out;
  }
  return value;
}

}  // namespace huilu::demo
