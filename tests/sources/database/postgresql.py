"""A PostgreSQL server of its own for a test, from the programs that Debian's package installs."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Of the user of the server; with signs that an address writes otherwise.
PASSWORD, WRITTEN = "s3cr/et@x", "s3cr%2Fet%40x"


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, None where no server is installed."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name.split(".")[0]))
    for path in [*reversed(places), Path(shutil.which("initdb") or "/nowhere").parent]:
        if (path / "initdb").exists() and (path / "pg_ctl").exists():
            return path
    return None


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a database in a new server, which ends with the block."""
    with tempfile.TemporaryDirectory(prefix="silkport-") as folder, _served(Path(folder)) as address:
        yield address


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Run a server in a folder, which holds data, socket and log."""
    found = programs()
    assert found is not None
    port = _free_port()
    own = _as_server_user(folder)
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    if own:
        shutil.chown(folder / "password", "postgres")
    data = folder / "data"
    _run(own, found / "initdb", "-D", data, "-U", "keeper", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C",
         f"--pwfile={folder / 'password'}")  # fmt: skip
    options = f"-p {port} -k '{folder}' -c listen_addresses=127.0.0.1 -c fsync=off"
    _run(own, found / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql://keeper:{WRITTEN}@127.0.0.1:{port}/postgres"
    finally:
        _run(own, found / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_server_user(folder: Path) -> dict[str, object]:
    """Return the arguments that run a program as the user of the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(own: dict[str, object], *words: object) -> None:
    subprocess.run(
        [str(word) for word in words], check=True, capture_output=True, cwd="/", stdin=subprocess.DEVNULL, **own
    )
