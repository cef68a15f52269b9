#include "policy/declarations.h"

namespace huilu::policy {

namespace {

// "2019-10-01..2019-10-07", both included, or one day.
Form<Interval> days_form() {
  return {[](Reading& reading, const Node& node, Interval& out) {
            if (!reading::is_scalar(reading, node, "date or date..date")) return;
            const std::string& text = node.text;
            const std::size_t dots = text.find("..");
            const auto from = Date::parse(text.substr(0, dots));
            const auto last = dots == std::string::npos ? from : Date::parse(text.substr(dots + 2));
            if (!from || !last) return reading.report_type(node, "date or date..date");
            if (*last < *from)
              return reading.report(RefusalCode::pack_range, node.place,
                                    "not before " + from->text(), last->text());
            out = {*from, *last + 1};
          },
          "date or date..date",
          shape::text("^[0-9]{4}-[0-9]{2}-[0-9]{2}([.][.][0-9]{4}-[0-9]{2}-[0-9]{2})?$")};
}

// A revision speaks of one year, and of the days beside it that its holidays reach into.
void check_year(Reading& reading, const Node& node, Date day, int year) {
  const int of_day = day.year();
  const bool is_read = year != 0 && day != Date{};
  if (is_read && (of_day < year - 1 || of_day > year + 1))
    reading.report(RefusalCode::pack_range, node.place,
                   std::to_string(year - 1) + " to " + std::to_string(year + 1), day.text());
}

void check_revision(Reading& reading, const Node& node, const calendar::Revision& revision) {
  const Node& rest = node.below("rest");
  for (std::size_t i = 0; i < revision.rest.size(); ++i)
    check_year(reading, rest.below(i), revision.rest[i].from, revision.year);
  const Node& makeup = node.below("makeup");
  for (std::size_t i = 0; i < revision.makeup.size(); ++i) {
    check_year(reading, makeup.below(i), revision.makeup[i], revision.year);
    for (const Interval& days : revision.rest)
      if (days.contains(revision.makeup[i]))
        reading.report(RefusalCode::pack_shape, makeup.below(i).place, "rest, makeup",
                       revision.makeup[i].text());
  }
}

}  // namespace

Form<calendar::Revision> revision_form() {
  constexpr std::int64_t first_year = 1900, last_year = 2999;
  const Key<calendar::Revision> year = {
      "year", Presence::required, "year",
      [](Reading& reading, const Node&, const Node* value, calendar::Revision& out) {
        std::int64_t read = 0;
        if (value) integer(first_year, last_year).read(reading, *value, read);
        out.year = static_cast<int>(read);
      },
      shape::integer(first_year, last_year)};
  return named("revision",
               map_of<calendar::Revision>(
                   {
                       required("id", &calendar::Revision::id, token()),
                       year,
                       required("published", &calendar::Revision::published, date()),
                       required("source", &calendar::Revision::source, text()),
                       required("rest", &calendar::Revision::rest, list_of(days_form())),
                       required("makeup", &calendar::Revision::makeup, list_of(date())),
                   },
                   check_revision));
}

}  // namespace huilu::policy
