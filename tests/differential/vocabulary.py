"""The fields and the few words that random touches and random filters share, so that they meet."""

from zoneinfo import ZoneInfo

from tests.reference.localtime import read_instant

CONTACTS = ("c1", "c2", "ç3")
ACCOUNTS = ("a1", "a2")
REPS = ("r1", "r2")
TEXTS = (
    "Hi Anna, this is Bob. Just checking in?",
    "JUST  CHECKING\u00a0IN?? Got your name from marketing",
    "just checking in",
    "İstanbul office – “just checking in” costs $5 or $ 70, don’t worry",
    "Straße_just checking in, ΣΑΣ and σας",
    "ﬁne 🙂 check in? Acme wants €5 ½ price",
    "Acme? ACME? anna müller of Acme Ltd.",
    " ",
    "None",
    "no\u2028line, e\u0301te, a\tb\nc",
)
PHRASES = (
    "just checking in",
    "checking in",
    "checking",
    "in",
    "a",
    "JUST",
    "just  checking",
    "check",
    "this is",
    "don't",
    '"just',
    "got your name from",
    "check in?",
    "  ",
    "",
    "acme",
    "σας",
    "i\u0307stanbul",
    "istanbul",
    "$5",
    "?",
)
NESTED = ("just checking in", "just", "checking in", "in", "just checking")
PATTERNS = (r"\$\s?\d+", r"(?i)just\b", r"[A-Z]\w+", r"\?+", r"c.e", r"\pL+", r"in\??$", r"^\S")
WORDS: dict[str, tuple[str, ...]] = {
    "kind": ("call", "call", "email", "voicemail", "meeting", "fax"),
    "direction": ("outbound", "outbound", "inbound", "internal"),
    "outcome": ("connected", "connected", "no_answer", "wrong_person", "replied", "other"),
    "topic": ("same", "other", "Pricing", "pricing", "PRICING"),
    "reason": ("pricing", "true", "1", "same"),
    "objective": ("pricing", "book a meeting", "book a  meeting"),
    "subject": TEXTS,
    "text": TEXTS,
    "campaign": ("spring", "Spring"),
    "referred_by": CONTACTS,
    "referred_to": CONTACTS,
    "from_number": (
        "+1 415 555 2671",
        "(415) 555-2671",
        "+44 20 7183 8750",
        "555-2671",
        "call me",
        "4155552671",
    ),
    "to_number": ("+1 415 555 2671", "+49 30 123456", "4155552671"),
    "contact_name": ("Anna Müller", "anna", "Bob", "İpek O’Neil", "this is"),
    "company_name": ("Acme", "acme ltd.", "ΣΑΣ"),
    "title": ("VP Sales", "vp sales", "Head of Ops"),
    "level": ("ic", "manager", "vp"),
    "stage": ("open", "won", "lost"),
    "rep_city": ("Berlin", "berlin", "Oslo"),
    "mood": ("good", "bad", "other"),
    "contact_id": CONTACTS,
    "account_id": ACCOUNTS,
    "rep_id": REPS,
    "touch_id": ("t1", "t2", "t10"),
    "weekday": ("mon", "fri", "sat", "sun"),
    "local_date": ("2025-03-30", "2025-03-09", "2025-03-03", "2024-04-26"),
    "prefix": ("415555", "207183"),
}
NUMBERS: dict[str, tuple[float, ...]] = {
    "duration_s": (0.0, 30.0, 60.0, 61.0, 3600.0, 0.1, 0.2, 90.5),
    "step": (1.0, 2.0, 3.0, 60.0),
    "score": (0.1, 0.2, 0.1, 0.3, -5.0, -0.0, 0.0000005, 0.0078125, -0.0234375, 1e15, 0.005, 2.675, -0.001),
    "heat": (0.1, 0.7, 0.5, 2.0, 0.0078125),
    "local_hour": (0.0, 0.5, 1.0, 2.0, 2.5, 3.0, 8.0, 12.0, 18.0, 23.0),
    "asks": (0.0, 1.0, 2.0),
    "hits": (0.0, 1.0, 2.0, 3.0),
}
TEXT_FIELDS = tuple(name for name in WORDS if name not in ("rep_city", "mood", "prefix"))
NUMBER_FIELDS = ("duration_s", "step", "local_hour")
BOOLEAN_FIELDS = ("icp",)
TIMESTAMP_FIELDS = ("at", "promised_at")
DECLARED = {"rep_city": "text", "score": "number", "vip": "boolean", "signed_at": "timestamp"}
UNDECLARED = {"mood": "text", "heat": "number"}
ALWAYS = ("touch_id", "at", "contact_id", "kind")
DERIVED = ("weekday", "local_date", "local_hour")
UTC = ZoneInfo("UTC")
STARTS = {
    "Europe/Berlin": ("2025-03-30 01:00", "2025-10-26 01:00"),
    "America/New_York": ("2025-03-09 07:00", "2025-11-02 06:00"),
    "Asia/Kathmandu": ("2025-03-02 18:15", "2024-12-31 18:15", "2025-04-30 18:15"),
    "UTC": ("2025-03-03 00:00", "2024-02-29 00:00", "2025-03-31 12:00", "2025-05-31 12:00"),
    "Africa/Cairo": ("2024-04-25 22:00", "2024-10-31 21:00"),
    "America/Havana": ("2024-11-03 04:00", "2024-11-03 05:00"),
    "America/Santiago": ("2024-09-08 04:00", "2024-04-07 03:00"),
}
ZONES = tuple(STARTS)


def start_instants(zone: str) -> list[int]:
    """Instants in that zone around which streams are laid: clock changes, ends of periods."""
    return [read_instant(text, UTC) for text in STARTS[zone]]
