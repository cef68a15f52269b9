// Attachments: the body is the file; the record that it proves names it afterwards.
#include "api/routes.h"
#include "ballot/queries.h"
#include "base/text.h"
#include "matter/queries.h"
#include "record/commands.h"
#include "record/queries.h"

namespace huilu::api {

namespace {

using command::Permission;

Answer add(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto name = query.text("name");
  query.finish();
  if (!name) refusals.push_back({RefusalCode::field_required, "/name", "", "", ""});
  if (name && count_characters(*name) > 200) {
    refusals.push_back({RefusalCode::field_range, "/name", "<= 200", "", ""});
  }
  if (refusals.empty()) refusals = call.check(Permission::record_enter, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto type = std::string(call.request.header("content-type"));
  if (type.empty()) type = "application/octet-stream";
  return Answer::run(std::make_unique<record::AddFile>(
      call.services.files.take(call.request.body_file, std::move(type), to_nfc(*name))));
}

// Whoever uploaded it, whoever may read names at a unit of a record that uses it, whoever may read
// a matter whose evidence it is, and whoever works where the ballot is held whose scan it is.
std::optional<record::FileView> readable(Call& call) {
  const auto id = call.id<FileId>("id");
  auto file = id ? record::file_of(*call.reader, *id) : std::nullopt;
  if (!file || file->account == call.who.account) return file;
  for (const UnitId unit : file->units) {
    if (call.check(Permission::member_names_read, {unit}).empty()) return file;
  }
  for (const UnitId unit : matter::units_using(*call.reader, *id)) {
    if (call.check(Permission::matter_read, {unit}).empty()) return file;
  }
  for (const UnitId unit : ballot::units_seeing(*call.reader, *id)) {
    if (call.check(Permission::matter_change, {unit}).empty()) return file;
  }
  return {};
}

Answer describe(Call& call) {
  const auto file = readable(call);
  if (!file) return Answer::no(RefusalCode::not_found);
  return Answer::of(Value::object({{"id", file->id.text()},
                                   {"sha256", hex(file->sha256)},
                                   {"size", file->size},
                                   {"media_type", file->media_type},
                                   {"name", file->name}}));
}

// Always a download: nothing that was uploaded is ever shown as a page of ours.
Answer content(Call& call) {
  const auto file = readable(call);
  if (!file) return Answer::no(RefusalCode::not_found);
  Answer answer;
  answer.file = call.services.files.path_of(file->sha256);
  answer.headers = {{"Content-Type", "application/octet-stream"},
                    {"Content-Disposition", "attachment"}};
  return answer;
}

}  // namespace

std::vector<Route> file_routes() {
  using http::Method;
  constexpr auto in = Access::signed_in;
  return {
      {Method::post, "/files", in, Permission::record_enter, Asked::anywhere, BodyKind::file, "",
       "File", 201, "Upload a file; `name` is a query parameter", add},
      {Method::get, "/files/{id}", in, Permission::signed_in, Asked::lists, BodyKind::none, "",
       "File", 200, "Size, type and hash of a file", describe},
      {Method::get, "/files/{id}/content", in, Permission::signed_in, Asked::lists, BodyKind::none,
       "", "", 200, "The bytes of a file", content},
  };
}

}  // namespace huilu::api
