"""F1: whole technology domains by yearly OpenRank, one line each; figures of one basis only."""

from __future__ import annotations

import re

import pandas as pd

from landscape.base.languages import Messages
from landscape.charts.palette import Theme
from landscape.charts.scales import EN_DASH, format_number
from landscape.charts.trend import draw_trend

READ_OFF = re.compile(r"read-off-picture-(\d{4}-\d{2})")
"""Vintages of figures that were read off a published picture, and the edition that showed it."""

WHOLE_FACTOR = 3.0


def choose_basis(table: pd.DataFrame) -> str:
    """Return the vintage that knows the most years; of equals the last by name, empty for none."""
    known = table[table["openrank"].notna()]
    years = known.groupby("vintage")["year"].nunique()
    return str(max(zip(years, years.index, strict=True))[1]) if len(years) else ""


def draw_technology(
    table: pd.DataFrame, *, theme: Theme, messages: Messages, vintage: str = ""
) -> str | None:
    """Return the picture; None where no basis knows two years.

    table: domain, year (``YYYY``), openrank (float, NaN unknown), vintage; as of
        ``load_technology_domains``. ``vintage``: the basis to draw, by default the longest.
    """
    vintage = vintage or choose_basis(table)
    chosen = table[(table["vintage"] == vintage) & table["openrank"].notna()]
    if chosen["year"].nunique() < 2:
        return None
    chosen = chosen.assign(openrank=chosen["openrank"].astype(float))
    # The colours follow the domains' ids, so that a domain keeps its own in either basis.
    names = {domain: _name_domain(domain, messages) for domain in sorted(set(chosen["domain"]))}
    series = chosen.rename(columns={"domain": "project", "year": "month"})
    first, last = chosen["year"].min(), chosen["year"].max()
    years = f"{first}{EN_DASH}{last}"
    return draw_trend(
        series,
        names,
        theme,
        title=_write_title(chosen, names, first, last, messages),
        subtitle=messages("technology.subtitle", years=years),
        footnote=_write_footnote(table, vintage, last, messages),
    )


def _name_domain(domain: str, messages: Messages) -> str:
    """Return the domain's name; one without a name of ours is called by its id."""
    key = f"technology.domain.{domain}"
    return messages(key) if key in messages.catalogue else domain


def _write_title(
    chosen: pd.DataFrame, names: dict[str, str], first: str, last: str, messages: Messages
) -> str:
    newest = chosen[chosen["year"] == last].set_index("domain")["openrank"]
    oldest = chosen[chosen["year"] == first].set_index("domain")["openrank"]
    leader = str(newest.sort_index().idxmax())
    before = float(oldest.get(leader, 0.0))
    words = {"leader": names[leader], "count": len(names), "first": first, "last": last}
    if before <= 0:
        return messages("technology.title.plain", **words)
    # The figures are approximate: a decimal is told only where it changes the picture.
    factor = float(newest[leader]) / before
    told = format_number(round(factor, 0 if factor >= WHOLE_FACTOR else 1))
    return messages("technology.title", **words, factor=told)


def _write_footnote(table: pd.DataFrame, vintage: str, last: str, messages: Messages) -> str:
    read_off = READ_OFF.fullmatch(vintage)
    if read_off:
        edition = read_off.group(1)
        told = messages("technology.read_off", edition=edition)
        if edition[:4] == last:
            unfinished = messages("technology.unfinished", year=last)
            told = messages("sentences", first=told, second=unfinished)
    else:
        told = messages("technology.published", vintage=vintage)
    if table.loc[table["vintage"] != vintage, "openrank"].notna().any():
        told = messages("sentences", first=told, second=messages("technology.other_basis"))
    return told
