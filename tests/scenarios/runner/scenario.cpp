#include "tests/scenarios/runner/scenario.h"

#include <fstream>
#include <iterator>

#include "base/fault.h"
#include "policy/reader.h"

namespace huilu::scenario {

namespace {

using policy::by_name;
using policy::date;
using policy::Form;
using policy::id;
using policy::integer;
using policy::Key;
using policy::list_of;
using policy::map_of;
using policy::optional;
using policy::raw;
using policy::Reading;
using policy::required;

const Date first_day = Date::of(2026, 3, 2);  // a Monday

// Any scalar as it is written: addresses, requests, days that are texts.
Form<std::string> words() {
  return {[](Reading& reading, const Node& node, std::string& out) {
            if (policy::reading::is_scalar(reading, node, "text")) out = node.text;
          },
          "text"};
}

std::optional<Place> place_of(const Node& map, std::string_view key) {
  for (const auto& member : map.members) {
    if (member.key == key) return member.place;
  }
  return {};
}

Form<Division> division() {
  return map_of<Division>(
      {required("name", &Division::title, words()), optional("parent", &Division::parent, id())});
}

Form<Unit> unit() {
  return map_of<Unit>({required("name", &Unit::title, words()), required("type", &Unit::type, id()),
                       required("level", &Unit::level, integer(0, 9)),
                       optional("parent", &Unit::parent, id()), optional("seat", &Unit::seat, id()),
                       optional("from", &Unit::from, date()),
                       optional("go_live", &Unit::go_live, date())});
}

Form<Person> person() {
  return map_of<Person>({required("name", &Person::title, words()),
                         required("branch", &Person::branch, id()),
                         optional("probationary", &Person::probationary, policy::boolean()),
                         optional("joined", &Person::joined, date())});
}

Form<Post> post() {
  return map_of<Post>(
      {required("unit", &Post::unit, id()), required("kind", &Post::kind, id()),
       required("title", &Post::title, words()), optional("holder", &Post::holder, id()),
       optional("from", &Post::from, date()), optional("held_since", &Post::held_since, date())});
}

std::vector<Key<Ground>> ground_keys() {
  return {optional("places", &Ground::places, by_name(division(), &Division::name)),
          optional("tree", &Ground::tree, by_name(unit(), &Unit::name)),
          optional("people", &Ground::people, by_name(person(), &Person::name)),
          optional("posts", &Ground::posts, by_name(post(), &Post::name))};
}

Form<Grant> grant() {
  return map_of<Grant>(
      {required("role", &Grant::role, id()), optional("unit", &Grant::unit, id()),
       optional("units", &Grant::units, list_of(id())), optional("scope", &Grant::scope, id()),
       optional("from", &Grant::from, date()), optional("until", &Grant::until, date())});
}

// One grant may be written without a list.
Key<Account> part_of_grant(std::string_view name, std::string Grant::*member) {
  return {name, policy::Presence::optional, "word",
          [member](Reading& reading, const Node&, const Node* value, Account& out) {
            if (value) id().read(reading, *value, out.grant.*member);
          }};
}

Form<Account> account() {
  return map_of<Account>({part_of_grant("role", &Grant::role), part_of_grant("unit", &Grant::unit),
                          part_of_grant("scope", &Grant::scope),
                          optional("grants", &Account::grants, list_of(grant())),
                          optional("person", &Account::person, id()),
                          optional("password", &Account::password, words()),
                          optional("machine", &Account::machine, policy::boolean())});
}

Form<std::vector<std::pair<std::string, std::string>>> files() {
  return {[](Reading& reading, const Node& node,
             std::vector<std::pair<std::string, std::string>>& out) {
            if (!policy::reading::is_map(reading, node)) return;
            for (const auto& member : node.members) {
              out.emplace_back(member.key, member.value.text);
            }
          },
          "map of texts"};
}

Form<Pack> pack() {
  return map_of<Pack>(
      {required("id", &Pack::id, words()), optional("files", &Pack::files, files()),
       optional("in_force", &Pack::in_force, date()), optional("findings", &Pack::findings, raw())},
      [](Reading&, const Node& node, Pack& out) { out.findings_key = place_of(node, "findings"); });
}

Form<Step> step() {
  return map_of<Step>(
      {optional("date", &Step::date, date()), optional("at", &Step::at, words()),
       optional("as", &Step::as, words()), optional("do", &Step::request, words()),
       optional("with", &Step::with, raw()), optional("raw", &Step::raw, words()),
       optional("bytes", &Step::bytes, words()), optional("file", &Step::file, words()),
       optional("padded_to", &Step::padded_to, integer(1, 1 << 28)),
       optional("headers", &Step::headers, raw()), optional("key", &Step::key, words()),
       optional("times", &Step::times, integer(1, 1000)), optional("named", &Step::named, id()),
       optional("keep", &Step::keep, raw()), optional("later", &Step::later, id()),
       optional("answer", &Step::answer, id()), optional("store", &Step::store, id()),
       optional("expect", &Step::expect, raw())},
      [](Reading&, const Node& node, Step& out) {
        out.place = node.place;
        out.expect_key = place_of(node, "expect");
      });
}

// What the file says besides the ground.
struct Rest {
  std::string ground;
  std::optional<Date> date;
  std::vector<Account> accounts;
  std::vector<Pack> packs;
  std::vector<Step> steps;
};

std::vector<Key<Rest>> rest_keys() {
  return {optional("ground", &Rest::ground, id()), optional("date", &Rest::date, date()),
          optional("accounts", &Rest::accounts, by_name(account(), &Account::name)),
          optional("packs", &Rest::packs, list_of(pack())),
          optional("steps", &Rest::steps, list_of(step()))};
}

struct Whole {
  Ground ground;
  Rest rest;
};

template <class Part>
void add_keys(std::vector<Key<Whole>>& keys, std::vector<Key<Part>> parts, Part Whole::*part) {
  for (auto& key : parts) {
    keys.push_back({key.name, key.presence, key.expected,
                    [key, part](Reading& reading, const Node& owner, const Node* value,
                                Whole& out) { key.read(reading, owner, value, out.*part); }});
  }
}

template <class T>
void read_file(const std::string& path, std::string_view text, const Form<T>& form, T& out,
               Refusals& faults) {
  const auto file = policy::read_yaml(path, text);
  policy::Texts none;
  Reading reading(none, policy::Language::zh_cn);
  form.read(reading, file.root, out);
  faults.insert(faults.end(), file.findings.begin(), file.findings.end());
  faults.insert(faults.end(), reading.findings().begin(), reading.findings().end());
}

template <class T>
void put_before(std::vector<T>& later, std::vector<T> first) {
  later.insert(later.begin(), std::make_move_iterator(first.begin()),
               std::make_move_iterator(first.end()));
}

void add_codes(const Node& list, std::vector<std::string>& codes) {
  for (const Node& item : list.items) codes.push_back(item.text.substr(0, item.text.find(' ')));
}

// Rows of a batch are refused one by one: `why` of each in the body.
void add_codes_of_rows(const Node& node, std::vector<std::string>& codes) {
  for (const Node& item : node.items) add_codes_of_rows(item, codes);
  for (const auto& [key, place, value] : node.members) {
    add_codes_of_rows(value, codes);
    if (key != "why") continue;
    for (const Node& item : value.items)
      if (const Node* const code = item.find("code")) codes.push_back(code->text);
  }
}

}  // namespace

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (!in) throw Fault(FaultKind::unavailable, path.string() + " cannot be read");
  return bytes;
}

Read read_scenario(const std::string& path, std::string_view text,
                   const std::filesystem::path& fixtures) {
  Read out;
  Whole whole;
  std::vector<Key<Whole>> keys;
  add_keys(keys, ground_keys(), &Whole::ground);
  add_keys(keys, rest_keys(), &Whole::rest);
  read_file(path, text, map_of<Whole>(std::move(keys)), whole, out.faults);
  if (!whole.rest.ground.empty()) {
    const auto shared = fixtures / whole.rest.ground / "ground.yaml";
    Ground ground;
    read_file(shared.string(), text_of_file(shared), map_of<Ground>(ground_keys()), ground,
              out.faults);
    put_before(whole.ground.places, std::move(ground.places));
    put_before(whole.ground.tree, std::move(ground.tree));
    put_before(whole.ground.people, std::move(ground.people));
    put_before(whole.ground.posts, std::move(ground.posts));
  }
  out.scenario = {path,
                  whole.rest.date.value_or(first_day),
                  std::move(whole.ground),
                  std::move(whole.rest.accounts),
                  std::move(whole.rest.packs),
                  std::move(whole.rest.steps)};
  return out;
}

std::vector<std::string> codes_expected(const Scenario& scenario) {
  std::vector<std::string> codes;
  for (const Pack& pack : scenario.packs) add_codes(pack.findings, codes);
  for (const Step& step : scenario.steps) {
    add_codes(step.expect, codes);
    if (const Node* refusals = step.expect.find("refusals")) add_codes(*refusals, codes);
    if (const Node* body = step.expect.find("body")) add_codes_of_rows(*body, codes);
  }
  return codes;
}

}  // namespace huilu::scenario
