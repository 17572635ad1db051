"""What a line of a page or a picture says, as tokens: numbers, dates, and who they are about.

Words are left out, so that one expectation reads both languages. A link to a project or a domain
is the token ``@id`` or ``#id``, and says ``?`` where its text is not the name.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.traceability.records import Records

NUMBER = re.compile(
    "[\ue100-\uf8ff]|"
    r"\d{4}-\d{2}-\d{2}(?![\d-])|\d{4}-Q\d|\d{4}-\d{2}(?!\d)|\d{4} H\d"
    r"|[+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?%)?"
)
LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)")
TARGET = re.compile(r"(projects|domains)/([\w-]+?)(?:\.zh-CN)?\.md(?:#project-([\w-]+))?$")
TAG = re.compile(r"<[^>]*>")
IMAGE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')


@dataclass(frozen=True)
class Shown:
    """A number as it is shown: rounded to the decimals that the page chose."""

    value: float
    signed: bool = False
    percent: bool = False

    def matches(self, token: str) -> bool:
        body = token.rstrip("% ")
        if token.endswith("%") != self.percent:
            return False
        has_sign = body[:1] in "+−"
        shown = float(body.lstrip("+−").replace(",", "")) * (-1 if body[:1] == "−" else 1)
        if self.signed and shown and not has_sign:
            return False
        if not self.signed and body[:1] == "+":
            return False
        if "," in body and body.lstrip("+−") != group(body.lstrip("+−")):
            return False
        digits = len(body.partition(".")[2])
        return bool(abs(shown - self.value) <= 0.5 * 10.0**-digits + 1e-6)


Token = str | int | Shown
Tokens = Sequence[Token]


def group(number: str) -> str:
    whole, point, rest = number.replace(",", "").partition(".")
    return f"{int(whole):,}{point}{rest}"


def plain(value: float | None) -> Token:
    return "–" if value is None else Shown(value)


def percent(value: float | None) -> Token:
    return "–" if value is None else Shown(value, percent=True)


def signed(value: float | None) -> Token:
    return "–" if value is None else Shown(value, signed=True)


def signed_percent(value: float | None) -> Token:
    return "–" if value is None else Shown(value, signed=True, percent=True)


def amount(value: int | None) -> Token:
    return "–" if value is None else value


def is_token(expected: Token, token: str) -> bool:
    if isinstance(expected, Shown):
        return token[:1] not in "@#–" and NUMBER.fullmatch(token) is not None \
            and not re.match(r"\d{4}-|\d{4} H", token) and expected.matches(token)  # fmt: skip
    return (f"{expected:,}" if isinstance(expected, int) else expected) == token


def spell(tokens: Iterable[Token]) -> list[Token]:
    """Names of editions and vintages as they are read: the numbers in them, if any."""
    return [
        part
        for token in tokens
        for part in (
            NUMBER.findall(token)
            if isinstance(token, str) and token[:1] not in {"@", "#", "–"}
            else [token]
        )
    ]


class Reader:
    """Turns lines into tokens; knows the names, and the contributed texts that hold digits."""

    def __init__(self, records: Records, language: str) -> None:
        self.language = language
        self.projects = {key: str(told["name"]) for key, told in records.projects.items()}
        self.domains = {
            key: str(domain.name.get(language) or domain.name["en"])
            for key, domain in records.domains.items()
        }
        self._repos = {
            repo.lower(): key
            for key, told in records.projects.items()
            for repo in [*told.get("former_repos", []), told["repo"]]
        }
        self._names = {name: f"@{key}" for key, name in self.projects.items()}
        self._names |= {name: f"#{key}" for key, name in self.domains.items()}
        spelt = "|".join(re.escape(name) for name in sorted(self._names, key=len, reverse=True))
        self._named = re.compile(rf"(?<![\w-])(?:{spelt})(?![\w-])|{NUMBER.pattern}", re.ASCII)
        self._digits = re.compile(
            "|".join(
                re.escape(text)
                for text in sorted(list_contributed_digits(records), key=len, reverse=True)
            )
        )

    def read_named(self, text: str) -> list[str]:
        """Return the tokens of a text whose names are not linked: a picture, an alt text."""
        return [
            self._names.get(found[0]) or found[0].replace(" %", "%")
            for found in self._named.finditer(JANUARY.sub("", text))
        ]

    def read_line(self, line: str) -> list[str]:
        """Return the tokens of a line of Markdown, links being names."""
        image = IMAGE.search(line)
        if image:
            return self.read_named(html.unescape(image[1]))
        if line.startswith(("<source ", "<!--", "<picture", "</picture")):
            return []
        if line.startswith("|"):
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            return [token for cell in cells for token in self._read_cell(cell.strip())]
        return self._read_text(line)

    def _read_cell(self, cell: str) -> list[str]:
        return ["–"] if cell == "–" else self._read_text(cell)

    def _read_text(self, text: str) -> list[str]:
        text = clean(TAG.sub(" ", text.replace("<br>", " ")))
        tokens: list[str] = []
        start = 0
        for link in LINK.finditer(text):
            tokens += self._read_numbers(text[start : link.start()])
            tokens += self._read_link(link[1], link[2])
            start = link.end()
        return tokens + self._read_numbers(text[start:])

    def _read_link(self, text: str, address: str) -> list[str]:
        target = TARGET.search(address)
        text = re.sub(r"\\(.)", r"\1", text)
        if target and (target[1] == "projects" or target[3]):
            project = target[3] or target[2]
            return [f"@{project}" + ("" if self.projects.get(project) == text else "?")]
        home = self._repos.get(address.removeprefix("https://github.com/").lower())
        if home and self.projects[home] == text:
            return [f"@{home}"]
        if target:
            return [f"#{target[2]}" + ("" if self.domains.get(target[2]) == text else "?")]
        return self._read_numbers(text)

    def _read_numbers(self, text: str) -> list[str]:
        text = self._digits.sub(" ", re.sub(r"\\(.)", r"\1", text))
        return [found[0].replace(" %", "%") for found in NUMBER.finditer(text)]


JANUARY = re.compile("(?<=[去每]年) 1 月")
"""Where Chinese writes a month's name with a digit."""
ZERO = re.compile("不(?:表示|等于) 0")
"""Where Chinese writes "not zero" with a digit."""


def clean(text: str) -> str:
    return ZERO.sub("", html.unescape(text).replace("\u2060", "").replace("**", ""))


def list_contributed_digits(records: Records) -> set[str]:
    """Names, summaries, labels and titles with digits in them: text of people, not numbers."""
    texts = {"CC BY 4.0"}
    for key, told in records.projects.items():
        summaries = told.get("summary", {}).values()
        texts |= {key, str(told["name"]), str(told["repo"]), *summaries}
        texts |= {*told.get("former_repos", []), *told.get("additional_repos", [])}
        texts |= {*told.get("retired", {}).get("reason", {}).values()}
        texts |= {str(told.get("origin", "")), str(told.get("note", ""))}
    for edition in records.editions.values():
        for row in edition.rows.values():
            texts |= {row.get("repo", ""), row.get("domain", "")}
            texts |= set(re.split(r" \| ", row.get("labels", "")))
    texts |= {
        row.get(name, "") for row in records.facts.values() for name in ("license", "language")
    }
    for rows in records.counted.stars.values():
        texts |= {row["repo"] for row in rows}
    texts |= {row["place"] for row in records.counted.people}
    for story in records.stories.values():
        for name in ("title", "summary"):
            texts |= set(story.about[name].values())
    for event in records.events:
        texts |= set(event["text"].values())
    return {text for text in texts if re.search(r"\d", text)}


@dataclass(frozen=True)
class Prose:
    """A sentence that may tell these, each once, in any order and not all of them; nothing else.

    What may be left out whole (``optional``) is passed over where a line tells something else.
    """

    facts: tuple[Token, ...]
    optional: bool = False

    def matches(self, tokens: list[str]) -> bool:
        return is_pairing(tokens, spell(self.facts))


def find_strangers(tokens: Iterable[str], facts: Iterable[Token]) -> list[str]:
    """Return the tokens that are none of the facts; each fact stands for one token."""
    rest = spell(facts)
    strangers = []
    for token in tokens:
        found = next((fact for fact in rest if is_token(fact, token)), None)
        if found is None:
            strangers.append(token)
        else:
            rest.remove(found)
    return strangers


Wanted = Tokens | Prose


def compare(lines: Iterable[tuple[str, list[str]]], expected: Iterable[Wanted]) -> list[str]:
    """Return where lines with numbers are not those expected, in the same order."""
    wrong = []
    found = [(text, tokens) for text, tokens in lines if has_numbers(tokens)]
    spelt = [tells if isinstance(tells, Prose) else spell(tells) for tells in expected]
    wanted = [tells for tells in spelt if isinstance(tells, Prose) or any(map(is_number, tells))]
    while found or wanted:
        text, tokens = found[0] if found else ("(nothing)", [])
        tells = wanted.pop(0) if wanted else ("(nothing)",)
        if isinstance(tells, Prose):
            same = bool(found) and tells.matches(tokens)
            if not same and tells.optional:
                continue
        else:
            same = len(tokens) == len(tells) and (
                all(map(is_token, tells, tokens))
                or (is_plain_sentence(text, tokens) and is_pairing(tokens, tells))
            )
        found = found[1:]
        if not same:
            wrong.append(f"{text[:160]!r} tells {tokens}, not {describe(tells)}")
    return wrong


def is_plain_sentence(text: str, tokens: list[str]) -> bool:
    """Whether the order of words may differ: no row of a table, no list of names with numbers."""
    return not text.startswith("|") and not any(token[0] in "@#" for token in tokens)


def is_pairing(tokens: list[str], facts: Tokens) -> bool:
    """Whether every token is one of the facts, each fact used once, in whatever order."""
    owners: dict[int, int] = {}

    def find_place(token: int, tried: set[int]) -> bool:
        for fact in range(len(facts)):
            if fact not in tried and is_token(facts[fact], tokens[token]):
                tried.add(fact)
                if fact not in owners or find_place(owners[fact], tried):
                    owners[fact] = token
                    return True
        return False

    return all(find_place(token, set()) for token in range(len(tokens)))


def has_numbers(tokens: list[str]) -> bool:
    return any(map(is_number, tokens))


def is_number(token: Token) -> bool:
    # A name that is not the one of its address is as wrong as a number.
    return not isinstance(token, str) or token[0] not in "@#–" or token.endswith("?")


def describe(wanted: Wanted) -> list[object]:
    tokens = wanted.facts if isinstance(wanted, Prose) else wanted
    return [round(t.value, 3) if isinstance(t, Shown) else t for t in tokens]
