"""The form of a scheme that is being written, drawn from the declarations: one page a table, short lists on its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.rating.rules import drafting
from courtyard.rating.rules.differences import Names, code_names, said, sentence
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.documents.declare import REQUIRED, Declared, declared
from courtyard.rating.rules.drafting import Path, Table
from courtyard.rating.rules.wording import word

MONTHS = [(str(month), f"{month} 月") for month in range(1, 13)]
SHORT = 80  # letters of a part on the page that shows all of them
LONG = 60  # a text that may be longer gets a box
FEW = 8  # a table of no more keys hides none of them
WHOLE_PAGE = ("format",)  # the format's number is nobody's to change


@dataclass(frozen=True)
class Line:
    """One key as the form shows it. `options` are (code, words, chosen); `faults` say what is wrong with it."""

    name: str
    kind: str
    label: str
    hint: str
    value: str
    options: tuple[tuple[str, str, bool], ...]
    most: int
    needed: bool
    quiet: bool
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row of a list: its lines where they stand on this page, else the page it has (`at`)."""

    at: str
    title: str
    lines: tuple[Line, ...]
    faults: int


@dataclass(frozen=True)
class Part:
    """A list, or a table that may be left out, inside the table of this page."""

    at: str
    name: str
    label: str
    hint: str
    is_list: bool
    stands: bool
    optional: bool
    may_grow: bool
    open: bool
    rows: tuple[Row, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One page of the form: its title, the way back, its own lines, the lists and tables inside it."""

    at: str
    title: str
    crumbs: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    quiet: tuple[Line, ...]
    parts: tuple[Part, ...]
    unknown: tuple[str, ...]


def address(path: Path) -> str:
    """A path as addresses carry it; `head` is the scheme's own page."""
    return "/".join(path) or "head"


def path_of(text: str) -> Path:
    """The path an address names."""
    return () if text == "head" else tuple(text.split("/"))


def clauses_faulty(problems: Iterable[Problem]) -> dict[str, list[str]]:
    """Clause → what is wrong there, in sentences."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(str(problem.facts.get("clause", "")), []).append(say(problem))
    return found


def form(data: Table, path: Path, problems: Sequence[Problem]) -> Page | None:
    """The page of a table or list; None where the scheme has no such place."""
    kind = drafting.kind_at(path)
    held = drafting.at(data, path) if path else data
    if kind is None or (path and held is None and path[-1].isdigit()):
        return None
    cls, rows, row = kind
    wrong = clauses_faulty(problems)
    engine = data.get("engine") if isinstance(data.get("engine"), int) else 1
    draw = _Drawing(data, wrong, int(engine or 1))
    if rows:
        assert row is not None
        part = draw.part(row, path)
        return Page(address(path), row.spec.zh, _crumbs(data, path), (), (), (part,), ())
    table = held if isinstance(held, dict) else {}
    lines = tuple(draw.lines(cls, table, path, ""))
    inner = tuple(
        draw.part(key, (*path, key.key))
        for key in declared(cls)
        if key.spec.of and path and draw.shows(cls, key, table)
    )
    few = len(lines) <= FEW
    return Page(
        address(path),
        _title(data, path, row),
        _crumbs(data, path),
        tuple(line for line in lines if few or not line.quiet),
        () if few else tuple(line for line in lines if line.quiet),
        inner,
        tuple(drafting.unknown_keys(cls, table)),
    )


def _title(data: Table, path: Path, row: Declared | None) -> str:
    if not path or row is None:
        return _("名称和出处")
    if path[-1].isdigit():
        return _row_title(drafting.at(data, path), int(path[-1]))
    return row.spec.zh


def _row_title(row: Any, place: int) -> str:
    name = row.get("name") if isinstance(row, dict) else None
    if isinstance(name, str) and name.strip():
        return name[:40]
    listing = row.get("listing") if isinstance(row, dict) else None
    return word("listing", listing) if isinstance(listing, str) else _("第 %(n)s 条") % {"n": place + 1}


def _crumbs(data: Table, path: Path) -> tuple[tuple[str, str], ...]:
    """The pages above this one: (address, words)."""
    found = []
    for length in range(1, len(path)):
        kind = drafting.kind_at(path[:length])
        if kind is not None and not (kind[1] and length > 1):
            found.append((address(path[:length]), _title(data, path[:length], kind[2])))
    return tuple(found)


@dataclass(frozen=True)
class _Drawing:
    """What drawing a page needs to know of the whole scheme."""

    data: Table
    wrong: dict[str, list[str]]
    engine: int

    def shows(self, cls: type, key: Declared, table: Table) -> bool:
        """Whether a key is drawn: known to this engine, and beside the words that let it stand."""
        if key.spec.engine > self.engine or key.key in WHOLE_PAGE:
            return False
        return drafting.stands_beside(cls, key, table)

    def lines(self, cls: type, table: Table, path: Path, prefix: str) -> Iterator[Line]:
        """The plain keys of a table."""
        where = drafting.clause_of(self.data, path)
        for key in declared(cls):
            if key.spec.of is None and self.shows(cls, key, table):
                clause = f"{where}.{key.key}" if where else key.key
                yield self._line(key, table, prefix, tuple(self.wrong.get(clause, ())))

    def _line(self, key: Declared, table: Table, prefix: str, faults: tuple[str, ...]) -> Line:
        spec, held = key.spec, table.get(key.key)
        needed = key.default is REQUIRED
        return Line(
            name=f"{prefix}{key.key}",
            kind=_kind(key),
            label=spec.en if get_language() == "en" else spec.zh,
            hint=_hint(key),
            value=_value(key, held),
            options=_options(key, held),
            most=spec.most if spec.kind == "text" else 200,
            needed=needed,
            quiet=not needed and key.key not in table and not faults,
            faults=faults,
        )

    def part(self, key: Declared, path: Path) -> Part:
        """A list or table inside another, with its rows."""
        held = drafting.at(self.data, path)
        is_list, spec = key.spec.kind == "tables", key.spec
        is_open = is_list and drafting.stands_open(key)
        rows: list[Row] = []
        for place, one in enumerate(held if is_list and isinstance(held, list) else []):
            rows.append(self._row(key, one, (*path, str(place)), is_open))
        clause = drafting.clause_of(self.data, path)
        return Part(
            at=address(path),
            name=path[-1],
            label=spec.zh,
            hint=spec.en if get_language() == "en" else "",
            is_list=is_list,
            stands=held is not None,
            optional=key.default is not REQUIRED,
            may_grow=is_list and len(rows) < spec.most,
            open=is_open,
            rows=tuple(rows),
            faults=tuple(self.wrong.get(clause, ())),
        )

    def _row(self, key: Declared, row: Any, path: Path, is_open: bool) -> Row:
        table = row if isinstance(row, dict) else {}
        assert key.spec.of is not None
        prefix = f"{key.key}.{path[-1]}."
        lines = tuple(self.lines(key.spec.of, table, path, prefix)) if is_open else ()
        clause = drafting.clause_of(self.data, path)
        faults = sum(
            len(what) for where, what in self.wrong.items() if where == clause or where.startswith(f"{clause}.")
        )
        return Row(address(path), _row_title(row, int(path[-1])), lines, faults)


def _kind(key: Declared) -> str:
    spec = key.spec
    if spec.kind == "text":
        return "words" if spec.most > LONG else "text"
    return {"months": "choices", "codes": "text", "month_days": "text", "code": "text", "month_day": "text"}.get(
        spec.kind, spec.kind
    )


def _hint(key: Declared) -> str:
    """What may stand there, and what holds where nothing is written."""
    spec = key.spec
    parts = []
    if spec.kind in ("whole", "milli"):
        parts.append(_("%(least)s 到 %(most)s") % {"least": spec.least, "most": spec.most})
    elif spec.kind == "code":
        parts.append(_("英文小写字母开头的代号"))
    elif spec.kind == "codes":
        parts.append(_("几个代号,用空格隔开"))
    elif spec.kind in ("month_day", "month_days"):
        parts.append(_("月和日,如 01-10"))
    if key.default not in (REQUIRED, None, "", ()) and spec.kind != "flag":
        parts.append(_("不写就是 %(what)s") % {"what": said(key, key.default)})
    return ";".join(parts)


def _value(key: Declared, held: Any) -> str:
    if isinstance(held, bool):
        return "1" if held else ""
    if held is None:
        return "1" if key.spec.kind == "flag" and key.default is True else ""
    if isinstance(held, list):
        return " ".join(str(one) for one in held)
    return "" if isinstance(held, dict) else str(held)


def _options(key: Declared, held: Any) -> tuple[tuple[str, str, bool], ...]:
    spec = key.spec
    if spec.kind == "choice":
        return tuple((one, word(key.key, one), one == held) for one in spec.choices)
    chosen = [str(one) for one in held] if isinstance(held, list) else []
    if held is None and key.default is not REQUIRED and isinstance(key.default, tuple):
        chosen = [str(one) for one in key.default]
    if spec.kind == "choices":
        return tuple((one, word(key.key, one), one in chosen) for one in spec.choices)
    if spec.kind == "months":
        return tuple((code, words, code in chosen) for code, words in MONTHS)
    return ()


def sent(data: Table, path: Path, post: QueryDict) -> Table:
    """The scheme's tables as this page was sent: its lines, the rows that stand on it; all else as it was."""
    kind = drafting.kind_at(path)
    assert kind is not None
    cls, rows, row = kind
    if rows:
        assert row is not None
        return _open_rows(data, row, path, post)
    held = drafting.at(data, path) if path else data
    standing = held if isinstance(held, dict) else {}
    whole = drafting.put(data, path, drafting.filled(cls, standing, _given(cls, standing, post, "")))
    for key in declared(cls):
        if path and key.spec.kind == "tables":
            whole = _open_rows(whole, key, (*path, key.key), post)
    return whole


def _open_rows(data: Table, key: Declared, path: Path, post: QueryDict) -> Table:
    """The rows of a list that stood on the page; a list whose rows have pages of their own stays as it is."""
    count = post.get(f"{key.key}.rows", "")
    if not drafting.stands_open(key) or not (count.isascii() and count.isdigit()):
        return data
    cls, held = key.spec.of, drafting.at(data, path)
    assert cls is not None
    rows = held if isinstance(held, list) else []
    made = []
    for place in range(min(int(count), len(rows))):
        standing = rows[place] if isinstance(rows[place], dict) else {}
        made.append(drafting.filled(cls, standing, _given(cls, standing, post, f"{key.key}.{place}.")))
    return drafting.put(data, path, made) if made else data


def _given(cls: type, standing: Table, post: QueryDict, prefix: str) -> Iterator[tuple[str, Any]]:
    """What a form says of the plain keys of a table; what is left empty says nothing."""
    for key in declared(cls):
        name, spec = f"{prefix}{key.key}", key.spec
        if spec.of is not None or key.key in WHOLE_PAGE:
            continue
        if spec.kind == "flag":
            value = name in post
            if key.default is REQUIRED or value != key.default:
                yield key.key, value
            continue
        found: Any = _listed(spec.kind, post.getlist(name)) if spec.kind in LISTS else post.get(name, "").strip()
        if found and spec.kind in ("whole", "milli"):
            found = _whole(found)
        if spec.kind == "choices" and isinstance(held := standing.get(key.key), list) and set(held) == set(found):
            found = held  # boxes say which, not in which order
        if found not in ("", []):
            yield key.key, found


LISTS = ("choices", "codes", "months", "month_days")


def _listed(kind: str, given: list[str]) -> list[Any]:
    if kind in ("codes", "month_days"):
        given = " ".join(given).replace(",", " ").replace(",", " ").replace("、", " ").split()
    return [_whole(one) for one in given] if kind == "months" else given


def _whole(text: str) -> int | str:
    """A whole number as one; anything else as it was typed, so that the author sees what is wrong with it."""
    plain = text.removeprefix("-")
    return int(text) if plain.isascii() and plain.isdigit() and len(plain) <= 12 else text


@dataclass(frozen=True)
class Overview:
    """One part of a scheme on the page that shows all of them."""

    at: str
    label: str
    said: str
    faults: int


def overview(data: Table, problems: Sequence[Problem], document: SchemeDocument | None) -> list[Overview]:
    """The parts of a scheme in the order of the declarations, each with what stands there (in words where the whole is
    sound) and how much is wrong."""
    engine = data.get("engine") if isinstance(data.get("engine"), int) else 1
    count: dict[str, int] = {}
    for problem in problems:
        page = drafting.page_of(data, str(problem.facts.get("clause", "")))
        count[page[0] if page else "head"] = count.get(page[0] if page else "head", 0) + 1
    rows = [Overview("head", _("名称和出处"), drafting.title_of(data), count.get("head", 0))]
    codes = code_names(document) if document else {}
    for key in declared(SchemeDocument):
        if key.spec.of is not None and key.spec.engine <= int(engine or 1):
            words = _said(key, data.get(key.key), getattr(document, key.name) if document else None, codes)
            rows.append(Overview(key.key, key.spec.zh, words, count.get(key.key, 0)))
    return rows


def _said(key: Declared, held: Any, sound: Any, codes: Names) -> str:
    """What stands in a part, in a few words."""
    if key.spec.kind != "tables":
        if held and sound is not None and (words := sentence(sound, codes)):
            return words if len(words) <= SHORT else words[:SHORT] + "…"
        return _("写了") if isinstance(held, dict) and held else _("没有写")
    rows = held if isinstance(held, list) else []
    if not rows:
        return _("没有")
    names = "、".join(_row_title(row, place) for place, row in enumerate(rows[:6]))
    return _("%(n)s 条:%(names)s") % {"n": len(rows), "names": names + ("…" if len(rows) > 6 else "")}
