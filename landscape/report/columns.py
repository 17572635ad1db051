"""The columns of the exported table: name, type, unit and meaning. One list for all exports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column. ``kind`` is a Frictionless field type; ``unknown`` says what empty means.

    Where ``{metric}`` stands, the metric of the inclusion rule is named; the columns keep their
    names whatever it is, so that one program reads every landscape.
    """

    name: str
    kind: str
    description: str
    unknown: str = ""
    unit: str = ""


_NOT_ON_MAP = "not on the map"
_NOT_COMPARABLE = "not comparable: a month unknown in one of the periods, or several vintages"
_NEVER_SEEN = "not known"

COLUMNS = (
    Column("project", "string", "Stable id of the project; survives renames upstream."),
    Column("name", "string", "Name of the project."),
    Column("repo", "string", "Repository on GitHub, owner/name."),
    Column("layer", "string", "Id of the layer of the taxonomy."),
    Column("domain", "string", "Id of the domain of the taxonomy."),
    Column("subdomain", "string", "Id of the subdomain.", "in none"),
    Column("verdict", "string", "Answer of the inclusion rule."),
    Column("reason", "string", "Why, with the arithmetic, in English."),
    Column(
        "openrank_mean", "number", "Mean of the monthly {metric} over the known published months "
        "of the window.", "no month of the window is known", "{metric} a month",
    ),
    Column("months_known", "integer", "Known published months in the window.", unit="months"),
    Column("months_in_window", "integer", "Calendar months of the window.", unit="months"),
    Column(
        "openrank_latest", "number", "{Metric} of the last month of the window.", _NEVER_SEEN,
        "{metric} a month",
    ),
    Column(
        "change", "number", "Mean of the current period minus mean of the earlier one.",
        _NOT_COMPARABLE, "{metric} a month",
    ),
    Column(
        "change_percent", "number", "The change relative to the earlier period's mean.",
        f"{_NOT_COMPARABLE}; or the earlier mean is 0", "percent",
    ),
    Column(
        "change_basis", "string", "The two periods that the change compares.", _NOT_COMPARABLE
    ),
    Column("rank", "integer", "Rank on the map by openrank_mean.", _NOT_ON_MAP),
    Column("rank_in_domain", "integer", "Rank on the map within the domain.", _NOT_ON_MAP),
    Column("stars", "integer", "Stars on GitHub as last seen.", _NEVER_SEEN, "stars"),
    Column("forks", "integer", "Forks on GitHub as last seen.", _NEVER_SEEN, "forks"),
    Column(
        "participants", "integer", "People who took part in issues and pull requests in the last "
        "month of the window.", _NEVER_SEEN, "people",
    ),
    Column("language", "string", "Main programming language by GitHub.", _NEVER_SEEN),
    Column("license", "string", "Licence by GitHub, as SPDX identifier.", _NEVER_SEEN),
    Column("created_at", "date", "Day on which the repository was created.", _NEVER_SEEN),
    Column("last_commit_at", "yearmonth", "Month of the last commit.", _NEVER_SEEN),
    Column("archived", "boolean", "Whether the repository is archived.", _NEVER_SEEN),
    Column("origin", "string", "Organisation that the project originated in.", _NEVER_SEEN),
)  # fmt: skip
