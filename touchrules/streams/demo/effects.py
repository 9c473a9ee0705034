"""What truly makes a difference in the demo: the chances by which outcomes are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Shares of 1, but for those called factors."""

    voicemail_to_a_stranger_is_returned: float = 0.015
    voicemail_to_a_referred_contact_is_returned: float = 0.12
    promised_call_is_answered: float = 0.36
    call_at_any_other_time_is_answered: float = 0.18
    assistants_appointment_is_answered: float = 0.7
    agreed_call_is_answered: float = 0.62
    call_with_nothing_agreed_is_answered: float = 0.27
    conversation_with_questions_leads_on: float = 0.55
    pitch_in_a_first_call_leads_on: float = 0.12
    form_answered_in_an_hour_becomes_a_conversation: float = 0.42
    form_answered_later_becomes_a_conversation: float = 0.16
    email_is_answered: float = 0.05
    touch_up_to_the_fourth_in_a_week_opts_out: float = 0.004
    fifth_touch_in_a_week_opts_out: float = 0.03
    walked_away_from_they_come_back: float = 0.3
    opportunity_is_won: float = 0.3
    grade_a_factor: float = 1.4
    grade_b_factor: float = 1.0
    grade_c_factor: float = 0.7


EFFECTS: Final = Effects()
GRADE_FACTORS: Final = {"A": EFFECTS.grade_a_factor, "B": EFFECTS.grade_b_factor, "C": EFFECTS.grade_c_factor}
CONFOUNDER: Final = (
    "Team north keeps its promises most and gets most of the leads of grade A (column lead_grade),"
    " which answer more often whoever calls them."
    " Compare reps within a grade before you give habits the credit."
)
