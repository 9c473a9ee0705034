"""The addresses at which JupyterLab's server answers about rulebooks."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from collections.abc import Sequence
from typing import Any, Final

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import ensure_async, url_path_join
from tornado.web import HTTPError, authenticated

from touchrules.language.load import ENDING
from touchrules.language.schema import json_schema
from touchrules.language.source import MOST_BYTES
from touchrules.server.checking import check_text

_ENDINGS: Final = (ENDING, ENDING.replace("yaml", "yml"))
_MOST_BODY: Final = 2 * MOST_BYTES  # a text grows when it is written as JSON
_TOO_MUCH: Final = b" " * (MOST_BYTES + 1)  # what is taken for a file that is too big to be read
_CONTENTS: Final = "contents"


def routes(base_url: str) -> list[tuple[str, type[APIHandler]]]:
    """Return each address with what answers there."""
    answers: dict[str, type[APIHandler]] = {"check": CheckHandler, "schema": SchemaHandler}
    return [(url_path_join(base_url, "touchrules", "api", name), one) for name, one in answers.items()]


class SchemaHandler(APIHandler):
    """Tells what an editor must know to complete rulebooks: their JSON Schema."""

    @authenticated
    @authorized("read", resource=_CONTENTS)  # type: ignore[untyped-decorator]
    async def get(self) -> None:
        """Answer with the JSON Schema."""
        self.finish(json.dumps(json_schema()))


class CheckHandler(APIHandler):
    """Tells every mistake of a rulebook, as it is written or as it lies in its folder."""

    @authenticated
    @authorized("read", resource=_CONTENTS)  # type: ignore[untyped-decorator]
    async def post(self) -> None:
        """Answer with the problems and the rules of `path`, whose text is `text` if that is given."""
        path, text = self._asked()
        beside = {name: await self._read(name) for name in await self._files_beside(path) if name != path}
        given = await self._read(path) if text is None else text
        self.finish(json.dumps(await asyncio.to_thread(check_text, given, path, beside)))

    def _asked(self) -> tuple[str, str | None]:
        if len(self.request.body) > _MOST_BODY:
            raise HTTPError(413, f"A rulebook has at most {MOST_BYTES:,} bytes.")
        body = self.get_json_body()
        path, text = (body.get("path"), body.get("text")) if isinstance(body, dict) else (None, None)
        if not isinstance(path, str) or not isinstance(text, str | None):
            raise HTTPError(400, "Send the `path` of a rulebook, and its `text` if it is not saved.")
        if not path.endswith(_ENDINGS):
            raise HTTPError(400, f"Rulebooks are files called NAME{ENDING}.")
        path = path.strip("/")
        if {"", ".", ".."} & set(path.split("/")):
            raise HTTPError(400, "Name the path as it is from the folder of the server, without `..`.")
        return path, text

    async def _files_beside(self, path: str) -> Sequence[str]:
        """Return the rulebooks of its folder; the contents of the server refuse what lies outside."""
        folder = await self._contents(path.rpartition("/")[0], type="directory")
        found = [one["path"].strip("/") for one in folder["content"] if one["type"] != "directory"]
        return sorted(name for name in found if name.endswith(ENDING))

    async def _read(self, path: str) -> bytes:
        size = (await self._contents(path, content=False, type="file"))["size"]
        if size is not None and size > MOST_BYTES:
            return _TOO_MUCH
        return b64decode((await self._contents(path, type="file", format="base64"))["content"])

    async def _contents(self, path: str, *, content: bool = True, **wanted: str) -> dict[str, Any]:
        model: dict[str, Any] = await ensure_async(
            self.contents_manager.get(path, content=content, **wanted)  # type: ignore[no-untyped-call]
        )
        return model
