#include "policy/schema.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/pattern.h"
#include "policy/declarations.h"
#include "policy/scalar.h"
#include "policy/shipped.h"
#include "policy/testing.h"
#include "words/words.h"

namespace huilu::policy {
namespace {

// As much of draft 7 as the schema uses; anything else in it is a fault of the test.
class Validator {
 public:
  explicit Validator(const Value& schema) : root_(schema) {}

  // What does not fit, one a line.
  std::string faults(const Node& node) { return faults(node, root_); }

 private:
  std::string faults(const Node& node, const Value& schema) {
    std::string all;
    for (const auto& [key, rule] : schema.object()->members) all += faults(node, key, rule, schema);
    return all;
  }

  std::string faults(const Node& node, const std::string& key, const Value& rule,
                     const Value& schema) {
    if (key == "$ref") return faults(node, definition(*rule.text()));
    if (key == "anyOf" || key == "oneOf") {
      const auto fits = std::count_if(rule.list()->begin(), rule.list()->end(),
                                      [&](const Value& one) { return faults(node, one).empty(); });
      return (key == "anyOf" ? fits > 0 : fits == 1) ? "" : fault(node, key);
    }
    if (key == "type") return is_of(node, *rule.text()) ? "" : fault(node, *rule.text());
    if (key == "enum")
      return std::find(rule.list()->begin(), rule.list()->end(), Value(node.text)) !=
                     rule.list()->end()
                 ? ""
                 : fault(node, key);
    if (key == "pattern")
      return Pattern(rule.text()->c_str()).found_in(node.text) ? "" : fault(node, key);
    if (key == "minimum") return number(node) >= *rule.integer() ? "" : fault(node, key);
    if (key == "maximum") return number(node) <= *rule.integer() ? "" : fault(node, key);
    if (key == "minItems")
      return static_cast<std::int64_t>(node.items.size()) >= *rule.integer() ? ""
                                                                             : fault(node, key);
    if (key == "required") return missing(node, rule);
    if (key == "items") return items(node, rule);
    if (key == "additionalProperties") return members(node, schema);
    static const std::vector<std::string> notes = {
        "$schema", "title", "properties", "patternProperties", "definitions", "description"};
    return std::find(notes.begin(), notes.end(), key) != notes.end() ? "" : fault(node, key);
  }

  const Value& definition(const std::string& reference) const {
    const std::string prefix = "#/definitions/";
    return *root_.find("definitions")->find(reference.substr(prefix.size()));
  }

  static std::int64_t number(const Node& node) {
    const Value value = value_of(node);
    return value.integer() ? *value.integer() : 0;
  }

  static bool is_of(const Node& node, const std::string& type) {
    if (type == "object") return node.kind == NodeKind::map;
    if (type == "array") return node.kind == NodeKind::list;
    if (type == "null") return node.kind == NodeKind::null;
    if (node.kind != NodeKind::scalar) return false;
    const Value value = value_of(node);
    if (type == "integer") return value.integer() != nullptr;
    if (type == "boolean") return value.boolean() != nullptr;
    const bool is_number = !node.quoted && decimal_millionths(node.text);
    return type == "number" ? is_number : !is_number && !value.boolean();
  }

  std::string missing(const Node& node, const Value& names) {
    std::string all;
    for (const Value& name : *names.list())
      if (!node.find(*name.text())) all += fault(node, "no " + *name.text());
    return all;
  }

  std::string items(const Node& node, const Value& schema) {
    std::string all;
    for (const Node& item : node.items) all += faults(item, schema);
    return all;
  }

  std::string members(const Node& node, const Value& schema) {
    std::string all;
    for (const Member& member : node.members) {
      const Value* rule = schema.find("properties")->find(member.key);
      if (const Value* const patterns = schema.find("patternProperties"); patterns && !rule)
        for (const auto& [pattern, one] : patterns->object()->members)
          if (Pattern(pattern.c_str()).found_in(member.key)) rule = &one;
      all += rule ? faults(member.value, *rule) : fault(node, "unknown " + member.key);
    }
    return all;
  }

  static std::string fault(const Node& node, const std::string& what) {
    return node.place.text() + ": " + what + "\n";
  }

  const Value& root_;
};

std::string faults_in(std::string_view text) {
  static const Value schema = json_schema(Language::en);
  return Validator(schema).faults(read_yaml("pack.yaml", text).root);
}

TEST(Schema, every_file_of_the_shipped_packs_fits) {
  std::size_t files = 0;
  for (const Pack& pack : shipped_packs())
    for (const PackFile& file : pack.files) {
      if (file.path.find('/') != std::string::npos) continue;
      ++files;
      EXPECT_EQ(faults_in(file.bytes), "") << pack.id << '/' << file.path;
    }
  EXPECT_GE(files, 8U);
}

TEST(Schema, the_examples_of_the_page_fit) {
  for (const PackFile& file : testing::page_examples(HUILU_SOURCE_DIR "/docs/pack-language.md"))
    if (file.path.find('/') == std::string::npos) {
      EXPECT_EQ(faults_in(file.bytes), "") << file.path;
    }
}

TEST(Schema, finds_what_the_parser_finds) {
  const auto duty = [](std::string_view keys) {
    return "obligations:\n  a:\n    clause: D-1\n    missing: unknown\n    every: year\n" +
           std::string(keys);
  };
  const std::string needs = "    needs: {at_least: 1, of: {record: visit}}\n";
  const std::string who = "    who: {unit: {type: branch}}\n";
  EXPECT_EQ(faults_in(duty(who + needs)), "");
  for (const std::string& wrong :
       {who, needs + "    who: {unit: {}, post: {}}\n", needs + "    who: {}\n",
        who + needs + "    evry: year\n", who + needs + "    due: {act: {after: period_end}}\n",
        who + needs + "    first_period: never\n", who + needs + "    title: [a]\n",
        who + "    needs: {at_least: two, of: {record: visit}}\n",
        who + "    needs: {all_of: [{at_least: 1, of: {recrod: visit}}]}\n",
        who + "    needs: {all_of: []}\n", who + needs + "    pro_rata: {round: 1}\n",
        std::string("    who: {unit: {type: {sized: 1}}}\n") + needs,
        std::string("    who: {unit: {Type: branch}}\n") + needs})
    EXPECT_NE(faults_in(duty(wrong)), "") << wrong;
}

// Every key that is read is described, in each language, and nothing else is.
TEST(Schema, every_key_is_described_and_every_description_has_a_key) {
  const auto keys = keys_of(pack_shape());
  EXPECT_GT(keys.size(), 150U);
  std::set<std::string> used = {"schema.pack_format"};
  for (const auto& [map, key] : keys) {
    const std::string own = "schema." + map + '.' + key;
    const auto& texts = words::all_texts(words::Language::zh_cn);
    used.insert(texts.contains(own) ? own : "schema." + key);
    for (const Language language : {Language::zh_cn, Language::zh_tw, Language::en})
      EXPECT_NE(key_meaning(language, map, key), "") << map << '.' << key;
  }
  for (const auto& [key, text] : words::all_texts(words::Language::zh_cn))
    if (key.starts_with("schema.")) {
      EXPECT_TRUE(used.contains(key)) << key;
    }
}

TEST(Schema, every_key_stands_in_it_with_its_meaning_in_the_language) {
  const std::string text = to_json(json_schema(Language::zh_cn));
  for (const auto& [map, key] : keys_of(pack_shape()))
    EXPECT_NE(text.find('"' + key + "\":{\"description\":\"" +
                        key_meaning(Language::zh_cn, map, key).substr(0, 3)),
              std::string::npos)
        << map << '.' << key;
}

}  // namespace
}  // namespace huilu::policy
