#include "policy/resolver.h"

#include <algorithm>

#include "policy/draw_check.h"
#include "policy/finding.h"
#include "policy/matter_type_check.h"
#include "policy/obligation_check.h"
#include "policy/unfold.h"

namespace huilu::policy {

namespace {

bool holds(const std::vector<std::string_view>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_short(std::string_view name) { return name.find('/') == std::string_view::npos; }

const Vocabulary& words_for(const Pack& pack, const std::vector<Pack>& known) {
  if (pack.id == core_id) return pack.vocabulary;
  const auto core = std::find_if(known.begin(), known.end(),
                                 [](const Pack& other) { return other.id == core_id; });
  return core == known.end() ? core_pack().vocabulary : core->vocabulary;
}

class Resolver {
 public:
  Resolver(Pack& pack, const Node& root, const std::vector<Pack>& known, Reading& reading)
      : pack_(pack),
        root_(root),
        known_(known),
        reading_(reading),
        words_(words_for(pack, known)),
        extended_(extended_by(root, known)),
        types_(words_, [this](std::string_view address) { return record_type(address); }) {}

  void resolve() {
    check_clauses();
    give_addresses();
    for (RecordType& type : pack_.record_types) resolve(type);
    for (const Parameter& parameter : pack_.parameters) check(parameter);
    for (MatterType& type : pack_.matter_types) resolve(type);
    for (Obligation& obligation : pack_.obligations) {
      resolve(obligation.needs);
      if (obligation.for_each) resolve(obligation.for_each->records);
    }
    for (Check& check : pack_.checks) resolve(check);
    for (Indicator& indicator : pack_.indicators) resolve(indicator.of);
    for (View& view : pack_.views) resolve(view.counted.of);
    ObligationCheck checker(reading_, types_, pack_, words_);
    for (RecordType& type : pack_.record_types) checker.check(type);
    for (MatterType& type : pack_.matter_types)
      MatterTypeCheck(reading_, types_, pack_, words_, type)
          .check(root_.below("matter_types").below(type.name));
    for (Obligation& obligation : pack_.obligations) {
      const Node& node = root_.below("obligations").below(obligation.name);
      check_cited(obligation.clauses, node.below("clause"));
      check_holes(obligation.clauses, node);
      checker.check(obligation, node);
    }
    for (Check& check : pack_.checks) {
      const Node& node = root_.below("checks").below(check.name);
      check_cited(check.clauses, node.below("clause"));
      check_holes(check.clauses, node);
      checker.check(check, node);
    }
    check_indicators();
    check_arrangements();
    if (pack_.campaign) {
      check_cited(pack_.campaign->clauses, root_.below("campaign").below("clause"));
      checker.check(*pack_.campaign);
    }
    check_aims();
    for (Bundle& bundle : pack_.bundles) {
      resolve(bundle);
      checker.check(bundle);
    }
    check_revisions();
  }

 private:
  std::string address_of(const std::string& name) const { return pack_.id + '/' + name; }

  const RecordType* record_type(std::string_view address) const {
    for (const RecordType& type : pack_.record_types)
      if (type.address == address) return &type;
    return find_record_type(known_, address);
  }

  void give_addresses() {
    for (RecordType& type : pack_.record_types) {
      type.address = address_of(type.name);
      // What is taken over means the other pack's by it.
      for (const Pack* const other : extended_)
        if (const RecordType* const same = other->find_record_type(type.name))
          reading_.report(RefusalCode::pack_duplicate_key, type.place, same->address, type.name);
    }
    for (MatterType& type : pack_.matter_types) type.address = address_of(type.name);
    for (Obligation& obligation : pack_.obligations)
      obligation.address = address_of(obligation.name);
    for (Check& check : pack_.checks) check.address = address_of(check.name);
    for (Indicator& indicator : pack_.indicators) indicator.address = address_of(indicator.name);
    for (Draw& draw : pack_.draws) {
      draw.address = address_of(draw.name);
      draw.of.address = draw.address + ".of";
    }
    for (View& view : pack_.views) {
      view.address = address_of(view.name);
      view.counted.name = view.name;
      view.counted.address = view.address;
      view.counted.title = view.title;
      view.counted.guide = view.guide;
      view.counted.clauses = view.clauses;
    }
    for (Bundle& bundle : pack_.bundles) {
      bundle.address = address_of(bundle.name);
      // The two share a row of tables and a way to be named.
      if (const Obligation* const other = pack_.find_obligation(bundle.name))
        reading_.report(RefusalCode::pack_duplicate_key, bundle.place, other->place.text(),
                        bundle.name);
    }
  }

  void check_clauses() {
    std::vector<std::string_view> documents, seen;
    for (const Document& document : pack_.documents) documents.push_back(document.id);
    for (std::size_t i = 0; i < pack_.clauses.size(); ++i) {
      const Clause& clause = pack_.clauses[i];
      const Node& node = root_.below("clauses").below(i);
      if (!clause.doc.empty() && !holds(documents, clause.doc))
        reading_.report(RefusalCode::pack_reference, node.below("doc").place,
                        nearest_or_all(clause.doc, documents), clause.doc);
      if (!clause.id.empty() && holds(seen, clause.id))
        reading_.report(RefusalCode::pack_duplicate_key, node.below("id").place, "", clause.id);
      seen.push_back(clause.id);
    }
  }

  // `node` is the value of a key `clause`: one id or a list.
  void check_cited(const std::vector<std::string>& cited, const Node& node) {
    std::vector<std::string_view> ids;
    for (const Clause& clause : pack_.clauses) ids.push_back(clause.id);
    for (std::size_t i = 0; i < cited.size(); ++i)
      if (!cited[i].empty() && !holds(ids, cited[i]))
        reading_.report(RefusalCode::pack_reference, node.below(i).place,
                        nearest_or_all(cited[i], ids), cited[i]);
  }

  // What is missing in the text of a clause stands in a parameter, where it can be seen.
  void check_holes(const std::vector<std::string>& cited_clauses, const Node& node) {
    for (std::size_t i = 0; i < cited_clauses.size(); ++i) {
      const std::string& id = cited_clauses[i];
      const auto clause = std::find_if(pack_.clauses.begin(), pack_.clauses.end(),
                                       [&](const Clause& one) { return one.id == id; });
      if (clause == pack_.clauses.end() || clause->hole.empty()) continue;
      const bool is_filled = std::any_of(
          pack_.parameters.begin(), pack_.parameters.end(), [&](const Parameter& parameter) {
            const auto& cited = parameter.clauses;
            return std::find(cited.begin(), cited.end(), id) != cited.end();
          });
      if (!is_filled)
        reading_.report(RefusalCode::pack_no_value, node.below("clause").below(i).place,
                        "params: {clause: " + id + "}", id);
    }
  }

  void resolve(RecordType& type) {
    const Node& node = root_.below("record_types").below(type.name);
    check_cited(type.clauses, node.below("clause"));
    for (Field& field : type.fields)
      if (!field.target.empty())
        resolve_record_type(field.target, node.below("fields").below(field.name).below("of").place);
  }

  void resolve(MatterType& type) {
    const Node& node = root_.below("matter_types").below(type.name);
    check_cited(type.clauses, node.below("clause"));
    for (Field& field : type.fields)
      if (!field.target.empty())
        resolve_record_type(field.target, node.below("fields").below(field.name).below("of").place);
    for (std::size_t i = 0; i < type.moves.size(); ++i)
      check_cited(type.moves[i].clauses, node.below("moves").below(i).below("clause"));
    for (const MatterClock& clock : type.clocks)
      check_cited(clock.clauses, node.below("clocks").below(clock.id).below("clause"));
    if (type.urgent) check_cited(type.urgent->clauses, node.below("urgent").below("clause"));
    if (type.ballot) check_cited(type.ballot->clauses, node.below("ballot").below("clause"));
    for (const Ladder& ladder : type.ladders)
      for (std::size_t i = 0; i < ladder.rungs.size(); ++i)
        check_cited(ladder.rungs[i].clauses,
                    node.below("ladder").below(ladder.clock).below(i).below("clause"));
  }

  void resolve(Set& set) {
    if (set.source != SetSource::record) return;  // refused, or of a matter type's own
    for (std::string& name : set.names)
      if (!resolve_record_type(name, set.place)) name.clear();
    std::erase(set.names, std::string());
  }

  void resolve(Check& check) {
    resolve(check.needs);
    std::string& type = check.before.record_type;
    if (!type.empty() && !resolve_record_type(type, check.before.place)) type.clear();
  }

  void resolve(Test& test) {
    resolve(test.of);
    for (Test& part : test.parts) resolve(part);
  }

  void check(const Parameter& parameter) {
    const Node& node = root_.below("params").below(parameter.name);
    check_cited(parameter.clauses, node.below("clause"));
    const bool knows_start = root_.below("in_force").find("from") != nullptr;
    if (!parameter.values.empty() && knows_start &&
        pack_.in_force.from < parameter.values.front().from)
      reading_.report(RefusalCode::pack_no_value, parameter.values.front().place,
                      "from " + pack_.in_force.from.text(), parameter.name);
    const auto key = parameter.by.empty() ? std::nullopt : table_key(types_, parameter.by);
    if (!parameter.by.empty() && !key)
      reading_.report(RefusalCode::pack_unknown_word, node.below("by").place,
                      "unit.type, unit.rank, kind", parameter.by);
    for (const ParameterValue& value : parameter.values) {
      if (key) check_table(value, *key);
      check_cited_at(value.clauses, value.place);
      for_each_list(value,
                    [&](const ListItem& item) { check_cited_at(item.clauses, value.place); });
    }
  }

  void check_cited_at(const std::vector<std::string>& cited, const Place& place) {
    Node node;
    node.place = place;
    check_cited(cited, node);
  }

  template <class Visit>
  static void for_each_list(const ParameterValue& value, const Visit& visit) {
    const auto visit_all = [&](const Setting& setting) {
      if (const auto* const items = std::get_if<std::vector<ListItem>>(&setting))
        for (const ListItem& item : *items) visit(item);
    };
    if (value.value) visit_all(*value.value);
    for (const auto& entry : value.table) visit_all(entry.second);
  }

  // Every key is a word of the list, and every word has a key or there is `else`.
  void check_table(const ParameterValue& value, const PathType& key) {
    std::vector<std::string_view> written;
    for (const auto& entry : value.table) written.push_back(entry.first);
    if (written.empty()) return;
    const bool has_else = holds(written, otherwise_key);
    for (const std::string_view word : written)
      if (!word.empty() && word != otherwise_key && !holds(key.words, word))
        reading_.report(RefusalCode::pack_unknown_word, value.place,
                        nearest_or_all(word, key.words), std::string(word));
    if (has_else) return;
    for (const std::string_view word : key.words)
      if (!holds(written, word))
        return reading_.report(RefusalCode::pack_missing_key, value.place,
                               std::string(otherwise_key), "");
  }

  void resolve(Bundle& bundle) {
    const Node& node = root_.below("bundles").below(bundle.name);
    check_cited(bundle.clauses, node.below("clause"));
    const std::vector<std::string> written = bundle.obligations;
    for (std::size_t i = 0; i < written.size(); ++i) {
      if (written[i].empty()) continue;
      std::string& name = bundle.obligations[i];
      const Place& place = node.below("all_of").below(i).place;
      if (is_short(name)) name = address_of(name);
      const auto before = bundle.obligations.begin() + static_cast<std::ptrdiff_t>(i);
      if (std::find(bundle.obligations.begin(), before, name) != before)
        reading_.report(RefusalCode::pack_duplicate_key, place, "", written[i]);
      if (is_bundle(name))
        reading_.report(RefusalCode::pack_later, place, "", written[i]);
      else
        check_obligation(name, written[i], place);
    }
  }

  // A duty of the campaign serves one strand and one goal of it, so that parts add up; a strand or
  // a goal that nothing serves would be a figure that never comes.
  void check_aims() {
    check_aims("strand", "strands", &Obligation::strand,
               pack_.campaign ? pack_.campaign->strands : std::vector<Aim>());
    check_aims("goal", "goals", &Obligation::goal,
               pack_.campaign ? pack_.campaign->goals : std::vector<Aim>());
  }

  void check_aims(std::string_view key, std::string_view list, std::string Obligation::*serves,
                  const std::vector<Aim>& aims) {
    std::vector<std::string_view> ids;
    for (const Aim& aim : aims) ids.push_back(aim.id);
    for (const Obligation& one : pack_.obligations) {
      const std::string& id = one.*serves;
      if (id.empty()) continue;
      const Place& place = root_.below("obligations").below(one.name).below(key).place;
      if (!holds(ids, id))
        reading_.report(
            RefusalCode::pack_reference, place,
            ids.empty() ? "campaign: {" + std::string(list) + "}" : nearest_or_all(id, ids), id);
      else if (!one.of_campaign())
        reading_.report(RefusalCode::pack_shape, place, "every: campaign, {phase: id}",
                        std::string(key));
    }
    for (std::size_t i = 0; i < aims.size(); ++i) {
      const Node& node = root_.below("campaign").below(list).below(i);
      check_cited(aims[i].clauses, node.below("clause"));
      const bool is_served =
          std::any_of(pack_.obligations.begin(), pack_.obligations.end(),
                      [&](const Obligation& one) { return one.*serves == aims[i].id; });
      if (!is_served && !aims[i].id.empty() && !root_.cut)
        reading_.report(RefusalCode::pack_missing_key, aims[i].place,
                        "obligations: {" + std::string(key) + ": " + aims[i].id + "}", "");
    }
  }

  void check_indicators() {
    IndicatorCheck checker(reading_, types_, pack_, known_);
    for (Indicator& indicator : pack_.indicators) {
      const Node& node = root_.below("indicators").below(indicator.name);
      check_cited(indicator.clauses, node.below("clause"));
      check_holes(indicator.clauses, node);
      checker.check(indicator, node);
    }
    checker.check_circles();
  }

  // After the indicators, which draws weigh by.
  void check_arrangements() {
    DrawCheck draws(reading_, types_, pack_, known_);
    for (Draw& draw : pack_.draws) {
      const Node& node = root_.below("draws").below(draw.name);
      check_cited(draw.clauses, node.below("clause"));
      draws.check(draw, node);
    }
    ViewCheck views(reading_, types_, pack_, known_);
    for (View& view : pack_.views) {
      const Node& node = root_.below("views").below(view.name);
      check_cited(view.clauses, node.below("clause"));
      views.check(view, node);
    }
  }

  bool is_bundle(std::string_view address) const {
    const auto among = [&](const std::vector<Bundle>& bundles) {
      return std::any_of(bundles.begin(), bundles.end(),
                         [&](const Bundle& bundle) { return bundle.address == address; });
    };
    return among(pack_.bundles) ||
           std::any_of(known_.begin(), known_.end(),
                       [&](const Pack& other) { return among(other.bundles); });
  }

  void check_obligation(const std::string& address, const std::string& written,
                        const Place& place) {
    std::vector<std::string_view> addresses;
    for (const Obligation& one : pack_.obligations) addresses.push_back(one.address);
    for (const Pack& other : known_)
      for (const Obligation& one : other.obligations) addresses.push_back(one.address);
    if (!holds(addresses, address))
      reading_.report(RefusalCode::pack_reference, place,
                      addresses.empty() ? "" : nearest_or_all(address, addresses), written);
  }

  // A short name is one of the own pack's, of a pack's that it extends, or of core's.
  bool resolve_record_type(std::string& name, const Place& place) {
    std::vector<std::string_view> addresses;
    for (const RecordType& type : pack_.record_types) addresses.push_back(type.address);
    for (const Pack& other : known_)
      for (const RecordType& type : other.record_types) addresses.push_back(type.address);
    const std::string written = name;
    if (is_short(name)) name = address_of(written);
    if (holds(addresses, name)) return true;
    for (const Pack* const other : extended_) {
      const std::string taken = other->id + '/' + written;
      if (!is_short(written) || !holds(addresses, taken)) continue;
      name = taken;
      return true;
    }
    const std::string of_core = std::string(core_id) + '/' + written;
    if (is_short(written) && holds(addresses, of_core)) {
      name = of_core;
      return true;
    }
    const std::string_view nearest = nearest_word(of_core, addresses);
    reading_.report(RefusalCode::pack_reference, place,
                    is_short(written) && !nearest.empty() && nearest_word(name, addresses).empty()
                        ? std::string(nearest)
                        : nearest_or_all(name, addresses),
                    written);
    return false;
  }

  void check_revisions() {
    const Node& list = root_.below("calendar_revisions");
    for (std::size_t i = 0; i < pack_.revisions.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (!pack_.revisions[i].id.empty() && pack_.revisions[i].id == pack_.revisions[j].id)
          reading_.report(RefusalCode::pack_duplicate_key, list.below(i).below("id").place,
                          list.below(j).below("id").place.text(), pack_.revisions[i].id);
  }

  Pack& pack_;
  const Node& root_;
  const std::vector<Pack>& known_;
  Reading& reading_;
  const Vocabulary& words_;
  const std::vector<const Pack*> extended_;
  PathTypes types_;
};

}  // namespace

void resolve(Pack& pack, const Node& root, const std::vector<Pack>& known, Reading& reading) {
  Resolver(pack, root, known, reading).resolve();
}

}  // namespace huilu::policy
