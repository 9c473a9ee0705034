"""What follows when somebody downloads a paper or fills in a form."""

from __future__ import annotations

from collections.abc import Iterable

from touchrules.streams.demo import lines, slips
from touchrules.streams.demo.choices import between, pick
from touchrules.streams.demo.effects import EFFECTS
from touchrules.streams.demo.episodes.moves import dial, dial_in_vain, send_mail, speak, take_no_message
from touchrules.streams.demo.episodes.talks import talk_for_the_first_time
from touchrules.streams.demo.story import Story

Slot = tuple[str, ...]


def download(story: Story) -> None:
    """They take a paper from the website."""
    story.paper = pick(story.random, story.rep.team.voice.papers)
    story.touch("download", direction="inbound", subject=story.paper, topic="")


def ask_by_form(story: Story, *slots: Slot) -> None:
    """They fill in the form on the website."""
    text = story.say(*(slots or (lines.FORM_NOTES,)))
    story.touch("form", direction="inbound", subject="Contact form", text=text)


def follow_a_download(story: Story) -> None:
    """The rep calls about the paper itself, and writes if nobody answers."""
    download(story)
    story.sleep(1, 2)
    if story.chance(EFFECTS.call_with_nothing_agreed_is_answered):
        talk_for_the_first_time(story, lines.PAPERS)
        return
    dial_in_vain(story)
    story.wait(10, 30)
    voice = story.rep.team.voice
    send_mail(story, lines.WRITES, lines.PAPERS, voice.values, lines.MAIL_QUESTIONS, voice.thanks)


def follow_a_form(story: Story) -> None:
    """The rep calls while they still sit at the form."""
    ask_by_form(story)
    story.wait(4, 22)
    if story.chance(EFFECTS.form_answered_in_an_hour_becomes_a_conversation):
        talk_for_the_first_time(story, lines.ASKED)
    else:
        _write_about_the_form(story)


def _write_about_the_form(story: Story, breaks: Iterable[str] = ()) -> None:
    dial_in_vain(story)
    story.wait(10, 30)
    voice = story.rep.team.voice
    send_mail(
        story, lines.WRITES, lines.ASKED, voice.values, lines.MAIL_QUESTIONS, voice.thanks, breaks=breaks
    )


def let_the_form_wait(story: Story) -> None:
    """The form is answered hours later."""
    story.second = between(story.random, 9 * 3600, 11 * 3600)
    text = story.say(lines.FORM_NOTES)
    story.touch("form", direction="inbound", subject="Contact form", text=text, breaks=("form-left-waiting",))
    story.wait(120, 300)
    if story.chance(EFFECTS.form_answered_later_becomes_a_conversation):
        talk_for_the_first_time(story, lines.ASKED)
    else:
        _write_about_the_form(story)


def leave_the_form_unanswered(story: Story) -> None:
    """Nobody answers the form before days have passed."""
    text = story.say(lines.FORM_NOTES)
    rules = ("form-left-waiting", "inbound-left-untouched")
    story.touch("form", direction="inbound", subject="Contact form", text=text, breaks=rules)
    story.sleep(3, 5)
    _write_about_the_form(story)


def _talk_about_the_paper(story: Story, *slots: Slot, breaks: Iterable[str]) -> str:
    """A first call after a download, which comes to nothing."""
    download(story)
    story.sleep(1, 2)
    voice = story.rep.team.voice
    start = (voice.intros, *slots, voice.questions, voice.answers, voice.values)
    return speak(story, "not_interested", *start, lines.NOT_NOW, voice.thanks, breaks=breaks)


def tell_the_relay(story: Story) -> None:
    """They hear how marketing passed their name on."""
    _talk_about_the_paper(story, slips.RELAYS, breaks=("told-how-the-name-was-passed-on",))


def speak_of_the_list(story: Story) -> None:
    """They hear that they came up on a list."""
    _talk_about_the_paper(story, slips.RECORDS, breaks=("spoke-of-them-as-a-record",))


def be_vague(story: Story) -> None:
    """A paper on something."""
    _talk_about_the_paper(story, slips.VAGUE, breaks=("vague-about-the-reason",))


def ask_about_projects(story: Story) -> None:
    """Projects and budgets after a single download."""
    _talk_about_the_paper(
        story, lines.PAPERS, slips.PROJECTS, breaks=("project-questions-after-one-download",)
    )


def say_nothing_of_the_paper(story: Story) -> None:
    """Not a word about what they downloaded."""
    download(story)
    story.sleep(1, 2)
    story.turn()
    slots = (lines.WRITES, slips.OF_US, slips.OF_US_TOO)
    reason = "they took a paper from our website"
    rules = ("never-said-what-it-was-about",)
    text = story.say(*slots)
    story.touch("email", subject="Who we are", text=text, topic="", reason=reason, breaks=rules)


def announce_somebody(story: Story) -> None:
    """An e-mail whose news is that somebody else will call."""
    download(story)
    story.sleep(1)
    voice = story.rep.team.voice
    send_mail(story, lines.WRITES, slips.ANNOUNCEMENTS, voice.values, breaks=("announced-the-next-hand",))
    story.sleep(1, 2)
    dial_in_vain(story)


def pass_the_baton(story: Story) -> None:
    """Two reps after one form, before anybody has talked with them."""
    ask_by_form(story)
    story.wait(4, 20)
    _write_about_the_form(story)
    story.sleep(1, 2)
    story.rep = story.mate
    story.turn()
    dial(story, breaks=("too-many-hands",))
    take_no_message(story)


def pass_the_baton_after_a_download(story: Story) -> None:
    """The same after a download, of which they know nothing."""
    download(story)
    story.sleep(1)
    dial_in_vain(story)
    story.sleep(1, 2)
    story.rep = story.mate
    story.turn()
    dial(story, breaks=("too-many-hands", "second-rep-on-the-same-person"))
    take_no_message(story)


def set_up_for_the_closer(story: Story) -> None:
    """One who only prepares, and one who is to have the conversation."""
    setter, closer = story.hire("sdr"), story.hire("closer")
    story.rep = setter
    ask_by_form(story)
    story.wait(4, 20)
    dial_in_vain(story)
    story.sleep(1, 2)
    story.rep = closer
    story.turn()
    dial(story, breaks=("setter-before-the-closer", "too-many-hands"))
    take_no_message(story)


def count_a_download_as_a_deal(story: Story) -> None:
    """An opportunity is opened on a download."""
    download(story)
    story.sleep(1, 3)
    rules = ("download-counted-as-a-deal",)
    story.touch("stage", direction="internal", stage="opportunity", topic="", breaks=rules)


def _hear_that_there_is_no_project(story: Story, promise: Slot) -> None:
    download(story)
    story.sleep(1, 2)
    voice = story.rep.team.voice
    slots = (voice.intros, lines.PAPERS, voice.questions, slips.CURIOUS, voice.values, promise, voice.thanks)
    speak(story, "no_project", *slots)


def forget_what_was_noted(story: Story) -> None:
    """A colleague calls about the same thing weeks later."""
    _hear_that_there_is_no_project(story, lines.SERVED)
    story.sleep(23, 38)
    story.rep = story.mate
    story.turn()
    dial(story, breaks=("noted-and-called-again",))


def press_a_colleagues_no(story: Story) -> None:
    """A colleague calls about the same thing two weeks later."""
    _hear_that_there_is_no_project(story, lines.SERVED)
    story.sleep(8, 12)
    story.rep = story.mate
    story.turn()
    dial(story, breaks=("noted-and-called-again", "touched-while-cooling-down"))


def break_the_peace(story: Story) -> None:
    """Nobody was to call again, and somebody does."""
    _hear_that_there_is_no_project(story, slips.PEACE)
    story.sleep(45, 50)
    story.turn()
    dial(story, breaks=("promised-peace-broken",))


def note_no_curiosity(story: Story) -> None:
    """They say that there is no project, and the record says only that they were reached."""
    download(story)
    story.sleep(1, 2)
    voice = story.rep.team.voice
    slots = (
        voice.intros,
        lines.PAPERS,
        voice.questions,
        slips.CURIOUS,
        voice.values,
        lines.SERVED,
        voice.thanks,
    )
    rules = ("curiosity-not-noted", "no-next-conversation-agreed")
    speak(story, "connected", *slots, breaks=rules)
    story.sleep(4, 8)
    send_mail(story, lines.WRITES, lines.PAPERS, voice.values, voice.thanks)


def hang_up_with_nothing(story: Story) -> None:
    """No project, so goodbye, after half a minute."""
    if not story.spare("dialling-for-the-count", 2):
        return
    download(story)
    story.sleep(1, 2)
    voice = story.rep.team.voice
    slots = (voice.intros, lines.PAPERS, lines.NO_PROJECT, slips.SHORT_ENDS)
    seconds = between(story.random, 31, 55)
    speak(story, "no_project", *slots, seconds=seconds, breaks=("hung-up-with-nothing",))


def ignore_the_form(story: Story) -> None:
    """They wrote that this is not their job, and get the usual message."""
    ask_by_form(story, slips.NOT_MY_JOB)
    story.wait(5, 20)
    voice = story.rep.team.voice
    slots = (lines.WRITES, voice.values, voice.questions, voice.thanks)
    send_mail(story, *slots, breaks=("form-notes-not-read",))


def call_who_does_not_buy(story: Story) -> None:
    """They wrote that they do not buy, got their paper, and then a sales call."""
    ask_by_form(story, slips.NOT_MY_JOB)
    story.wait(5, 20)
    voice = story.rep.team.voice
    send_mail(story, lines.WRITES, lines.READ, voice.values, voice.thanks)
    story.sleep(10, 14)
    story.turn()
    dial(story, breaks=("sales-call-to-the-disqualified",))
    take_no_message(story)


def answer_who_does_not_buy(story: Story) -> None:
    """They wrote that they do not buy, and get what they asked for and no more."""
    ask_by_form(story, slips.NOT_MY_JOB)
    story.wait(5, 20)
    voice = story.rep.team.voice
    send_mail(story, lines.WRITES, lines.READ, voice.values, voice.thanks)
