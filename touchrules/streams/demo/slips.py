"""The sentences of the demo with which reps break rules."""

from __future__ import annotations

from typing import Final

from touchrules.streams.demo.sentences import sentences

PITCHES: Final = sentences("""
    Our pricing starts at $49 for each place, and I can give you a discount until Friday.
    There is a special offer on it until Friday, at a price of $90.
    The price list is short, and for you there is a special price.
    We have a special offer this month, and our prices start at $35.""")
DEMOS: Final = sentences("""
    When can we schedule the demo? It takes twenty minutes.
    Let me book a demo for you, the product tour is short.
    I would like to set up a demo with you, it is a live demo.
    Can we schedule a demo this week?""")
PRAISE: Final = sentences("""
    Our platform is state of the art and the market leader.
    It is a best in class solution, a real game changer.
    Our software is cutting edge and award winning.""")
DISCLAIMERS: Final = sentences("""
    I'm not trying to sell you anything, I only have a thought on {topic}.
    This is not a sales call, it is about {topic}.
    I am not here to sell you anything, it is about {topic}.
    Do not worry, I'm not selling anything, it is just about {topic}.
    There is nothing to sell you here, I have a question on {topic}.""")
APOLOGIES: Final = sentences("""
    Sorry to bother you, it is about {topic}.
    I am sorry to interrupt your day, it is about {topic}.
    Sorry to disturb you with {topic}.
    Apologies for calling, it is about {topic}.
    I hate to bother you with {topic}.""")
NAMELESS: Final = sentences("""
    Good morning, I have a thought on {topic} for you.
    Hello, do you have two minutes for {topic}?
    Hi there, you look after {topic}, as far as I know.
    Hello {first}, we have to talk about {topic}, you and I.""")
RELAYS: Final = sentences("""
    Our marketing team passed me your information because you downloaded {paper}.
    I got your name from our marketing team, since you downloaded {paper}.
    I got a message from marketing that you downloaded {paper}.
    Marketing gave me your number after you downloaded {paper}.""")
RECORDS: Final = sentences("""
    You came up on my list after you downloaded {paper}.
    Your name popped up in our system since you downloaded {paper}.
    Our CRM shows that you downloaded {paper}.
    I got an alert that you downloaded {paper}.""")
VAGUE: Final = sentences("""
    You downloaded a paper on {topic} or something.
    You downloaded one of our papers, on {topic} I believe.
    You downloaded something about {topic} or something like that.
    You downloaded some kind of paper about {topic}.""")
ANNOUNCEMENTS: Final = sentences("""
    One of our specialists will ring you about {paper}, which you downloaded.
    My colleague will call you about {paper}, which you downloaded.
    Someone from our team will be in touch about {paper}, which you downloaded.""")
PROJECTS: Final = sentences("""
    Do you have any upcoming projects there, and is there a budget?
    Are there any projects coming up, and what is your timeline?
    Is this for a project, and what is your budget?""")
CURIOUS: Final = sentences("""
    No, I was just curious.
    I took it out of curiosity, there are no plans.
    We have nothing planned, I was just browsing.""")
PEACE: Final = sentences("""
    I will make a note of it, no one else will call you about it.
    Then nobody else will call you, I promise.
    All right, I will take you off our list.""")
SHORT_ENDS: Final = sentences("""
    OK, bye then.
    Fine, goodbye.
    All right, bye.""")
RECITALS: Final = sentences("""
    {company} is just the kind of house we like. {first}, the product is ready.
    We at Harborline admire {company}. {first}, the rest is in the paper.
    {company} is known in the trade. {first}, it all stands on page one.""")
NAMES_WORN_OUT: Final = sentences("""
    {first}, {company} is big, {first}. What does {company} do, {first}? I ask as {company} grows, {first}.
    {first}, how is {company}, {first}? You know, {first}, {company} is dear to us. What do you say, {first}?
    """)
BLANKS: Final = sentences("""
    Dear [first name], this is {rep} from Harborline.
    Hello [First Name], this is {rep} from Harborline.
    Hi [Name], this is {rep} from Harborline.
    Dear [Name], my name is {rep}, and I work at Harborline.""")
FOR_ANYBODY: Final = (
    "Times are not easy for anyone these days, and every house has to look at what it does and how it"
    " does it, again and again, with open eyes and with good partners beside it, and so do you.",
    "The world turns faster from year to year, and those who stay awake and keep their friends close to them"
    " will be the ones who smile in the end, and nobody else will, as you will agree.",
)
DID_YOU_READ: Final = sentences("""
    Did you read my email?
    I only wonder if you got my email.
    Have you seen my email of last week?
    Did you get my message?""")
CHECKING: Final = sentences("""
    I am just checking in.
    I'm just touching base.
    Just following up, nothing else.
    I just wanted to say hello.""")
STRANGERS: Final = sentences("""
    We haven't met, so a word on who we are.
    You don't know me, so let me begin at the beginning.
    We have never spoken before, as far as I know.""")
NEEDS: Final = sentences("""
    What are your needs?
    What are your biggest needs? Tell me about your business.
    So what are your needs? What keeps you up at night?""")
CANNED: Final = sentences(
    """Harborline helps you with {topic} from the first day, as our {n} references show."""
)
NOT_MY_JOB: Final = sentences("""
    I no longer run this team and have no responsibility for it. I am a blogger who would like to read it.
    I am no longer responsible for this here. I am a student now and read for my thesis.
    I have left the company and no longer work in this field. I am retired and just curious.""")
STOPS: Final = sentences("""
    Please stop emailing me.
    Do not contact me again.
    Unsubscribe me from all of this, please.
    Take me off your list, please.""")
LONG_WINDED: Final = sentences("""
    I see. And then it goes on like that from one week to the next, and nobody says a word about it, do they?
    Well, that is how it goes, and it has gone like that in your house for a long time, I can tell.""")
OF_US: Final = sentences("""
    Harborline was founded in a garage and has grown ever since.
    Harborline has offices in four cities and {n} partners.""")
OF_US_TOO: Final = sentences("""
    All of us love what we do, and we would be glad to do it together with your people one day.
    We are proud of our history, and we look forward to many good years with people such as yourself.""")
BYES: Final = sentences("""
    It would be good to hear from you one of these days, whenever it suits you best. Best wishes.
    A word from you would make my day, be it ever so short, now or later on. Kind regards.
    I hope that all goes well for you over there and that you are in good health. All the best.""")
SO_IT_GOES: Final = sentences(
    """Well, that is how it goes in many houses, and it has gone like that for a long time."""
)
COPIES: Final = (
    "We look into {topic} all over the country, and there are things to be said about it which would surprise"
    " most people in the trade. May I tell you more about {topic} on the phone one day soon?",
)
