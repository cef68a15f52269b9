#include "policy/extension.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "policy/declarations.h"
#include "policy/difference.h"
#include "policy/unfold.h"

namespace huilu::policy {

namespace {

// A map from paths to what is set or added there.
Key<Parent> paths_key(std::string_view name, TailoringKind kind) {
  return {name, Presence::optional, "map from paths",
          [kind](Reading& reading, const Node&, const Node* value, Parent& out) {
            if (!value || !reading::is_map(reading, *value)) return;
            for (const Member& member : value->members)
              out.tailorings.push_back({kind, member.key, "", "", member.place});
          },
          shape::names(shape::anything(), "^[a-z][a-z0-9_.]*$")};
}

struct Excluded {
  std::string path;
  std::string reason;
  Place place;
};

Form<Excluded> excluded_form() {
  return named("excluded",
               map_of<Excluded>(
                   {
                       required("path", &Excluded::path, text()),
                       required("reason", &Excluded::reason, text()),
                   },
                   [](Reading& reading, const Node& node, Excluded& one) {
                     one.place = node.below("path").place;
                     if (node.find("reason") && trimmed(one.reason).empty() && !node.cut)
                       reading.report_type(node.below("reason"), "a reason");
                   }));
}

Key<Parent> exclude_key() {
  const auto form = list_of(excluded_form());
  return {"exclude", Presence::optional, form.expected,
          [form](Reading& reading, const Node&, const Node* value, Parent& out) {
            std::vector<Excluded> all;
            if (value) form.read(reading, *value, all);
            for (Excluded& one : all)
              out.tailorings.push_back({TailoringKind::exclude, std::move(one.path),
                                        std::move(one.reason), "", std::move(one.place)});
          },
          form.shape};
}

// After the others: who permits that it is loosened there.
Key<Parent> authority_key() {
  return {"authority", Presence::optional, "map from paths to texts",
          [](Reading& reading, const Node&, const Node* value, Parent& out) {
            if (!value || !reading::is_map(reading, *value)) return;
            for (const Member& member : value->members) {
              std::string said;
              text().read(reading, member.value, said);
              for (Tailoring& one : out.tailorings)
                if (one.path == member.key) one.authority = said;
            }
          },
          shape::names(shape::text(), "^[a-z][a-z0-9_.]*$")};
}

// "1.10.0" comes after "1.9.0".
std::vector<std::int64_t> numbers_of(std::string_view version) {
  std::vector<std::int64_t> numbers;
  for (const std::string_view part : split(version, '.')) {
    std::int64_t number = 0;
    for (const char digit : part.substr(0, 15)) number = number * 10 + (digit - '0');
    numbers.push_back(number);
  }
  return numbers;
}

void write_line(const Node& node, std::string& out) {
  if (node.kind == NodeKind::map) {
    out += '{';
    for (std::size_t i = 0; i < node.members.size(); ++i) {
      out.append(i == 0 ? "" : ", ").append(node.members[i].key).append(": ");
      write_line(node.members[i].value, out);
    }
    out += '}';
  } else if (node.kind == NodeKind::list) {
    out += '[';
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      out.append(i == 0 ? "" : ", ");
      write_line(node.items[i], out);
    }
    out += ']';
  } else {
    out += node.kind == NodeKind::null ? std::string("null") : node.text;
  }
}

std::string line_of(const Node* node) {
  std::string out;
  if (node != nullptr) write_line(*node, out);
  return out;
}

// What two versions of a pack say differently of what is taken from it.
class VersionsCompared {
 public:
  VersionsCompared(const Parent& parent, const Pack& newest, std::vector<ToReview>& out)
      : parent_(parent), newest_(newest), out_(out) {}

  void compare(const Node& before, const Node& after) {
    for (const std::string_view key : tailored_keys) {
      const Node* const was = before.find(key);
      const Node* const is = after.find(key);
      if (key == "campaign")
        compare_one(std::string(key), was, is);
      else
        for_each_name(was, is, [&](const std::string& name, const Node* old, const Node* now) {
          compare_one(std::string(key) + '.' + name, old, now);
        });
    }
  }

 private:
  template <class Each>
  static void for_each_name(const Node* was, const Node* is, const Each& each) {
    if (was != nullptr)
      for (const Member& member : was->members)
        each(member.key, &member.value, is ? is->find(member.key) : nullptr);
    if (is != nullptr)
      for (const Member& member : is->members)
        if (!was || !was->find(member.key)) each(member.key, nullptr, &member.value);
  }

  void compare_one(const std::string& path, const Node* was, const Node* is) {
    if (plain_text_of(was) == plain_text_of(is)) return;
    if (was == nullptr || is == nullptr) return add(path, was, is);
    for_each_name(was, is, [&](const std::string& key, const Node* old, const Node* now) {
      if (key != "note" && plain_text_of(old) != plain_text_of(now))
        add(path + '.' + key, old, now);
    });
  }

  void add(const std::string& path, const Node* was, const Node* is) {
    out_.push_back({parent_.pack, parent_.version, newest_.version, path, line_of(was), line_of(is),
                    answered(path)});
  }

  Answered answered(const std::string& path) const {
    for (const Tailoring& one : parent_.tailorings) {
      if (!covers(one.path, path) && !covers(path, one.path)) continue;
      if (one.kind == TailoringKind::exclude) return Answered::excluded;
      return one.kind == TailoringKind::set ? Answered::set : Answered::added;
    }
    return Answered::inherited;
  }

  const Parent& parent_;
  const Pack& newest_;
  std::vector<ToReview>& out_;
};

}  // namespace

Form<Parent> parent_form() {
  return named("parent",
               map_of<Parent>(
                   {
                       required("pack", &Parent::pack, text()),
                       required("version", &Parent::version, text()),
                       paths_key("set", TailoringKind::set),
                       paths_key("add", TailoringKind::add),
                       exclude_key(),
                       authority_key(),
                   },
                   [](Reading&, const Node& node, Parent& parent) { parent.place = node.place; }));
}

Origin origin_of(const Place& place) {
  if (!place.file) return {};
  const std::string_view file = *place.file;
  const std::size_t at = file.find('@');
  if (at == std::string_view::npos) return {};
  const std::size_t end = file.find('/', at);
  return {file.substr(0, at), file.substr(at + 1, end - at - 1)};
}

std::vector<ToReview> to_review(const Pack& pack, const std::vector<Pack>& packs) {
  std::vector<ToReview> all;
  for (const Parent& parent : pack.extends) {
    const Pack* const taken = find_version(packs, parent.pack, parent.version);
    const Pack* newest = taken;
    for (const Pack& one : packs)
      if (newest && one.id == parent.pack && numbers_of(newest->version) < numbers_of(one.version))
        newest = &one;
    if (taken && newest != taken)
      VersionsCompared(parent, *newest, all).compare(root_of(*taken), root_of(*newest));
  }
  return all;
}

}  // namespace huilu::policy
