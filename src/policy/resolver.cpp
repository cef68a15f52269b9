#include "policy/resolver.h"

#include <algorithm>

#include "policy/finding.h"

namespace huilu::policy {

namespace {

constexpr std::string_view core_prefix = "core/";

bool holds(const std::vector<std::string_view>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Resolver {
 public:
  Resolver(Pack& pack, const Node& root, const std::vector<Pack>& known, Reading& reading)
      : pack_(pack), root_(root), known_(known), reading_(reading) {}

  void resolve() {
    check_clauses();
    for (RecordType& type : pack_.record_types) type.address = address_of(type.name);
    for (Obligation& obligation : pack_.obligations)
      obligation.address = address_of(obligation.name);
    for (Bundle& bundle : pack_.bundles) bundle.address = address_of(bundle.name);
    for (RecordType& type : pack_.record_types) resolve(type);
    for (const Parameter& parameter : pack_.parameters) resolve(parameter);
    for (Obligation& obligation : pack_.obligations) {
      check_cited(obligation.clauses, root_.below("obligations").below(obligation.name));
      resolve(obligation.needs);
    }
    if (pack_.campaign) check_cited(pack_.campaign->clauses, root_.below("campaign"));
    for (Bundle& bundle : pack_.bundles) resolve(bundle);
  }

 private:
  std::string address_of(const std::string& name) const { return pack_.id + '/' + name; }

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

  // `node` is the declaration; its key `clause` holds one id or a list.
  void check_cited(const std::vector<std::string>& cited, const Node& node) {
    std::vector<std::string_view> ids;
    for (const Clause& clause : pack_.clauses) ids.push_back(clause.id);
    for (std::size_t i = 0; i < cited.size(); ++i)
      if (!cited[i].empty() && !holds(ids, cited[i]))
        reading_.report(RefusalCode::pack_reference, node.below("clause").below(i).place,
                        nearest_or_all(cited[i], ids), cited[i]);
  }

  void resolve(RecordType& type) {
    const Node& node = root_.below("record_types").below(type.name);
    check_cited(type.clauses, node);
    for (Field& field : type.fields)
      if (!field.target.empty())
        resolve_record_type(field.target, node.below("fields").below(field.name).below("of").place);
  }

  void resolve(const Parameter& parameter) {
    const Node& node = root_.below("params").below(parameter.name);
    check_cited(parameter.clauses, node);
  }

  void resolve(Test& test) {
    for (std::string& name : test.of.names) resolve_record_type(name, test.of.place);
    for (Test& part : test.parts) resolve(part);
  }

  void resolve(Bundle& bundle) {
    const Node& node = root_.below("bundles").below(bundle.name);
    check_cited(bundle.clauses, node);
    for (std::string& name : bundle.obligations)
      if (name.find('/') == std::string::npos) name = address_of(name);
  }

  // A short name is one of the own pack's or of core's.
  void resolve_record_type(std::string& name, const Place& place) {
    std::vector<std::string_view> addresses;
    for (const RecordType& type : pack_.record_types) addresses.push_back(type.address);
    for (const Pack& other : known_)
      for (const RecordType& type : other.record_types) addresses.push_back(type.address);
    const std::string written = name;
    const bool is_short = name.find('/') == std::string::npos;
    if (is_short) name = address_of(written);
    if (holds(addresses, name)) return;
    const std::string of_core = std::string(core_prefix) + written;
    if (is_short && holds(addresses, of_core)) return void(name = of_core);
    reading_.report(RefusalCode::pack_reference, place, nearest_or_all(name, addresses), written);
  }

  Pack& pack_;
  const Node& root_;
  const std::vector<Pack>& known_;
  Reading& reading_;
};

}  // namespace

void resolve(Pack& pack, const Node& root, const std::vector<Pack>& known, Reading& reading) {
  Resolver(pack, root, known, reading).resolve();
}

}  // namespace huilu::policy
