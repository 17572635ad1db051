"""A landscape with its report while it is traced, and everything of it that is wrong."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.traceability.drawings import Drawing, read_file
from tests.traceability.files import read_csv
from tests.traceability.mutations import change_digits, move_places
from tests.traceability.pages import find_tracer as find_page_tracer
from tests.traceability.pages import list_changed_lines, read_lines, trace_page
from tests.traceability.pictures import find_kind, find_language, find_tracer
from tests.traceability.records import read_records
from tests.traceability.recount import Recount
from tests.traceability.tables import trace_csv, trace_json
from tests.traceability.tokens import Reader, compare

CHANGED_DIGITS = 40
MOVED_PLACES = 12


@dataclass(frozen=True)
class Traced:
    """The folder with the data, its report, what is counted from the data, how pages are read."""

    root: Path
    report: Path
    recount: Recount
    readers: Mapping[str, Reader]

    def pick_reader(self, path: str) -> Reader:
        return self.readers["zh" if path.endswith(".zh-CN.md") else "en"]

    def list_pictures(self) -> Iterator[tuple[str, Path]]:
        for path in sorted((self.report / "charts").rglob("*")):
            if path.is_file():
                yield path.relative_to(self.report / "charts").as_posix(), path

    def trace_all(self) -> list[str]:
        """Return what is not so on any page, picture or table."""
        return [*self.trace_pages(), *self.trace_pictures(), *self.trace_tables()]

    def trace_pages(self) -> list[str]:
        """Return what the pages tell that is not so, with where."""
        wrong = []
        for page in sorted(self.report.rglob("*.md")):
            path = page.relative_to(self.report).as_posix()
            text = page.read_text(encoding="utf-8")
            told = trace_page(path, text, self.recount, self.pick_reader(path))
            wrong += [f"{path}: {what}" for what in told]
        return wrong

    def change_page(self, path: str, most: int) -> Iterator[tuple[str, list[str]]]:
        """Yield lines of a page with one digit changed, and what is found to be wrong then."""
        reader, tracer = self.pick_reader(path), find_page_tracer(path)
        expected = list(tracer(self.recount, reader)) if tracer else []
        lines = read_lines((self.report / path).read_text(encoding="utf-8"), reader)
        changes = [
            (place, changed)
            for place, (line, tokens) in enumerate(lines)
            for changed in (list_changed_lines(line) if tokens else [])
        ]
        for place, changed in random.Random(7).sample(changes, min(most, len(changes))):
            line = (changed, reader.read_line(changed))
            yield changed, compare([*lines[:place], line, *lines[place + 1 :]], expected)

    def trace_picture(self, drawing: Drawing, path: str) -> list[str]:
        """Return what a drawing tells or plots that is not so, as the one of an address."""
        tracer = find_tracer(path, self.recount.records)
        if tracer is None:
            return ["no tracer reads this kind of picture"]
        return tracer(drawing, self.recount, self.readers[find_language(path)])

    def is_first(self, path: str, kind: str) -> bool:
        """Whether a picture is of a kind, light, and in English where there are two."""
        told = find_kind(path, self.recount.records) == kind
        return told and ".dark." not in path and ".zh." not in path

    def change_picture(self, path: str) -> Iterator[tuple[str, list[str]]]:
        """Yield what is changed in a picture, one thing at a time, and what is found wrong then."""
        drawing = read_file(self.report / "charts" / path)
        kind = find_kind(path, self.recount.records)
        chance = random.Random(11)
        digits, places = list(change_digits(drawing)), list(move_places(drawing, kind))
        changed = chance.sample(digits, min(CHANGED_DIGITS, len(digits)))
        changed += chance.sample(places, min(MOVED_PLACES, len(places)))
        for what, other in changed:
            yield what, self.trace_picture(other, path)

    def trace_pictures(self) -> list[str]:
        """Return what the light pictures tell or plot that is not so; dark ones are alike."""
        return [
            f"{name}: {told}"
            for name, path in self.list_pictures()
            if ".dark." not in name
            for told in self.trace_picture(read_file(path), name)
        ]

    def trace_tables(self) -> list[str]:
        """Return which cells of the exported tables are not so."""
        rows = read_csv(self.report / "landscape.csv")
        told = json.loads((self.report / "landscape.json").read_text(encoding="utf-8"))
        return [*trace_csv(rows, self.recount), *trace_json(told, rows, self.recount)]


def read_traced(root: Path, report: Path | None = None) -> Traced:
    """Read the records of a landscape; its report is its own unless another is named."""
    records = read_records(root)
    readers = {language: Reader(records, language) for language in ("en", "zh")}
    return Traced(root, report or root / "report", Recount(records), readers)
