"""A real JupyterLab server for one test run, with nothing of the user's in it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SERVER_CONFIG = "jupyter_server_config.d"
START_SECONDS = 180
ANSWER_SECONDS = 60
GONE = (404, 410)
HOMES = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
    "TOUCHRULES_CACHE": "kept",
    "TOUCHRULES_KEYS": "keys",
}
NO_NEWS = '{"fetchNews": "false", "checkForUpdates": false}'


def environment(home: Path) -> dict[str, str]:
    """The environment of a server whose settings all lie in `home`."""
    news = home / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    news.parent.mkdir(parents=True)
    news.write_text(NO_NEWS)
    shipped = ROOT / "touchrules" / "shipped" / "lab" / SERVER_CONFIG
    shutil.copytree(shipped, home / "config" / SERVER_CONFIG)  # as an installed wheel has it
    folders = {name: str(home / folder) for name, folder in HOMES.items()}
    python_path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    programs = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    return {**os.environ, **folders, "PYTHONPATH": python_path, "PATH": programs}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def extensions(home: Path) -> Path:
    """A folder with the labextension of the working tree, whatever is installed."""
    folder = home / "extensions"
    folder.mkdir()
    (folder / "touchrules-studio").symlink_to(ROOT / "touchrules" / "labextension")
    return folder


class LabServer:
    """JupyterLab until `stop`. `program` starts it; its settings lie in `home`, which is made."""

    def __init__(self, program: Sequence[str], home: Path, **settings: str) -> None:
        home.mkdir(exist_ok=True)
        self.keys = home / HOMES["TOUCHRULES_KEYS"]
        self.port = free_port()
        self.token = secrets.token_hex(16)
        self._log = (home / "server.log").open("w")
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", *program, "--allow-root"),
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.port={self.port}",
                "--ServerApp.port_retries=0",
                f"--IdentityProvider.token={self.token}",
                "--LabApp.expose_app_in_browser=True",
                "--LabApp.extension_manager=readonly",
                f"--LabApp.extra_labextensions_path={extensions(home)}",
            ],
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env={**environment(home), **settings},
        )
        wait_until(self._answers, START_SECONDS)

    def url(self, *, reset: bool = False) -> str:
        """The address of JupyterLab, with an empty workspace if `reset`."""
        return f"http://127.0.0.1:{self.port}/lab?token={self.token}{'&reset' if reset else ''}"

    def get(self, path: str) -> Any:
        """What the server's API answers."""
        return json.loads(self._ask("GET", f"api/{path}"))

    def delete(self, path: str) -> None:
        """End what the API has at `path`."""
        self._ask("DELETE", f"api/{path}")

    def end_sessions(self) -> None:
        """End all kernels; a page that was closed may be ending some of them too."""
        for session in self.get("sessions"):
            try:
                self.delete(f"sessions/{session['id']}")
            except urllib.error.HTTPError as error:
                if error.code not in GONE:
                    raise
        wait_until(lambda: self.kernels() == [])

    def ask(self, path: str, sent: object = None) -> Any:
        """What touchrules answers at `path`, to what is sent there if anything is."""
        body = None if sent is None else json.dumps(sent).encode()
        return json.loads(self._ask("GET" if sent is None else "POST", f"touchrules/api/{path}", body))

    def kernels(self) -> list[str]:
        """The ids of the running kernels."""
        return [kernel["id"] for kernel in self.get("kernels")]

    def stop(self) -> None:
        """End the server, and its kernels with it."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def _ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}",
            data=body,
            headers={"Authorization": f"token {self.token}"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
            return bytes(answer.read())

    def _answers(self) -> bool:
        if self._process.poll() is not None:
            raise RuntimeError(Path(self._log.name).read_text()[-4000:])
        try:
            self.get("status")
        except (urllib.error.URLError, OSError):
            return False
        return True


def wait_until(holds: Any, seconds: float = 60) -> None:
    """Wait until `holds()`; fail after so many seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"{holds} did not hold within {seconds} s")
        time.sleep(0.2)
