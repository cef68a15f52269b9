// Drafting: the word lists of data/drafting.yaml, compiled once. What a duty is recognised by is
// data; the reading of a clause (draft.h) only knows that somebody does something, how often, by
// when and how much.
#pragma once

#include <string>
#include <vector>

#include "document/pattern.h"

namespace huilu::document {

struct ActorWord {
  std::string id;     // "branch"
  std::string title;  // as it is shown, zh-CN
  Pattern pattern;
  std::string who;  // of a pack's duty, YAML of a flow map's inside; empty where it cannot be said
};

struct ActionWord {
  std::string id;
  std::string en;
  Pattern pattern;
};

struct Word {
  std::string id;
  Pattern pattern;
};

struct Drafting {
  std::vector<ActorWord> actors;
  std::vector<ActionWord> actions;
  Pattern ignored;
  std::vector<Word> frequencies;
  std::vector<Word> deadlines;
  std::vector<Word> counts;  // group 1 is the number, empty where it is lost
};

const Drafting& drafting();

}  // namespace huilu::document
