#include <fmt/format.h>

#include "api/api.h"
#include "api/routes.h"
#include "base/check.h"
#include "base/embedded.h"
#include "base/text.h"

namespace huilu {
extern const std::vector<EmbeddedFile> embedded_api;
}

namespace huilu::api {

namespace {

Value schema_reference(std::string_view name) {
  return Value::object({{"$ref", "#/components/schemas/" + std::string(name)}});
}

Value content_of(std::string_view type, Value schema) {
  return Value::object({{std::string(type), Value::object({{"schema", std::move(schema)}})}});
}

Value parameters_of(const Route& route) {
  Value::List list;
  std::string_view rest = route.path;
  for (std::size_t open; (open = rest.find('{')) != std::string_view::npos;) {
    const std::size_t close = rest.find('}', open);
    list.push_back(Value::object({{"name", rest.substr(open + 1, close - open - 1)},
                                  {"in", "path"},
                                  {"required", true},
                                  {"schema", Value::object({{"type", "string"}})}}));
    rest.remove_prefix(close + 1);
  }
  for (const auto name : split(route.query, ' ')) {
    if (name.empty()) continue;
    list.push_back(Value::object(
        {{"name", name}, {"in", "query"}, {"schema", Value::object({{"type", "string"}})}}));
  }
  if (route.access == Access::signed_in && route.method != http::Method::get) {
    list.push_back(Value::object(
        {{"name", "Idempotency-Key"},
         {"in", "header"},
         {"required", true},
         {"schema", Value::object({{"type", "string"}, {"minLength", 16}, {"maxLength", 64}})}}));
  }
  return list;
}

Value responses_of(const Route& route) {
  Value success = Value::object({{"description", route.summary}});
  if (!route.reply.empty()) {
    success.set("content", content_of("application/json", schema_reference(route.reply)));
  } else if (route.status == 200) {
    success.set("content", content_of("application/octet-stream",
                                      Value::object({{"type", "string"}, {"format", "binary"}})));
  }
  Value responses{Value::Object{}};
  if (!route.asking_reply.empty()) {
    responses.set("200",
                  Value::object({{"description", "Nothing was written"},
                                 {"content", content_of("application/json",
                                                        schema_reference(route.asking_reply))}}));
  }
  responses.set(std::to_string(route.status), std::move(success));
  responses.set("default", Value::object({{"description", "A problem (RFC 9457)"},
                                          {"content", content_of("application/problem+json",
                                                                 schema_reference("Problem"))}}));
  return responses;
}

Value operation_of(const Route& route) {
  Value operation = Value::object({{"summary", route.summary},
                                   {"x-permission", command::word_of(route.permission)},
                                   {"parameters", parameters_of(route)},
                                   {"responses", responses_of(route)}});
  if (route.access == Access::open) operation.set("security", Value(Value::List{}));
  if (route.body == BodyKind::json) {
    operation.set("requestBody",
                  Value::object({{"required", true},
                                 {"content", content_of("application/json",
                                                        schema_reference(route.request))}}));
  } else if (route.body == BodyKind::file) {
    operation.set(
        "requestBody",
        Value::object(
            {{"required", true},
             {"content", content_of("application/octet-stream",
                                    Value::object({{"type", "string"}, {"format", "binary"}}))}}));
  }
  return operation;
}

std::string lower(std::string_view word) {
  std::string out(word);
  for (char& c : out) c = static_cast<char>(c | 0x20);
  return out;
}

// openapi.json, with the schemas of every openapi_SUBJECT.json beside it.
Value base_document() {
  Value document;
  Value schemas{Value::Object{}};
  for (const auto& file : embedded_api) {
    const Value read = parse_json(file.bytes).value();
    const bool base = file.path == "openapi.json";
    if (base) document = read;
    const Value* found = base ? read.find("components")->find("schemas") : &read;
    for (const auto& [name, schema] : found->object()->members) schemas.set(name, schema);
  }
  CHECK(document.object() != nullptr);
  Value components = *document.find("components");
  components.set("schemas", std::move(schemas));
  document.set("components", std::move(components));
  return document;
}

std::string make_document() {
  Value document = base_document();
  Value paths{Value::Object{}};
  for (const Route& route : all_routes()) {
    const std::string path = "/api/v1" + std::string(route.path);
    Value item = paths.find(path) == nullptr ? Value(Value::Object{}) : *paths.find(path);
    item.set(lower(http::word_of(route.method)), operation_of(route));
    paths.set(path, std::move(item));
  }
  for (auto& [path, item] : document.find("paths")->object()->members) paths.set(path, item);
  document.set("paths", std::move(paths));
  return to_json(document);
}

}  // namespace

const std::string& openapi_document() {
  static const std::string document = make_document();
  return document;
}

}  // namespace huilu::api
