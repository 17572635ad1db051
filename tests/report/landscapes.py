"""Landscapes for the tests of the report, from real files and through the real rules."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from landscape.analysis.landscape import analyse
from landscape.analysis.model import Landscape
from landscape.dataset.load import load_dataset
from landscape.dataset.model import Dataset
from landscape.dataset.tables import tabulate_projects
from landscape.metrics.store import load_store
from landscape.report.record import Record, load_record
from landscape.report.rendering import render_report
from landscape.report.stories.material import load_material

TINY = Path(__file__).parent.parent / "cases" / "report" / "tiny"
TODAY = dt.date(2026, 5, 20)


@dataclass(frozen=True)
class Sample:
    """A landscape with its answers."""

    dataset: Dataset
    landscape: Landscape

    def render(self, record: Record | None = None) -> dict[str, str]:
        """Return the report's files as text."""
        record = record or load_record(self.dataset, self.landscape)
        files = render_report(
            self.dataset, self.landscape, record, material=load_material(self.dataset)
        )
        return {path: content.decode() for path, content in files.items()}


def load_sample(root: Path = TINY / "landscape", as_of: str | None = None) -> Sample:
    """Load the folder and apply the rules."""
    dataset = load_dataset(root, TODAY)
    store = load_store(root)
    landscape = analyse(tabulate_projects(dataset), store, dataset.settings.inclusion, as_of)
    return Sample(dataset, landscape)


def copy_tiny(folder: Path) -> Path:
    """Copy the tiny landscape into a folder and return its root."""
    return Path(shutil.copytree(TINY / "landscape", folder / "landscape"))


def write_landscape(
    root: Path,
    *,
    projects: int,
    settings: str,
    domain: str = "things",
    summary: str = "Does something.",
) -> Path:
    """Write another landscape with many projects in one domain, all with one month's value."""
    folder = root / "data" / "projects"
    folder.mkdir(parents=True)
    (root / "landscape.yaml").write_text(settings, encoding="utf-8")
    (root / "data" / "taxonomy.yaml").write_text(
        "layers:\n- id: all\n  name: {fr: Tout, en: All}\n  domains:\n"
        f"  - {{id: {domain}, name: {{fr: Choses, en: Things}}}}\n",
        encoding="utf-8",
    )
    rows = ["project,openrank,vintage"]
    for number in range(projects):
        (folder / f"thing-{number:04d}.yaml").write_text(
            f"name: Thing {number}\nrepo: someone/thing-{number}\ndomain: {domain}\n"
            f"summary: {{fr: {summary}}}\n",
            encoding="utf-8",
        )
        rows.append(f"thing-{number:04d},{number % 97 + 1},live")
    metrics = root / "data" / "metrics" / "opendigger"
    metrics.mkdir(parents=True)
    (metrics / "2026-03.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return root
