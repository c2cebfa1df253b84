"""What every template may use: kept input, the command of a form, fields with large targets, signs beside words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from courtyard.kernel.ids import uuid7
from courtyard.kernel.money import yuan
from courtyard.kernel.weeks import name_of
from courtyard.people.said_days import month, period, prose

register = Library()
register.filter("prose", prose, expects_localtime=True)
register.filter("month", month)
register.filter("period", period)
register.filter("period_code", name_of)
register.filter("yuan", yuan)
GRADES = {"good": gettext_lazy("好"), "fair": gettext_lazy("中"), "poor": gettext_lazy("差")}
PLAIN_WORDS = ("好", "中", "差")


@register.simple_tag
def command() -> SafeString:
    """The hidden id of this form's submission: sent twice, it is done once."""
    return format_html('<input type="hidden" name="command" value="{}">', uuid7())


@register.simple_tag(takes_context=True)
def kept(context: Context, name: str, default: Any = "") -> Any:
    """What was typed into this field before a refusal, else the default."""
    request = context.get("request")
    if request is None or request.method != "POST":
        return default
    return request.POST.get(name, default)


@register.inclusion_tag("parts/_field.html", takes_context=True)
def field(context: Context, name: str, label: str, value: Any = "", type: str = "text", **more: Any) -> dict[str, Any]:
    """A labelled line of input. `help` stands under the label; `required`, `inputmode`, `autocomplete`, `maxlength`,
    `form`, `autofocus` go to the input."""
    value = kept(context, name, value) if type != "password" else ""
    if isinstance(value, date):
        value = value.isoformat()
    return {"name": name, "label": label, "value": value, "type": type, **more}


@register.inclusion_tag("parts/_field.html", takes_context=True)
def words(context: Context, name: str, label: str, value: Any = "", **more: Any) -> dict[str, Any]:
    """A labelled box for a few sentences (`rows`, `help`, `required`, `maxlength`)."""
    return {"name": name, "label": label, "value": kept(context, name, value), "type": "words", "rows": 3, **more}


@register.inclusion_tag("parts/_choices.html", takes_context=True)
def choices(
    context: Context, name: str, label: str, options: Iterable[tuple[Any, Any]], value: Any = "", **more: Any
) -> dict[str, Any]:
    """Large buttons of which one is chosen: `options` are (code, words). `help`, `required`."""
    chosen = str(kept(context, name, value))
    rows = [(str(code), said(text), str(code) == chosen) for code, text in options]
    return {"name": name, "label": label, "rows": rows, **more}


@register.inclusion_tag("parts/_select.html", takes_context=True)
def select(
    context: Context, name: str, label: str, options: Iterable[tuple[Any, Any]], value: Any = "", **more: Any
) -> dict[str, Any]:
    """A drop-down of (code, words), for more than five options. `empty` is the words of no choice."""
    chosen = str(kept(context, name, value))
    rows = [(str(code), said(text), str(code) == chosen) for code, text in options]
    return {"name": name, "label": label, "rows": rows, **more}


@register.inclusion_tag("parts/_empty.html")
def empty(text: Any, hint: Any = "") -> dict[str, Any]:
    """An honest empty place: what is not there, and perhaps what to do about it."""
    return {"text": text, "hint": hint}


@register.inclusion_tag("parts/_way.html")
def way(link: str, words: Any, where: Any = "") -> dict[str, Any]:
    """One line of a list of ways to go (`<ul class="todo">`): what is there, and smaller where or how much."""
    return {"link": link, "words": words, "where": where}


@register.inclusion_tag("parts/_sign.html")
def sign(kind: str, text: Any = "") -> dict[str, Any]:
    """A word with its sign: `done` ✓ · `todo` ● · `wait` ⏳ · `warn` ⚠ · `red` · `black` · `off`; never colour alone."""
    return {"kind": kind, "text": text}


@register.inclusion_tag("parts/_grade.html")
def grade(code: str, word: str = "") -> dict[str, Any]:
    """好 / 中 / 差 in its shape; another scheme's grade by its own `word` in a plain one; without a grade 没有评."""
    plain = GRADES.get(code, gettext_lazy("没有评"))
    known = code in GRADES and word in ("", *PLAIN_WORDS)
    return {
        "code": code if code in GRADES else "other" if word else "none",
        "text": plain if known or not word else word,
    }


@register.inclusion_tag("parts/_progress.html")
def progress(done: int, of: int, label: Any = "") -> dict[str, Any]:
    """A bar with its figures beside it (`done` of `of`)."""
    return {"done": done, "of": of, "label": label, "percent": 100 * done // of if of else 0}


@register.filter
def said(label: Any) -> str:
    """An enumeration's label in the reader's language (rules know only the Chinese); names stay what they are."""
    return gettext(str(label))


@register.filter
def short(number: str) -> str:
    """A short number in two groups of three, as people say it."""
    return f"{number[:3]} {number[3:]}"
