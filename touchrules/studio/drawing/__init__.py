"""The studio's own drawn widgets: a list of rules, a table, weeks, a curve and a timeline."""

from touchrules.studio.drawing.curve import Curve
from touchrules.studio.drawing.rulelist import RuleList
from touchrules.studio.drawing.table import Table
from touchrules.studio.drawing.timeline import Timeline
from touchrules.studio.drawing.weekbars import WeekBars

__all__ = ["Curve", "RuleList", "Table", "Timeline", "WeekBars"]
