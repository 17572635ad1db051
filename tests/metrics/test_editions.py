"""An edition's folder: packed and unpacked without a loss, sealed, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from landscape.base.errors import LandscapeError
from landscape.dataset.edition_seal import Manifest, check_editions, list_edition_names
from landscape.metrics.edition_files import collect_inputs, lay_out_inputs, write_edition
from landscape.metrics.edition_series import format_series, parse_series
from landscape.metrics.editions import load_edition
from landscape.metrics.store import load_store
from tests.editions.landscapes import make_landscape, read_folder, write

MANIFEST = Manifest("e", "imported", {"en": "T"}, "2026-04", None, "t", 1, 1, ("v",))
TABLE = {"projects.csv": b"project,repo,on_the_map\nx,o/x,true\n"}


def test_what_is_frozen_gives_the_same_folder_again(tmp_path: Path) -> None:
    root = make_landscape(tmp_path / "root")
    write(
        root,
        "data/metrics/state.csv",
        "project,source,state,since,detail\nbeta,opendigger,absent,2026-01-02,\n",
    )
    write(
        root,
        "data/metrics/github/2026-04.csv",
        "project,stars,forks,watchers,vintage\nbeta,9,,,live\n",
    )
    write(root, "data/stories/a.md", "# A story\n")
    write(root, "data/events.yaml", "[]\n")
    lay_out_inputs(collect_inputs(root, load_store(root)), tmp_path / "again")
    assert read_folder(tmp_path / "again") == read_folder(root)


def test_series_keep_every_metric_vintage_gap_and_zero() -> None:
    nan = float("nan")
    table = pd.DataFrame(
        {
            "project": ["a", "a", "a", "b"],
            "month": ["2025-01", "2025-03", "2025-04", "2025-02"],
            "openrank": [0.0, 12.25, nan, 7.5],
            "participants": [nan, 3.0, 4.0, nan],
            "code_change_lines_sum": [-12.0, nan, nan, nan],
            "vintage": ["2025-02", "live", "live", "live"],
        }
    )
    again = parse_series(format_series(table), "series.csv")
    assert_frame_equal(
        again, table.astype(dict.fromkeys(["project", "month", "vintage"], "object"))
    )


@pytest.mark.parametrize(
    "line",
    ["openrank,a,v,2025-1,3", "rank,a,v,2025-01,3", "openrank,a,v,2025-01,3 x", "openrank,a,v"],
)
def test_a_malformed_series_is_refused_with_its_line(line: str) -> None:
    content = f"metric,project,vintage,first_month,values\n{line}\n".encode()
    with pytest.raises(LandscapeError, match=r"series\.csv:2"):
        parse_series(content, "series.csv")


def test_what_an_edition_does_not_say_is_unknown(tmp_path: Path) -> None:
    write_edition(tmp_path, MANIFEST, TABLE)
    edition = load_edition(tmp_path, "e")
    row = edition.projects.iloc[0]
    assert edition.inclusion is None
    assert edition.series.empty
    assert pd.isna(row["openrank_mean"])
    assert pd.isna(row["rank"])
    assert row["verdict"] == ""


def test_a_whole_edition_or_none_is_written(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write_edition(tmp_path, MANIFEST, {**TABLE, "series.csv": None})  # type: ignore[dict-item]
    assert list_edition_names(tmp_path) == ()
    assert list((tmp_path / "data/editions").iterdir()) == []
    (tmp_path / "data/editions/.e.12345678.tmp").mkdir()
    assert check_editions(tmp_path) == ()
    write_edition(tmp_path, MANIFEST, TABLE)
    assert [path.name for path in (tmp_path / "data/editions").iterdir()] == ["e"]
    assert check_editions(tmp_path) == ()


def test_an_edition_is_never_written_over(tmp_path: Path) -> None:
    write_edition(tmp_path, MANIFEST, TABLE)
    before = read_folder(tmp_path)
    with pytest.raises(LandscapeError, match="already"):
        write_edition(tmp_path, MANIFEST, {"projects.csv": b"other"})
    assert read_folder(tmp_path) == before


def test_the_seal_covers_the_manifest_too(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, MANIFEST, TABLE)
    path = folder / "edition.json"
    path.write_text(path.read_text("utf-8").replace('"2026-04"', '"2026-03"'), encoding="utf-8")
    assert [finding.code for finding in check_editions(tmp_path)] == ["edition-edited"]
    with pytest.raises(LandscapeError, match="damaged"):
        load_edition(tmp_path, "e")
