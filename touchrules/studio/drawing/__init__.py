"""The studio's own drawn widgets: rules, a table, weeks, a curve, a timeline, groups, examples, choices."""

from touchrules.studio.drawing.choices import Choices
from touchrules.studio.drawing.curve import Curve
from touchrules.studio.drawing.examples import Examples
from touchrules.studio.drawing.groups import Groups
from touchrules.studio.drawing.rulelist import RuleList
from touchrules.studio.drawing.table import Table
from touchrules.studio.drawing.timeline import Timeline
from touchrules.studio.drawing.weekbars import WeekBars

__all__ = ["Choices", "Curve", "Examples", "Groups", "RuleList", "Table", "Timeline", "WeekBars"]
