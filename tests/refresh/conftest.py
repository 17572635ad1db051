"""What the tests of the refresh share: names that no name server knows, a published landscape."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.refresh.landscapes import World, make_series, open_world

RESOLVE = socket.getaddrinfo
PROJECTS = {f"p{number:02d}": make_series(8 + 2 * number) for number in range(12)}


@pytest.fixture(autouse=True)
def _unknown_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        if str(host).endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return RESOLVE(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A landscape that was refreshed once, with its report."""
    root = tmp_path_factory.mktemp("published") / "root"
    with open_world(root, PROJECTS, participants=True) as world:
        result = world.refresh()
        assert result.code == 0, result.stderr
    return root


@pytest.fixture
def world(published: Path, tmp_path: Path) -> Iterator[World]:
    """A copy of the published landscape, with stand-ins that say what they said before."""
    root = tmp_path / "root"
    with open_world(root, PROJECTS, participants=True) as opened:
        shutil.copytree(published, root, dirs_exist_ok=True)
        yield opened
