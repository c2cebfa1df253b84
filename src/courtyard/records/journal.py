"""One action, one transaction, one entry (D8): `with act(...) as pen:` is the only way anything is written."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from django.db.models import Max

from courtyard.kernel.actors import Actor
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse
from courtyard.records import erasures
from courtyard.records.gate import writers_turn
from courtyard.records.models import Entry, Epoch, Receipt
from courtyard.records.rules import canonical, digest, entry_hash, given_sha256, plain, row_text, row_texts
from courtyard.records.sets import Answer, Statement, key, put_each, put_plain, together

log = logging.getLogger(__name__)
_AT = Entry._meta.get_field("at")
_RECEIPT = """
INSERT INTO records_receipt (command, verb, given_sha256, entry) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
_NUMBER = "UPDATE records_chain SET number = number + 1 WHERE place = %s RETURNING number, head"
_CHAIN = "INSERT INTO records_chain (place, number, head) VALUES (%s, 0, '') ON CONFLICT DO NOTHING"
_ENTRY = """
INSERT INTO records_entry (id, chain_id, number, verb, subject, by_kind, "by", at, "rows", digest, answer, canonical,
  previous, hash) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_HEAD = "UPDATE records_chain SET head = %s WHERE place = %s"
_writing = threading.local()


class Pen:
    """What an action writes with. `id` is its entry's id; `answer` (ids, codes, numbers: no words) stands in the receipt."""

    def __init__(self, verb: str, by: Actor, at: datetime, chain: UUID) -> None:
        self.id = uuid7()
        self.verb, self.by, self.at, self.chain = verb, by, at, chain
        self.subject = ""
        self.answer: dict[str, Any] = {}
        self.replayed = False
        self.number = 0
        self._previous = ""
        self._texts: list[str] = []
        self._rule = ""
        self._erasure: erasures.Line | None = None

    def erases(self, rule: str) -> None:
        """Say that this act erases words, by the rule of this code: it stands in the answer and in the list (D10)."""
        self._rule = rule

    def grow(self, rows: Sequence[models.Model]) -> None:
        """Insert rows of growing tables, in sets, each carrying this entry's id, and take their digest."""
        by_model: dict[type[models.Model], list[models.Model]] = {}
        for row in rows:
            row.entry = self.id  # type: ignore[attr-defined]
            by_model.setdefault(type(row), []).append(row)
        put_each(list(by_model.values()))
        for model, group in by_model.items():
            columns, values_of = _columns(model)
            table, texts = model._meta.db_table, self._texts
            for row in group:
                texts.append(row_text(table, row.pk, columns, values_of(row)))

    def grow_plain(self, model: type[models.Model], rows: Sequence[Sequence[Any]]) -> None:
        """The same as `grow` for many rows given as plain values, no object each: the key first, then the columns in
        the table's order but for the entry's id, which is the last of every such table."""
        fields = model._meta.concrete_fields
        columns = [str(field.column) for field in fields]
        if not fields[0].primary_key or columns[-1] != "entry":
            raise TypeError(f"{model.__name__}: the key does not come first, or the entry's id not last")
        entry = self.id.hex
        full = [(*row, entry) for row in rows]
        put_plain(model._meta.db_table, columns, full)
        self._texts += row_texts(model._meta.db_table, columns[1:], full)

    def take_number(self) -> None:
        """Take the chain's next number now: first where phones pull the rows, else last before commit."""
        if not self.number:
            self.around_number([], [])

    def around_number(self, first: Sequence[Statement], then: Sequence[Statement]) -> list[Answer]:
        """Run the first statements, take the chain's next number where it is not taken yet, run the others; all of it
        together. Answers each but the number's."""
        place = key(self.chain)
        if self.number:
            return together([*first, *then])
        answers = together([*first, (_NUMBER, [place]), *then])
        taken = answers.pop(len(first))
        if not taken.rows:  # the place's first entry
            _, taken = together([(_CHAIN, [place]), (_NUMBER, [place])])
        [(number, self._previous)] = taken.rows
        self.number = int(number)
        return answers

    def _close(self) -> None:
        self.take_number()
        if self._rule:
            self.answer = {**self.answer, "rule": self._rule}
        rows = digest(self._texts)
        answer = canonical(self.answer)
        text = canonical(
            [self.id, self.chain, self.number, self.verb, self.subject, self.by.kind, self.by.id, self.at, answer]
            + [len(self._texts)]
        )
        head = entry_hash(self._previous, text, rows)
        entry = [
            key(self.id), key(self.chain), self.number, self.verb, self.subject, self.by.kind, key(self.by.id),
            _AT.get_db_prep_save(self.at, connection), len(self._texts), rows, answer, text, self._previous, head,
        ]  # fmt: skip
        together([(_ENTRY, entry), (_HEAD, [head, key(self.chain)])], ends=not self._rule)
        if self._rule:
            self._list()

    def _list(self) -> None:
        """Put this erasure on the list before it commits: whoever restores an older copy knows of it then."""
        epoch = Epoch.objects.aggregate(last=Max("number"))["last"] or 1
        line = erasures.Line(
            self.id.hex, self.verb, self.chain.hex, self.subject, self._rule, str(plain(self.at)), int(epoch)
        )
        erasures.append([line])
        self._erasure = line

    @contextlib.contextmanager
    def _listed_only_if_done(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            if self._erasure is not None:
                try:
                    erasures.take_back(self._erasure)
                except OSError:
                    log.exception("an erasure that did not commit stays on the list: %s", self._erasure.entry)
            raise


@cache
def _columns(model: type[models.Model]) -> tuple[list[str], attrgetter[tuple[Any, ...]]]:
    """The columns of a growing table beside its key, and what gives a row's values of them."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    assert len(fields) > 1
    return [str(field.column) for field in fields], attrgetter(*(field.attname for field in fields))


def _replay(pen: Pen, command: UUID, given: Mapping[str, Any] | None) -> None:
    """Put the receipt in, or answer from the one that stands (same id, other input: refused)."""
    sealed = given_sha256(pen.verb, given)
    (done,) = together([(_RECEIPT, [key(command), pen.verb, sealed, key(pen.id)])])
    if done.touched == 1:
        columns = ("verb", "given_sha256", "entry")
        pen._texts.append(row_text("records_receipt", command, columns, [pen.verb, sealed, pen.id]))
        return
    receipt = Receipt.objects.get(pk=command)
    if receipt.given_sha256 != sealed:
        refuse("records.other_input", command=str(command))
    entry = Entry.objects.get(pk=receipt.entry)
    pen.id, pen.answer, pen.replayed = entry.pk, json.loads(entry.answer), True


@contextlib.contextmanager
def act(
    verb: str,
    *,
    by: Actor,
    at: datetime,
    chain: UUID,
    subject: str | UUID = "",
    command: UUID | None = None,
    given: Mapping[str, Any] | None = None,
    pulls: bool = False,
    conflict: str = "records.conflict",
) -> Iterator[Pen]:
    """One action's transaction: receipt first, the entry last.

    `chain` is the id of the village (or town, county) whose journal takes the entry; `given` is the command's input
    (same `command` and input again: `pen.replayed` is true and `pen.answer` holds the first answer; the body must
    then write nothing). `pulls` takes the number first (D8). A unique key that somebody else took in the same moment
    is refused as `conflict`. Raises Refused, Busy.
    """
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone")
    if getattr(_writing, "verb", None):
        raise RuntimeError(f"{verb} inside {_writing.verb}: an action opens exactly one transaction")
    pen = Pen(verb, by, at, chain)
    pen.subject = subject.hex if isinstance(subject, UUID) else subject
    try:
        with writers_turn(), pen._listed_only_if_done(), transaction.atomic():
            _writing.verb = verb
            if command is not None:
                _replay(pen, command, given)
            if pulls and not pen.replayed:
                pen.take_number()
            yield pen
            if not pen.replayed:
                pen._close()
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        log.info("%s: %s", verb, error)
        refuse(conflict, verb=verb)
    finally:
        _writing.verb = None
