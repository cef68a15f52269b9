#include "base/value.h"
#include "org/content.h"
#include "org/people_commands.h"
#include "org/tables_reads.h"

namespace huilu::org {

namespace {

using command::Need;
using command::Permission;
using command::Reply;
using command::Writing;
using store::Connection;
using store::Pending;

std::string key_of(PostId post) { return "post:" + post.text(); }

template <char Prefix>
Reply reply_of(const char* word, Id<Prefix> id, std::int64_t version, int status) {
  return {status, Value::object({{word, id.text()}, {"version", version}})};
}

void write_end(Tenure& tenure, UnitId unit, const Context& context, Writing& writing) {
  tenure.seq = writing.append(
      entry_of("tenure_ended", tenure, "tenure", tenure.id.value, unit, context.account));
  end_row(writing.rows, "tenure", tenure.id.value, tenure.span, tenure.version, tenure.seq);
}

// The post and all its tenures, queued.
class PostLoad {
 public:
  PostLoad() = default;
  PostLoad(Connection& connection, PostId post)
      : post_(queue_post(connection, post)), tenures_(queue_tenures(connection, post)) {}
  std::optional<Post> post() const { return first_of(post_, post_from); }
  std::vector<Tenure> tenures() const { return all_of(tenures_, tenure_from); }

 private:
  Pending post_, tenures_;
};

class NewPost : public command::Command {
 public:
  NewPost(CreatePost change, const Vocabulary& words) : change_(std::move(change)), words_(words) {}
  std::string_view name() const override { return "create_post"; }
  Need need() const override { return {Permission::unit_change, {change_.unit}}; }
  std::string where_of(UnitId) const override { return "/unit"; }
  void load(Connection& connection) override {
    unit_ = queue_joined(connection, change_.unit, change_.from);
  }
  Refusals decide(const Context&) override {
    auto result = org::decide(change_, joined_from(unit_), words_);
    if (!result.ok()) return result.take_refusals();
    post_ = std::move(*result);
    return {};
  }
  Reply write(const Context& context, Writing& writing) override {
    post_.id = PostId{writing.issue_id()};
    post_.seq = writing.append(
        entry_of("post_created", post_, "post", post_.id.value, post_.unit, context.account));
    insert_post(writing.rows, post_);
    return reply_of("post", post_.id, post_.version, 201);
  }

 private:
  CreatePost change_;
  const Vocabulary& words_;
  Pending unit_;
  Post post_;
};

class EndedPost : public command::Command {
 public:
  explicit EndedPost(EndPost change) : change_(change) {}
  std::string_view name() const override { return "end_post"; }
  Need need() const override { return {Permission::unit_change, {change_.unit}}; }
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override { return {key_of(change_.post)}; }
  void load(Connection& connection) override { load_ = PostLoad(connection, change_.post); }
  Refusals decide(const Context&) override {
    auto result = org::decide(change_, TenureFacts{true, load_.post(), load_.tenures()});
    if (!result.ok()) return result.take_refusals();
    end_ = std::move(*result);
    return {};
  }
  Reply write(const Context& context, Writing& writing) override {
    for (auto& tenure : end_.tenures) write_end(tenure, change_.unit, context, writing);
    Post& post = end_.post;
    post.seq = writing.append(
        entry_of("post_ended", post, "post", post.id.value, post.unit, context.account));
    end_row(writing.rows, "post", post.id.value, post.span, post.version, post.seq);
    return reply_of("post", post.id, post.version, 200);
  }

 private:
  EndPost change_;
  PostLoad load_;
  PostEnd end_;
};

class Appoint : public command::Command {
 public:
  explicit Appoint(StartTenure change) : change_(change) {}
  std::string_view name() const override { return "start_tenure"; }
  Need need() const override { return {Permission::person_change, {change_.unit}}; }
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override { return {key_of(change_.post)}; }
  void load(Connection& connection) override {
    person_ = queue_person(connection, change_.person);
    load_ = PostLoad(connection, change_.post);
  }
  Refusals decide(const Context&) override {
    auto result =
        org::decide(change_, TenureFacts{!person_->empty(), load_.post(), load_.tenures()});
    if (!result.ok()) return result.take_refusals();
    started_ = *result;
    return {};
  }
  Reply write(const Context& context, Writing& writing) override {
    started_.id = TenureId{writing.issue_id()};
    started_.seq = writing.append(entry_of("tenure_started", started_, "tenure", started_.id.value,
                                           change_.unit, context.account));
    insert_tenure(writing.rows, started_);
    return reply_of("tenure", started_.id, started_.version, 201);
  }

 private:
  StartTenure change_;
  Pending person_;
  PostLoad load_;
  Tenure started_;
};

class Relieve : public command::Command {
 public:
  explicit Relieve(EndTenure change) : change_(change) {}
  std::string_view name() const override { return "end_tenure"; }
  Need need() const override { return {Permission::person_change, {change_.unit}}; }
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override { return {key_of(change_.post)}; }
  void load(Connection& connection) override { load_ = PostLoad(connection, change_.post); }
  Refusals decide(const Context&) override {
    std::optional<Tenure> tenure;
    for (const auto& candidate : load_.tenures()) {
      if (candidate.id == change_.tenure) tenure = candidate;
    }
    auto result = org::decide(change_, tenure, load_.post());
    if (!result.ok()) return result.take_refusals();
    after_ = *result;
    return {};
  }
  Reply write(const Context& context, Writing& writing) override {
    write_end(after_, change_.unit, context, writing);
    return reply_of("tenure", after_.id, after_.version, 200);
  }

 private:
  EndTenure change_;
  PostLoad load_;
  Tenure after_;
};

}  // namespace

CommandPtr make_command(CreatePost change, const Vocabulary& words) {
  return std::make_unique<NewPost>(std::move(change), words);
}
CommandPtr make_command(EndPost change) { return std::make_unique<EndedPost>(change); }
CommandPtr make_command(StartTenure change) { return std::make_unique<Appoint>(change); }
CommandPtr make_command(EndTenure change) { return std::make_unique<Relieve>(change); }

}  // namespace huilu::org
