"""The release workflow, run for real: it moves the tag of the major version, forwards only."""

from __future__ import annotations

import pytest

from tests.publish.repositories import run_git
from tests.workflows.act import World

pytestmark = pytest.mark.slow


def tag_release(world: World, tag: str, *, says: str = "") -> str:
    """Commit a version on main and tag it; return the commit."""
    path = world.clone.root / "landscape" / "__init__.py"
    path.write_text(f'__version__ = "{says or tag.removeprefix("v")}"\n', encoding="utf-8")
    commit = world.clone.commit(f"Release {tag}")
    run_git(world.clone.root, "tag", tag)
    run_git(world.clone.root, "push", "--quiet", "origin", "HEAD:main", tag)
    return commit


def release(world: World, tag: str) -> bool:
    event = {"action": "released", "ref": f"refs/tags/{tag}", "release": {"tag_name": tag}}
    return not world.run("release.yml", "release", event).failed


def find_tag(world: World, tag: str) -> str:
    return run_git(world.clone.remote, "rev-parse", f"refs/tags/{tag}")


def test_the_major_tag_follows_releases_forwards(world: World) -> None:
    first = tag_release(world, "v1.0.0")
    assert release(world, "v1.0.0")
    assert find_tag(world, "v1") == first
    second = tag_release(world, "v1.10.0")
    assert release(world, "v1.10.0")
    assert find_tag(world, "v1") == second
    tag_release(world, "v1.9.1")
    assert release(world, "v1.9.1")
    assert find_tag(world, "v1") == second


def test_a_tag_that_is_no_version_of_this_code_moves_nothing(world: World) -> None:
    tag_release(world, "v1.0.0", says="0.9.0")
    assert not release(world, "v1.0.0")
    assert not release(world, "v1.0.0; touch stolen")
    assert run_git(world.clone.remote, "tag").splitlines() == ["v1.0.0"]
