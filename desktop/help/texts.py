"""The chapters of the help as data: which there are, in what order, what stands under which heading, and where a link leads.

A chapter is a Markdown file of ``resources/help``; ``contents.md`` lists them. Chapters on fields are made of the fields themselves.
A line ``<!-- 也叫：忘记密码、密码忘了 -->`` below a heading gives the words a clerk may look for it by; it is not shown. A link reads ``[words](notices.md#登记张贴)``: the file's stem is the chapter's key, what follows ``#`` one of its headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from db.resources import resource
from desktop.help import fieldtexts, keys

CONTENTS = "contents"
KEYS = "keys"
_GROUP = re.compile(r"## (.+)")
_ENTRY = re.compile(r"- \[(.+?)\]\((.+?)\.md\)")
_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)]*)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)\n*")
_ALSO = re.compile(r"^(#+ )(.+)\n+<!-- 也叫：(.+) -->\n", re.MULTILINE)
_BOLD = re.compile(r"\*\*")
_SIGNS = re.compile(r"[#*|`]|:?-{3,}:?|^[-\d.]+ ", re.MULTILINE)
_FIELDS_HERE = "<!-- 栏目 -->"
_KEYS_HERE = "<!-- 按键 -->"


@dataclass(frozen=True, slots=True)
class Place:
    """One paragraph: the chapter's key and a heading in it, "" for its beginning."""

    chapter: str
    heading: str = ""

    @property
    def link(self) -> str:
        """How texts point to it."""
        return f"{self.chapter}.md#{self.heading}" if self.heading else f"{self.chapter}.md"


@dataclass(frozen=True, slots=True)
class Chapter:
    """``text`` is Markdown that begins with the title; pictures are named by what the tour calls them. ``also`` has other words for a
    heading, those for all of the chapter under ""."""

    key: str
    title: str
    group: str
    text: str
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings below the title, in order."""
        return tuple(match[1] for match in _HEADING.finditer(self.text))

    @property
    def links(self) -> tuple[Place, ...]:
        """Where it points to."""
        return tuple(place_of(match[2]) for match in _LINK.finditer(self.text))

    @property
    def pictures(self) -> tuple[str, ...]:
        """The pictures it shows."""
        return tuple(match[2] for match in _PICTURE.finditer(self.text))

    def paragraphs(self) -> Iterator[tuple[str, str]]:
        """Heading and plain words of each part; the first has no heading."""
        parts = _HEADING.split(without_pictures(self.text))
        yield "", plain(parts[0].partition("\n")[2])
        for heading, words in zip(parts[1::2], parts[2::2], strict=True):
            yield heading, plain(words)


def place_of(link: str) -> Place:
    """The place a link names."""
    chapter, _, heading = link.partition("#")
    return Place(chapter.removesuffix(".md"), heading)


def plain(text: str) -> str:
    """Markdown without its signs, in one line."""
    return " ".join(_SIGNS.sub(" ", _LINK.sub(r"\1", _BOLD.sub("", text))).split())


def without_pictures(text: str) -> str:
    """Markdown for where no pictures are at hand."""
    return _PICTURE.sub("", text)


@cache
def chapters() -> Mapping[str, Chapter]:
    """All chapters by key, in the order of the contents. FileNotFoundError when the contents name a file that is not there."""
    found: dict[str, Chapter] = {}
    group = ""
    for line in _read(CONTENTS).splitlines():
        if match := _GROUP.fullmatch(line.strip()):
            group = match[1]
        elif match := _ENTRY.fullmatch(line.strip()):
            text = _read(match[2])
            found[match[2]] = Chapter(match[2], match[1], group, _ALSO.sub(r"\1\2\n", text), _also(text))
        elif line.strip() == _FIELDS_HERE:
            for made in fieldtexts.subjects():
                found[made.key] = Chapter(made.key, made.title, group, made.text)
    return found


def _also(text: str) -> Mapping[str, tuple[str, ...]]:
    return {"" if m[1] == "# " else m[2]: tuple(m[3].split("、")) for m in _ALSO.finditer(text)}


def exists(place: Place) -> bool:
    """Whether a place can be shown."""
    chapter = chapters().get(place.chapter)
    return chapter is not None and place.heading in ("", *chapter.headings)


def _read(key: str) -> str:
    text = resource("help", f"{key}.md").read_text(encoding="utf-8")
    return text.replace(_KEYS_HERE, keys.tables()) if _KEYS_HERE in text else text
