#include "policy/unfold.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "policy/finding.h"
#include "policy/loosening.h"

namespace huilu::policy {

namespace {

bool is_one_of(const auto& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string scalar_at(const Node& node, std::string_view key) {
  const Node* const value = node.find(key);
  return value && value->kind == NodeKind::scalar ? value->text : std::string();
}

// Places of another pack's files name it.
void give_origin(Node& node, const std::string& prefix,
                 std::map<std::string, std::shared_ptr<const std::string>>& files);

void give_origin(Place& place, const std::string& prefix,
                 std::map<std::string, std::shared_ptr<const std::string>>& files) {
  if (!place.file || origin_of(place)) return;
  auto& file = files[*place.file];
  if (!file) file = std::make_shared<const std::string>(prefix + *place.file);
  place.file = file;
}

void give_origin(Node& node, const std::string& prefix,
                 std::map<std::string, std::shared_ptr<const std::string>>& files) {
  give_origin(node.place, prefix, files);
  for (Member& member : node.members) {
    give_origin(member.place, prefix, files);
    give_origin(member.value, prefix, files);
  }
  for (Node& item : node.items) give_origin(item, prefix, files);
}

Node* member_of(Node& node, std::string_view key) {
  for (Member& member : node.members)
    if (member.key == key) return &member.value;
  return nullptr;
}

// A member by its key, an item by its id or, where it has none, by its number.
Node* node_at(Node& node, std::string_view name) {
  if (node.kind == NodeKind::map) return member_of(node, name);
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    Node& item = node.items[i];
    const bool is_named = item.kind == NodeKind::scalar && item.text == name;
    if (is_named || reading::step_of(item, i) == name) return &item;
  }
  return nullptr;
}

std::vector<std::string> names_in(const Node& node) {
  std::vector<std::string> names;
  for (const Member& member : node.members) names.push_back(member.key);
  for (std::size_t i = 0; i < node.items.size(); ++i)
    names.push_back(node.items[i].kind == NodeKind::scalar ? node.items[i].text
                                                           : reading::step_of(node.items[i], i));
  return names;
}

// One path that is set, added to or left out, as it is written.
struct Written {
  TailoringKind kind;
  std::string path;
  Place place;
  const Node* value = nullptr;  // null pointer: it is left out
};

std::vector<Written> written_in(const Node& extension) {
  std::vector<Written> all;
  for (const auto& [key, kind] :
       {std::pair{"set", TailoringKind::set}, std::pair{"add", TailoringKind::add}})
    if (const Node* const paths = extension.find(key))
      for (const Member& member : paths->members)
        all.push_back({kind, member.key, member.place, &member.value});
  if (const Node* const left_out = extension.find("exclude"))
    for (const Node& one : left_out->items)
      if (const Node* const path = one.find("path"))
        all.push_back({TailoringKind::exclude, path->text, path->place, nullptr});
  return all;
}

// `params.name: 4`: one value, and not the whole of the parameter.
bool sets_value(const Written& one) {
  return one.kind == TailoringKind::set && one.path.starts_with("params.") &&
         split(one.path, '.').size() == 2 && one.value->find("type") == nullptr;
}

// One pack that is extended, with its tree as it is taken over.
class Taking {
 public:
  Taking(const Node& extension, const Node& root, const Pack& parent, Refusals& findings)
      : extension_(extension), root_(root), parent_(parent), findings_(findings) {}

  Node taken() {
    const Node whole = root_of(parent_);
    check_language(whole);
    Node tree;
    tree.kind = NodeKind::map;
    tree.place = extension_.place;
    for (const Member& member : whole.members)
      if (is_one_of(taken_keys, member.key)) tree.members.push_back(member);
    std::map<std::string, std::shared_ptr<const std::string>> files;
    give_origin(tree, parent_.id + '@' + parent_.version + '/', files);
    tailor(tree);
    return tree;
  }

 private:
  void report(RefusalCode code, const Place& place, std::string expected, std::string got) {
    findings_.push_back({code, place.text(), std::move(expected), std::move(got), {}});
  }

  // Labels stand beside what they name, in one language for the whole of a pack.
  void check_language(const Node& whole) {
    const auto language = [](const Node& root) {
      const std::string tag = scalar_at(root, "language");
      return tag.empty() ? std::string(language_tags[0]) : tag;
    };
    if (language(whole) != language(root_))
      report(RefusalCode::pack_shape, extension_.place, "language: " + language(whole),
             "language: " + language(root_));
  }

  void tailor(Node& tree) {
    const std::vector<Written> all = written_in(extension_);
    check_apart(all);
    check_authority(all);
    for (const Written& one : all) {
      const bool ok = one.kind == TailoringKind::exclude ? exclude(tree, one) : change(tree, one);
      if (ok && scalar_at(extension_.below("authority"), one.path).empty() && !extension_.cut &&
          loosens(one))
        report(RefusalCode::pack_missing_key, one.place, "authority: {" + one.path + ": …}", "");
    }
  }

  bool loosens(const Written& one) const {
    return policy::loosens(parent_, root_of(parent_), one.kind, one.path, one.value);
  }

  // No path twice, and none within another: what holds would depend on the order.
  void check_apart(const std::vector<Written>& all) {
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (covers(all[j].path, all[i].path) || covers(all[i].path, all[j].path)) {
          report(RefusalCode::pack_duplicate_key, all[i].place, all[j].place.text(), all[i].path);
          break;
        }
  }

  void check_authority(const std::vector<Written>& all) {
    std::vector<std::string_view> paths;
    for (const Written& one : all) paths.push_back(one.path);
    for (const Member& member : extension_.below("authority").members)
      if (extension_.find("authority") && !is_one_of(paths, member.key))
        report(RefusalCode::pack_reference, member.place, nearest_or_all(member.key, paths),
               member.key);
  }

  // The node that the path leads to, with the one that holds it; a step that leads nowhere is said
  // with the nearest one.
  Node* find(Node& tree, const Written& one, Node** holder, std::string* last) {
    const auto steps = split(one.path, '.');
    if (!is_one_of(tailored_keys, steps.front())) {
      report(RefusalCode::pack_reference, one.place,
             nearest_or_all(steps.front(), {tailored_keys.begin(), tailored_keys.end()}), one.path);
      return nullptr;
    }
    Node* at = &tree;
    std::string walked;
    for (const std::string_view name : steps) {
      Node* const next = node_at(*at, name);
      if (next == nullptr) {
        std::vector<std::string> names = names_in(*at);
        for (std::string& there : names) there = walked + there;
        const std::string wrong = walked + std::string(name);
        report(RefusalCode::pack_reference, one.place,
               nearest_or_all(wrong, {names.begin(), names.end()}), one.path);
        return nullptr;
      }
      *holder = at;
      *last = name;
      at = next;
      walked += std::string(name) + '.';
    }
    if (steps.size() > 1 || steps.front() == "campaign") return at;
    report(RefusalCode::pack_shape, one.place, one.path + ".<name>", one.path);
    return nullptr;
  }

  bool exclude(Node& tree, const Written& one) {
    Node* holder = nullptr;
    std::string last;
    Node* const found = find(tree, one, &holder, &last);
    if (found == nullptr) return false;
    std::erase_if(holder->members, [&](const Member& member) { return &member.value == found; });
    const auto item = std::find_if(holder->items.begin(), holder->items.end(),
                                   [&](const Node& each) { return &each == found; });
    if (item != holder->items.end()) holder->items.erase(item);
    return true;
  }

  bool change(Node& tree, const Written& one) {
    Node* holder = nullptr;
    std::string last;
    Node* const found = find(tree, one, &holder, &last);
    if (found == nullptr) return false;
    if (one.kind == TailoringKind::add) return add(*found, one);
    if (sets_value(one))
      set_value(*found, one);
    else
      *found = *one.value;
    return true;
  }

  // A parameter's value from the first day of the pack, decided by whoever writes it.
  void set_value(Node& parameter, const Written& one) {
    const auto scalar = [&](std::string text) {
      Node node;
      node.kind = NodeKind::scalar;
      node.text = std::move(text);
      node.place = one.value->place;
      return node;
    };
    Node value;
    value.kind = NodeKind::map;
    value.place = one.value->place;
    const auto put = [&](const char* key, Node node) {
      value.members.push_back({key, one.place, std::move(node)});
    };
    put("from", scalar(scalar_at(root_.below("in_force"), "from")));
    put("value", *one.value);
    put("basis", scalar("decision"));
    const std::string authority = scalar_at(extension_.below("authority"), one.path);
    if (!authority.empty()) put("ref", scalar(authority));
    Node values;
    values.kind = NodeKind::list;
    values.place = one.value->place;
    values.items.push_back(std::move(value));
    if (Node* const old = member_of(parameter, "values")) *old = std::move(values);
    // It is decided: nobody has to confirm it any more.
    std::erase_if(parameter.members, [](const Member& key) { return key.key == "review_by"; });
  }

  // Items of a list; of a parameter, items of its list in each of its values.
  bool add(Node& target, const Written& one) {
    if (one.value->kind != NodeKind::list) {
      if (one.value->kind != NodeKind::unreadable)
        report(RefusalCode::pack_type, one.value->place, "list", one.value->describe());
      return false;
    }
    std::vector<Node*> lists;
    if (target.kind == NodeKind::list) lists.push_back(&target);
    if (Node* const values = member_of(target, "values");
        values && split(one.path, '.').size() == 2)
      for (Node& value : values->items)
        if (Node* const list = member_of(value, "value"); list && list->kind == NodeKind::list)
          lists.push_back(list);
    if (lists.empty()) {
      report(RefusalCode::pack_type, one.place, "list", target.describe());
      return false;
    }
    for (Node* const list : lists)
      list->items.insert(list->items.end(), one.value->items.begin(), one.value->items.end());
    return true;
  }

  const Node& extension_;
  const Node& root_;
  const Pack& parent_;
  Refusals& findings_;
};

// Puts one tree's declarations beside those that are there.
class Joining {
 public:
  Joining(Node& into, Refusals& findings) : into_(into), findings_(findings) {}

  // Of two packs that are extended neither goes before the other.
  void add(const Node& tree, const Place& place) {
    for (const Member& member : tree.members) {
      Node* const there = member_of(into_, member.key);
      if (there == nullptr)
        into_.members.push_back(member);
      else
        add(member, *there, place);
    }
  }

  // The pack's own: its documents and clauses are taken before those of others.
  void add_own(const Node& root) {
    for (const Member& member : root.members) {
      Node* const there =
          is_one_of(taken_keys, member.key) ? member_of(into_, member.key) : nullptr;
      if (there == nullptr || member.value.kind != there->kind)
        put_own(member, there);
      else
        add_own(member, *there);
    }
    into_.place = root.place;
    into_.cut = root.cut;
  }

 private:
  void put_own(const Member& member, Node* there) {
    if (there == nullptr || member.value.kind == NodeKind::unreadable) {
      if (there == nullptr) into_.members.push_back(member);
      return;
    }
    *there = member.value;  // of a wrong kind: its form says so
  }

  void clash(const Place& place, const Place& other, const std::string& path) {
    findings_.push_back({RefusalCode::pack_duplicate_key, place.text(), other.text(), path, {}});
  }

  static bool is_shared(std::string_view key) { return key == "documents" || key == "clauses"; }

  void add(const Member& member, Node& there, const Place& place) {
    if (member.key == "campaign") return clash(place, there.place, member.key);
    for (const Member& one : member.value.members) {
      const Node* const same = there.find(one.key);
      if (same == nullptr)
        there.members.push_back(one);
      else if (!is_shared(member.key))
        clash(place, same->place, member.key + '.' + one.key);
    }
    add_items(member, there);
  }

  void add_items(const Member& member, Node& there) {
    for (std::size_t i = 0; i < member.value.items.size(); ++i) {
      const Node& item = member.value.items[i];
      const std::string id = item.kind == NodeKind::scalar ? item.text : scalar_at(item, "id");
      if (id.empty() || node_at(there, id) == nullptr) there.items.push_back(item);
    }
  }

  void add_own(const Member& member, Node& there) {
    if (member.key == "campaign") return clash(member.place, there.place, member.key);
    for (const Member& one : member.value.members) {
      Node* const same = member_of(there, one.key);
      if (same == nullptr)
        there.members.push_back(one);
      else if (is_shared(member.key))
        *same = one.value;
      else
        clash(one.place, same->place, member.key + '.' + one.key);
    }
    // A clause that is listed here too is this pack's; one that stands here twice stays so.
    const auto is_own = [&](const Node& taken) {
      const std::string id = taken.kind == NodeKind::scalar ? taken.text : scalar_at(taken, "id");
      return std::any_of(
          member.value.items.begin(), member.value.items.end(), [&](const Node& own) {
            return (own.kind == NodeKind::scalar ? own.text : scalar_at(own, "id")) == id;
          });
    };
    std::erase_if(there.items, is_own);
    there.items.insert(there.items.end(), member.value.items.begin(), member.value.items.end());
    there.cut = there.cut || member.value.cut;
  }

  Node& into_;
  Refusals& findings_;
};

void report_unknown(const Node& extension, const std::vector<Pack>& known, Refusals& findings) {
  const std::string id = scalar_at(extension, "pack"), version = scalar_at(extension, "version");
  std::vector<std::string_view> ids, versions;
  for (const Pack& pack : known) {
    if (!is_one_of(ids, pack.id) && pack.id != core_id) ids.push_back(pack.id);
    if (pack.id == id) versions.push_back(pack.version);
  }
  if (id.empty() || version.empty()) return;  // its form says so
  const bool of_version = !versions.empty();
  findings.push_back({RefusalCode::pack_reference,
                      extension.below(of_version ? "version" : "pack").place.text(),
                      of_version ? nearest_or_all(version, versions) : nearest_or_all(id, ids),
                      of_version ? version : id,
                      {}});
}

// Of "i18n/en.yaml".
std::optional<Language> language_of_labels(std::string_view path) {
  for (std::size_t i = 0; i < language_tags.size(); ++i)
    if (path == "i18n/" + std::string(language_tags[i]) + ".yaml") return static_cast<Language>(i);
  return {};
}

const Node* extensions_of(const Node& root) {
  const Node* const all = root.find("extends");
  return all && all->kind == NodeKind::list ? all : nullptr;
}

void add_version(const std::vector<Pack>& known, std::string_view id, std::string_view version,
                 std::vector<const Pack*>& out) {
  const Pack* const pack = find_version(known, id, version);
  if (pack && std::find(out.begin(), out.end(), pack) == out.end()) out.push_back(pack);
}

std::vector<const Pack*> with_theirs(std::vector<const Pack*> all, const std::vector<Pack>& known) {
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const Parent& one : all[i]->extends) add_version(known, one.pack, one.version, all);
  return all;
}

// Paths whose labels are not the other pack's any more.
void add_changed_labels(const Node& root, std::vector<std::string>& out) {
  const Node* const extensions = extensions_of(root);
  if (extensions == nullptr) return;
  for (const Node& one : extensions->items)
    for (const Written& written : written_in(one))
      if (written.kind != TailoringKind::add)
        out.push_back(written.path + (sets_value(written) ? ".values" : ""));
}

}  // namespace

bool covers(std::string_view path, std::string_view below) {
  return below.starts_with(path) && (below.size() == path.size() || below[path.size()] == '.');
}

const Pack* find_version(const std::vector<Pack>& packs, std::string_view id,
                         std::string_view version) {
  const auto found = std::find_if(packs.begin(), packs.end(), [&](const Pack& pack) {
    return pack.id == id && pack.version == version;
  });
  return found == packs.end() ? nullptr : &*found;
}

std::vector<const Pack*> extended_by(const Node& root, const std::vector<Pack>& known) {
  std::vector<const Pack*> all;
  if (const Node* const extensions = extensions_of(root))
    for (const Node& one : extensions->items)
      add_version(known, scalar_at(one, "pack"), scalar_at(one, "version"), all);
  return with_theirs(std::move(all), known);
}

std::vector<const Pack*> extended_by(const Pack& pack, const std::vector<Pack>& known) {
  std::vector<const Pack*> all;
  for (const Parent& one : pack.extends) add_version(known, one.pack, one.version, all);
  return with_theirs(std::move(all), known);
}

Node unfolded(const Node& root, const std::vector<Pack>& known, Refusals& findings) {
  const Node* const extensions = extensions_of(root);
  if (extensions == nullptr) return root;
  Node whole;
  whole.kind = NodeKind::map;
  Joining joining(whole, findings);
  for (const Node& extension : extensions->items) {
    const Pack* const parent =
        find_version(known, scalar_at(extension, "pack"), scalar_at(extension, "version"));
    if (parent == nullptr || parent->id == core_id) {
      if (extension.kind == NodeKind::map) report_unknown(extension, known, findings);
      continue;
    }
    joining.add(Taking(extension, root, *parent, findings).taken(), extension.place);
  }
  joining.add_own(root);
  return whole;
}

void read_taken_texts(const Node& root, const std::vector<Pack>& known, Texts& texts) {
  std::vector<std::string> changed;
  add_changed_labels(root, changed);
  const auto is_taken = [&](const std::string& path) {
    const std::string_view key = std::string_view(path).substr(0, path.find('.'));
    return is_one_of(taken_keys, key) &&
           std::none_of(changed.begin(), changed.end(),
                        [&](const std::string& above) { return covers(above, path); });
  };
  for (const Pack* const pack : extended_by(root, known)) {
    for (const PackFile& file : pack->files)
      if (const auto language = language_of_labels(file.path))
        texts.take(*language, read_yaml(file.path, file.bytes).root, is_taken);
    // What it changes of another one is changed here too.
    Refusals ignored;
    if (!pack->extends.empty()) add_changed_labels(root_of(pack->files, ignored), changed);
  }
}

}  // namespace huilu::policy
