"""Passes: what of a plan can be worked out from the touches of one key alone, and in which order.

Touches that do not fit into memory are decided part by part, each part with all touches of its contacts, or
of its accounts, or of whatever the key is. A pass goes once through the parts of one key; what later passes
need of it is handed on, as a yes or no or as a number for each touch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from touchrules.engines.columnar.builder import HOME
from touchrules.engines.columnar.graph import Graph, Node
from touchrules.engines.columnar.work import Wanted

CONTACT: Final = HOME[0]
EVERYONE: Final = ""
"""The key of passes that need all touches at once: of loops that go through several keys."""

_PREFERRED: Final = (CONTACT, "account_id", "rep_id")
_STRUCTURES: Final = frozenset(
    ("order", "lane", "see", "sums", "asserted", "assertions", "retracted", "timeline", "loop")
)
"""What is made of the order of a key: each pass that needs it makes it anew."""
_ANYWHERE: Final = frozenset(
    ("column", "by value", "moment", "open", "waiting", "calendar", "rows", "effective", "how many")
) | {"no touch", "every touch"}
"""What is soon made of the touches of a part themselves: it is never handed on."""
_ENDS: Final = frozenset(("settle", "periods"))
"""What is made of the order of a key and is never handed on either."""

Place = tuple[int, str]
"""A round and a key. The passes of one round need nothing of each other, only of earlier rounds."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pass:
    """One way through the parts of a key.

    `wanted`: what the plan comes to that is worked out here. `hands_on`: the nodes whose values later passes
    need. `takes`: the nodes whose values come from earlier passes. `columns`: the nodes of columns it reads.
    """

    key: str
    wanted: Mapping[Wanted, int]
    hands_on: Collection[int]
    takes: Collection[int]
    columns: Collection[int]


@dataclass(slots=True)
class _Draft:
    wanted: dict[Wanted, int] = field(default_factory=dict)
    hands_on: set[int] = field(default_factory=set)
    takes: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)


def plan_passes(graph: Graph, wanted: Mapping[Wanted, int]) -> list[Pass]:
    """Return the passes that work out what a plan comes to, in their order."""
    places = _Places(graph)
    drafts: dict[Place, _Draft] = {}
    for bundle in _bundles(wanted):
        drafts.setdefault(places.find(bundle.values()), _Draft()).wanted.update(bundle)
    done: dict[Place, _Draft] = {}
    while drafts:
        place = max(drafts)  # those that hand something on to it are of earlier rounds
        done[place] = drafts.pop(place)
        for taken in _read(done[place], place, places):
            drafts.setdefault(places.of[taken], _Draft()).hands_on.add(taken)
    return [
        Pass(
            key=place[1],
            wanted=draft.wanted,
            hands_on=sorted(draft.hands_on),
            takes=sorted(draft.takes),
            columns=sorted(draft.columns),
        )
        for place, draft in sorted(done.items())
    ]


def _bundles(wanted: Mapping[Wanted, int]) -> Iterable[dict[Wanted, int]]:
    """Return what is wanted; what is told of the findings of one rule stands together."""
    bundles: dict[Wanted, dict[Wanted, int]] = {}
    for one, number in wanted.items():
        sort, name = one
        bundle = one if sort in {"looked", "fact"} else ("found", name)
        bundles.setdefault(bundle, {})[one] = number
    return bundles.values()


def _read(draft: _Draft, place: Place, places: _Places) -> set[int]:
    """Note what a pass reads, and return what it takes from others."""
    waiting = [*draft.wanted.values(), *draft.hands_on]
    reached: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number in reached:
            continue
        reached.add(number)
        node = places.graph.nodes[number]
        if places.of.get(number, place) == place or places.operation(node) in _ENDS:
            waiting += node.inputs
            if node.operation == "column":
                draft.columns.add(number)
        else:
            draft.takes.add(number)
            along = aligned_with(places.graph, number)
            waiting += [] if along is None else [along]
    return draft.takes


class _Places:
    """Where each node of a graph is worked out; `of` lacks those that are made wherever they are needed."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.of: dict[int, Place] = {}
        self._keys: dict[int, str] = {}
        self._sources: list[frozenset[int]] = []
        for number, node in enumerate(graph.nodes):
            sources = frozenset[int]().union(*(self._placed(one) for one in node.inputs))
            self._sources.append(sources)
            key = self._find_key(node)
            if key is not None:
                self._keys[number] = key
            anywhere = node.operation in _ANYWHERE or self.operation(node) in _STRUCTURES
            if not node.guesses and not anywhere:
                self.of[number] = self._find_place(sources, key)

    def find(self, numbers: Iterable[int]) -> Place:
        """Return where nodes that belong together are worked out."""
        numbers = list(numbers)
        keys = {self._keys[one] for one in numbers if self.operation(self.graph.nodes[one]) in _ENDS}
        key = keys.pop() if keys else CONTACT
        return self._round(frozenset[int]().union(*map(self._placed, numbers)), key), key

    def operation(self, node: Node) -> str:
        """Return the operation of a node; of the result of a loop that of the node whose value it is."""
        return self.graph.nodes[node.body[0]].operation if node.operation == "of the loop" else node.operation

    def _placed(self, number: int) -> frozenset[int]:
        return frozenset((number,)) if number in self.of else self._sources[number]

    def _find_place(self, sources: frozenset[int], key: str | None) -> Place:
        places = {self.of[one] for one in sources}
        if key is None and len(places) == 1:
            return places.pop()
        by = CONTACT if key is None else key
        return self._round(sources, by), by

    def _round(self, sources: Iterable[int], key: str) -> int:
        return max((self.of[one][0] + (self.of[one][1] != key) for one in sources), default=0)

    def _find_key(self, node: Node) -> str | None:
        """Return the key in whose order a node is made; None: it is made of the touches themselves."""
        if node.operation == "order":
            return _pass_key(node.of)
        made_of = [one for one in node.inputs if self._is_structure(one)] + list(node.body)
        keys = {self._keys[one] for one in made_of if one in self._keys}
        return None if not keys else keys.pop() if len(keys) == 1 else EVERYONE

    def _is_structure(self, number: int) -> bool:
        node = self.graph.nodes[number]
        return bool(node.guesses) or self.operation(node) in _STRUCTURES


def _pass_key(key: object) -> str:
    """Return the field by which touches are parted so that those of one key stay together."""
    if not isinstance(key, tuple):
        msg = f"{key!r} is no key"
        raise TypeError(msg)
    return next((one for one in _PREFERRED if one in key), str(key[0]))


def aligned_with(graph: Graph, number: int) -> int | None:
    """Return the node of the touches for each of which a node has a value; None: it tells of all touches."""
    node = graph.nodes[number]
    match node.operation:
        case "of the loop":
            return _result_of(graph, node, aligned_with(graph, node.body[0]))
        case "count" | "distinct" | "share" | "sum" | "average":
            return graph.nodes[node.inputs[0]].inputs[1]
        case "seen" if graph.nodes[node.inputs[0]].operation == "see":
            return graph.nodes[node.inputs[0]].inputs[1]
        case "gap" | "last" | "values":
            return node.inputs[2]
        case "compare" | "is not so" | "either":
            return aligned_with(graph, node.inputs[0])
        case "look up" | "due":
            return node.inputs[1]
        case _:
            return None


def _result_of(graph: Graph, node: Node, one: int | None) -> int | None:
    """Return the result that a loop has for another node that goes round in it, or that node itself."""
    if one is None or not graph.nodes[one].guesses:
        return one
    return graph.add_result(node.inputs[0], one)
