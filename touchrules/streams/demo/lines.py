"""What all teams of the demo say alike: who sent them, what they promised, what receptions answer."""

from __future__ import annotations

from typing import Final

from touchrules.streams.demo.sentences import sentences

REFERRALS: Final = sentences("""
    I was talking to {referrer} {place} yesterday, and they asked that I call you about {topic}.
    {referrer} {place} suggested I get in touch with you about {topic}.
    {referrer} {place} said you were the right person to ask about {topic}.
    I met {referrer} {place} last week, who thought we should talk about {topic}.
    {referrer} {place} gave me your name when we spoke about {topic}.
    We work with {referrer} {place}, who was really hoping that we would talk about {topic}.
    {referrer} {place} told me to call you directly about {topic}.""")
REFERRALS_AGAIN: Final = sentences("""
    {referrer} {place} was really hoping that we would be able to talk.
    It is still about {topic}, for which {referrer} {place} sent me to you.
    {referrer} {place} wanted us to talk about {topic}.
    As {referrer} {place} said, {topic} are on your mind.
    {referrer} {place} is hoping we find a moment for {topic}.""")
RECALLS: Final = sentences("""
    I promised to call you back today, and we missed each other once more.
    As promised in my last message, here I am again.
    I said I would try you again at this time, and so I do.
    I told you I would ring today, and I am keeping my word.
    I mentioned I would call at this hour.
    True to my word I am on the line again.""")
PROCEEDS: Final = sentences("""
    If you wouldn't mind letting me know how to proceed, that would be great.
    You are probably swamped, so tell me how you'd like me to follow up.
    Would you rather I wrote, and is there someone else I should speak with?
    What would you like me to do? A no is fine too.
    Is there a better time to reach you, or shall I close your file?""")
FAREWELLS_TO_REFERRERS: Final = sentences("""
    I promised {referrer} I would be in touch with you, and will tell them how it went.
    {referrer} {place} asked me to let them know how our talk goes.
    I would like to tell {referrer} {place} what came of it.""")
FREE_AT: Final = sentences("""
    Reception: in a meeting until then.
    Front desk says in a meeting, free at {time}.
    A colleague: in the weekly meeting, try {time}.
    The operator sees a meeting in the calendar, which ends at {time}.""")
IN_A_MEETING: Final = sentences("""
    Reception: in a meeting.
    Front desk says in a meeting all morning.
    A colleague: in the weekly meeting.""")
AWAY: Final = sentences("""
    Out for the day.
    Reception: away today, at the other site.
    A colleague picked up: off sick today.
    Front desk: travelling today, in again tomorrow.""")
MESSAGE_TAKEN: Final = sentences("""
    Reception does not know where they are.
    Operator put me through to an empty desk.
    A colleague picked up and knew nothing.
    Front desk will tell them that we called.""")
SLOT_GIVEN: Final = sentences("""
    Spoke with the assistant, who put us in the calendar for {minutes} minutes.
    Assistant gave me a slot of {minutes} minutes.
    The assistant found {minutes} minutes.""")
AGREED: Final = sentences("""
    This is the call that we agreed on.
    As agreed, I am calling you today.
    I am calling as we agreed the last time.
    We said we would talk today, so here I am.
    You asked me to call you today.""")
NEXT: Final = sentences("""
    Shall we talk again on {day} at {time}?
    Let us speak again on {day} at {time}.
    Then I will call you on {day} at {time}.
    Could we talk again on {day}, {time}?""")
MEETINGS: Final = sentences("""
    Let us meet on {day} at {time}, and I will bring the figures on {topic}.
    I will visit you on {day} at {time}, then we look at {topic} together.
    You will have an invitation for {day} at {time} in a minute.""")
YES: Final = sentences("""
    Yes, that suits me.
    Fine, that works.
    All right, it is in my diary.
    Good, let us do that.""")
NOT_NOW: Final = sentences("""
    Thank you, but it is not for us.
    No, I am not interested.
    We have other worries this year, I am afraid.
    Thanks, but no.""")
NO_PROJECT: Final = sentences("""
    There is nothing planned in that field.
    I have no plans there, it was good to hear though.
    We have nothing coming up there.""")
SERVED: Final = sentences("""
    I will send you the two pages about {topic}, they may help you all the same.
    Let me send you what we learned about {topic}, with no strings attached.
    I will email you the short checklist on {topic}, so you have it at hand.""")
MEETING_NOTES: Final = sentences("""
    Met on site. Went through {topic} line by line. Next talk agreed for {day}.
    Good meeting about {topic}, their planner was there too. We go on on {day}.
    Saw the place, talked about {topic}. The numbers of last year are coming. We talk again on {day}.""")
WRITES: Final = sentences("""
    Hello {first}, this is {rep} from Harborline.
    Dear {first}, my name is {rep}, and I work at Harborline.
    Hi {first}, this is {rep}, writing from Harborline.
    Good day {first}, this is {rep} at Harborline.""")
MAIL_QUESTIONS: Final = sentences("""
    Is that how you see {topic} too?
    Does that match what you see in {topic}?
    Which part of it would be of use to you?
    What do you make of it?
    Where do you stand with {topic}?""")
SUBJECTS: Final = sentences("""
    {topic} at {company}
    A figure on {topic}
    What {peer} did about {topic}
    {topic}: two minutes
    One question about {topic}
    {company} and {topic}""")
MISSED: Final = sentences("""
    As agreed I tried you on the phone today, and you must have been away.
    We had planned to talk today, and I did not reach you.
    I called today as we agreed and could not find you.""")
REPLIES: Final = sentences("""
    Thanks for this. Next week is better for me.
    Good to know, {topic} are on my list.
    That is useful. Send me the rest when you have it.
    Interesting, we see it much the same way.""")
RETURNS: Final = sentences("""
    You left me a message about {topic}.
    I am calling back about your message.
    You tried to reach me, and now I have a minute.""")
GLAD: Final = sentences("""
    How kind of you to call back, {first}, this is {rep} from Harborline.
    Thank you for ringing, {first}, this is {rep} at Harborline.
    Good that you call, {first}, this is {rep} from Harborline.""")
ORDERS: Final = sentences("""
    We have decided to go ahead with you.
    The board has agreed, so let us start.
    I have signed it this morning.""")
WELCOMES: Final = sentences("""
    We said we would write to you once all is set up, and now it is.
    As agreed, here is who looks after you from now on.
    As we discussed, your first week is planned.""")
WALKS_AWAY: Final = sentences("""
    I see no value in further tries, so I will not pursue this with you.
    I will close your file today, and wish you well.
    We take it off the table, so you need not answer.
    This will be my last message about it, unless you write.""")
THANKS_FOR_REPLY: Final = sentences("""
    Thank you for your answer, you asked for more and here it is.
    You wrote that it is of use, so here is the rest of it.
    Thanks for your note, you mentioned {topic}, and this fits.""")
FORM_NOTES: Final = sentences("""
    Please send me something about {topic}.
    We struggle with {topic}. Who can help?
    How do you deal with {topic}?
    I read your page on {topic} and have a question.""")
PAPERS: Final = sentences("""
    You downloaded '{paper}' the other day, and page nine is about {topic}.
    I see you downloaded '{paper}', in which {topic} come up again and again.
    You read '{paper}', and I wonder what you think of the part on {topic}.
    Thank you for your interest in '{paper}', which treats {topic} at length.""")
ASKED: Final = sentences("""
    You asked us about {topic} in your message.
    Thank you for your message about {topic}, you wrote that it is on your mind.
    You wrote to us about {topic}.
    Thanks for your question on {topic}.""")
READ: Final = sentences("""
    You wrote that it is no longer your job, so here is just the paper for you to read.
    Thank you for telling us how it is, and here is the paper you asked for.
    Thanks for letting us know, you will find the paper below, and that is all.""")
WRONG_PERSON: Final = sentences("""
    You have the wrong person, I am afraid.
    I have nothing to do with that here.
    That is not my table, somebody else does that.""")
NEXT_IN_WORDS: Final = sentences("""
    Then I will call you next week about it.
    Let us talk again next week.
    I will call you next week, if I may.""")
SINCE_WE_SPOKE: Final = sentences("""
    Since we spoke I had a thought on {topic}.
    When we talked, you mentioned {topic}.
    I thought about our last talk, and about {topic}.""")
NO_MORE: Final = sentences("""
    I do not want to hear from you, on any channel.
    Please strike me out everywhere, I want nothing from you.
    I would like you to stop all of this.""")
SORRY_TO_SEE: Final = sentences("""
    As you asked, I will see to it.
    You asked for it, and I have passed it on.
    As you requested, I will have it noted.""")
ABOUT: Final = sentences("""
    It was about {topic}.
    I had thought of {topic} and of {company}.
    My tries were about {topic}.""")
