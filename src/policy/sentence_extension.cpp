#include <algorithm>

#include "base/text.h"
#include "policy/phrases.h"
#include "policy/sentence.h"
#include "policy/unfold.h"

namespace huilu::policy {

namespace {

// "“走访次数”(params.visits)": what the path leads to in the pack that is extended.
std::string title_of_path(const Phrases& phrases, const Pack* parent, const std::string& path) {
  const auto steps = split(path, '.');
  const auto among = [&](const auto& declared) -> std::string {
    for (const auto& one : declared)
      if (steps.size() > 1 && one.name == steps[1]) return phrases.title(one.title);
    return {};
  };
  std::string title;
  if (parent && steps[0] == "params") title = among(parent->parameters);
  if (parent && steps[0] == "obligations") title = among(parent->obligations);
  if (parent && steps[0] == "checks") title = among(parent->checks);
  if (parent && steps[0] == "indicators") title = among(parent->indicators);
  if (parent && steps[0] == "draws") title = among(parent->draws);
  if (parent && steps[0] == "views") title = among(parent->views);
  if (parent && steps[0] == "bundles") title = among(parent->bundles);
  if (parent && steps[0] == "campaign" && parent->campaign)
    title = phrases.title(parent->campaign->title);
  return title.empty() ? path : phrases.say("extends.path", {{"title", title}, {"path", path}});
}

// One that is extended by a pack that is extended is called by its id.
std::string titled(const Phrases& phrases, const Pack& pack, std::string_view id,
                   std::string_view version) {
  const auto found = std::find_if(pack.extends.begin(), pack.extends.end(), [&](const Parent& one) {
    return one.pack == id && one.version == version;
  });
  const std::string title =
      found == pack.extends.end() ? std::string(id) : phrases.title(found->title);
  return phrases.say("extends.pack", {{"title", title}, {"version", std::string(version)}});
}

}  // namespace

std::string sentence(const Parent& parent, const Pack& pack, const std::vector<Pack>& packs,
                     Language language) {
  const Phrases phrases(pack, packs, language);
  const Pack* const taken = find_version(packs, parent.pack, parent.version);
  std::vector<std::string> parts = {
      phrases.say("extends", {{"pack", titled(phrases, pack, parent.pack, parent.version)}})};
  for (const Tailoring& one : parent.tailorings) {
    constexpr std::array<std::string_view, 3> words = {"set", "add", "exclude"};
    std::string said =
        phrases.say("extends." + std::string(words[static_cast<std::size_t>(one.kind)]),
                    {{"path", title_of_path(phrases, taken, one.path)}, {"reason", one.reason}});
    if (!one.authority.empty())
      said = phrases.say("extends.authority", {{"text", said}, {"authority", one.authority}});
    parts.push_back(std::move(said));
  }
  return phrases.say("stop", {{"text", phrases.joined(parts, "clause")}});
}

std::string said_origin(const Place& declaration, const Place& value, const Pack& pack,
                        Language language) {
  const Origin origin = origin_of(declaration);
  if (!origin) return {};
  const std::vector<Pack> none;
  const Phrases phrases(pack, none, language);
  return phrases.say(origin_of(value) ? "extends.from" : "extends.from_set",
                     {{"pack", titled(phrases, pack, origin.pack, origin.version)}});
}

std::string aside_of_origin(const Place& declaration, const Pack& pack, Language language) {
  const std::string from = said_origin(declaration, declaration, pack, language);
  const std::vector<Pack> none;
  return from.empty() ? from : Phrases(pack, none, language).say("extends.aside", {{"text", from}});
}

}  // namespace huilu::policy
