"""The file of a scan as a form sends it: read once a request, kept in the store at once, and not chosen again after a
refusal: the form carries a signed word for what lies there already, good for half a day and for this person alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from courtyard.kernel.problems import Problem
from courtyard.records import files
from courtyard.records.files import Kept
from courtyard.records.reading import MOST_BYTES, read_paper
from courtyard.records.rules import FileKind

SALT = "courtyard.office.scan"
GOOD_FOR = 12 * 3600  # seconds: less than the day after which an orphan is swept
ACCEPT = "application/pdf,image/jpeg,image/png"


@dataclass(frozen=True)
class Held:
    """A scan that was handed in and not attached yet: its word for the form, and what it is for the reader."""

    word: str
    kept: Kept

    @property
    def words(self) -> str:
        """What lies there: kind, pages, size."""
        return size_words(self.kept.kind.label, self.kept.pages, self.kept.size)


def size_words(kind: str, pages: int, size: int) -> str:
    """A file in a few words: what it is, how many pages (of a picture none are said), how large."""
    large = f"{size / 1024 / 1024:.1f} MB" if size >= 100 * 1024 else f"{max(size // 1024, 1)} KB"
    if pages == 1:
        return f"{kind},{large}"
    return _("%(kind)s,%(pages)s 页,%(large)s") % {"kind": kind, "pages": pages, "large": large}


def chosen(request: Any, name: str) -> Kept | Problem | None:
    """The scan of this field: a file that was chosen, else the one that lies there from before, else None; or why what was
    chosen cannot be kept."""
    known: dict[str, Kept | Problem | None] = request.__dict__.setdefault("scans", {})
    if name not in known:
        known[name] = _chosen(request, name)
    return known[name]


def _chosen(request: Any, name: str) -> Kept | Problem | None:
    file, word = request.FILES.get(name), request.POST.get(f"{name}-held", "")
    if file is not None:
        if file.size > MOST_BYTES:
            return Problem("records.file_too_big", {"most": MOST_BYTES // 1024 // 1024})
        paper = read_paper(file.read())
        return paper if isinstance(paper, Problem) else files.keep(paper)
    if not word or request.POST.get(f"{name}-without"):
        return None
    try:
        sha256, kind, size, pages, whose = signing.loads(word, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return Problem("records.file_gone")
    if whose != request.actor.id.hex or not files.freshen(sha256):
        return Problem("records.file_gone")
    return Kept(sha256, FileKind(kind), size, pages)


def scan(request: Any, name: str = "scan") -> Kept | None:
    """The scan of this field, or None where none was chosen. Refuses what `read_paper` refuses, records.file_gone."""
    found = chosen(request, name)
    if isinstance(found, Problem):
        found.refuse()
    return found


def held(request: Any, name: str = "scan") -> Held | None:
    """What of this field lies in the store while its form is shown again."""
    found = chosen(request, name) if request.method == "POST" else None
    if not isinstance(found, Kept):
        return None
    said = [found.sha256, found.kind.value, found.size, found.pages, request.actor.id.hex]
    return Held(signing.dumps(said, salt=SALT), found)
