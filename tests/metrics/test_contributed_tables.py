"""The yearly figures of technology domains and the collaboration table, read from disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from landscape.base.errors import LandscapeError
from landscape.metrics.archive import COLLABORATION, choose_window
from landscape.metrics.collaboration import (
    list_collaboration_windows,
    load_collaboration,
)
from landscape.metrics.model import ArchiveSpan
from landscape.metrics.technology import load_technology_domains

ROOT = Path(__file__).resolve().parents[2]


def write(root: Path, name: str, text: str) -> None:
    path = root / "data" / "metrics" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_without_files_the_tables_are_empty(tmp_path: Path) -> None:
    assert load_technology_domains(tmp_path).empty
    assert load_collaboration(tmp_path).empty
    assert list_collaboration_windows(tmp_path) == ()


def test_yearly_figures_are_read_in_order_of_vintage_domain_and_year(tmp_path: Path) -> None:
    text = "domain,year,openrank,vintage\nb,2020,1.5,x\na,2021,2,x\na,2020,,x\n"
    write(tmp_path, "technology_domains.csv", text)
    table = load_technology_domains(tmp_path)
    assert table[["domain", "year"]].values.tolist() == [
        ["a", "2020"],
        ["a", "2021"],
        ["b", "2020"],
    ]
    assert table["openrank"].isna().tolist() == [True, False, False]


def test_a_year_that_is_none_is_named_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, "technology_domains.csv", "domain,year,openrank,vintage\na,20,1,x\n")
    with pytest.raises(LandscapeError, match=r"technology_domains\.csv:2: year"):
        load_technology_domains(tmp_path)


def test_the_newest_window_is_read_unless_another_is_asked_for(tmp_path: Path) -> None:
    head = "project_a,project_b,common_developers,vintage\n"
    write(tmp_path, "collaboration/2025-05.csv", head + "a,b,20,2025-05\n")
    write(tmp_path, "collaboration/2026-04.csv", head + "a,c,,live\na,b,31,live\n")
    assert list_collaboration_windows(tmp_path) == ("2025-05", "2026-04")
    newest = load_collaboration(tmp_path)
    assert newest["project_b"].tolist() == ["b", "c"]
    assert newest["common_developers"].isna().tolist() == [False, True]
    assert load_collaboration(tmp_path, "2025-05")["common_developers"].tolist() == [20]


def test_a_window_counted_in_a_part_of_its_hours_is_not_taken_for_a_whole_one() -> None:
    spans = {
        (COLLABORATION, "2026-05"): ArchiveSpan("2026-05", "2026-05", 144, 744),
        (COLLABORATION, "2026-04"): ArchiveSpan("2026-04", "2026-04", 700, 720),
    }
    assert choose_window(["2026-05"], COLLABORATION, spans, 0.9) == ""
    assert choose_window(["2026-04", "2026-05"], COLLABORATION, spans, 0.9) == "2026-04"
    assert choose_window(["2026-04", "2026-05"], COLLABORATION, spans, 0.1) == "2026-05"
    # Who published without telling the hours is believed to have seen all.
    windows = ["2026-03", "2026-04", "2026-05"]
    assert choose_window(windows, COLLABORATION, spans, 1.0) == "2026-03"
    assert choose_window(windows, "community", spans, 1.0) == "2026-05"


def test_a_replay_takes_the_window_before_its_month_or_else_the_earliest() -> None:
    windows = ["2025-05", "2026-04"]
    assert choose_window(windows, COLLABORATION, {}, 0.9, "2026-03") == "2025-05"
    assert choose_window(windows, COLLABORATION, {}, 0.9, "2024-01") == "2025-05"


def test_a_pair_in_the_wrong_order_is_refused_so_that_none_is_there_twice(tmp_path: Path) -> None:
    text = "project_a,project_b,common_developers,vintage\nb,a,20,x\n"
    write(tmp_path, "collaboration/2025-05.csv", text)
    with pytest.raises(LandscapeError, match=r"2025-05\.csv:2: b must come before a"):
        load_collaboration(tmp_path)


def test_the_live_files_hold_what_was_published() -> None:
    technology = load_technology_domains(ROOT)
    assert len(technology) == 75
    assert technology["vintage"].nunique() == 2
    pairs = load_collaboration(ROOT, "2025-05")
    assert len(pairs) == 897
    assert int(pairs["common_developers"].min()) == 20
