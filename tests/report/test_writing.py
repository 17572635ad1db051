"""The report's files on disk: whole, in a safe order, and nobody else's touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from landscape.report.templating import GENERATED
from landscape.report.writing import compare_report, write_report

PAGE = f"{GENERATED}\n# page\n".encode()
FILES = {
    "README.md": PAGE,
    "domains/tools.md": PAGE,
    "charts/map.en.light.svg": b"<svg/>",
    "charts/trend/tools.dark.svg": b"<svg/>",
    "landscape.csv": b"project\n",
    "landscape.json": b"{}\n",
    "datapackage.json": b"{}\n",
}


def list_files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def test_files_are_written_where_they_belong(tmp_path: Path) -> None:
    change = write_report(FILES, tmp_path / "report")
    assert list_files(tmp_path / "report") == set(FILES) == set(change.written)


def test_a_second_writing_touches_nothing(tmp_path: Path) -> None:
    write_report(FILES, tmp_path)
    before = {path: (tmp_path / path).stat().st_mtime_ns for path in FILES}
    change = write_report(FILES, tmp_path)
    assert (change.written, change.removed) == ((), ())
    assert {path: (tmp_path / path).stat().st_mtime_ns for path in FILES} == before


def test_what_the_generator_makes_no_more_is_removed(tmp_path: Path) -> None:
    write_report(FILES, tmp_path)
    kept = {path: FILES[path] for path in FILES if "tools" not in path}
    change = write_report(kept, tmp_path)
    assert change.removed == ("charts/trend/tools.dark.svg", "domains/tools.md")
    assert list_files(tmp_path) == set(kept)
    assert not (tmp_path / "domains").exists()


@pytest.mark.parametrize(
    "path",
    [
        "domains/notes.md",  # no first line of ours
        "NOTES.md",
        "stories/story.md",
        "charts/logo.svg",
        "charts/map.en.light.svg.orig",
        "deep/er/map.en.light.svg",
        ".gitkeep",
        "some.tmp",
    ],
)
def test_what_others_put_there_stays(tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("somebody's own\n", encoding="utf-8")
    write_report(FILES, tmp_path)
    assert (tmp_path / path).read_text(encoding="utf-8") == "somebody's own\n"


def test_leftovers_of_a_killed_write_are_swept(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    (tmp_path / ".landscape.csv.ab12_xyz.tmp").write_bytes(b"proj")
    (tmp_path / "charts" / ".map.en.light.svg.ab12_xyz.tmp").write_bytes(b"<sv")
    write_report(FILES, tmp_path)
    assert list_files(tmp_path) == set(FILES)


def test_comparing_writes_nothing(tmp_path: Path) -> None:
    change = compare_report(FILES, tmp_path / "report")
    assert set(change.written) == set(FILES)
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize("killed_at", range(len(FILES)))
def test_a_kill_at_any_file_is_healed_and_leaves_the_published_map_for_last(
    tmp_path: Path, killed_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {path: content + b"<!-- old -->\n" for path, content in FILES.items()}
    write_report(old, tmp_path)
    replaced: list[str] = []
    replace = Path.replace

    def replace_until_killed(self: Path, target: Path) -> Path:
        if len(replaced) == killed_at:
            raise KeyboardInterrupt
        replaced.append(target.relative_to(tmp_path).as_posix())
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_until_killed)
        with pytest.raises(KeyboardInterrupt):
            write_report(FILES, tmp_path)
    for path in FILES:
        assert (tmp_path / path).read_bytes() in (old[path], FILES[path])
    if "landscape.csv" in replaced:
        assert set(replaced) >= set(FILES) - {"landscape.csv", "landscape.json"}
    write_report(FILES, tmp_path)
    assert {path: (tmp_path / path).read_bytes() for path in list_files(tmp_path)} == FILES
