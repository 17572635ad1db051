"""The numbers of stories, computed again by plain Python from the committed CSV files."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from landscape.dataset.story_functions import FUNCTIONS
from landscape.report.stories.quantities import MissingValueError, Quantity
from landscape.report.stories.values import StoryValues
from tests.house.modules import ROOT
from tests.report.landscapes import load_sample
from tests.report.stories import make_values

STORE = ROOT / "data" / "metrics"


@pytest.fixture(scope="module")
def values() -> StoryValues:
    return make_values(load_sample(ROOT))


def read_month(month: str) -> dict[str, tuple[float, str]]:
    path = STORE / "opendigger" / f"{month}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as stream:
        return {
            row["project"]: (float(row["openrank"]), row["vintage"])
            for row in csv.DictReader(stream)
            if row["openrank"]
        }


def read_series(project: str, first: str, last: str) -> list[tuple[str, float, str]]:
    months = sorted(path.stem for path in (STORE / "opendigger").glob("*.csv"))
    known = [(month, read_month(month).get(project)) for month in months if first <= month <= last]
    return [(month, *value) for month, value in known if value is not None]


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("project", ["vllm", "sglang", "dify", "pytorch", "kserve"])
def test_a_mean_of_a_period_is_that_of_its_months(values: StoryValues, project: str) -> None:
    rows = read_series(project, "2025-05", "2025-12")
    assert len(rows) == 8
    mean = sum(value for _, value, _ in rows) / len(rows)
    assert values.openrank(project, "2025-05..2025-12") == pytest.approx(mean, abs=1e-6)
    assert values.openrank_sum(project, "2025-05..2025-12") == pytest.approx(8 * mean, abs=1e-6)
    peak, month = max((value, month) for month, value, _ in rows)
    assert values.peak(project, "2025-05..2025-12") == peak
    assert values.peak_month(project, "2025-05..2025-12") == month


@pytest.mark.parametrize("project", ["vllm", "dify", "ollama"])
def test_the_window_is_the_mean_of_its_known_months(values: StoryValues, project: str) -> None:
    rows = read_series(project, values.window_first(), values.as_of())
    mean = sum(value for _, value, _ in rows) / len(rows)
    assert values.openrank(project) == pytest.approx(mean, abs=1e-6)


def test_growth_is_the_mean_of_the_monthly_changes(values: StoryValues) -> None:
    levels = [value for _, value, _ in read_series("vllm", "2025-07", "2025-09")]
    changes = [after / before - 1 for before, after in itertools.pairwise(levels)]
    growth = values.monthly_growth("vllm", "2025-Q3")
    assert growth == pytest.approx(100 * sum(changes) / len(changes), abs=1e-6)


def test_rank_share_and_count_follow_from_the_means(values: StoryValues) -> None:
    means = {
        entry.project: entry.openrank_mean or 0.0 for entry in values.entries if entry.on_the_map
    }
    assert int(values.count()) == len(means)
    assert int(values.rank("vllm")) == 1 + sum(mean > means["vllm"] for mean in means.values())
    serving = {entry.project for entry in values.entries if entry.domain == "serving"}
    share = 100 * sum(means.get(project, 0) for project in serving) / sum(means.values())
    assert values.domain_share("serving") == pytest.approx(share, abs=1e-9)
    first = max(serving & set(means), key=lambda project: means[project])
    assert values.leader("serving") == values.name(first)


def test_common_developers_are_those_of_the_table(values: StoryValues) -> None:
    rows = read_table(max((STORE / "collaboration").glob("*.csv")))
    found = {(row["project_a"], row["project_b"]): row["common_developers"] for row in rows}
    assert values.common_developers("vllm", "sglang") == float(found["sglang", "vllm"])
    with pytest.raises(MissingValueError):
        values.common_developers("vllm", "babyagi")


def test_a_period_that_is_not_known_as_a_whole_has_no_value(values: StoryValues) -> None:
    with pytest.raises(MissingValueError, match="2024-10"):
        values.openrank("vllm", "2024")


def test_a_period_of_two_vintages_has_a_value_only_where_that_is_meant(values: StoryValues) -> None:
    rows = read_series("vllm", "2025-01", "2025-12")
    assert len({vintage for _, _, vintage in rows}) == 2
    with pytest.raises(MissingValueError, match="across_vintages"):
        values.openrank("vllm", 2025)
    spanning = values.openrank("vllm", 2025, across_vintages=True)
    assert spanning == pytest.approx(sum(value for _, value, _ in rows) / 12, abs=1e-6)
    assert len(spanning.notes) == 1
    with pytest.raises(MissingValueError):
        values.monthly_growth("vllm", "2025")


def test_arithmetic_is_what_it_says(values: StoryValues) -> None:
    assert values.ratio(6, 4) == 1.5
    assert values.percent(6, 4) == pytest.approx(50)
    assert values.add(1, 2, 3.5) == 6.5
    with pytest.raises(MissingValueError):
        values.ratio(1, 0)


def test_every_declared_function_exists_and_takes_what_is_declared(values: StoryValues) -> None:
    functions = {**values.functions, "figure": None}
    assert set(functions) == set(FUNCTIONS)
    for name, function in values.functions.items():
        declared = [parameter.name for parameter in FUNCTIONS[name].parameters]
        code = getattr(function, "__code__", None)
        assert code is not None
        own = list(code.co_varnames[1 : code.co_argcount])
        assert own == ([] if FUNCTIONS[name].is_variadic else declared), name


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        (Quantity(1204.31), "1,204.3"),
        (Quantity(-1204.31), "−1,204.3"),
        (Quantity(-0.01), "0.0"),
        (Quantity(12.3, is_signed=True, unit="%"), "+12.3%"),
        (Quantity(-12.3, is_signed=True, unit="%", decimals=0), "−12%"),
        (Quantity(-12.3, is_signed=True, unit="%").drop_sign(), "12.3%"),
        (Quantity(103653, decimals=0), "103,653"),
        (Quantity(2.345).round_to(2), "2.35"),
    ],
)
def test_numbers_are_printed_as_pages_print_them(quantity: Quantity, shown: str) -> None:
    assert quantity.show() == shown
