// Reader: what a declaration may say, written down as data, one line a key, and read from a Node
// with every fault collected. A new word of the language is a new line in a list of keys; the lists
// are also the one place from which a description of the format can be made.
//
//   Form<Evidence> evidence() {
//     return map_of<Evidence>({required("field", &Evidence::field, id()),
//                              required("by", &Evidence::by, duration())});
//   }
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/refusal.h"
#include "base/time.h"
#include "base/value.h"
#include "policy/duration.h"
#include "policy/label.h"
#include "policy/shape.h"
#include "policy/yaml.h"

namespace huilu::policy {

// The labels of i18n/*.yaml, by path ("record_types.visit.title").
class Texts {
 public:
  struct Entry {
    std::string text;
    Place place;
    bool used = false;
  };

  // Reads one language's file; the tree may be unreadable.
  void read(Language language, const Node& root, Refusals& findings);
  // Those of another pack's file for which `is_taken` holds and that have none here. Nobody need
  // ask for them.
  void take(Language language, const Node& root,
            const std::function<bool(const std::string& path)>& is_taken);
  Entry* find(Language language, const std::string& path);
  // False where nothing can be said about a label that is missing: its file broke off.
  bool is_complete(Language language) const { return !of(language).cut; }
  bool has_file(Language language) const { return of(language).has_file; }
  // An entry that nothing asked for names a path that does not exist. Entries below `unread` belong
  // to what could not be read; nothing is said about them.
  void report_unused(const std::vector<std::string>& paths, const std::vector<std::string>& unread,
                     Refusals& findings) const;

 private:
  struct File {
    bool has_file = false;
    bool cut = false;
    std::map<std::string, Entry> entries;
  };
  const File& of(Language language) const { return files_[static_cast<std::size_t>(language)]; }

  std::array<File, language_tags.size()> files_;
};

// One reading of one pack: where it is, and what was found.
class Reading {
 public:
  // `language` is that of the labels written inline.
  Reading(Texts& texts, Language language) : texts_(texts), language_(language) {}

  void report(RefusalCode code, const Place& place, std::string expected, std::string got);
  // The node is not of the form; says nothing where a fault was reported already.
  void report_type(const Node& node, std::string expected);
  Refusals& findings() { return findings_; }

  class Step {
   public:
    Step(Reading& reading, std::string_view key) : reading_(reading) {
      reading_.path_.emplace_back(key);
    }
    ~Step() { reading_.path_.pop_back(); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    Reading& reading_;
  };

  // The label of the present path: `written` (or null pointer) in the pack's language, the others
  // from i18n; a language that is missing is a finding at `owner`.
  Label label(const Node& owner, const Node* written);
  // Likewise where nothing is missing: what i18n has no text of is said as it is written.
  Label remark(const Node* written);
  // True where i18n has a text for the present path.
  bool has_label();
  // Every path that a label was asked for.
  const std::vector<std::string>& labels() const { return labels_; }
  // What stands at the present path, or at `key` below it, is not read: labels that belong to it
  // are nobody's fault.
  void leave_unread(std::string_view key = {});
  const std::vector<std::string>& unread() const { return unread_; }

 private:
  void report_missing(Language language, const Node& owner, const std::string& path);

  Texts& texts_;
  Language language_;
  Refusals findings_;
  std::vector<std::string> path_;
  std::vector<std::string> labels_;
  std::vector<std::string> unread_;
  std::array<bool, language_tags.size()> reported_file_{};
};

// How one kind of value is written. `read` reports what does not fit and then leaves the value.
template <class T>
struct Form {
  std::function<void(Reading&, const Node&, T&)> read;
  std::string expected;  // what a finding says
  ShapePointer shape = shape::anything();
};

// A map whose keys have a name of their own in descriptions.
template <class T>
Form<T> named(std::string_view name, Form<T> form) {
  form.shape = shape::named(name, form.shape);
  return form;
}

// `later`: a word of the language that this release does not support. It is refused as such, so
// that nobody is told he misspelt, and never suggested.
enum class Presence { required, optional, later };

// Of a map: exactly one of these keys stands there. Said by its check; here for descriptions.
template <class T, class Words>
Form<T> exactly_one(const Words& words, Form<T> form) {
  form.shape = shape::exactly_one({words.begin(), words.end()}, form.shape);
  return form;
}

// One key of a map.
template <class T>
struct Key {
  std::string_view name;
  Presence presence = Presence::optional;
  std::string expected;
  // The value is a null pointer where the key is absent.
  std::function<void(Reading&, const Node& owner, const Node* value, T&)> read;
  ShapePointer shape = shape::anything();
};

Form<std::string> id();     // [a-z][a-z0-9_]*, and no reserved word
Form<std::string> token();  // what documents and clauses are called: S0-6.6
Form<std::string> text();   // what YAML would take for a number, a boolean or null needs quotes
Form<std::int64_t> integer(std::int64_t min, std::int64_t max);
Form<bool> boolean();  // true or false
Form<Date> date();
Form<Duration> duration();        // {workdays: 5}
Form<Node> raw();                 // kept as written, for words that are read later
Form<std::vector<Term>> terms();  // a list of ids, each with a label at <path>.<id>

bool is_id(std::string_view text);
bool is_plain_text(const Node& node);  // a scalar that no YAML reader takes for anything but a text
Value value_of(const Node& node);      // a literal: texts, integers, booleans, lists and maps

// The parts of the templates below that are not templates.
namespace reading {

bool is_scalar(Reading& reading, const Node& node, const std::string& expected);
bool is_map(Reading& reading, const Node& node);
bool is_list(Reading& reading, const Node& node);
// Returns the key that was probably meant, or empty.
std::string_view unknown_key(Reading& reading, const Member& member,
                             const std::vector<std::string_view>& keys);
void unknown_word(Reading& reading, const Node& node, const std::vector<std::string_view>& words);
void later_key(Reading& reading, const Member& member);
// What labels call the item: its id (`id`, `rung`) where it has one, otherwise its number.
std::string step_of(const Node& item, std::size_t index);
// Exactly one of the keys must stand in the map; otherwise a finding.
void one_of_keys(Reading& reading, const Node& node, const std::vector<std::string_view>& keys);
// The second of two keys that exclude each other is a finding.
void not_together(Reading& reading, const Node& node, const std::vector<std::string_view>& keys);
std::string list_of_words(const std::vector<std::string_view>& words);
Node key_node(const Member& member);

}  // namespace reading

// One of the words, which are the enumerators in their order. `later` are words of the language
// that this release does not support.
template <class Enum, std::size_t count>
Form<Enum> word(const std::array<std::string_view, count>& words,
                std::vector<std::string_view> later = {}) {
  const std::vector<std::string_view> all(words.begin(), words.end());
  const std::string expected = reading::list_of_words(all);
  ShapePointer shape = shape::word({all.begin(), all.end()});
  return {[all, expected, later = std::move(later)](Reading& reading, const Node& node, Enum& out) {
            if (!reading::is_scalar(reading, node, expected)) return;
            for (std::size_t i = 0; i < all.size(); ++i)
              if (all[i] == node.text) return void(out = static_cast<Enum>(i));
            if (std::find(later.begin(), later.end(), node.text) != later.end())
              return reading.report(RefusalCode::pack_later, node.place, "", node.text);
            reading::unknown_word(reading, node, all);
          },
          expected, std::move(shape)};
}

template <class T, class M>
Key<T> key(std::string_view name, Presence presence, M T::*member, Form<M> form) {
  const std::string expected = form.expected;
  ShapePointer shape = form.shape;
  return {
      name, presence, expected,
      [member, form = std::move(form)](Reading& reading, const Node&, const Node* value, T& out) {
        if (value) form.read(reading, *value, out.*member);
      },
      std::move(shape)};
}

template <class T, class M>
Key<T> required(std::string_view name, M T::*member, Form<M> form) {
  return key(name, Presence::required, member, std::move(form));
}

template <class T, class M>
Key<T> optional(std::string_view name, M T::*member, Form<M> form) {
  return key(name, Presence::optional, member, std::move(form));
}

template <class T, class M>
Key<T> optional(std::string_view name, std::optional<M> T::*member, Form<M> form) {
  const std::string expected = form.expected;
  ShapePointer shape = form.shape;
  return {
      name, Presence::optional, expected,
      [member, form = std::move(form)](Reading& reading, const Node&, const Node* value, T& out) {
        if (value) form.read(reading, *value, (out.*member).emplace());
      },
      std::move(shape)};
}

// A label in every language, inline or from i18n.
template <class T>
Key<T> label(std::string_view name, Label T::*member) {
  return {name, Presence::optional, "text",
          [member](Reading& reading, const Node& owner, const Node* value, T& out) {
            out.*member = reading.label(owner, value);
          },
          shape::text()};
}

// A label that may be left out, in every language or in none.
template <class T>
Key<T> label(std::string_view name, std::optional<Label> T::*member) {
  return {name, Presence::optional, "text",
          [member](Reading& reading, const Node& owner, const Node* value, T& out) {
            if (value || reading.has_label()) out.*member = reading.label(owner, value);
          },
          shape::text()};
}

// A text that is shown and need not be translated.
template <class T>
Key<T> remark(std::string_view name, Label T::*member) {
  return {name, Presence::optional, "text",
          [member](Reading& reading, const Node&, const Node* value, T& out) {
            if (value) out.*member = reading.remark(value);
          },
          shape::text()};
}

// A map of the keys and no others. `check` sees the whole afterwards, with the node for places.
template <class T>
Form<T> map_of(std::vector<Key<T>> keys,
               std::function<void(Reading&, const Node&, T&)> check = {}) {
  std::vector<ShapeKey> shapes;
  for (const Key<T>& key : keys)
    if (key.presence != Presence::later)
      shapes.push_back({std::string(key.name), key.presence == Presence::required, key.shape});
  const auto read = [keys = std::move(keys), check = std::move(check)](Reading& reading,
                                                                       const Node& node, T& out) {
    if (!reading::is_map(reading, node)) return;
    std::vector<std::string_view> names, later, misspelt;
    for (const Key<T>& key : keys)
      (key.presence == Presence::later ? later : names).push_back(key.name);
    for (const Member& member : node.members)
      if (std::find(later.begin(), later.end(), member.key) != later.end())
        reading::later_key(reading, member);
      else if (std::find(names.begin(), names.end(), member.key) == names.end())
        misspelt.push_back(reading::unknown_key(reading, member, names));
    for (const Key<T>& key : keys) {
      if (key.presence == Presence::later) continue;
      const Reading::Step step(reading, key.name);
      bool found = false;
      for (const Member& member : node.members) {
        if (member.key != key.name) continue;
        if (member.value.kind == NodeKind::null && key.presence == Presence::optional) continue;
        found = true;
        key.read(reading, node, &member.value, out);
      }
      if (found) continue;
      const bool is_misspelt =
          std::find(misspelt.begin(), misspelt.end(), key.name) != misspelt.end();
      if (key.presence == Presence::required && !node.cut && !is_misspelt)
        reading.report(RefusalCode::pack_missing_key, node.place, std::string(key.name), "");
      key.read(reading, node, nullptr, out);
    }
    if (check) check(reading, node, out);
  };
  return {read, "map", shape::map(std::move(shapes))};
}

template <class T>
Form<std::vector<T>> list_of(Form<T> item) {
  const std::string expected = "list of " + item.expected;
  ShapePointer shape = shape::list(item.shape);
  return {[item = std::move(item)](Reading& reading, const Node& node, std::vector<T>& out) {
            if (!reading::is_list(reading, node)) return;
            for (std::size_t i = 0; i < node.items.size(); ++i) {
              const Reading::Step step(reading, reading::step_of(node.items[i], i));
              item.read(reading, node.items[i], out.emplace_back());
            }
          },
          expected, std::move(shape)};
}

// With at least one item.
template <class T>
Form<std::vector<T>> some_of(Form<T> item) {
  const Form<std::vector<T>> list = list_of(std::move(item));
  return {[list](Reading& reading, const Node& node, std::vector<T>& out) {
            if (node.kind == NodeKind::list && node.items.empty() && !node.cut)
              reading.report(RefusalCode::pack_range, node.place, "at least 1 item", "0 items");
            list.read(reading, node, out);
          },
          list.expected, shape::list(list.shape->item, 1)};
}

template <class T>
Form<std::vector<T>> one_or_list(Form<T> item) {
  const Form<std::vector<T>> list = list_of(item);
  return {[item, list](Reading& reading, const Node& node, std::vector<T>& out) {
            if (node.kind == NodeKind::list) return list.read(reading, node, out);
            item.read(reading, node, out.emplace_back());
          },
          item.expected + " or " + list.expected, shape::choice({item.shape, list.shape})};
}

// A map from names to things, in the order written; `name` receives the key.
template <class T>
Form<std::vector<T>> by_name(Form<T> item, std::string T::*name,
                             Form<std::string> name_form = id()) {
  ShapePointer shape = shape::names(item.shape, name_form.shape->pattern);
  return {[item = std::move(item), name, name_form = std::move(name_form)](
              Reading& reading, const Node& node, std::vector<T>& out) {
            if (!reading::is_map(reading, node)) return;
            for (const Member& member : node.members) {
              T thing;
              name_form.read(reading, reading::key_node(member), thing.*name);
              const Reading::Step step(reading, member.key);
              item.read(reading, member.value, thing);
              if (!(thing.*name).empty()) out.push_back(std::move(thing));
            }
          },
          "map", std::move(shape)};
}

template <class T>
Key<T> later(std::string_view name) {
  return {name, Presence::later, "", {}, {}};
}

// For forms that hold themselves: made anew at each level that is read. `name` is its in
// descriptions.
template <class T>
Form<T> recursive(Form<T> (*make)(), std::string expected, ShapePointer shape) {
  return {[make](Reading& reading, const Node& node, T& out) { make().read(reading, node, out); },
          std::move(expected), std::move(shape)};
}

// A key that is read for its faults and not kept: notes for authors.
template <class T, class M>
Key<T> unkept(std::string_view name, Presence presence, Form<M> form) {
  const std::string expected = form.expected;
  ShapePointer shape = form.shape;
  return {name, presence, expected,
          [form = std::move(form)](Reading& reading, const Node&, const Node* value, T&) {
            M scratch{};
            if (value) form.read(reading, *value, scratch);
          },
          std::move(shape)};
}

}  // namespace huilu::policy
