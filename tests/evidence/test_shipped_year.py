"""The shipped rulebooks are healthy on the shipped year, and each reason in health.yaml is needed."""

from __future__ import annotations

from pathlib import Path

from touchrules.evidence.excuses import load_excuses
from touchrules.evidence.health import Checkup, check_health
from touchrules.evidence.turning import Turning
from touchrules.language.fits import declared_types
from touchrules.language.load import RulebookTexts, read_sources
from touchrules.streams.demo.shipped import SHIPPED
from touchrules.streams.reader import read_touches

RULEBOOKS = [Path(__file__).parents[2] / "rulebooks"]


def test_every_mark_on_the_shipped_year_has_a_reason_and_every_reason_its_mark() -> None:
    """With all parameters turned, which takes a minute."""
    texts = RulebookTexts(read_sources(RULEBOOKS))
    rulebooks = texts.make()
    health = check_health(
        Checkup(
            turning=Turning(texts=texts, settings={}, rulebooks=rulebooks),
            stream=read_touches(SHIPPED, declared=declared_types(rulebooks)).stream,
            excuses=load_excuses(RULEBOOKS, rulebooks),
        )
    )
    assert [(one.mark, one.subject, one.of, one.says) for one in health.failures] == []
    assert [(one.mark, one.subject, one.of) for one in health.unneeded] == []
    assert health.parameters is not None
    assert health.parameters > 250
