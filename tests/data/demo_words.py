"""What the people of the demo stream are called and what they say; all of them are invented."""

REPS = [
    "maya.keller",
    "tom.brandt",
    "lena.ortiz",
    "sam.okafor",
    "ivo.petrov",
    "ruth.allen",
    "kai.nakamura",
    "dana.moore",
]
FIRST_NAMES = [
    "Adele",
    "Amir",
    "Beatriz",
    "Bram",
    "Carla",
    "Cedric",
    "Chandra",
    "Colm",
    "Daria",
    "Desmond",
    "Edith",
    "Elias",
    "Esra",
    "Fiona",
    "Farid",
    "Greta",
    "Gideon",
    "Hana",
    "Hugo",
    "Imogen",
    "Ismael",
    "Joelle",
    "Jonas",
    "Karima",
    "Kenji",
    "Leonie",
    "Lucas",
    "Magda",
    "Mateo",
    "Nadia",
    "Niall",
    "Odile",
    "Omar",
    "Petra",
    "Quentin",
    "Rosa",
    "Rashid",
    "Saskia",
    "Stefan",
    "Tamsin",
    "Tobias",
    "Uma",
    "Viktor",
    "Wanda",
    "Xavier",
    "Yara",
    "Yusuf",
    "Zelda",
]
LAST_NAMES = [
    "Abbott",
    "Achterberg",
    "Baptiste",
    "Bellamy",
    "Calloway",
    "Castellan",
    "Dahlgren",
    "Devereux",
    "Ekwueme",
    "Ellery",
    "Farnsworth",
    "Fontaine",
    "Galloway",
    "Grimaldi",
    "Hollis",
    "Hatanaka",
    "Ibarra",
    "Ingram",
    "Jankowski",
    "Kestrel",
    "Kowalczyk",
    "Lachance",
    "Lindqvist",
    "Marchetti",
    "Mbeki",
    "Nakagawa",
    "Norwood",
    "Obermann",
    "Okonkwo",
    "Pemberton",
    "Quillen",
    "Rasmussen",
    "Rosales",
    "Sandoval",
    "Sorensen",
    "Tavares",
    "Thistle",
    "Umarov",
    "Vandermeer",
    "Villiers",
    "Whitlock",
    "Wozniak",
    "Yamada",
    "Zielinski",
]
COMPANY_FRONTS = [
    "Alder",
    "Bluewater",
    "Cobalt",
    "Driftwood",
    "Eastgate",
    "Fairmont",
    "Granite",
    "Highfield",
    "Ironbridge",
    "Juniper",
    "Kingsway",
    "Larkspur",
    "Meridian",
    "Northwind",
    "Oakhurst",
    "Pinecrest",
    "Quarry",
    "Ridgeline",
    "Silverton",
    "Tidewater",
]
COMPANY_BACKS = (
    "Freight",
    "Foods",
    "Paper",
    "Medical Supply",
    "Tools",
    "Furniture",
    "Packaging",
    "Textiles",
    "Brewing",
)
ZONES = [
    "America/New_York",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Singapore",
]
TITLES = (
    ("Dispatcher", "ic"),
    ("Route Planner", "ic"),
    ("Warehouse Manager", "manager"),
    ("Fleet Manager", "manager"),
    ("Director of Logistics", "director"),
    ("Director of Operations", "director"),
    ("VP Supply Chain", "vp"),
    ("VP Operations", "vp"),
    ("Chief Operating Officer", "c_level"),
)
TOPICS = (
    "late deliveries",
    "empty miles",
    "dock waiting times",
    "driver turnover",
    "returns",
    "peak season",
    "fuel costs",
)
OBJECTIVES = (
    "learn how they plan routes",
    "find the owner of the topic",
    "agree on a next conversation",
)
STAGES = ["discovery", "proposal", "negotiation", "won"]
REFERRER_PLACES = (
    "in Marketing",
    "in Finance",
    "in Purchasing",
    "at your Leeds branch",
    "at Hartwell Partners",
    "at Delmont",
)

GREETINGS = (
    "Hi {first}, this is {rep} from Harborline.",
    "Hello {first}, {rep} at Harborline speaking.",
    "Good morning {first}, my name is {rep}, I am with Harborline.",
    "{first}, it's {rep} calling from Harborline.",
    "Hi {first}, {rep} here, Harborline.",
)
NAMED_REFERRALS = (
    "I was talking to {referrer} {place} yesterday, and they asked that I call you.",
    "{referrer} {place} suggested I get in touch with you about {topic}.",
    "{referrer} {place} said you were the right person to ask about {topic}.",
    "I met {referrer} {place} last week, who thought we should talk.",
    "{referrer} {place} gave me your name when we spoke about {topic}.",
    "We work with {referrer} {place}, who was really hoping that we would connect.",
    "{referrer} {place} told me to call you directly.",
)
UNNAMED_REFERRALS = (
    "Somebody who knows you well told us about your team.",
    "One of your colleagues spoke highly of you.",
    "I am calling about something that came up with people you know.",
    "You were mentioned to us in connection with {topic}.",
)
REASONS = (
    "I noticed that you opened a second depot and wondered how that changes your planning.",
    "I read your note about {topic} in the trade paper.",
    "We have been comparing how teams of your size deal with {topic}.",
    "I have a question about how you handle {topic}.",
    "Two of your neighbours changed their plans for {topic} this spring.",
    "I would like to hear your view of {topic}.",
)
PROMISES = (
    "Sorry I missed you today. I will try you again on {day} at {time}.",
    "No need to ring back, I'll call again {day} at {time}.",
    "I have put {day} at {time} in my calendar to try you once more.",
    "I'll be back on the phone {day}, {time} your time.",
)
WAITING = (
    "Please call me back when you get this.",
    "You can reach me any time on my direct line.",
    "Looking forward to hearing from you.",
    "I'd appreciate a call back at your convenience.",
)
RECALLS = (
    "I promised to call you back today, and I'm sorry we missed each other.",
    "As promised on my last message, here I am again.",
    "I said I'd try you again this {weekday}, so I am.",
    "I told you I would ring today, and I am keeping my word.",
    "I mentioned I would call at this time.",
)
REPEATS = (
    "I left you a message the other day.",
    "Trying you again, we seem to keep missing each other.",
    "It is me again about {topic}.",
    "Following up on my earlier voicemail.",
)
PROCEEDS = (
    "If you wouldn't mind letting me know how to proceed, that would be great.",
    "You are probably swamped. Tell me how you'd like me to follow up, or whether I should stop.",
    "Would you rather I wrote, or is there someone else I should speak with?",
    "What would you like me to do? A no is fine too.",
    "Is there a better time to reach you, or shall I close the file?",
)
PITCHES = (
    "Our platform cuts {topic} by a third and costs only $49 per seat.",
    "I would love to show you a demo of our software this week.",
    "We are the market leader and have a special offer until Friday.",
    "With our solution you save 20% off your dispatch bill, guaranteed.",
    "There is a free trial, I can sign you up right now.",
    "Let me walk you through the features and our pricing.",
    "The new release has everything for {topic}; when can we book the demonstration?",
)
QUESTIONS = (
    "What makes {topic} hard for you at the moment?",
    "How do you plan your routes today, and who decides?",
    "Which week was your worst this year, and what happened?",
    "If you could change one thing about {topic}, what would it be?",
    "Who else feels it when {topic} get out of hand?",
)
ANSWERS = (
    "They talked at length about {topic} and the new depot.",
    "They are busy until the audit, but open to a talk.",
    "They plan by spreadsheet and lose an hour a day.",
    "They asked how others do it.",
    "Good conversation, they want to involve their planner.",
)
MEETING_NOTES = (
    "Reception: in a meeting.",
    "Front desk says in a meeting all morning.",
    "A colleague: in the weekly meeting.",
)
AWAY_NOTES = (
    "Out for the day.",
    "Reception: away today, at the other site.",
    "A colleague picked up: off sick today.",
)
ASSISTANT_NOTES = (
    "Spoke with the assistant, who put us in the calendar.",
    "Assistant gave me a slot.",
    "The assistant found time.",
)
LONG_NOTES = (
    "Assistant gave me half an hour.",
    "The assistant blocked 45 minutes for us.",
    "Got an hour from the assistant.",
)
FORM_NOTES = (
    "Please send me something about {topic}.",
    "We struggle with {topic}. Who can help?",
    "How do you deal with {topic}?",
)
REPLIES = (
    "Thanks, I got your message. Next week is better.",
    "Happy to talk, please send two times.",
    "I am not the right one for {topic}, but tell me more.",
    "Sorry for being silent, it is {topic} again.",
)
MAILS = (
    "Short note on {topic} at a company like yours.",
    "The article on {topic} that I mentioned.",
    "Two figures about {topic} that surprised us.",
    "One question about {topic}.",
)
CONVERSATIONS = ("connected", "connected", "callback_agreed", "not_interested", "no_project")
