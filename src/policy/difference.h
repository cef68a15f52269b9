// What two versions of a pack declare differently of a duty, as far as it can decide a verdict:
// labels, notes and clauses are not looked at. May say too much (a value written in another way),
// never too little. Used by simulations, which judge again only what may come out otherwise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/pack.h"

namespace huilu::policy {

inline constexpr std::string_view key_of_new = "new";          // only the later version has it
inline constexpr std::string_view key_of_removed = "removed";  // only the earlier one

// Of a duty and of a parameter: no verdict looks at this key.
bool is_said_only(std::string_view key);
// One text for whatever means the same to the reader: the order of keys does not matter.
std::string plain_text_of(const Node* node);

class PackDifference {
 public:
  // Both must outlive it.
  PackDifference(const Pack& before, const Pack& after);

  // Of a duty by name: "new", "removed", or keys of its declaration and what it rests on, as
  // "needs", "due", "params.talks", "record_types", "campaign"; empty: they judge alike.
  std::vector<std::string> of(std::string_view obligation) const;
  bool of_record_types() const { return of_key("record_types"); }

 private:
  std::vector<std::string> of_itself(std::string_view obligation) const;
  void add_parameters(const Obligation& obligation, std::vector<std::string>& out) const;
  bool of_key(std::string_view key) const;

  const Pack& before_;
  const Pack& after_;
  Node before_root_;
  Node after_root_;
};

}  // namespace huilu::policy
