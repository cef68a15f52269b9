#include "tests/scenarios/runner/ground.h"

#include "demo/flow.h"
#include "enactment/commands.h"
#include "enactment/queries.h"
#include "identity/commands.h"
#include "org/import.h"
#include "org/people_commands.h"
#include "org/places.h"

namespace huilu::scenario {

namespace {

constexpr const char* codes = "scenario";
const Date long_ago = Date::of(2020, 1, 1);

// A sheet of texts, as an import reads it.
class Sheet {
 public:
  explicit Sheet(std::vector<std::string> head) {
    sheet_.name = "ground.csv";
    add(std::move(head));
  }

  void add(std::vector<std::string> cells) {
    const int number = static_cast<int>(sheet_.rows.size()) + 1;
    org::SheetRow row{number, {}};
    for (int column = 0; column < static_cast<int>(cells.size()); ++column) {
      auto& text = cells[static_cast<std::size_t>(column)];
      if (!text.empty()) row.cells.push_back({column, number, 1, std::move(text)});
    }
    sheet_.rows.push_back(std::move(row));
  }

  const org::Sheet& sheet() const { return sheet_; }

 private:
  org::Sheet sheet_;
};

std::string text_of(const std::optional<Date>& date, const std::string& otherwise = {}) {
  return date ? date->text() : otherwise;
}

Miswritten refused(const std::string& what, const Refusals& refusals) {
  const Refusal& why = refusals.front();
  return Miswritten(what + " is refused: " + std::string(kind_of(why.code).name) + " at " +
                    why.where + " " + why.got);
}

class Laying {
 public:
  Laying(const Scenario& scenario, World& world, Names& names)
      : scenario_(scenario),
        world_(world),
        names_(names),
        flow_(world.backend().installation().road()) {}

  std::map<std::string, Credentials> lay() {
    enter_places();
    enter_units();
    enter_people();
    enter_posts();
    enter_packs();
    enter_accounts();
    return std::move(credentials_);
  }

 private:
  const policy::Vocabulary& words() const { return policy::core_pack().vocabulary; }

  template <class Make>
  void import(const Sheet& sheet, Make make) {
    org::ImportOptions options;
    options.date = scenario_.start;
    options.code_system = options.place_system = codes;
    auto command = make(sheet.sheet(), options, words());
    if (command) {
      const auto reply = world_.backend().installation().run(std::move(*command));
      if (reply.ok()) return;
      command = reply.refusals();
    }
    throw refused("the ground", command.refusals());
  }

  // The ids that an import gave, by the codes and keys that stand for the names.
  void find(const std::string& sql, char prefix, const std::string& suffix = {}) {
    for (const auto row : world_.backend().installation().readers().lend()->query(sql)) {
      names_.bind(row.text(0) + suffix, prefix + std::to_string(row.integer(1)));
    }
  }

  // A table for each level, as places are imported from.
  void enter_places() {
    if (scenario_.ground.places.empty()) return;
    std::map<std::string, int> levels;
    std::vector<org::PlaceFile> files;
    for (const Division& place : scenario_.ground.places) {
      const int level = place.parent.empty() ? 1 : levels[place.parent] + 1;
      levels[place.name] = level;
      while (static_cast<int>(files.size()) < level) {
        const std::string head = files.empty() ? "code,name\n" : "code,name,parentCode\n";
        files.push_back({"places.csv", head, static_cast<int>(files.size()) + 1});
      }
      auto& bytes = files[static_cast<std::size_t>(level) - 1].bytes;
      bytes += place.name + "," + place.title;
      bytes += (place.parent.empty() ? "" : "," + place.parent) + "\n";
    }
    const auto imported = org::import_places(world_.backend().installation().road(), files, codes);
    if (!imported.ok()) throw Miswritten("the places are refused");
    find("select code, id from place order by id", 'd');
  }

  void enter_units() {
    if (scenario_.ground.tree.empty()) return;
    Sheet sheet({"code", "name", "type", "level", "parent", "place", "from", "go_live"});
    for (const Unit& unit : scenario_.ground.tree) {
      sheet.add({unit.name, unit.title, unit.type, std::to_string(unit.level), unit.parent,
                 unit.seat, text_of(unit.from, long_ago.text()), text_of(unit.go_live)});
    }
    import(sheet, org::make_unit_import);
    find("select code, id from unit order by id", 'u');
  }

  void enter_people() {
    if (scenario_.ground.people.empty()) return;
    Sheet sheet({"key", "name", "branch", "kind", "joined"});
    for (const Person& person : scenario_.ground.people) {
      sheet.add({person.name, person.title, person.branch,
                 person.probationary ? "probationary_member" : "full_member",
                 text_of(person.joined, long_ago.text())});
    }
    import(sheet, org::make_people_import);
    find("select external_key, id from person order by id", 'p');
    find(
        "select p.external_key, m.id from membership m join person p on p.id = m.person "
        "order by m.id",
        'm', "_membership");
  }

  // Sends a command whose reply holds an id of what it made, and binds that.
  void send(std::unique_ptr<command::Command> command, std::string member, std::string name) {
    flow_.send(std::move(command), {},
               [this, member = std::move(member), name = std::move(name)](const Value& reply) {
                 made_.emplace_back(name, *reply.find(member)->text());
               });
  }
  void settle() {
    flow_.drain();
    for (auto& [name, id] : std::exchange(made_, {})) names_.bind(name, std::move(id));
  }

  template <class IdType>
  IdType id(const std::string& name) const {
    const auto found = IdType::parse(names_.meaning(name));
    if (!found) throw Miswritten(name + " is of another kind");
    return *found;
  }

  void enter_posts() {
    for (const Post& post : scenario_.ground.posts) {
      send(org::make_command(
               org::CreatePost{
                   id<UnitId>(post.unit), post.kind, post.title, {}, post.from.value_or(long_ago)},
               words()),
           "post", post.name);
    }
    settle();
    for (const Post& post : scenario_.ground.posts) {
      if (post.holder.empty()) continue;
      send(org::make_command(org::StartTenure{id<PostId>(post.name), id<UnitId>(post.unit),
                                              id<PersonId>(post.holder), org::Holding::regular,
                                              post.held_since.value_or(long_ago)}),
           "tenure", post.name + "_tenure");
    }
    settle();
  }

  // The program may both propose and confirm.
  void enter_packs() {
    auto& installation = world_.backend().installation();
    const auto reader = installation.database().connect(store::Access::read);
    const auto roots = enactment::root_units(*reader);
    for (const Pack& pack : scenario_.packs) {
      if (!pack.in_force) continue;
      enactment::NewActivation activation;
      activation.pack = pack.id;
      activation.pack_version = version_of(pack.id);
      activation.span = {*pack.in_force, {}};
      activation.reason = "as the scenario says";
      const auto proposed = installation.run(
          std::make_unique<enactment::ProposeActivation>(installation.packs(), activation, roots));
      if (!proposed.ok()) throw refused("pack " + pack.id, proposed.refusals());
      const auto read = enactment::find_activation(
          *reader, *ActivationId::parse(*proposed->body.find("id")->text()));
      const auto confirmed = installation.run(std::make_unique<enactment::ConfirmProposal>(
          enactment::proposed(read.value()), 1, roots));
      if (!confirmed.ok()) throw refused("pack " + pack.id, confirmed.refusals());
    }
  }

  std::string version_of(const std::string& id) const {
    for (const auto& pack : world_.backend().installation().packs()) {
      if (pack.id == id) return pack.version;
    }
    throw Miswritten("no pack " + id);
  }

  void enter_accounts() {
    for (const Account& account : scenario_.accounts) {
      identity::CreateAccount::Input input;
      input.name = input.display_name = account.name;
      if (account.machine) input.kind = identity::AccountKind::machine;
      if (!account.person.empty()) input.person = id<PersonId>(account.person);
      if (!account.password.empty()) {
        auto hashed = identity::hash_password(account.password, account.name);
        if (!hashed) throw Miswritten("the password of " + account.name + " is too weak");
        input.password = std::move(*hashed);
      }
      send(std::make_unique<identity::CreateAccount>(std::move(input)), "id", account.name);
    }
    settle();
    for (const Account& account : scenario_.accounts) {
      if (!account.grant.role.empty()) give(account.name, account.grant);
      for (const Grant& grant : account.grants) {
        if (grant.units.empty()) give(account.name, grant);
        for (const auto& unit : grant.units) {
          Grant one = grant;
          one.unit = unit;
          give(account.name, one);
        }
      }
      credentials_[account.name] = {token_of(account), account.name, account.password, ""};
    }
    settle();
  }

  void give(const std::string& account, const Grant& grant) {
    identity::NewGrant given;
    const auto role = identity::role_from(grant.role);
    const auto scope = identity::scope_from(grant.scope);
    if (!role || !scope) throw Miswritten("no role " + grant.role + " over " + grant.scope);
    given.account = id<AccountId>(account);
    given.role = *role;
    given.scope = *scope;
    if (!grant.unit.empty()) given.unit = id<UnitId>(grant.unit);
    given.days = {grant.from.value_or(scenario_.start), grant.until};
    given.reason = "as the scenario says";
    flow_.send(std::make_unique<identity::GiveGrant>(std::move(given), AccountId{}));
  }

  std::string token_of(const Account& account) {
    if (!account.password.empty()) return "";
    const auto token = identity::make_token();
    identity::IssueToken::Input input;
    input.account = id<AccountId>(account.name);
    input.name = "scenario";
    input.days = {scenario_.start, std::nullopt};
    input.hash = token.hash;
    flow_.send(std::make_unique<identity::IssueToken>(std::move(input), identity::Whose::own));
    return token.raw;
  }

  const Scenario& scenario_;
  World& world_;
  Names& names_;
  demo::Flow flow_;
  std::vector<std::pair<std::string, std::string>> made_;
  std::map<std::string, Credentials> credentials_;
};

}  // namespace

std::map<std::string, Credentials> lay_ground(const Scenario& scenario, World& world,
                                              Names& names) {
  return Laying(scenario, world, names).lay();
}

}  // namespace huilu::scenario
