"""Writing a scheme for a place and handing it in as a version; a version that was adopted is never edited."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from courtyard.kernel.actors import Actor
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Problem, Refused, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.rating.actions.levels import chain_of
from courtyard.rating.models import DraftState, SchemeDraft, SchemeVersion
from courtyard.rating.queries import frame_over
from courtyard.rating.rules.documents import SchemeDocument, canonical, fingerprint
from courtyard.rating.rules.drafting import kept, title_of
from courtyard.rating.rules.frames import outside_frame
from courtyard.rating.rules.loading import load_json
from courtyard.rating.rules.parsing import check_json, check_toml
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act

GONE = "rating.draft_gone"


def draft_scheme(
    *, text_toml: str, place: Place, by: Actor, at: datetime, command: UUID | None = None
) -> SchemeVersion:
    """Keep a scheme document as the next version of its scheme, for `place` to adopt; equal text is the version it was.

    Refuses the first fault `check_toml` finds (rating.document_*, rating.clause_*, … each naming its clause).
    """
    refuse_if(may(by, "schemes.propose", place.path))
    check = check_toml(text_toml)
    if check.document is None:
        raise Refused(check.problems[0])
    document = check.document
    standing = _standing(document)
    if standing is not None:
        return standing
    given = {"sha256": fingerprint(canonical(document)), "place": place.pk}
    with act("rating.draft", by=by, at=at, chain=chain_of(place), command=command, given=given) as pen:
        if pen.replayed:
            return SchemeVersion.objects.get(pk=pen.answer["version"])
        return _version(pen, document)


def begin_draft(
    *, place: Place, data: dict[str, Any], origin: str, by: Actor, at: datetime, command: UUID | None = None
) -> SchemeDraft:
    """Begin writing a scheme for a place from these tables, sound or not; `origin` says in words what they are from.

    Refuses people.not_allowed, rating.document_* (too large, too deep, too many).
    """
    refuse_if(may(by, "schemes.propose", place.path))
    text = _text(data)
    given = {"place": place.pk, "text": text}
    with act("rating.begin_draft", by=by, at=at, chain=chain_of(place), command=command, given=given) as pen:
        if pen.replayed:
            return SchemeDraft.objects.get(pk=pen.answer["draft"])
        draft = SchemeDraft(id=uuid7(), place=place, origin=clean(origin)[:80], text=text, title=title_of(data))
        draft.by = draft.changed_by = by.id
        draft.at = draft.changed = at
        draft.save(force_insert=True)
        pen.subject, pen.answer = draft.pk.hex, {"draft": draft.pk}
    return draft


def change_draft(
    *, draft: SchemeDraft, data: dict[str, Any], typed: str = "", by: Actor, at: datetime, command: UUID | None = None
) -> SchemeDraft:
    """Keep the changed tables of a scheme that is being written, if it still is as the writer read it (`draft.revision`).

    `typed`: what the writer sent, by which the same command again is known, since the tables have moved on by then.
    Refuses people.not_allowed, rating.document_*, .draft_gone (somebody changed it meanwhile, or it was handed in).
    """
    refuse_if(may(by, "schemes.propose", draft.place.path))
    text = _text(data)
    given = {"draft": draft.pk, "revision": draft.revision, "typed": typed or text}
    with act("rating.change_draft", by=by, at=at, chain=chain_of(draft.place), command=command, given=given) as pen:
        if not pen.replayed:
            title, revision = title_of(data), draft.revision + 1
            swap(_open(draft), GONE, text=text, title=title, revision=revision, changed_by=by.id, changed=at)
            pen.subject, pen.answer = draft.pk.hex, {"draft": draft.pk, "revision": revision}
    return SchemeDraft.objects.get(pk=draft.pk)


def drop_draft(*, draft: SchemeDraft, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Put a scheme that was being written aside. Refuses people.not_allowed, rating.draft_gone."""
    refuse_if(may(by, "schemes.propose", draft.place.path))
    with act(
        "rating.drop_draft", by=by, at=at, chain=chain_of(draft.place), command=command, given={"draft": draft.pk}
    ) as pen:
        if not pen.replayed:
            swap(_open(draft), GONE, state=DraftState.DROPPED.value, changed_by=by.id, changed=at)
            pen.subject, pen.answer = draft.pk.hex, {"draft": draft.pk}


def hand_in_draft(*, draft: SchemeDraft, by: Actor, at: datetime, command: UUID | None = None) -> SchemeVersion:
    """Hand a written scheme in: it becomes the next version of its scheme, for another level to look at.

    Refuses people.not_allowed, the first fault of the text, rating.frame_* (a village leaves its town's frame),
    rating.draft_gone.
    """
    refuse_if(may(by, "schemes.propose", draft.place.path))
    given = {"draft": draft.pk, "revision": draft.revision}
    with act("rating.hand_in", by=by, at=at, chain=chain_of(draft.place), command=command, given=given) as pen:
        if pen.replayed:
            return SchemeVersion.objects.get(pk=pen.answer["version"])
        check = check_json(draft.text)
        if check.document is None:
            raise Refused(check.problems[0])
        if frame := frame_over(draft.place):
            refuse_if(next(iter(outside_frame(frame, check.document)), None))
        version = _standing(check.document) or _version(pen, check.document)
        swap(_open(draft), GONE, state=DraftState.HANDED.value, version=version, changed_by=by.id, changed=at)
        pen.subject = draft.pk.hex
        pen.answer = {"version": version.pk, "number": version.number, "sha256": version.sha256}
    return version


def _open(draft: SchemeDraft) -> QuerySet[SchemeDraft]:
    """The draft, if it still is as the writer read it."""
    return SchemeDraft.objects.filter(pk=draft.pk, state=DraftState.OPEN.value, revision=draft.revision)


def _text(data: dict[str, Any]) -> str:
    """Tables as they are kept. Refuses what no document may be: too large, too deep, too many."""
    text = kept(data)
    read = load_json(text)
    if isinstance(read, Problem):
        raise Refused(read)
    return text


def _standing(document: SchemeDocument) -> SchemeVersion | None:
    """The version that says just this already."""
    sha256 = fingerprint(canonical(document))
    return SchemeVersion.objects.filter(scheme=document.code, sha256=sha256).first()


def _version(pen: Pen, document: SchemeDocument) -> SchemeVersion:
    """Write the next version of a scheme."""
    text = canonical(document)
    last = SchemeVersion.objects.filter(scheme=document.code).aggregate(last=Max("number"))["last"] or 0
    version = SchemeVersion(
        id=uuid7(), scheme=document.code, title=document.name, number=last + 1, engine=document.engine
    )
    version.text, version.sha256, version.by, version.at = text, fingerprint(text), pen.by.id, pen.at
    version.save(force_insert=True)
    pen.subject = version.id.hex
    pen.answer = {"version": version.id, "number": version.number, "sha256": version.sha256}
    return version
