#include "compliance/duty.h"

#include <algorithm>

namespace huilu::compliance {

namespace {

static_assert(static_cast<int>(words::Language::zh_cn) ==
                  static_cast<int>(policy::Language::zh_cn) &&
              static_cast<int>(words::Language::zh_tw) ==
                  static_cast<int>(policy::Language::zh_tw) &&
              static_cast<int>(words::Language::en) == static_cast<int>(policy::Language::en));

void add_record_types(const policy::Test& test, std::vector<std::string>& out) {
  for (const auto& name : test.of.names) {
    if (test.of.source == policy::SetSource::record &&
        std::find(out.begin(), out.end(), name) == out.end()) {
      out.push_back(name);
    }
  }
  for (const auto& part : test.parts) add_record_types(part, out);
}

// All the types that the selector asks for are Party organisations with members.
bool is_of_branches(const policy::Condition& condition) {
  const auto& types = policy::core_pack().vocabulary.unit_types;
  return std::any_of(condition.lines.begin(), condition.lines.end(), [&](const auto& line) {
    return line.path.steps == std::vector<std::string>{"type"} &&
           line.comparison == policy::Comparison::equal &&
           std::all_of(line.operands.begin(), line.operands.end(), [&](const auto& operand) {
             const auto* value = std::get_if<Value>(&operand.what);
             const auto* word = value == nullptr ? nullptr : value->text();
             const auto* type = word == nullptr ? nullptr : types.find(*word);
             return type != nullptr && type->has_members;
           });
  });
}

// The last of these versions of the pack that declares it.
template <class Fits>
Duty find(const std::vector<policy::Pack>& packs, std::string_view address, Fits fits) {
  const auto cut = address.find('/');
  if (cut == std::string_view::npos) return {};
  for (auto pack = packs.rbegin(); pack != packs.rend(); ++pack) {
    if (pack->id != address.substr(0, cut) || !fits(*pack)) continue;
    const auto* obligation = pack->find_obligation(address.substr(cut + 1));
    if (obligation == nullptr) continue;
    const auto bundle =
        std::find_if(pack->bundles.begin(), pack->bundles.end(), [&](const policy::Bundle& one) {
          return std::find(one.obligations.begin(), one.obligations.end(), address) !=
                 one.obligations.end();
        });
    return {&*pack, obligation, bundle == pack->bundles.end() ? nullptr : &*bundle};
  }
  return {};
}

}  // namespace

Duty find_duty(const std::vector<policy::Pack>& packs, std::string_view address) {
  return find(packs, address, [](const policy::Pack&) { return true; });
}

Duty duty_of(const std::vector<policy::Pack>& packs, const obligation::Explanation& explanation) {
  const auto& address = explanation.question.obligation;
  const auto exact = find(packs, address, [&](const policy::Pack& pack) {
    return pack.version == explanation.pack_version;
  });
  return exact ? exact : find_duty(packs, address);
}

std::vector<std::string> record_types_of(const policy::Obligation& obligation) {
  std::vector<std::string> types;
  add_record_types(obligation.needs, types);
  if (!obligation.for_each) return types;
  for (const auto& name : obligation.for_each->records.names) {
    if (std::find(types.begin(), types.end(), name) == types.end()) types.push_back(name);
  }
  return types;
}

std::string counted_in(const policy::Obligation& obligation, words::Language language) {
  switch (obligation.who.kind) {
    case policy::BearerKind::member:
      return words::text(language, "counted_in.member");
    case policy::BearerKind::post:
      return words::text(language, "counted_in.post");
    case policy::BearerKind::unit:
      break;
  }
  return words::text(
      language, is_of_branches(obligation.who.condition) ? "counted_in.branch" : "counted_in.unit");
}

}  // namespace huilu::compliance
