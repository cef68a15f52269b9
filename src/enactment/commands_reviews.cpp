#include <algorithm>

#include "command/parts.h"
#include "enactment/reviews.h"

namespace huilu::enactment {

namespace {

using enum store::ColumnType;

const store::Table pack_review_table{"pack_review",
                                     {{"id", integer},
                                      {"pack", text},
                                      {"pack_version", text},
                                      {"parent", text},
                                      {"parent_version", text},
                                      {"note", text},
                                      {"account", integer},
                                      {"at", integer},
                                      {"seq", integer}}};

}  // namespace

std::vector<ReviewTask> review_tasks(const policy::Pack& pack,
                                     const std::vector<policy::Pack>& packs) {
  std::vector<ReviewTask> tasks;
  for (const policy::ToReview& one : policy::to_review(pack, packs)) {
    const Reviewing of = {pack.id, pack.version, one.pack, one.version};
    const auto known = std::find_if(tasks.begin(), tasks.end(),
                                    [&](const ReviewTask& task) { return task.of == of; });
    if (known == tasks.end())
      tasks.push_back({of, one.taken, 1});
    else
      ++known->differences;
  }
  return tasks;
}

ConfirmReview::ConfirmReview(Reviewing of, const std::string& note)
    : of_(std::move(of)), note_(command::kept_text(note)) {}

command::Need ConfirmReview::need() const { return {command::Permission::pack_activate, {}}; }

std::vector<std::string> ConfirmReview::keys() const {
  return {"pack_review:" + of_.pack + " " + of_.pack_version + " " + of_.parent};
}

void ConfirmReview::load(store::Connection& connection) {
  present_ = queue_review(connection, of_);
}

Refusals ConfirmReview::decide(const command::Context&) {
  Refusals refusals = command::check_reason(note_, "/note");
  if (!present_->empty()) command::refuse(refusals, RefusalCode::duplicate, "/parent_version");
  return refusals;
}

command::Reply ConfirmReview::write(const command::Context& context, command::Writing& writing) {
  const std::int64_t id = writing.issue_id();
  auto entry = command::entry_of("pack_review_confirmed", of_.pack, context, review_content(of_));
  entry.fields.push_back({"note", note_});
  entry.touched.push_back({"pack_review", id, 1});
  const auto seq = writing.append(std::move(entry));
  writing.rows.insert(pack_review_table,
                      {id, of_.pack, of_.pack_version, of_.parent, of_.parent_version, note_,
                       context.account, writing.at(), seq});
  return {201, Value::object({{"journal", seq}})};
}

Value review_content(const Reviewing& of) {
  return Value::object({{"pack", of.pack},
                        {"parent", of.parent},
                        {"parent_version", of.parent_version},
                        {"version", of.pack_version}});
}

}  // namespace huilu::enactment
