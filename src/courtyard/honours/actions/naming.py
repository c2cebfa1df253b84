"""Names on a black list: a village's three documents filed and ended, the county's switch, the token of a group's sheet."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from courtyard.honours.models import Assessment, BoardToken, NameDocuments, NamesSwitch
from courtyard.honours.queries.naming import any_documents, forbidden
from courtyard.honours.rules.naming import NamePapers, in_force, unfit_papers
from courtyard.honours.rules.states import AssessmentQuestion
from courtyard.inspections.actions.turn import village_turn
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import token, uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act
from courtyard.records.rules import canonical


def file_name_documents(
    *, village: Place, papers: NamePapers, by: Actor, at: datetime, command: UUID | None = None
) -> NameDocuments:
    """File the three documents that names need for a village, at the town: resolution, expiry, impact assessment.

    Entries published from now on may carry names, if their scheme says so; none published before does. Refuses
    honours.names_need_* where one is missing, .names_attendance, .names_expiry_unsound, .names_filed_already.
    """
    refuse_if(may(by, "schemes.adopt", village.path))
    text = _text(papers)
    with act(
        "honours.file_name_documents", by=by, at=at, chain=village.pk, subject=village.pk, command=command,
        given={"village": village.pk, "papers": text}, conflict="honours.names_filed_already",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return NameDocuments.objects.get(pk=pen.answer["documents"])
        village_turn(pen)
        refuse_if(unfit_papers(papers, day_of(at)))
        for row in NameDocuments.objects.filter(village=village, ended_on=None):
            if in_force(row.since, row.expires_on, row.ended_on, day_of(at)):
                refuse("honours.names_filed_already", day=row.expires_on.isoformat())
            NameDocuments.objects.filter(pk=row.pk, ended_on=None).update(ended_on=row.expires_on)
        filed = _filed(village, papers, hashlib.sha256(text.encode()).hexdigest(), pen)
        pen.answer = {"documents": filed.pk, "sha256": filed.sha256, "expires_on": filed.expires_on}
    return filed


def _text(papers: NamePapers) -> str:
    answers = [papers.answers.get(question, "") for question in AssessmentQuestion]
    days = [papers.resolved_on, papers.expires_on, papers.assessed_on]
    return canonical([days, papers.attendance, papers.households, papers.document, papers.assessor, answers])


def _filed(village: Place, papers: NamePapers, sha256: str, pen: Pen) -> NameDocuments:
    days: dict[str, Any] = {name: getattr(papers, name) for name in ("resolved_on", "expires_on", "assessed_on")}
    row = NameDocuments(
        id=uuid7(),
        village=village,
        attendance=papers.attendance,
        households=papers.households,
        document=clean(papers.document),
        since=day_of(pen.at),
        assessor=clean(papers.assessor),
        sha256=sha256,
        **days,
    )
    row.save(force_insert=True)
    Assessment.objects.bulk_create(
        Assessment(documents=row, question=question.value, text=clean(papers.answers[question]))
        for question in AssessmentQuestion
    )
    return row


def end_name_documents(*, documents: NameDocuments, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """End a village's documents before their day: in the same moment no sheet and no page shows a name any more.

    Refuses honours.names_ended_already.
    """
    refuse_if(may(by, "schemes.adopt", documents.village.path))
    with act(
        "honours.end_name_documents", by=by, at=at, chain=documents.village_id, subject=documents.pk,
        command=command, given={"documents": documents.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        rows = NameDocuments.objects.filter(pk=documents.pk, ended_on=None)
        swap(rows, "honours.names_ended_already", ended_on=day_of(at))
        pen.answer = {"documents": documents.pk}


def forbid_names(*, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """The county forbids names on black lists: every named entry shows as things without names in the same moment.

    Refuses honours.names_forbidden_already.
    """
    _switch("honours.forbid_names", True, by, at, command)


def allow_names(*, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """The county allows names again where the documents stand. Refuses honours.names_allowed_already, .names_no_documents
    (no village has its three documents on file).
    """
    _switch("honours.allow_names", False, by, at, command)


def _switch(verb: str, wanted: bool, by: Actor, at: datetime, command: UUID | None) -> None:
    refuse_if(may(by, "places.keep", ""))
    county = Place.objects.get(path="")
    with act(verb, by=by, at=at, chain=county.pk, subject=county.pk, command=command, given={}) as pen:
        if pen.replayed:
            return
        village_turn(pen)
        if forbidden() is wanted:
            refuse("honours.names_forbidden_already" if wanted else "honours.names_allowed_already")
        if not wanted and not any_documents(day_of(at)):
            refuse("honours.names_no_documents")
        new = {"forbidden": wanted, "since": day_of(at)}
        if not NamesSwitch.objects.filter(county=county).update(**new):
            NamesSwitch(county=county, **new).save(force_insert=True)
        pen.answer = {"forbidden": wanted}


def sheet_token(pen: Pen, group_id: UUID, documents_id: UUID) -> None:
    """The token of a group's named sheet under these documents, made with the first entry that carries a name."""
    if not BoardToken.objects.filter(group=group_id, documents=documents_id).exists():
        row = BoardToken(id=uuid7(), group_id=group_id, documents_id=documents_id, token=token())
        row.since = day_of(pen.at)
        row.save(force_insert=True)
