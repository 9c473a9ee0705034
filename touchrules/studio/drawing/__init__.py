"""The studio's own drawn widgets: lists, a table, weeks, a curve, a timeline, controls and texts."""

from touchrules.studio.drawing.choices import Choices
from touchrules.studio.drawing.control import Control
from touchrules.studio.drawing.curve import Curve
from touchrules.studio.drawing.phraselist import PhraseList
from touchrules.studio.drawing.rulelist import RuleList
from touchrules.studio.drawing.table import Table
from touchrules.studio.drawing.timeline import Timeline
from touchrules.studio.drawing.weekbars import WeekBars
from touchrules.studio.drawing.yamltext import YamlText

__all__ = [
    "Choices",
    "Control",
    "Curve",
    "PhraseList",
    "RuleList",
    "Table",
    "Timeline",
    "WeekBars",
    "YamlText",
]
