"""Small defects, put into a copy of the plain evaluator, that the random examples must notice."""

import importlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tests.reference
from tests.differential.agreement import Engine, Tables

SOURCE = Path(tests.reference.__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """One change of one file of the evaluator, told in a sentence."""

    told: str
    file: str
    old: str
    new: str


def defect(told: str, file: str, old: str, new: str) -> Defect:
    """A defect in short."""
    return Defect(told=told, file=file, old=old, new=new)


DEFECTS = (
    defect("within keeps its edge", "lookbacks", "touch.at > trigger.at - dur", "touch.at >= trigger.at - dur"),
    defect("between keeps its far edge", "lookbacks", "trigger.at - far < touch", "trigger.at - far <= touch"),
    defect("between loses its near edge", "lookbacks", "touch.at <= trigger.at - near", "touch.at < trigger.at - near"),
    defect("since_last keeps the mark", "lookbacks", "touch.index > max(marks)", "touch.index >= max(marks)"),
    defect("since_last looks at the trigger", "lookbacks", "index < trigger.index and accepts(past.view, test[", "index <= trigger.index and accepts(past.view, test["),
    defect("since_last forgets what is before the window", "lookbacks", "marks = [\n            touch.index", "marks = [\n            touch.index if in_period(test, touch, trigger) else -1"),
    defect("newest keeps the oldest", "lookbacks", 'kept[-test["newest"] :]', 'kept[: test["newest"]]'),
    defect("last looks at the trigger", "lookbacks", "touch.index < trigger.index and accepts(past.view, tests", "touch.index <= trigger.index and accepts(past.view, tests"),
    defect("last takes the first", "lookbacks", "earlier[-1]", "earlier[0]"),
    defect("a history without key holds the trigger", "lookbacks", "return []", "return [trigger]"),
    defect("a history without key is that of all without it", "lookbacks", "if key is None:", "if False:"),
    defect("out_of is one", "lookbacks", 'test.get("out_of", 1)', "1"),
    defect("an average is over all touches", "lookbacks", "total / len(values)) if values", "total / len(touches)) if values"),
    defect("a sum is of unrounded values", "lookbacks", "rounded(value) for", "Fraction(value) for"),
    defect("a sum is of floats", "lookbacks", "float(total)", "float(sum(values))"),
    defect("half is rounded up", "values", "round(Fraction(value) * 1_000_000)", "__import__('math').floor(Fraction(value) * 1_000_000 + Fraction(1, 2))"),
    defect("true is one", "values", "type(left) is type(right) and left == right", "left == right"),
    defect("case is ignored by whole texts", "values", '"".join(lower_character(character) for character in text)', "text.lower()"),
    defect("case is folded", "values", "return character.lower()", "return character.casefold()"),
    defect("not says no to the missing", "filters", "return not is_one_of(value, operand)", "return value is not None and not is_one_of(value, operand)"),
    defect("exists is always true", "filters", "(value is not None) is bool(operand)", "value is not None"),
    defect("contains minds the case", "filters", "lower_text(operand) in lower_text(value)", "operand in value"),
    defect("matches from the start only", "filters", "re2.search", "re2.match"),
    defect("other is true of the missing", "filters", "return both and are_equal", "return are_equal"),
    defect("similar leaves its edge out", "filters", "ratio / 100 >= at_least", "ratio / 100 > at_least"),
    defect("similar without processing", "filters", "fuzz.ratio(utils.default_process(left), utils.default_process(right))", "fuzz.ratio(left, right)"),
    defect("a list inside has is a word", "filters", "    if view.trigger is not None and test in", "    test = test[0] if test == ['same'] else test\n    if view.trigger is not None and test in"),
    defect("only the first rule of found counts", "filters", "rule, touch) for rule in rules)", "rule, touch) for rule in rules[:1])"),
    defect("a fact lasts a moment longer", "facts", "touch.at >= last[0] + fact.lasts", "touch.at > last[0] + fact.lasts"),
    defect("a fact ends with its first assertion", "facts", "last = max(earlier)", "last = min(earlier)"),
    defect("a touch that asserts and retracts retracts", "facts", "any(last < place < here", "any(last <= place < here"),
    defect("an assertion at the expiry carries on", "facts", "now >= last + fact.lasts", "now > last + fact.lasts"),
    defect("further assertions do not carry on", "facts", "stands, last = True, place[0]", "stands, last = True, last if stands else place[0]"),
    defect("a fact is always about the contact", "facts", 'return str(self.content.get("per", "contact"))', 'return "contact"'),
    defect("cancelled goes before met", "expectations", "if is_met(view, expectation, touch):", 'if is_met(view, expectation, touch) and not ("cancel" in expect and accepts(view, expect["cancel"], touch)):'),
    defect("by leaves its edge out", "expectations", "touch.at <= expectation.by", "touch.at < expectation.by"),
    defect("after leaves its edge out", "expectations", "expectation.after <= touch.at", "expectation.after < touch.at"),
    defect("after holds for cancel too", "expectations", "or touch.at > expectation.by:", "or touch.at > expectation.by or touch.at < expectation.after:"),
    defect("match holds for the missing", "expectations", "are_equal(read_field(view.book, touch, mine)", "(lambda a, b: a == b)(read_field(view.book, touch, mine)"),
    defect("match is the wrong way round", "expectations", "for mine, theirs in", "for theirs, mine in"),
    defect("a trigger without key is met by others without", "expectations", "if key is None or key_of", "if key_of"),
    defect("a deadline before the trigger counts", "expectations", "or by < trigger.at", ""),
    defect("a deadline at the trigger does not count", "expectations", "or by < trigger.at", "or by <= trigger.at"),
    defect("a broken expectation asserts before its instant", "evaluator", "(one.by, 1, one", "(one.by, -1, one"),
    defect("broken at one instant assert in any order", "evaluator", "(one.by, 1, one.trigger.index)", "(one.by, 1, -one.trigger.index)"),
    defect("meeting asserts for the rule's asserts", "evaluator", '[expectation.rule["met_asserts"]]', '[expectation.rule.get("asserts", expectation.rule["met_asserts"])]'),
    defect("a broken expectation asserts met_asserts", "evaluator", 'facts[one.rule["asserts"]]', 'facts[one.rule.get("met_asserts", one.rule["asserts"])]'),
    defect("a rule with expect asserts at its trigger", "evaluator", "if expectation else []\n        return []", 'if expectation else []\n        return [rule["asserts"]] if "asserts" in rule else []'),
    defect("an expectation is broken a moment late", "evaluator", "one.by <= now", "one.by < now"),
    defect("a rule that does not report is not found", "evaluator", 'rule.get("enabled", True)', 'rule.get("enabled", True) and rule.get("report", True)'),
    defect("a disabled rule is found", "evaluator", 'rule.get("enabled", True)', "True"),
    defect("effective ends late", "evaluator", "touch.at < times", "touch.at <= times"),
    defect("effective starts late", "evaluator", 'times.get("from", touch.at) <= touch.at', 'times.get("from", touch.at - 1) < touch.at'),
    defect("effective is in UTC", "evaluator", "read_instant(text, run.timezone)", 'read_instant(text, ZoneInfo("UTC"))'),
    defect("applies_to is left out", "evaluator", 'accepts(past.view, book.content["applies_to"], touch)', "True"),
    defect("given needs one of its facts", "evaluator", 'and all(past.fact_holds(name, touch) for name in listed(rule.get("given", [])))', 'and any(past.fact_holds(name, touch) for name in listed(rule.get("given", [])) or [1] if name == 1 or True) if "given" in rule else True'),
    defect("unless needs all of its facts", "evaluator", "and not any(past.fact_holds(name, touch) for name in listed(rule.get(\"unless\", [])))", "and (\"unless\" not in rule or not all(past.fact_holds(name, touch) for name in listed(rule[\"unless\"])))"),
    defect("the signals of a fact are those of the last rulebook", "evaluator", "facts.setdefault(name, Fact(name=name, book=book, content=content))", "facts[name] = Fact(name=name, book=book, content=content)"),
    defect("findings come by rule", "evaluator", 'row["at"], row["touch_id"], row["rule"]', 'row["at"], row["rule"], row["touch_id"]'),
    defect("expectations come by rule", "evaluator", 'one.trigger.index, one.rule["id"]', 'one.rule["id"], one.trigger.index'),
    defect("ties are left as they came", "touches", '(row["at"], row["touch_id"])', 'row["at"]'),
    defect("as_of is left out", "touches", 'row["at"] <= as_of', "True"),
    defect("the touch's zone is left out", "touches", 'fields.get("timezone", timezone)', "timezone"),
    defect("a key of a touch is its first field", "touches", "for name in names)\n    return", "for name in names[:1])\n    return"),
    defect("a week starts on Sunday", "localtime", "timedelta(days=today.weekday())", "timedelta(days=(today.weekday() + 1) % 7)"),
    defect("a quarter is a month", "localtime", "month=(today.month - 1) // 3 * 3 + 1, day=1", "day=1"),
    defect("a day starts in UTC", "localtime", "return instant_of(datetime(day.year, day.month, day.day), zone)", "return instant_of(datetime(day.year, day.month, day.day), UTC)"),
    defect("of two midnights the second counts", "localtime", "fold=0", "fold=1"),
    defect("holidays are business days", "deadlines", "and day.isoformat() not in holidays", ""),
    defect("business hours are nine to five", "deadlines", 'content.get("business_hours", ["09:00", "17:00"])', '["09:00", "17:00"]'),
    defect("running out at closing goes on", "deadlines", "left <= closes - start", "left < closes - start"),
    defect("the weekend has business days", "deadlines", "day.weekday() < 5", "day.weekday() < 6"),
    defect("minus is plus", "deadlines", "start - length", "start + length"),
    defect("settings are left out", "parameters", "settings.get(f\"{content['rulebook']}.{name}\", written[\"default\"])", 'written["default"]'),
    defect("phrases are not spliced", "parameters", "filled.extend(value)", 'filled.append("")'),
    defect("a time of day is in minutes", "parameters", "/ 60", "/ 1"),
    defect("phrases find the shortest first", "signals", "reverse=True", "reverse=False"),
    defect("phrases stand inside words", "signals", "and stands_alone(text, start, start + len(phrase))", ""),
    defect("phrases overlap", "signals", "start += length or 1", "start += 1"),
    defect("white space stays", "signals", 're.sub(r"\\s+", " ", lower_text(text).translate(QUOTES)).strip(" ")', "lower_text(text).translate(QUOTES)"),
    defect("white space is that of ASCII", "signals", 're.sub(r"\\s+", " ",', 're.sub(r"(?a:\\s)+", " ",'),
    defect("quotes stay", "signals", "lower_text(text).translate(QUOTES)", "lower_text(text)"),
    defect("first counts after folding", "signals", 'text = text[: signal["first"]] if "first" in signal else text', 'text = fold(text)[: signal["first"]] if "first" in signal and "phrases" in signal else text[: signal.get("first", 999)]'),
    defect("first is left out", "signals", 'text[: signal["first"]]', "text"),
    defect("first names are left out", "signals", 'if name == "contact_name":', "if False:"),
    defect("field is left out", "signals", 'signal.get("field", "text")', '"text"'),
    defect("words end at apostrophes", "signals", "is_part = character in \"'’\" or", "is_part ="),
    defect("short numbers count", "signals", "if len(national) >= 10 else None", "if len(national) >= 6 else None"),
    defect("gaps print as numbers", "messages", 'is_gap = "gap" in', 'is_gap = "no gap" in'),
    defect("three decimals print", "messages", '".2f"', '".3f"'),
    defect("minus nought prints", "messages", '"0" if text == "-0" else text', "text"),
    defect("times print in UTC", "messages", "local_time(value, touch.zone)", '__import__("datetime").datetime.fromtimestamp(value / 1e6, __import__("datetime").UTC)'),
    defect("a title is a template", "messages", 'rule["title"] if say is None', 'fill_template(rule["title"], book, rule, touch, value) if say is None'),
)  # fmt: skip


def defective_engine(one: Defect, folder: Path) -> Engine:
    """The plain evaluator with that defect, as an engine; the copy is written into the folder."""
    name = f"defective_{DEFECTS.index(one)}"
    package = folder / name
    package.mkdir()
    for path in SOURCE.glob("*.py"):
        if path.name.startswith("test_"):
            continue
        text = path.read_text()
        if path.stem == one.file:
            assert one.old in text, f"{one.told}: {one.old!r} does not stand in {path.name}"
            text = text.replace(one.old, one.new)
        (package / path.name).write_text(text.replace("tests.reference", name))
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        replay = importlib.import_module(f"{name}.evaluator").replay
    finally:
        sys.path.remove(str(folder))

    def run(
        texts: list[str],
        touches: list[dict[str, Any]],
        timezone: str,
        as_of: int | None,
        settings: dict[str, Any],
    ) -> Tables:
        tables: Tables = replay([json.loads(text) for text in texts], touches, timezone, as_of, settings)
        return tables

    return run
