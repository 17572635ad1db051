"""Markdown as GitHub shows it: cmark-gfm, GitHub's allow-list of HTML, a page around it.

cmark-gfm makes no ids for headings; pages use explicit anchors, which GitHub prefixes.
"""

from __future__ import annotations

import re

import cmarkgfm
import nh3
from cmarkgfm.cmark import Options

TAGS = set(
    re.findall(
        r"\w+",
        """h1 h2 h3 h4 h5 h6 br b i strong em a pre code img tt div ins del sup sub p picture source
        ol ul li table thead tbody tfoot tr td th blockquote dl dt dd kbd q samp var hr ruby rt rp
        s strike summary details caption figure figcaption abbr bdo cite dfn mark small span time
        wbr input""",
    )
)
EVERYWHERE = {"id", "name", "align", "valign", "width", "height", "title", "lang", "dir"}
ATTRIBUTES = {
    "*": EVERYWHERE,
    "a": {"href"},
    "img": {"src", "alt", "srcset", "loading"},
    "source": {"srcset", "media", "type"},
    "input": {"type", "checked", "disabled"},
    "details": {"open"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
STYLE = """
:root { color-scheme: light dark; --fg: #1f2328; --bg: #fff; --line: #d1d9e0; --soft: #f6f8fa;
  --link: #0969da; --muted: #59636e }
@media (prefers-color-scheme: dark) { :root { --fg: #f0f6fc; --bg: #0d1117; --line: #3d444d;
  --soft: #151b23; --link: #4493f8; --muted: #9198a1 } }
body { margin: 0; background: var(--bg); color: var(--fg); font: 16px/1.5 "Noto Sans",
  "Liberation Sans", Arial, "Noto Sans CJK SC", sans-serif; overflow-wrap: break-word }
article { max-width: 1012px; padding: 32px; margin: 0 auto; box-sizing: border-box }
h1, h2 { border-bottom: 1px solid var(--line); padding-bottom: .3em; line-height: 1.25 }
h1 { font-size: 2em } h2 { font-size: 1.5em; margin-top: 24px } h3 { font-size: 1.25em }
a { color: var(--link); text-decoration: none } img { max-width: 100%; box-sizing: content-box }
table { display: block; width: max-content; max-width: 100%; overflow: auto;
  border-collapse: collapse; margin-bottom: 16px }
th, td { border: 1px solid var(--line); padding: 6px 13px }
tr:nth-child(2n) td { background: var(--soft) }
code { background: var(--soft); padding: .2em .4em; border-radius: 6px; font-size: 85% }
hr { height: 4px; border: 0; background: var(--line); margin: 24px 0 }
ul { padding-left: 2em } li + li { margin-top: .25em } sub, sup { font-size: 75% }
"""


def render_fragment(text: str) -> str:
    """Return what GitHub makes of the Markdown, links and ids included."""
    html = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    return re.sub(r'(<[a-z0-9]+ [^>]*\bid=")', r"\1user-content-", clean)


def render_page(text: str) -> str:
    """Return a whole HTML page; it loads nothing but its own pictures."""
    return (
        "<!doctype html><html><head><meta charset='utf-8'><link rel='icon' href='data:,'>"
        f"<style>{STYLE}</style></head><body><article>{render_fragment(text)}</article></body></html>"
    )
