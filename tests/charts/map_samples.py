"""Landscapes for the tests of the map: any number of projects a domain, any names, any values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from landscape.analysis.model import ChangeBasis, Landscape, Verdict, Window
from landscape.dataset.model import (
    Dataset,
    Domain,
    Group,
    Inclusion,
    Layer,
    Project,
    Settings,
    Subdomain,
    Taxonomy,
)

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")


def create_taxonomy(lanes: int = 0) -> Taxonomy:
    """Two layers; the second has a group; ``lanes`` subdomains in the first domain."""
    subdomains = tuple(
        Subdomain(f"lane-{n}", {"en": f"Lane {n}", "zh": "推理引擎"}) for n in range(lanes)
    )
    return Taxonomy(
        layers=(
            Layer("app", {"en": "Application", "zh": "智能体应用"}),
            Layer("infra", {"en": "Infrastructure", "zh": "基础设施"},
                  (Group("models", {"en": "Models", "zh": "模型训练、开发与服务"}),)),
        ),
        domains=(
            Domain("alpha", {"en": "Alpha & Omega", "zh": "客户端界面"}, "app", "", subdomains),
            Domain("beta", {"en": "Beta", "zh": "工具使用"}, "app"),
            Domain("gamma", {"en": "Gamma", "zh": "模型服务"}, "infra", "models"),
            Domain("delta", {"en": "Delta", "zh": "向量存储与检索"}, "infra"),
        ),
    )  # fmt: skip


def create_landscape(
    names: Mapping[str, Sequence[str]],
    values: Sequence[float] = (),
    lanes: int = 0,
    logo: str = "",
) -> tuple[Landscape, Dataset]:
    """Return a landscape with the projects named by domain; values in the order of names."""
    rows = []
    projects = {}
    listed = [(domain, name) for domain, group in names.items() for name in group]
    for index, (domain, name) in enumerate(listed):
        project = f"p{index:03d}"
        lane = f"lane-{index % lanes}" if lanes and domain == "alpha" else ""
        projects[project] = Project(
            project, name, f"owner/{project}", domain, {"en": "A sample."}, lane, logo=logo
        )
        rows.append(
            {
                "project": project,
                "name": name,
                "repo": f"owner/{project}",
                "domain": domain,
                "subdomain": lane,
                "verdict": Verdict.ON_THE_MAP,
                "openrank_mean": values[index] if index < len(values) else 200.0 - index % 90,
                "change": float(index % 7 - 3),
                "created_at": "2026-02-01" if index % 5 == 0 else "2023-02-01",
                "vintages": ("2026-05",),
            }
        )
    columns = ["project", "name", "repo", "domain", "subdomain", "verdict", "openrank_mean",
               "change", "created_at", "vintages"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    order = table.sort_values(["openrank_mean", "project"], ascending=[False, True]).index
    table.loc[order, "rank"] = range(1, len(table) + 1)
    window = Window("openrank", "year-to-date", 10.0, MONTHS, MONTHS)
    empty = pd.DataFrame()
    basis = ChangeBasis("none", (), (), 0, 0.0, 0.0)
    landscape = Landscape(window, basis, table, empty, MONTHS, "2026-05", empty, empty)
    settings = Settings(
        {"en": "A Landscape of Samples", "zh": "示例全景图"},
        ("en", "zh"),
        Inclusion("openrank", "year-to-date", 10.0),
    )
    return landscape, Dataset(Path(), settings, create_taxonomy(lanes), projects)


LONG = "An Extraordinarily Long Name of a Project with Sixty Letters"
HOSTILE = "<b>&\"quotes\" & 'more' $x_{y}^2$ {{ braces }}"

HARD_CASES: dict[str, tuple[Landscape, Dataset]] = {
    "ordinary": create_landscape(
        {"alpha": ["vLLM", "SGLang", "Ollama"], "beta": ["Dify"], "gamma": ["PyTorch"] * 4}
    ),
    "sixty-letters": create_landscape({"alpha": [LONG, "x"], "beta": [LONG], "gamma": [LONG] * 3}),
    "forty-in-a-domain": create_landscape(
        {"alpha": [f"Project {n}" for n in range(40)], "delta": ["Only"]}, lanes=3
    ),
    "one-project": create_landscape({"gamma": ["Alone"]}),
    "all-equal": create_landscape({"alpha": ["Same"] * 12, "delta": ["Same"] * 5}, [50.0] * 17),
    "a-thousand-times": create_landscape(
        {"alpha": ["Giant", *["Dwarf"] * 20], "beta": ["Dwarf"]}, [11_000.0, *[11.0] * 21]
    ),
    "chinese-names": create_landscape(
        {"alpha": ["大模型推理引擎", "向量检索", "智能体开发框架平台"], "gamma": ["书生·浦语"]},
        lanes=2,
    ),
    "hostile-names": create_landscape(
        {"alpha": [HOSTILE, "\u202egnimaN", "`x` | y"], "beta": ["@all"]}
    ),
}
