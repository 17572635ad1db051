"""Late months demote nobody, and what would gut the map is stored but not published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.refresh.landscapes import (
    MONTHS,
    World,
    make_series,
    name_repo,
    open_world,
    read_tree,
    read_values,
    read_verdicts,
)
from tests.standins.failure import Failure

NEXT = "2026-04"
HUNDRED = {f"p{number:03d}": make_series(8 + number % 9) for number in range(100)}
STATE = "data/metrics/state.csv"


@pytest.fixture(scope="module")
def published_hundred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hundred") / "root"
    with open_world(root, HUNDRED) as world:
        assert world.refresh("--source", "opendigger").code == 0
    return root


@pytest.fixture
def hundred(published_hundred: Path, tmp_path: Path) -> Iterator[World]:
    root = tmp_path / "root"
    with open_world(root, HUNDRED) as opened:
        shutil.copytree(published_hundred, root, dirs_exist_ok=True)
        yield opened


def serve_next(world: World, late: int) -> None:
    """Serve a further month, in which everybody does much, for all but the late ones."""
    for number, (name, values) in enumerate(HUNDRED.items()):
        if number >= late:
            world.serve(name, {**values, NEXT: 60.0})


@pytest.mark.parametrize("late", [1, 5, 9, 11, 45, 100])
def test_a_month_that_is_late_for_some_demotes_nobody(hundred: World, late: int) -> None:
    before, verdicts = read_values(hundred.root), read_verdicts(hundred.root)
    serve_next(hundred, late)
    result = hundred.refresh("--source", "opendigger")
    assert result.code == 0, result.stderr
    values = read_values(hundred.root)
    assert {key: cell for key, cell in values.items() if key[1] != NEXT} == before
    assert sum(month == NEXT for _, month in values) == 100 - late
    assert all(float(value) > 0 for value, _ in values.values())
    as_of = NEXT if late <= 10 else MONTHS[-1]
    assert f"as of {as_of}" in result.stdout
    now = read_verdicts(hundred.root)
    waiting = list(HUNDRED)[:late] if late <= 10 else list(HUNDRED)
    assert {name: now[name] for name in waiting} == {name: verdicts[name] for name in waiting}


def test_a_month_that_upstream_has_lost_for_many_is_nobodys_zero(hundred: World) -> None:
    for name, series in list(HUNDRED.items())[:45]:
        hundred.serve(name, {month: each for month, each in series.items() if month != "2026-02"})
    result = hundred.refresh("--source", "opendigger")
    assert result.code == 0
    values = read_values(hundred.root)
    assert all(float(value) > 0 for value, _ in values.values())
    assert sum(month == "2026-02" for _, month in values) == 55
    assert "-> unknown" in result.stdout


@pytest.mark.parametrize(("failing", "code"), [(10, 0), (11, 4)])
def test_more_than_10_percent_unavailable_is_stored_and_not_published(
    hundred: World, failing: int, code: int
) -> None:
    report = read_tree(hundred.root / "report")
    serve_next(hundred, 0)
    for name in list(HUNDRED)[:failing]:
        hundred.opendigger.fail(name_repo(name), Failure.FORBIDDEN)
    result = hundred.refresh("--source", "opendigger")
    assert result.code == code
    # Good data are stored first, in any case.
    assert sum(month == NEXT for _, month in read_values(hundred.root)) == 100 - failing
    assert (read_tree(hundred.root / "report") == report) == (code == 4)
    if code == 4:
        assert "11 of 100 projects with values are unavailable, more than the 10" in result.stderr
        assert "p000, p001" in result.stderr
        assert "--accept-shrink" in result.stderr
        assert hundred.refresh("--source", "opendigger", "--accept-shrink").code == 0
        assert read_tree(hundred.root / "report") != report


def test_a_map_that_would_shrink_waits_for_a_human(hundred: World) -> None:
    report, verdicts = read_tree(hundred.root / "report"), read_verdicts(hundred.root)
    leaving = [name for name, verdict in verdicts.items() if verdict == "on the map"][:25]
    for name in leaving:
        hundred.serve(name, dict.fromkeys([*MONTHS, NEXT], 2.0))
    for name in set(HUNDRED) - set(leaving):
        hundred.serve(name, {**HUNDRED[name], NEXT: 30.0})
    dry = hundred.refresh("--source", "opendigger", "--dry-run")
    result = hundred.refresh("--source", "opendigger")
    assert (dry.code, result.code) == (4, 4)
    assert "projects on the published map would leave it" in result.stderr
    assert read_values(hundred.root)[leaving[0], NEXT] == ("2", "live")
    assert read_tree(hundred.root / "report") == report
    # The next refresh learns nothing, and is refused all the same.
    before = read_tree(hundred.root)
    assert hundred.refresh("--source", "opendigger").code == 4
    assert read_tree(hundred.root) == before
    assert hundred.refresh("--source", "opendigger", "--accept-shrink").code == 0
    assert read_verdicts(hundred.root)[leaving[0]] == "below"


def test_history_revised_by_15_percent_is_taken_and_told(hundred: World) -> None:
    for name, series in HUNDRED.items():
        hundred.serve(name, {month: round(each * 1.15, 2) for month, each in series.items()})
    result = hundred.refresh("--source", "opendigger")
    assert result.code == 0
    assert "revised upstream (700)" in result.stdout
    assert "openrank: total of 100 projects" in result.stdout
    assert "(+15.0%)" in result.stdout
    values = read_values(hundred.root)
    assert float(values["p000", MONTHS[0]][0]) == round(HUNDRED["p000"][MONTHS[0]] * 1.15, 2)
    assert {vintage for _, vintage in values.values()} == {"live"}
