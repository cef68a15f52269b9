// The forms of a pack's declarations, and of the parts that several of them are made of.
// `load_pack` reads with them; a new kind of declaration is a new line here. What they read holds
// names as they are written; policy/resolver.h checks and resolves these.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "calendar/working_days.h"
#include "policy/campaign.h"
#include "policy/check.h"
#include "policy/draw.h"
#include "policy/extension.h"
#include "policy/indicator.h"
#include "policy/matter_type.h"
#include "policy/obligation.h"
#include "policy/parameter.h"
#include "policy/reader.h"
#include "policy/record_type.h"
#include "policy/test.h"
#include "policy/view.h"
#include "policy/vocabulary.h"

namespace huilu::policy {

Form<MatterBallot> ballot_form();
Form<Bundle> bundle_form();
Form<Campaign> campaign_form();
Form<Check> check_form();
Form<MatterClock> clock_form();
Form<Draw> draw_form();
Form<Ladder> ladder_form();
Form<Indicator> indicator_form();
Form<MatterLookBack> look_back_form();
Form<MatterRound> matter_round_form();
Form<MatterType> matter_type_form();
Form<Obligation> obligation_form();
Form<Parameter> parameter_form();
Form<Parent> parent_form();
Form<RecordType> record_type_form();
Form<MatterRelapse> relapse_form();
Form<Urgency> urgency_form();
Form<calendar::Revision> revision_form();
Form<View> view_form();
Form<Vocabulary> vocabulary_form();

// Parts.
Form<Anchor> anchor_form();
Form<Condition> condition_form();
Form<Threshold> share_threshold_form();  // a decimal or a parameter
// Of what may be a value itself: also a value, or a list of which one is meant; then the line has
// no path.
Form<Condition> condition_or_value_form();
Form<During> during_form();
Form<Decimal> decimal();
Form<DurationUse> duration_use_form();
Form<Field> field_form();
Form<Interval> interval_form();
Form<Set> measured_set_form();  // of an indicator
Form<MonthDay> month_day();
Form<NumberUse> number_use_form();
Form<ParameterUse> parameter_use_form();
Form<Path> path_form();
Form<Quality> quality_form();
Form<Set> set_form();
Form<Test> test_form();
Form<Visible> visible_form();
Form<Condition> units_form();  // {unit: condition}

// How a whole pack is written.
ShapePointer pack_shape();

// Nothing where the text is no path: `unit.parent`, `$bearer.holder`.
std::optional<Path> path_from(std::string_view text);

}  // namespace huilu::policy
