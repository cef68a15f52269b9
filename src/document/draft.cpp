#include "document/draft.h"

#include <algorithm>

#include "document/drafting.h"
#include "document/edited_text.h"
#include "document/frame.h"
#include "document/wording.h"

namespace huilu::document {

namespace {

// Reads one clause: sentence by sentence, segment by segment between commas.
class ClauseReader {
 public:
  ClauseReader(const Document& document, const Clause& clause)
      : clause_(clause),
        text_(utf16(clause.text)),
        shadow_(simplified(text_)),
        at_(raw_offsets(document, clause.raw)) {
    for (const Hole& hole : clause.holes) {
      if (hole.kind != "number") continue;
      const auto found = std::lower_bound(at_.begin(), at_.end(), hole.raw.from);
      holes_.push_back(static_cast<std::size_t>(found - at_.begin()));
    }
  }

  std::vector<Proposal> read() {
    static const Pattern sentence(R"([^。！？；;]+)");
    static const Pattern segment(R"([^，,：:]+)");
    // The number of a clause is no word of it.
    const auto marker = marker_at(text_, shadow_, {0, text_.size()});
    const std::size_t begin = marker ? marker->size : 0;
    for (const Match& one : sentence.all(shadow_, begin)) {
      actor_ = {};
      const auto part = std::u16string_view(shadow_).substr(0, one.whole().end);
      for (const Match& piece : segment.all(part, one.whole().begin)) read_segment(piece.whole());
    }
    return std::move(out_);
  }

 private:
  std::u16string_view shadow_of(Span span) const {
    return std::u16string_view(shadow_).substr(span.begin, span.size());
  }
  std::string words_of(Span span) const {
    return utf8(std::u16string_view(text_).substr(span.begin, span.size()));
  }

  template <class List>
  Reading first_of(const List& list, Span span) const {
    for (const auto& word : list) {
      const auto match = word.pattern.first(shadow_of(span));
      if (match)
        return {word.id,
                words_of({span.begin + match->whole().begin, span.begin + match->whole().end})};
    }
    return {};
  }

  void read_segment(Span span) {
    const std::u16string_view line = shadow_of(span);
    const ActionWord* action = nullptr;
    std::optional<Match> done;
    for (const ActionWord& word : drafting().actions) {
      done = word.pattern.first(line);
      if (!done) continue;
      action = &word;
      break;
    }
    find_actor({span.begin, action == nullptr ? span.end : span.begin + done->whole().end});
    if (action == nullptr || drafting().ignored.first(line)) return;
    Proposal proposal;
    proposal.clause = clause_.id;
    proposal.words = words_of(span);
    proposal.raw = {at_[span.begin], at_[span.end]};
    proposal.actor = actor_;
    proposal.action = {
        action->id, words_of({span.begin + done->whole().begin, span.begin + done->whole().end})};
    proposal.frequency = first_of(drafting().frequencies, span);
    proposal.deadline = first_of(drafting().deadlines, span);
    find_count(span, proposal);
    if (!joins(proposal, span)) {
      out_.push_back(std::move(proposal));
      last_begin_ = span.begin;
    }
    last_ = span;
  }

  // A segment that goes on with the same action says more of the same duty, unless it has a
  // number or a frequency of its own.
  bool joins(const Proposal& next, Span span) {
    if (out_.empty() || last_.end + 1 != span.begin) return false;
    Proposal& before = out_.back();
    const auto is_plain = [](const Proposal& one) {
      return one.frequency.id.empty() && one.count.id.empty() && one.deadline.id.empty();
    };
    if (before.action.id != next.action.id || !is_plain(next) || !is_plain(before)) return false;
    if (before.actor.id != next.actor.id) return false;
    before.words = words_of({last_begin_, span.end});
    before.raw.until = next.raw.until;
    return true;
  }

  // Who stands first, up to the end of the action; otherwise it is who the sentence was about.
  void find_actor(Span span) {
    std::size_t first = std::string::npos;
    const std::u16string_view line = shadow_of(span);
    for (const ActorWord& word : drafting().actors) {
      const auto match = word.pattern.first(line);
      if (!match || match->whole().begin >= first) continue;
      first = match->whole().begin;
      actor_ = {word.id,
                words_of({span.begin + match->whole().begin, span.begin + match->whole().end})};
    }
  }

  void find_count(Span span, Proposal& proposal) const {
    for (const Word& word : drafting().counts) {
      const auto match = word.pattern.first(shadow_of(span));
      if (!match) continue;
      proposal.count = {
          word.id, words_of({span.begin + match->whole().begin, span.begin + match->whole().end})};
      const int number = number_of(shadow_of(span).substr((*match)[1].begin, (*match)[1].size()));
      if (number > 0) proposal.number = number;
      break;
    }
    proposal.number_is_missing =
        !proposal.number && std::any_of(holes_.begin(), holes_.end(), [&](std::size_t hole) {
          return hole >= span.begin && hole <= span.end;
        });
    if (proposal.count.id.empty() && proposal.number_is_missing) proposal.count.id = "at_least";
    if (!proposal.number && !proposal.number_is_missing) proposal.count = {};
  }

  const Clause& clause_;
  std::u16string text_;
  std::u16string shadow_;
  std::vector<std::size_t> at_;  // raw bytes of each unit
  std::vector<std::size_t> holes_;
  Reading actor_;
  Span last_;                   // the segment that was read last
  std::size_t last_begin_ = 0;  // of the proposal that it belongs to
  std::vector<Proposal> out_;
};

Value as_value(const Reading& reading) {
  if (reading.id.empty()) return {};
  return Value::object({{"is", reading.id}, {"words", reading.words}});
}

}  // namespace

std::vector<Proposal> draft_duties(const Document& document) {
  std::vector<Proposal> out;
  for (const Clause& clause : document.clauses) {
    // A heading alone names what its clauses say.
    const bool is_heading =
        !clause.heading.empty() && clause.text.size() <= clause.heading.size() + 16;
    if (is_heading || clause.text.empty()) continue;
    for (Proposal& one : ClauseReader(document, clause).read()) out.push_back(std::move(one));
  }
  return out;
}

Value as_value(const std::vector<Proposal>& proposals) {
  Value::List out;
  for (const Proposal& one : proposals) {
    Value count = as_value(one.count);
    if (one.number) count.set("number", static_cast<std::int64_t>(*one.number));
    if (one.number_is_missing) count.set("hole", "number");
    out.push_back(Value::object({{"clause", one.clause},
                                 {"words", one.words},
                                 {"raw", Value::List{static_cast<std::int64_t>(one.raw.from),
                                                     static_cast<std::int64_t>(one.raw.until)}},
                                 {"actor", as_value(one.actor)},
                                 {"action", as_value(one.action)},
                                 {"frequency", as_value(one.frequency)},
                                 {"deadline", as_value(one.deadline)},
                                 {"count", std::move(count)}}));
  }
  return out;
}

}  // namespace huilu::document
