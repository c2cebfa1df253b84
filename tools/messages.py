"""The English catalogue: gathers every Chinese string of the source, keeps what is translated, names what is not.

`make messages` (or `.venv/bin/python tools/messages.py`) writes `project/locale/en/LC_MESSAGES/django.po` anew, the same
bytes from the same source: no dates, no lines of files. It ends with 1 where English is missing. Python is read by its
syntax tree and templates by Django's own `templatize`, so GNU gettext is not needed.
"""

from __future__ import annotations

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtyard.project.settings")
from django.utils.translation.template import templatize  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "courtyard"
CATALOGUE = PACKAGE / "project" / "locale" / "en" / "LC_MESSAGES" / "django.po"
NOT_OURS = ("assets", "fonts", "migrations")
HEADER = """\
# English translation of Courtyard.
msgid ""
msgstr ""
"Project-Id-Version: courtyard\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
# Functions that translate → how many of their first arguments are texts.
MARKS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
MARKED = re.compile(rf"(?<!\w)(_|gettext|ngettext)\(\s*({STRING})(?:\s*,\s*({STRING}))?")

Text = str | tuple[str, str]


class Unreadable(Exception):
    """A text is handed to a translating function in a way that cannot be gathered."""


def marked(call: ast.Call, name: str) -> Iterator[Text]:
    """The text a call hands to gettext, if it is such a call; one put together at run time is `Unreadable`."""
    if not isinstance(call.func, ast.Name) or call.func.id not in MARKS:
        return
    texts = []
    for argument in call.args[: MARKS[call.func.id]]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            texts.append(argument.value)
        elif isinstance(argument, ast.JoinedStr | ast.BinOp):
            raise Unreadable(f"{name}:{call.lineno}: a translated text is one literal")
    if len(texts) == MARKS[call.func.id]:
        yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def labels(kind: ast.ClassDef) -> Iterator[str]:
    """The labels of an enumeration: rules know no gettext, doors translate them."""
    if not any(isinstance(base, ast.Name) and base.id == "Choice" for base in kind.bases):
        return
    for line in kind.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple) and len(line.value.elts) > 1:
            yield str(ast.literal_eval(line.value.elts[1]))


def sentences(line: ast.Assign) -> Iterator[str]:
    """The sentences of a room that knows no gettext (the kernel); registering marks them."""
    named = any(isinstance(target, ast.Name) and target.id == "SENTENCES" for target in line.targets)
    for value in line.value.values if named and isinstance(line.value, ast.Dict) else ():
        if isinstance(value, ast.Constant):
            yield str(value.value)


def of_python(source: str, name: str = "") -> Iterator[Text]:
    """The texts of a Python file, in order: what it hands to gettext, labels of enumerations, plain sentences."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call | ast.ClassDef | ast.Assign)]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(node, ast.Call):
            yield from marked(node, name)
        elif isinstance(node, ast.ClassDef):
            yield from labels(node)
        else:
            yield from sentences(node)


def of_template(source: str, name: str = "") -> Iterator[Text]:
    """The texts of `translate`, `blocktranslate` (with `plural`) and `_("…")` in a template, in order."""
    for mark, text, more in MARKED.findall(templatize(source, origin=name)):
        one = ast.literal_eval(text)
        yield (one, ast.literal_eval(more)) if mark == "ngettext" else one


def files() -> list[Path]:
    """The files that can hold texts, in order of path."""
    found = [path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".html", ".txt")]
    return sorted(path for path in found if not set(path.relative_to(PACKAGE).parts) & set(NOT_OURS))


def gather() -> dict[Text, str]:
    """Every text of the source → the file that holds it first; a text with a plural stands once, with it."""
    found: dict[Text, str] = {}
    for path in files():
        name = str(path.relative_to(ROOT))
        read = of_python if path.suffix == ".py" else of_template
        for text in read(path.read_text(encoding="utf-8"), name):
            found.setdefault(text, name)
    with_plural = {text[0] for text in found if isinstance(text, tuple)}
    return {text: name for text, name in found.items() if text and text not in with_plural}


def known() -> dict[Text, Text]:
    """What the catalogue has in English now; what gettext only guessed counts as nothing."""
    if not CATALOGUE.exists():
        return {}
    with CATALOGUE.open("rb") as file:
        found: list[Any] = [message for message in read_po(file) if message.id and not message.fuzzy]
    return {message.id: message.string for message in found}


def translated(english: Text | None) -> bool:
    return bool(english) and all([english] if isinstance(english, str) else english or [])


def catalogue(english: dict[Text, Text]) -> str:
    """The catalogue's text: every text of the source in order of file, with its English where there is any."""
    made = Catalog(locale="en", charset="utf-8")
    for text in gather():
        made.add(text, english.get(text, "") if isinstance(text, str) else english.get(text, ("", "")))
    written = io.BytesIO()
    write_po(written, made, width=0, omit_header=True, no_location=True)
    return HEADER + written.getvalue().decode().strip() + "\n"


def main() -> int:
    english = known()
    text = catalogue(english)
    if not CATALOGUE.exists() or CATALOGUE.read_text(encoding="utf-8") != text:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(text, encoding="utf-8")
    missing = [(words, name) for words, name in gather().items() if not translated(english.get(words))]
    for words, name in missing:
        print(f"no English yet: {name}: {words}")
    print(f"{len(gather()) - len(missing)} texts in English, {len(missing)} not yet")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
