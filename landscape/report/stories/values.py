"""The functions that a story's text calls, over the answers of one build, in one language.

Their parameters are declared in ``landscape.dataset.story_functions``; ``docs/stories.md``
describes them. A value that does not exist raises MissingValueError.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from landscape.analysis.domain_growth import compute_domain_growth
from landscape.analysis.graveyard import find_graveyard
from landscape.analysis.model import Landscape
from landscape.base.languages import Messages
from landscape.charts.scales import format_period
from landscape.report.cells import Scribe
from landscape.report.entries import Entry, sort_by_strength
from landscape.report.markdown import Markdown
from landscape.report.reasons import name_verdict
from landscape.report.stories.history import SPAN, History, Stretch, collect_history
from landscape.report.stories.material import Material
from landscape.report.stories.quantities import MissingValueError, Quantity, Words, join_notes

PERCENT = "%"


@dataclass(frozen=True)
class StoryValues:
    """The answers of a build as a story's text asks for them."""

    landscape: Landscape
    entries: tuple[Entry, ...]
    material: Material
    scribe: Scribe
    messages: Messages

    @property
    def functions(self) -> Mapping[str, Callable[..., object]]:
        """Every function by its name in stories, but for ``figure``."""
        own = (
            self.openrank, self.openrank_sum, self.peak, self.peak_month, self.monthly_growth,
            self.change, self.share, self.share_change, self.rank, self.rank_in_domain,
            self.stars, self.forks, self.participants, self.verdict, self.name, self.created,
            self.last_month, self.last_commit, self.domain_openrank, self.domain_share,
            self.domain_growth, self.total_change, self.compared, self.buried, self.as_of,
            self.window_first, self.basis_current, self.basis_earlier, self.count, self.leader,
            self.common_developers, self.ratio, self.percent,
        )  # fmt: skip
        return {**{function.__name__: function for function in own}, "sum": self.add}

    @cached_property
    def history(self) -> History:
        """Every known month."""
        return collect_history(self.landscape.series)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The projects by id."""
        return {entry.project: entry for entry in self.entries}

    def openrank(
        self, project: str, period: str | int = "", across_vintages: bool = False
    ) -> Quantity:
        """Return the mean monthly OpenRank, of the window or of a period."""
        if period:
            stretch = self._take(project, period, across_vintages)
            return Quantity(stretch.mean, notes=self._note(stretch))
        entry = self._find(project)
        return _quantify(entry.openrank_mean, f"{project} has no mean", notes=self._explain(entry))

    def openrank_sum(
        self, project: str, period: str | int, across_vintages: bool = False
    ) -> Quantity:
        """Return the sum of the monthly OpenRank over a period."""
        stretch = self._take(project, period, across_vintages)
        return Quantity(stretch.total, notes=self._note(stretch))

    def peak(self, project: str, period: str | int = "", across_vintages: bool = False) -> Quantity:
        """Return the largest monthly OpenRank."""
        stretch = self._take(project, period, across_vintages)
        return Quantity(stretch.peak[0], notes=self._note(stretch))

    def peak_month(
        self, project: str, period: str | int = "", across_vintages: bool = False
    ) -> str:
        """Return the month of the largest monthly OpenRank."""
        return self._take(project, period, across_vintages).peak[1]

    def monthly_growth(self, project: str, period: str | int) -> Quantity:
        """Return the mean month-over-month change within a period, in percent."""
        growth = self._take(project, period, across_vintages=False).growth
        return Quantity(growth, unit=PERCENT, is_signed=True)

    def change(self, project: str) -> Quantity:
        """Return the relative change on the build's basis, in percent."""
        value = self._find(project).change_percent
        told = f"{project} cannot be compared with the earlier period"
        return _quantify(value, told, decimals=0, unit=PERCENT, is_signed=True)

    def share(self, project: str) -> Quantity:
        """Return the share of the compared projects' total, in percent."""
        value = self._find(project).share_current
        return _quantify(value, f"{project} is not among the compared projects", unit=PERCENT)

    def share_change(self, project: str) -> Quantity:
        """Return the change of that share, in percentage points."""
        value = self._find(project).share_change
        told = f"{project} is not among the compared projects"
        return _quantify(value, told, decimals=2, is_signed=True)

    def rank(self, project: str) -> Quantity:
        """Return the place on the map."""
        return _count(self._find(project).rank, f"{project} is not on the map")

    def rank_in_domain(self, project: str) -> Quantity:
        """Return the place in the project's domain."""
        return _count(self._find(project).rank_in_domain, f"{project} is not on the map")

    def stars(self, project: str) -> Quantity:
        """Return the stars as last counted."""
        return _count(self._find(project).stars, f"the stars of {project} are not known")

    def forks(self, project: str) -> Quantity:
        """Return the forks as last counted."""
        return _count(self._find(project).forks, f"the forks of {project} are not known")

    def participants(self, project: str) -> Quantity:
        """Return the participants of the last month."""
        value = self._find(project).participants
        return _count(value, f"the participants of {project} are not known")

    def verdict(self, project: str) -> Words:
        """Return the verdict; it is compared in English and printed in the page's language."""
        verdict = self._find(project).verdict
        return Words(str(verdict), Markdown(name_verdict(verdict, self.scribe.wording)))

    def name(self, project: str) -> Words:
        """Return the project's name, printed as a link to its row."""
        entry = self._find(project)
        return Words(entry.name, self.scribe.link_project(entry))

    def created(self, project: str) -> str:
        """Return the month in which the repository was created."""
        return _tell(self._find(project).created_at, f"when {project} was created is not known")

    def last_month(self, project: str) -> str:
        """Return the last month with a value."""
        return _tell(self._find(project).last_known_month, f"{project} never had a value")

    def last_commit(self, project: str) -> str:
        """Return the month of the last commit."""
        value = self._find(project).last_commit_at
        return _tell(value, f"the last commit of {project} is not known")

    def count(self, domain: str = "", verdict: str = "on the map") -> Quantity:
        """Return the number of projects, of a domain and of a verdict."""
        return _count(
            sum(
                (not domain or entry.domain == domain) and verdict in ("any", str(entry.verdict))
                for entry in self.entries
            ),
            "",
        )

    def domain_openrank(self, domain: str) -> Quantity:
        """Return the sum of the means of the domain's projects on the map."""
        return Quantity(self._sum_means(domain))

    def domain_share(self, domain: str) -> Quantity:
        """Return the domain's share of the whole map's OpenRank, in percent."""
        total = self._sum_means("")
        if not total:
            raise MissingValueError("no project is on the map")
        return Quantity(100 * self._sum_means(domain) / total, unit=PERCENT)

    def domain_growth(self, domain: str) -> Quantity:
        """Return the domain's growth on the build's basis, in percent."""
        growth = compute_domain_growth(self.landscape.projects)
        found = dict(zip(growth["domain"], growth["growth"].astype(float), strict=True))
        value = found.get(domain)
        known = None if value is None or value != value else value
        told = f"too few projects of {domain} can be compared"
        return _quantify(known, told, decimals=0, unit=PERCENT, is_signed=True)

    def leader(self, domain: str, place: int = 1) -> Words:
        """Return the name of the domain's project in that place."""
        ranked = [
            entry
            for entry in sort_by_strength(list(self.entries))
            if entry.domain == domain and entry.on_the_map
        ]
        if place > len(ranked):
            raise MissingValueError(f"{domain} has no project in place {place}")
        return self.name(ranked[place - 1].project)

    def total_change(self) -> Quantity:
        """Return the change of the compared projects' total, in percent."""
        basis = self.landscape.basis
        if basis.kind == "none" or basis.total_earlier <= 0:
            raise MissingValueError("no project can be compared with an earlier period")
        value = 100 * (basis.total_current / basis.total_earlier - 1)
        return Quantity(value, decimals=0, unit=PERCENT, is_signed=True)

    def compared(self) -> Quantity:
        """Return the number of compared projects."""
        return _count(self.landscape.basis.compared, "")

    def buried(self) -> Quantity:
        """Return the number of projects in the graveyard."""
        settings = self.scribe.dataset.settings.graveyard
        as_of = self.landscape.window.as_of
        return _count(len(find_graveyard(self.landscape.projects, settings, as_of).buried), "")

    def as_of(self) -> str:
        """Return the data month."""
        return self.landscape.window.as_of

    def window_first(self) -> str:
        """Return the first month of the window."""
        return self.landscape.window.months[0]

    def basis_current(self) -> str:
        """Return the newer of the two compared periods."""
        return self._show_basis(self.landscape.basis.current)

    def basis_earlier(self) -> str:
        """Return the earlier of the two compared periods."""
        return self._show_basis(self.landscape.basis.earlier)

    def common_developers(self, project: str, other: str) -> Quantity:
        """Return how many developers are active in both projects."""
        pairs = self.material.collaboration
        first, second = sorted((project, other))
        found = pairs[(pairs["project_a"] == first) & (pairs["project_b"] == second)]
        known = found["common_developers"].dropna().tolist()
        told = f"the common developers of {first} and {second} are not known"
        return _count(int(known[0]) if known else None, told)

    def add(self, *values: float) -> Quantity:
        """Return the sum of numbers."""
        return Quantity(sum(float(value) for value in values), notes=join_notes(*values))

    def ratio(self, a: float, b: float) -> Quantity:
        """Return a divided by b."""
        if not b:
            raise MissingValueError("nothing can be divided by zero")
        return Quantity(float(a) / float(b), notes=join_notes(a, b))

    def percent(self, a: float, b: float) -> Quantity:
        """Return how much a is above b, in percent."""
        value = 100 * (self.ratio(a, b) - 1)
        return Quantity(value, decimals=0, unit=PERCENT, is_signed=True, notes=join_notes(a, b))

    def _find(self, project: str) -> Entry:
        if project not in self.by_id:
            raise MissingValueError(f"there is no project {project}")
        return self.by_id[project]

    def _take(self, project: str, period: str | int, across_vintages: bool) -> Stretch:
        self._find(project)
        return self.history.take(project, str(period), across_vintages=across_vintages)

    def _note(self, stretch: Stretch) -> tuple[str, ...]:
        if len(stretch.vintages) < 2:
            return ()
        told = self.messages(
            "note.vintages",
            project=self._find(stretch.project).name,
            period=stretch.period,
            vintages=self.messages("list.separator").join(stretch.vintages),
        )
        return (told,)

    def _explain(self, entry: Entry) -> tuple[str, ...]:
        """Return what a reader must know of the window's own mean."""
        window = self.landscape.window
        notes = []
        if len(entry.vintages) > 1:
            vintages = self.messages("list.separator").join(entry.vintages)
            period = f"{entry.window_first}{SPAN}{entry.window_last}"
            notes.append(
                self.messages("note.vintages", project=entry.name, period=period, vintages=vintages)
            )
        if 0 < entry.months_known < len(window.published):
            notes.append(
                self.messages(
                    "note.months",
                    project=entry.name,
                    known=entry.months_known,
                    months=entry.months_in_window,
                )
            )
        return tuple(notes)

    def _sum_means(self, domain: str) -> float:
        return sum(
            entry.openrank_mean or 0.0
            for entry in self.entries
            if entry.on_the_map and (not domain or entry.domain == domain)
        )

    def _show_basis(self, months: tuple[str, ...]) -> str:
        if not months:
            raise MissingValueError("no project can be compared with an earlier period")
        return format_period(months)


def _quantify(
    value: float | None,
    told: str,
    *,
    decimals: int = 1,
    unit: str = "",
    is_signed: bool = False,
    notes: tuple[str, ...] = (),
) -> Quantity:
    if value is None:
        raise MissingValueError(told)
    return Quantity(value, decimals=decimals, unit=unit, is_signed=is_signed, notes=notes)


def _count(value: int | None, told: str) -> Quantity:
    return _quantify(value, told, decimals=0)


def _tell(text: str, told: str) -> str:
    if not text:
        raise MissingValueError(told)
    return text[:7]
