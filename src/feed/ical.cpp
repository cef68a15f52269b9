#include "feed/ical.h"

#include <algorithm>

namespace huilu::feed {

namespace {

constexpr std::size_t octets_max = 75;

bool goes_on(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

std::string day_of(Date day) {
  std::string text = day.text();
  std::erase(text, '-');
  return text;
}

// 20260305T003000Z
std::string instant_of(Instant at) {
  std::string text = at.text().substr(0, 19) + "Z";
  std::erase(text, '-');
  std::erase(text, ':');
  return text;
}

class Calendar {
 public:
  void line(std::string_view name, std::string_view value) {
    out_ += folded_line(std::string(name) + ":" + std::string(value));
  }

  void event(const Event& event, std::string_view link) {
    line("BEGIN", "VEVENT");
    line("UID", event.uid);
    line("DTSTAMP", instant_of(event.changed_at));
    line("LAST-MODIFIED", instant_of(event.changed_at));
    line("SEQUENCE", std::to_string(event.sequence));
    line("DTSTART;VALUE=DATE", day_of(event.due));
    line("DTEND;VALUE=DATE", day_of(event.due + 1));
    line("SUMMARY", escaped_text(event.title));
    if (!link.empty()) line("URL", std::string(link) + event.path);
    line("STATUS", event.gone_at ? "CANCELLED" : "CONFIRMED");
    line("TRANSP", "TRANSPARENT");
    line("END", "VEVENT");
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace

std::string folded_line(std::string_view line) {
  std::string out;
  bool is_first = true;
  while (true) {
    const std::size_t room = is_first ? octets_max : octets_max - 1;  // a blank begins the others
    std::size_t size = std::min(room, line.size());
    while (size > 0 && size < line.size() && goes_on(line[size])) --size;
    if (size == 0) size = std::min(room, line.size());  // no text at all
    if (!is_first) out += ' ';
    out += line.substr(0, size);
    out += "\r\n";
    line.remove_prefix(size);
    if (line.empty()) return out;
    is_first = false;
  }
}

std::string escaped_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || c == ',' || c == ';') {
      (out += '\\') += c;
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      out += c;
    }
  }
  return out;
}

std::string calendar_text(std::string_view name, std::string_view link,
                          const std::vector<Event>& events) {
  Calendar calendar;
  calendar.line("BEGIN", "VCALENDAR");
  calendar.line("VERSION", "2.0");
  calendar.line("PRODID", "-//Huilu//Deadlines//EN");
  calendar.line("CALSCALE", "GREGORIAN");
  calendar.line("METHOD", "PUBLISH");
  calendar.line("X-WR-CALNAME", escaped_text(name));
  calendar.line("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
  for (const auto& event : events) calendar.event(event, link);
  calendar.line("END", "VCALENDAR");
  return calendar.take();
}

}  // namespace huilu::feed
