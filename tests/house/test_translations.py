"""Every text a person reads has its English, with the same facts in it, and the catalogue is what the source says (D21)."""

from __future__ import annotations

import re
import sys

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from tests.house.reading import PACKAGE, ROOT, none

sys.path.insert(0, str(ROOT / "tools"))
import messages

FACT = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
CHINESE = re.compile(r"[一-鿿]+")
GATHERED = messages.gather()


def catalogue() -> list[Message]:
    with messages.CATALOGUE.open("rb") as file:
        return [message for message in read_po(file) if message.id]


CATALOGUE = catalogue()


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each Chinese text of a message beside its English."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string, strict=True))


def wrong(chinese: str, english: str) -> list[str]:
    """What is wrong with an English text beside its Chinese."""
    found = []
    if not english.strip():
        found.append("no English")
    elif sorted(FACT.findall(chinese)) != sorted(FACT.findall(english)):
        found.append("other facts")
    # A heading, remark or example that the reader types in Chinese may be quoted, as the Chinese text has it.
    left = FACT.sub("", english)
    said = "".join(CHINESE.findall(chinese))
    if len(said) > (1 if FACT.search(chinese) else 0) and not re.search("[A-Za-z]", left):  # 「4 人」 is 4
        found.append("not English")
    if [word for word in CHINESE.findall(left) if len(word) > 6 or word not in chinese]:
        found.append("Chinese in it")
    if re.search(r"\b[Vv]iolat", english):
        found.append("a word DOMAIN §6 keeps out")
    return found


def test_texts_are_gathered_at_all():
    assert len(GATHERED) > 900
    rooms = {name.split("/")[2] for name in GATHERED.values()}
    assert {"office", "board", "project", "honours", "households", "rating", "shop", "points"} <= rooms


def test_nothing_marked_is_overlooked():
    """A second, coarser reading: whatever looks like a marked text anywhere in the source was gathered."""
    known = {text for texts in GATHERED for text in ([texts] if isinstance(texts, str) else texts)}
    seen = set()
    for path in messages.files():
        text = path.read_text(encoding="utf-8")
        marked = r'\b_\(\s*"([^"{}\\]+)"\s*[,)]' if path.suffix == ".py" else r'{%\s*translate\s+"([^"]+)"'
        seen |= set(re.findall(marked, text))
    assert len(seen) > 500
    none(sorted(seen - known))


def test_the_catalogue_has_every_text_and_no_other():
    have = {message.id for message in CATALOGUE}
    none({str(text): name for text, name in GATHERED.items() if text not in have})
    none([f"no longer in the source (make messages): {text}" for text in have - set(GATHERED)])


def test_nothing_is_only_guessed():
    none([str(message.id) for message in CATALOGUE if message.fuzzy])


def test_every_text_has_its_english_with_the_same_facts():
    none({chinese: f"{found}: {english}" for message in CATALOGUE for chinese, english in pairs(message)
          if (found := wrong(chinese, english))})  # fmt: skip


def test_the_catalogue_says_nothing_of_a_day_or_a_machine():
    text = messages.CATALOGUE.read_text(encoding="utf-8")
    assert text == messages.catalogue(messages.known()), "make messages"
    none([line for line in text.splitlines() if line.startswith("#:") or "-Date:" in line])


@pytest.mark.parametrize(
    ("read", "source", "text"),
    [
        (messages.of_python, 'x = _("新的一句")', "新的一句"),
        (messages.of_python, 'SENTENCES = {"a.b": gettext_lazy("新的"\n "一句{n}")}', "新的一句{n}"),
        (messages.of_python, 'class Tone(Choice):\n    LOUD = "loud", "新的一句"', "新的一句"),
        (messages.of_python, 'SENTENCES = {"kernel.a": "新的一句"}', "新的一句"),
        (messages.of_template, '{% translate "新的一句" as words %}', "新的一句"),
        (messages.of_template, '{% include "x.html" with label=_("新的一句") %}', "新的一句"),
        (messages.of_template, "{{ _('新的一句') }}", "新的一句"),
        (
            messages.of_template,
            "{% blocktranslate with n=a.b %}还有 {{ n }} 户{% endblocktranslate %}",
            "还有 %(n)s 户",
        ),
        (
            messages.of_template,
            "{% blocktranslate count n=a %}一{{ n }}{% plural %}多{{ n }}{% endblocktranslate %}",
            ("一%(n)s", "多%(n)s"),
        ),
    ],
)
def test_a_planted_text_is_gathered(read, source, text):
    assert list(read(source)) == [text]
    assert text not in GATHERED


@pytest.mark.parametrize("source", ['_(f"还有{n}户")', '_("还有" + n)'])
def test_a_text_put_together_at_run_time_is_refused(source):
    with pytest.raises(messages.Unreadable):
        list(messages.of_python(source))


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("还有 {n} 户", ""),
        ("还有 {n} 户", "homes"),
        ("%(n)s 户", "%(m)s homes"),
        ("看到", "看到"),
        ("看到", "Violation"),
    ],
)
def test_planted_bad_english_is_found(chinese, english):
    assert wrong(chinese, english)


def test_english_is_compiled_by_setup():
    """`tools/setup.py` looks for catalogues where ours is; the package ships what it compiles."""
    assert messages.CATALOGUE in set((ROOT / "src").glob("**/locale/*/LC_MESSAGES/*.po"))
    assert '"**/*.mo"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert messages.CATALOGUE.is_relative_to(PACKAGE)
