"""The studio's own drawn widgets: rules, tables, curves, timelines, examples, controls, choices, texts."""

from touchrules.studio.drawing.choices import Choices
from touchrules.studio.drawing.control import Control
from touchrules.studio.drawing.copied import Copied
from touchrules.studio.drawing.curve import Curve
from touchrules.studio.drawing.examples import Examples
from touchrules.studio.drawing.groups import Groups
from touchrules.studio.drawing.phraselist import PhraseList
from touchrules.studio.drawing.rulelist import RuleList
from touchrules.studio.drawing.several import Several
from touchrules.studio.drawing.table import Table
from touchrules.studio.drawing.timeline import Timeline
from touchrules.studio.drawing.weekbars import WeekBars
from touchrules.studio.drawing.yamltext import YamlText

__all__ = [
    "Choices",
    "Control",
    "Copied",
    "Curve",
    "Examples",
    "Groups",
    "PhraseList",
    "RuleList",
    "Several",
    "Table",
    "Timeline",
    "WeekBars",
    "YamlText",
]
