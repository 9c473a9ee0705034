"""Runs the tests that stand beside rulebooks (language.md, section 11)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from touchrules.engines.columnar.engine import run_columnar
from touchrules.engines.columns import ID, Touch
from touchrules.engines.durable.engine import Engine, Found
from touchrules.engines.durable.supervisor import Worker, WorkerDied
from touchrules.engines.durable.worker import Finish, Forget, Record, Start
from touchrules.engines.plan import Plan, make_plan
from touchrules.engines.prepare import prepare_columns, touches_of
from touchrules.engines.split import narrow_plan
from touchrules.errors import EngineError, Problem, TouchrulesError
from touchrules.language.fits import check_types, declared_types, stream_types
from touchrules.language.load import Paths, make_rulebooks, read_sources
from touchrules.language.proof import with_excerpts
from touchrules.language.testfiles import RulebookTest, load_tests
from touchrules.model.rules import Rulebook
from touchrules.model.touches import DERIVED_FIELDS, TOUCH_FIELDS, FieldType
from touchrules.replay.run import EngineName, Progress
from touchrules.streams.instants import read_instant, why_no_instant
from touchrules.streams.records import read_records
from touchrules.streams.stream import Stream

ENGINES: Final[tuple[EngineName, ...]] = ("columnar", "durable")
"""The engines that run tests, unless one of them is chosen."""

_Positions = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of one test. `reason`: why it could not be run, else empty.

    `by_engine`: the positions, from 1, of the touches that the rule found, by the engine that ran the test.
    """

    test: RulebookTest
    by_engine: Mapping[EngineName, _Positions] = field(default_factory=dict)
    reason: str = ""

    @property
    def expected(self) -> tuple[int, ...]:
        """The positions of the touches that the rule should find."""
        return self.test.finds

    @property
    def wrong(self) -> tuple[EngineName, ...]:
        """The engines with which the rule found other touches than it should."""
        return tuple(engine for engine, found in self.by_engine.items() if found != self.expected)

    @property
    def found(self) -> tuple[int, ...]:
        """The positions of the touches that the rule found; where engines differ, by the first wrong one."""
        wrong = self.wrong
        return self.by_engine[wrong[0]] if wrong else () if self.reason else self.expected

    @property
    def passed(self) -> bool:
        """Whether the rule found these touches and no others, with every engine."""
        return not self.reason and not self.wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of all tests, in the order of their files. `untested`: (rulebook, rule) without a test."""

    verdicts: tuple[Verdict, ...]
    untested: tuple[tuple[str, str], ...]

    @property
    def failures(self) -> tuple[Verdict, ...]:
        """The tests that did not pass."""
        return tuple(verdict for verdict in self.verdicts if not verdict.passed)


def run_tests(
    paths: Paths, *, engines: Sequence[EngineName] = ENGINES, progress: Progress | None = None
) -> Trial:
    """Run the tests that stand beside rulebooks, all rulebooks loaded together, with each of some engines.

    A test that cannot be run, because its touches do not fit or a parameter makes a rulebook wrong, has
    failed. Raises ArgumentError and RulebookError as `load_rulebooks` and `load_tests` do, EngineError.

    >>> run_tests(["rulebooks"]).failures
    ()
    """
    sources = read_sources(paths)
    rulebooks = make_rulebooks(sources)
    tests = load_tests(paths, rulebooks)
    tested = {(test.rulebook, test.rule) for test in tests}
    rules = [(book.name, rule.id) for book in rulebooks for rule in book.rules]

    def make(settings: Mapping[str, object]) -> tuple[Rulebook, ...]:
        return make_rulebooks(sources, settings)

    return Trial(
        verdicts=judge_tests(tests, make, engines=engines, progress=progress),
        untested=tuple(rule for rule in rules if rule not in tested),
    )


def judge_tests(
    tests: Sequence[RulebookTest],
    make: Callable[[Mapping[str, object]], Sequence[Rulebook]],
    *,
    engines: Sequence[EngineName] = ENGINES,
    progress: Progress | None = None,
) -> tuple[Verdict, ...]:
    """Return the verdict on each test, in their order; `make` gives the rulebooks with settings applied."""
    desk = _Desk(make)
    verdicts: dict[int, Verdict] = {}
    batches: dict[str, list[_Case]] = {}
    for number, test in enumerate(tests):
        try:
            case = desk.prepare(number, test)
        except TouchrulesError as error:
            verdicts[number] = Verdict(test=test, reason=str(error))
        else:
            batches.setdefault(case.plan, []).append(case)
    for case, found in _run(batches, desk.plans, engines):
        verdicts[case.number] = Verdict(test=case.test, by_engine=found)
        if progress is not None:
            progress("Running tests", len(verdicts), len(tests))
    return tuple(verdicts[number] for number in range(len(tests)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A test that can be run: the touches that it looks at, when it does, and the plan that it shares."""

    number: int
    test: RulebookTest
    stream: Stream
    as_of: int
    plan: str


class _Desk:
    """Where tests are made ready; rulebooks and plans are made once for all tests that share them."""

    def __init__(self, make: Callable[[Mapping[str, object]], Sequence[Rulebook]]) -> None:
        self._make = make
        self._drafts: dict[str, Sequence[Rulebook] | TouchrulesError] = {}
        self._misfits: dict[str, tuple[Problem, ...]] = {}
        self._wholes: dict[str, Plan] = {}
        self.plans: dict[str, Plan] = {}

    def prepare(self, number: int, test: RulebookTest) -> _Case:
        """Read the touches of a test, check that its rulebooks fit them, and see to its plan.

        The plan takes all fields of the language and all declared ones as there: those that are missing
        on all touches give the same either way, and tests that lack different fields can share a plan. It
        holds the tested rule and what it builds on.
        """
        rulebooks = self._rulebooks(test.settings)
        declared = declared_types(rulebooks)
        stream = read_records(test.touches, declared=declared, name=f"test {test.name}")
        known = {*TOUCH_FIELDS, *DERIVED_FIELDS, *declared}
        further = {name: kind for name, kind in stream.types.items() if name not in known}
        if misfits := self._check(test, rulebooks, further):
            raise TouchrulesError(misfits)
        types: dict[str, FieldType | None] = {**stream.types, **declared, **TOUCH_FIELDS, **DERIVED_FIELDS}
        whole = json.dumps([test.settings, types], sort_keys=True)
        if whole not in self._wholes:
            self._wholes[whole] = make_plan(rulebooks, types)
        plan = f"{test.rule} {whole}"
        if plan not in self.plans:
            self.plans[plan] = narrow_plan(self._wholes[whole], [test.rule])
        stream, as_of = _until(test, stream)
        return _Case(number=number, test=test, stream=stream, as_of=as_of, plan=plan)

    def _rulebooks(self, settings: Mapping[str, object]) -> Sequence[Rulebook]:
        key = json.dumps(settings, sort_keys=True)
        if key not in self._drafts:
            try:
                self._drafts[key] = self._make(settings)
            except TouchrulesError as error:
                self._drafts[key] = error
        draft = self._drafts[key]
        if isinstance(draft, TouchrulesError):
            raise draft
        return draft

    def _check(
        self, test: RulebookTest, rulebooks: Sequence[Rulebook], further: Mapping[str, FieldType | None]
    ) -> tuple[Problem, ...]:
        """Check the fields whose types only the touches tell; all others fitted when they were loaded."""
        if not further:
            return ()
        key = json.dumps([test.settings, further], sort_keys=True)
        if key not in self._misfits:
            self._misfits[key] = with_excerpts(check_types(rulebooks, stream_types(rulebooks, further)))
        return self._misfits[key]


def _until(test: RulebookTest, stream: Stream) -> tuple[Stream, int]:
    """Return the touches that a test looks at, and the instant at which it looks at them."""
    if test.as_of is None:
        return stream, stream.column("at")[-1] if len(stream) else 0
    as_of = read_instant(test.as_of, "UTC")
    if as_of is None:
        message = f"`as_of` {test.as_of} {why_no_instant(test.as_of)}."
        raise TouchrulesError(Problem(message=message, place=test.place))
    return stream.until(as_of), as_of


def _run(
    batches: Mapping[str, Sequence[_Case]], plans: Mapping[str, Plan], engines: Sequence[EngineName]
) -> Iterator[tuple[_Case, Mapping[EngineName, _Positions]]]:
    """Yield each case with the positions that its rule finds, by engine, plan after plan."""
    bench = _Bench()
    try:
        for name, cases in batches.items():
            plan = plans[name]
            touches = _touches(cases, plan) if "durable" in engines else [[]] * len(cases)
            for case, its_touches in zip(cases, touches, strict=True):
                rows = {
                    engine: _run_columnar(plan, case)
                    if engine == "columnar"
                    else bench.rows(plan, case, its_touches)
                    for engine in engines
                }
                yield case, {engine: _positions(case, found) for engine, found in rows.items()}
    finally:
        bench.close()


def _run_columnar(plan: Plan, case: _Case) -> Iterable[int]:
    """Return the rows of a case that the columnar engine finds."""
    found = run_columnar(plan, case.stream, case.as_of).findings.get(case.test.rule)
    return () if found is None else found.rows.tolist()


def _touches(cases: Sequence[_Case], plan: Plan) -> Iterator[list[Touch]]:
    """Yield the touches of each case, their columns made for all at once; `ID` is the row in its case."""
    tables = [case.stream.table for case in cases]
    together = Stream(table=pa.concat_tables(tables, promote_options="default"))
    columns = prepare_columns(plan, Engine(plan).columns, together)
    start = 0
    for case in cases:
        stop = start + len(case.stream)
        touches = touches_of(together, columns, start, stop)
        for row, touch in enumerate(touches):
            touch[ID] = row
        yield touches
        start = stop


def _positions(case: _Case, rows: Iterable[int]) -> _Positions:
    """Return where some touches of a case stand in its test, from 1."""
    names = case.stream.column("touch_id")
    positions = {touch["touch_id"]: position for position, touch in enumerate(case.test.touches, 1)}
    return tuple(sorted({positions[names[row]] for row in rows}))


class _Bench:
    """One worker of the durable engine for all tests; a plan is loaded once for all that share it."""

    def __init__(self) -> None:
        self._worker: Worker | None = None
        self._plan: Plan | None = None

    def rows(self, plan: Plan, case: _Case, touches: list[Touch]) -> list[int]:
        """Return the rows of a case that are found; where the worker dies, another tries once more."""
        if not touches:
            return []
        for _attempt in ("first", "second"):
            try:
                found = self._ask(plan, touches, case.as_of)
                return [one.touch for one in found if one.rule == case.test.rule]
            except WorkerDied:
                self.close()
        message = f"durable_rules crashed twice in test {case.test.name} of {case.test.rule}."
        raise EngineError(Problem(message=message, remedy="Please report this.", place=case.test.place))

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close()
        self._worker = self._plan = None

    def _ask(self, plan: Plan, touches: list[Touch], as_of: int) -> list[Found]:
        self._worker = worker = self._worker or Worker()
        worker.ask(Forget() if plan is self._plan else Start(plan=plan))
        self._plan = plan
        told = worker.ask(Record(touches=touches)).results.findings
        return [*told, *worker.ask(Finish(as_of=as_of)).results.findings]
