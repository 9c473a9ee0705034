"""The programme of the demo: which episodes there are, and how often each is played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from touchrules.streams.demo.episodes import (
    cold,
    habits,
    inbound,
    law,
    memory,
    openings,
    persistence,
    policy,
    referrals,
)
from touchrules.streams.demo.story import Play


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """An episode in which a rule is broken. `days`: workdays until that is certain."""

    play: Play
    days: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """An episode done well, and the slips that happen in it. `share`: how often it is played."""

    share: float
    play: Play
    slips: tuple[Slip, ...]


def _slips(*plays: Play, days: int = 12) -> tuple[Slip, ...]:
    return tuple(Slip(play=play, days=days) for play in plays)


EPISODES: Final = (
    Episode(
        share=0.3,
        play=cold.call_cold,
        slips=(
            *_slips(
                cold.hang_up,
                cold.miss_the_end_of_the_meeting,
                cold.ask_no_time,
                cold.let_the_next_day_go_by,
                cold.ask_for_half_an_hour,
                cold.miss_the_appointment,
                cold.leave_a_stranger_a_message,
                cold.leave_a_stranger_a_message_at_once,
                cold.name_a_referral_of_nobody,
                openings.deny_to_sell,
                openings.deny_and_sell,
                openings.apologise,
                openings.give_no_name,
                openings.pitch_cold,
                openings.pitch_without_a_question,
                openings.ask_for_a_demo,
                openings.bring_no_value,
                openings.show_a_neighbours_number,
                openings.show_a_number_unlike_the_office,
                openings.ring_at_night,
                openings.ring_in_the_evening,
                openings.call_who_does_not_fit,
                openings.call_without_a_reason,
                openings.call_from_the_list,
                openings.have_no_aim,
                openings.have_a_vague_aim,
                openings.recite,
                openings.wear_out_the_name,
            ),
            *_slips(openings.deny_now_and_sell_later, days=20),
        ),
    ),
    Episode(
        share=0.17,
        play=referrals.call_on_referral,
        slips=(
            *_slips(
                referrals.press_no_zero,
                referrals.hide_the_referrer,
                referrals.promise_nothing,
                referrals.break_the_promise,
                referrals.hide_the_promise,
                referrals.promise_nothing_new,
            ),
            *_slips(referrals.do_not_ask, referrals.leave_a_fourth, referrals.move_the_silent_deal, days=36),
            *_slips(referrals.come_back_every_quarter, days=100),
        ),
    ),
    Episode(
        share=0.13,
        play=inbound.follow_a_download,
        slips=(
            *_slips(
                inbound.tell_the_relay,
                inbound.speak_of_the_list,
                inbound.be_vague,
                inbound.ask_about_projects,
                inbound.say_nothing_of_the_paper,
                inbound.announce_somebody,
                inbound.pass_the_baton_after_a_download,
                inbound.count_a_download_as_a_deal,
                inbound.hang_up_with_nothing,
                inbound.note_no_curiosity,
            ),
            *_slips(inbound.forget_what_was_noted, inbound.press_a_colleagues_no, days=45),
            *_slips(inbound.break_the_peace, days=55),
        ),
    ),
    Episode(
        share=0.12,
        play=inbound.follow_a_form,
        slips=_slips(
            inbound.let_the_form_wait,
            inbound.leave_the_form_unanswered,
            inbound.pass_the_baton,
            inbound.set_up_for_the_closer,
            inbound.ignore_the_form,
            inbound.call_who_does_not_buy,
            policy.leave_a_mail_unanswered,
            days=20,
        ),
    ),
    Episode(share=0.02, play=inbound.answer_who_does_not_buy, slips=()),
    Episode(
        share=0.06,
        play=memory.follow_the_name,
        slips=(
            *_slips(memory.throw_the_name_away, memory.say_the_same_again, days=20),
            *_slips(
                memory.pitch_again_after_a_colleague,
                memory.pitch_again_oneself,
                memory.pitch_again_to_a_decision_maker,
                days=70,
            ),
        ),
    ),
    Episode(
        share=0.08,
        play=openings.mail_and_call,
        slips=(
            *_slips(
                openings.leave_blanks,
                openings.write_to_anybody,
                persistence.ask_whether_they_read_it,
                persistence.check_in,
                persistence.bring_the_same_topic,
                persistence.come_on_all_channels,
                memory.ask_what_a_colleague_knows,
                policy.send_many_mails,
                policy.send_two_texts,
                policy.give_no_time,
                policy.press_on,
                policy.send_a_second_rep,
                policy.touch_the_whole_account,
                policy.mail_a_dead_address,
                policy.call_on_a_day_off,
                days=20,
            ),
            *_slips(
                memory.speak_as_to_a_stranger,
                memory.agree_on_nothing,
                memory.note_no_date,
                memory.miss_the_agreed_call,
                memory.forget_the_call_back,
                memory.hide_the_agreement,
                policy.press_a_no,
                days=30,
            ),
            *_slips(memory.go_quiet, persistence.bring_nothing_ever, days=40),
            *_slips(persistence.talk_in_circles, days=60),
        ),
    ),
    Episode(
        share=0.05,
        play=policy.run_a_cadence,
        slips=(
            *_slips(
                policy.drop_a_cadence,
                policy.run_two_cadences,
                policy.go_on_after_the_reply,
                policy.go_on_after_a_colleagues_reply,
                days=20,
            ),
            *_slips(policy.run_a_cadence_again, days=45),
        ),
    ),
    Episode(
        share=0.04,
        play=persistence.keep_touching,
        slips=(
            *_slips(
                policy.touch_all_day,
                policy.call_all_week,
                policy.touch_all_week,
                persistence.be_a_plague,
                days=20,
            ),
            *_slips(policy.touch_all_month, days=45),
            *_slips(policy.touch_for_ever, days=60),
        ),
    ),
    Episode(
        share=0.02,
        play=persistence.walk_away,
        slips=_slips(
            persistence.leave_it_stalled,
            persistence.come_back_after_walking_away,
            persistence.walk_away_twice,
            days=60,
        ),
    ),
    Episode(
        share=0.03,
        play=law.honour_an_opt_out,
        slips=(
            *_slips(
                law.call_after_the_opt_out,
                law.change_the_channel,
                law.write_no_opt_out_down,
                law.call_late_in_a_strict_state,
                law.call_connecticut_early,
                law.call_kentucky_early,
                law.call_rhode_island_late,
                law.call_on_a_sunday,
                law.call_on_a_holiday,
                law.call_four_times_on_one_subject,
                law.dial_by_machine,
                law.call_from_the_registry,
                law.ring_at_night_by_our_clock,
                days=20,
            ),
            *_slips(
                law.call_long_after_the_opt_out,
                law.mail_long_after_the_opt_out,
                law.mail_canada_long_after_the_opt_out,
                law.search_the_registry_too_seldom,
                days=35,
            ),
        ),
    ),
)
HABITS: Final = _slips(
    habits.live_on_voicemail,
    habits.dial_all_day,
    habits.talk_for_the_count,
    habits.recite_to_all,
    habits.apologise_to_all,
    habits.bring_nothing_to_all,
    habits.work_the_wrong_list,
    habits.be_everybodys_neighbour,
    habits.repeat_to_all,
    habits.send_copies,
    habits.send_spam,
    habits.abandon_calls,
    days=30,
)
"""What only shows over many touches of one rep: once each, by somebody who has just joined."""
BIG_HABITS: Final = _slips(habits.mail_all_day)
"""The same, but so long that only a big company has them."""
ALL_SLIPS: Final = (*(slip for episode in EPISODES for slip in episode.slips), *HABITS)
