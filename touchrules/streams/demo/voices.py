"""How each team of the demo talks: its own openings, questions, figures and farewells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from touchrules.streams.demo.sentences import sentences

COMPANY: Final = "Harborline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The sentences of a team, with blanks such as {first}, {rep}, {topic}, {peer}, {n}."""

    trade: tuple[str, ...]
    topics: tuple[str, ...]
    peers: tuple[str, ...]
    papers: tuple[str, ...]
    intros: tuple[str, ...]
    reasons: tuple[str, ...]
    questions: tuple[str, ...]
    answers: tuple[str, ...]
    values: tuple[str, ...]
    promises: tuple[str, ...]
    thanks: tuple[str, ...]


NORTH: Final = Voice(
    trade=("Freight", "Haulage", "Logistics", "Shipping", "Transport"),
    topics=sentences("""
        late deliveries
        empty miles
        dock waiting times
        driver turnover
        fuel losses
        yard congestion
        failed first deliveries
        overtime in the depot
        Monday peaks
        border delays
        pallet losses
        night shifts"""),
    peers=(
        "a carrier in Ohio",
        "a haulier with forty trucks",
        "a parcel firm up north",
        "a cooled fleet near Hull",
    ),
    papers=("Twelve Depots, One Morning", "The Empty Mile", "What Drivers Tell Us", "Dock Times of 2024"),
    intros=sentences("""
        Hi {first}, this is {rep} from Harborline.
        Hello {first}, this is {rep} with Harborline.
        Good day {first}, my name is {rep} from Harborline.
        {first}, good to reach you, this is {rep} from Harborline.
        Hi {first}, my name is {rep}, from Harborline in Portland.
        Hello {first}, this is Harborline, my name is {rep}."""),
    reasons=sentences("""
        I saw that you opened a second depot and wondered what that does to {topic}.
        Your note about {topic} in the trade paper made me pick up the phone.
        You are hiring dispatchers, which often has to do with {topic}.
        Your new lane to the coast must change a lot about {topic}.
        Your annual report gives {topic} a whole page.
        You moved to a bigger yard in spring, and that tends to change {topic}."""),
    questions=sentences("""
        How do you plan your routes today, and who decides?
        Which week was your worst this year, and what happened in it?
        What makes {topic} hard for you at the moment?
        Who else feels it when {topic} get out of hand?
        What have you tried against {topic} so far?
        If you could change one thing about {topic}, what would it be?
        How do your drivers hear about a change of plan?"""),
    answers=sentences("""
        We plan by spreadsheet and lose an hour a day.
        It is quiet again after the audit, so go on.
        Ever since the new depot, {topic} take up my mornings.
        I wonder how other fleets deal with it.
        Our planner should hear that too.
        Drivers learn of changes by text message, if at all."""),
    values=sentences("""
        For example, {peer} brought {topic} down by {n} percent in {m} weeks by changing one shift.
        For example, we found that {j} of {k} fleets name {topic} as their first worry this year.
        For example, {peer} found that {n} percent of {topic} come from two customers.
        For example, we found that {n} percent of {topic} start before seven, in {k} yards.
        For example, {peer} moved the cut-off by an hour, and {topic} fell by {n} percent.
        For example, we found that {topic} halve where planners sit with dispatch, in {k} depots so far."""),
    promises=sentences("""
        Sorry I missed you. I will try you again on {day} at {time}.
        No need to ring back, I will call you again on {day} at {time}.
        I have put {day} at {time} in my calendar to try you once more.
        I will be back on the phone on {day} at {time} your time."""),
    thanks=sentences("""
        Thank you, {first}.
        Thanks for your time.
        Have a good day.
        Speak soon.
        Take care until then."""),
)
SOUTH: Final = Voice(
    trade=("Foods", "Markets", "Grocers", "Bakeries", "Brewing"),
    topics=sentences("""
        shelf gaps
        spoiled goods
        recalls
        store returns
        supplier delays
        promotion leftovers
        cold chain breaks
        weekend stockouts
        label errors
        short shelf lives
        harvest swings
        Monday orders"""),
    peers=("a grocer with thirty stores", "a dairy in Devon", "a bakery chain", "a wholesaler down south"),
    papers=("The Last Yoghurt", "Shelf Gaps by the Hour", "A Recall in Real Time", "Fresh for Two More Days"),
    intros=sentences("""
        Good morning {first}, this is {rep} calling from Harborline.
        Hello {first}, my name is {rep}, I am calling from Harborline.
        {first}, hello, this is {rep} from Harborline, the fresh food people.
        A very good day {first}, this is {rep} from Harborline.
        Hello {first}, how nice that you pick up, my name is {rep} from Harborline."""),
    reasons=sentences("""
        I read that you are opening three stores before summer, which usually stirs up {topic}.
        You told the Grocer last month that {topic} keep you awake.
        I walked through your store on Mill Road and had a thought about {topic}.
        Your new own label range must put a strain on {topic}.
        The heat of the last weeks made me think of you and {topic}.
        You have taken over two bakeries, and {topic} come with them."""),
    questions=sentences("""
        How do you notice {topic} today, and how late is that?
        Who in the store has to deal with {topic}?
        What did {topic} do to your last promotion?
        When were {topic} last under control, and what was different?
        Which of your stores does best with {topic}, and why?
        What would your store managers say about {topic}?"""),
    answers=sentences("""
        We notice it when customers complain.
        There was a bad week in March.
        We count by hand on Fridays.
        The store managers and the buyers disagree on that.
        Our head of fresh food fights with that every day.
        It is mostly the smaller stores that have {topic}."""),
    values=sentences("""
        For example, {peer} lowered {topic} by {n} percent in {m} weeks by ordering twice a day.
        For example, we found that in {j} of {k} stores {topic} go back to the same delivery window.
        For example, {peer} saw that {n} percent of {topic} happen on the day after a holiday.
        For example, we found that {n} percent of {k} grocers had more {topic} since spring.
        For example, {peer} let the store decide, and {topic} dropped by {n} percent."""),
    promises=sentences("""
        I will call you once more on {day} at {time}, so please do not trouble to call back.
        You will hear from me on {day} at {time}.
        Let me try you again on {day}, at {time} to be precise.
        My next try will be on {day} at {time}."""),
    thanks=sentences("""
        Thank you kindly, {first}.
        Lovely to talk with you.
        Warm regards to your team.
        All the best for the weekend trade.
        Until then."""),
)
EAST: Final = Voice(
    trade=("Clinics", "Medical Supply", "Laboratories", "Health Care", "Pharma"),
    topics=sentences("""
        expired batches
        theatre delays
        missing implants
        rush orders
        consignment errors
        sterile goods shortages
        hoarded supplies
        tender deadlines
        batch recalls
        night orders
        sample mix-ups
        courier delays"""),
    peers=(
        "a clinic with nine theatres",
        "a laboratory group",
        "a hospital in Kent",
        "a pharmacy chain out east",
    ),
    papers=("Nine Theatres, One Cupboard", "Expiry and Its Causes", "The Quiet Ward", "Implants on the Move"),
    intros=sentences("""
        Hello {first}, my name is {rep} and I am from Harborline.
        Good afternoon {first}, this is {rep} of Harborline, from the hospital team.
        Hello {first}, this is {rep} from the clinic desk of Harborline.
        {first}, this is {rep} from Harborline in Boston.
        Good day, {first}, this is {rep} from Harborline, I look after clinics."""),
    reasons=sentences("""
        You are building a new wing, and {topic} tend to move in first.
        The tender that you published in May mentions {topic} twice.
        Your talk at the spring congress touched on {topic}.
        You joined a buying group this year, which changes how {topic} come about.
        I noticed that you look for a head of stores, and thought of {topic}.
        You have changed your implants lately, and {topic} may come with that."""),
    questions=sentences("""
        How often do {topic} reach your desk in a month?
        Who finds out first about {topic}, the ward or the store?
        What happens on the ward when {topic} occur?
        How do you keep count of {topic} now?
        Where do you think {topic} begin?
        What did the last audit say about {topic}?"""),
    answers=sentences("""
        We hear about it from the ward, mostly too late.
        There were two cases last month.
        There are lists on paper in each theatre.
        I would like to see the numbers of a clinic of our size.
        Our head nurse knows more about that.
        The board has {topic} on its agenda."""),
    values=sentences("""
        For example, {peer} had {n} percent fewer {topic} after {m} weeks, only by moving one cupboard.
        For example, we found that {n} percent of {topic} in {k} clinics went back to orders by telephone.
        For example, {peer} learned that {j} in {k} cases of {topic} start with a wrong label.
        For example, we found that {topic} peak on the last Friday of the month, on {k} wards.
        For example, {peer} let nurses scan, and {topic} went down by {n} percent."""),
    promises=sentences("""
        I shall ring you again on {day} at {time}.
        I will call again on {day} at {time}, when your round should be over.
        You can expect my call on {day} at {time}.
        Please expect me on the line on {day} at {time}."""),
    thanks=sentences("""
        Many thanks, {first}.
        I appreciate your openness.
        Good luck with the inspection.
        Thank you and a calm shift.
        With thanks."""),
)
WEST: Final = Voice(
    trade=("Tools", "Castings", "Furniture", "Paper", "Packaging", "Textiles"),
    topics=sentences("""
        line stops
        spare part shortages
        scrap rates
        changeover times
        rework orders
        broken tools
        missed shifts
        supplier claims
        warehouse searches
        forklift jams
        energy peaks
        batch mix-ups"""),
    peers=(
        "a foundry out west",
        "a mill with two lines",
        "a furniture maker",
        "a tool shop with sixty people",
    ),
    papers=("Why Lines Stop", "Scrap, Hour by Hour", "The Missing Spare", "Changeover in Nine Minutes"),
    intros=sentences("""
        Hey {first}, this is {rep} from Harborline.
        Morning {first}, this is {rep} over at Harborline, calling from Denver.
        {first}, hey, my name is {rep} from Harborline.
        Hello {first}, this is {rep} from Harborline, I work with plants like yours.
        Hey there {first}, this is {rep} calling from Harborline."""),
    reasons=sentences("""
        I saw the new press go in on your site, and new machines bring {topic}.
        Your shift lead wrote about {topic} on the plant blog.
        You are adding a third shift, so {topic} came to my mind.
        Word is that you won the rail order, and volume like that brings {topic}.
        Your job ad for a maintenance lead mentions {topic}.
        The fire at your supplier must have an effect on {topic}."""),
    questions=sentences("""
        What do {topic} look like on a bad day?
        Who walks to the line when {topic} come up?
        How long does it take until you know about {topic}?
        What did you do the last time {topic} piled up?
        Which line has the most {topic}, and since when?
        Why do you think {topic} went up this year?"""),
    answers=sentences("""
        We lose a shift a month to it.
        I think it is the old line.
        We write it on a board and wipe it off on Friday.
        We had not looked at it by shift yet.
        Our maintenance lead should hear that.
        With the third shift {topic} got worse."""),
    values=sentences("""
        For example, {peer} reduced {topic} by {n} percent in {m} weeks by labelling the shelves.
        For example, we found that {n} percent of {topic} come in the first hour of a shift, in {k} plants.
        For example, {peer} has {j} instead of {k} cases of {topic} a week since the crews swap notes.
        For example, we found that {topic} double after a weekend, in {k} plants.
        For example, {peer} put spares on wheels, and {topic} fell by {n} percent."""),
    promises=sentences("""
        I'll try you again {day} at {time}.
        I'll give you another ring on {day} at {time}.
        I have you down for {day} at {time}, and I'll call then.
        I'll be calling you again on {day}, {time} sharp."""),
    thanks=sentences("""
        Thanks, {first}.
        Appreciate it.
        Have a good shift.
        Talk soon.
        Cheers, {first}."""),
)
