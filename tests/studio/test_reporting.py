"""What a studio in a real kernel tells over its line, and that it tells nothing where nobody asked."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from jupyter_client.manager import KernelManager

from tests.studio.conftest import touches
from touchrules.studio.reporting import TARGET
from touchrules.studio.standing import Standing, write_standing

SECONDS = 60
WORKED = """\
import asyncio
from touchrules.studio.app import _OPEN
while not _OPEN[{file!r}]._rules.list.items:
    await asyncio.sleep(0.05)
"""
SHOW = "from touchrules.studio import open_studio; open_studio({file!r}{more})"


class Kernel:
    """A kernel with one client, who reads all that it says."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._manager = KernelManager(kernel_name="python3")
        self._manager.start_kernel(cwd=str(folder), env=environment)
        self.client = self._manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=SECONDS)

    def run(self, code: str) -> list[dict[str, Any]]:
        """Run code, and give all that is said until it has ended."""
        asked = self.client.execute(code)
        said = []
        while True:
            message = self.client.get_iopub_msg(timeout=SECONDS)
            said.append(message)
            if (
                message["msg_type"] == "status"
                and message["content"]["execution_state"] == "idle"
                and message["parent_header"].get("msg_id") == asked
            ):
                return said

    def send(self, kind: str, data: dict[str, Any]) -> None:
        """Send a message of the line."""
        content = {"comm_id": TARGET, "target_name": TARGET, "data": data}
        self.client.shell_channel.send(self.client.session.msg(kind, content))

    def hear(self, kind: str) -> dict[str, Any]:
        """The next report of a kind."""
        while True:
            message = self.client.get_iopub_msg(timeout=SECONDS)
            content = message["content"]
            is_told = message["msg_type"] == "comm_msg" and content["comm_id"] == TARGET
            if is_told and content["data"]["kind"] == kind:
                return dict(content["data"])

    def stop(self) -> None:
        self.client.stop_channels()
        self._manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(file: Path, tmp_path: Path) -> Iterator[Kernel]:
    table = touches().table.drop_columns(["local_hour", "weekday", "local_date"])
    pq.write_table(table, tmp_path / "touches.parquet")
    environment = {**os.environ, "TOUCHRULES_TOUCHES": str(tmp_path / "touches.parquet")}
    kernel = Kernel(tmp_path, environment)
    yield kernel
    kernel.stop()


def show(file: Path, more: str = "") -> str:
    return SHOW.format(file=file.name, more=more)


def test_a_studio_in_a_cell_tells_nobody_and_complains_of_nothing(kernel: Kernel, file: Path) -> None:
    said = kernel.run(show(file)) + kernel.run(WORKED.format(file=file.name))
    assert [one["content"] for one in said if one["msg_type"] in {"stream", "error"}] == []
    opened = {one["content"]["target_name"] for one in said if one["msg_type"] == "comm_open"}
    assert opened == {"jupyter.widget"}


def test_who_opens_the_line_hears_what_stands_and_what_the_rules_find(kernel: Kernel, file: Path) -> None:
    kernel.run(show(file))
    kernel.send("comm_open", {"path": file.name})
    rules = kernel.hear("findings")["rules"]
    assert [(rule["id"], rule["found"], rule["file"]) for rule in rules] == [
        ("too-many-calls", 4, file.name),
        ("idle-opener", 1, file.name),
        ("answer", 1, file.name),
    ]


def test_who_opens_the_line_later_hears_all_that_was_told(kernel: Kernel, file: Path) -> None:
    kernel.run(show(file))
    kernel.send("comm_open", {"path": file.name})
    kernel.hear("findings")
    kernel.send("comm_open", {"path": file.name})
    assert kernel.hear("standing")["standing"]["rule"] == "too-many-calls"
    assert kernel.hear("findings")["rules"]


def test_a_rule_that_the_tab_asks_for_is_chosen(kernel: Kernel, file: Path) -> None:
    kernel.run(show(file))
    kernel.send("comm_open", {"path": file.name})
    kernel.hear("findings")
    kernel.send("comm_msg", {"kind": "choose", "rule": "answer"})
    assert kernel.hear("standing")["standing"]["rule"] == "answer"


def test_what_stood_stands_again_in_a_fresh_kernel(kernel: Kernel, file: Path) -> None:
    standing = write_standing(Standing(rule="answer", settings={"manners.cap": 3}))
    kernel.run(show(file, f", standing={json.dumps(standing)!r}"))
    kernel.send("comm_open", {"path": file.name})
    told = kernel.hear("standing")
    assert told["unsaved"]
    assert told["standing"] == json.loads(json.dumps(standing))
