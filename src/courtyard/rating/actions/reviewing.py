"""What a person of another level says of a version before an assembly votes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.models import Account
from courtyard.people.queries import actor_of
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.rating.actions.levels import chain_of, kinds
from courtyard.rating.models import ReviewWords, SchemeReview, SchemeVersion, VersionState
from courtyard.rating.rules.adopting import unsound_reviewer, unsound_words
from courtyard.records.guard import swap
from courtyard.records.journal import act
from courtyard.records.rules import salted


def review_scheme(
    *,
    version: SchemeVersion,
    place: Place,
    agrees: bool,
    words: str,
    by: Actor,
    at: datetime,
    command: UUID | None = None,
) -> SchemeReview:
    """Say of a version that nobody adopted yet that it may go on to the assembly, or what must be changed before.

    A draft that may go on is reviewed; one that must change is a draft (again). Refuses people.not_allowed,
    rating.review_own, .review_same_level, .review_no_words, .review_too_late, .version_gone.
    """
    refuse_if(may(by, "schemes.adopt", place.path))
    writer = Account.objects.filter(pk=version.by).first()
    writing = kinds(actor_of(writer, day_of(at)), "schemes.propose", place) if writer else frozenset()
    refuse_if(unsound_reviewer(version.by, by, writing=writing, reviewing=kinds(by, "schemes.adopt", place)))
    words = clean(words)
    refuse_if(unsound_words(words, agrees=agrees))
    given = {"version": version.pk, "place": place.pk, "agrees": agrees, "words": words}
    with act("rating.review", by=by, at=at, chain=chain_of(place), command=command, given=given) as pen:
        if pen.replayed:
            return SchemeReview.objects.get(pk=pen.answer["review"])
        rows = SchemeVersion.objects.filter(pk=version.pk, sha256=version.sha256)
        if rows.filter(state=VersionState.ADOPTED.value).exists():
            refuse("rating.review_too_late")
        state = VersionState.REVIEWED if agrees else VersionState.DRAFT
        swap(rows.exclude(state=VersionState.ADOPTED.value), "rating.version_gone", state=state.value)
        salt = random_bytes(16)
        review = reviewed(version, place, by, day_of(at), agrees=agrees)
        review.words_sha256 = salted(salt, words) if words else ""
        pen.grow([review])
        if words:
            ReviewWords(id=uuid7(), review=review, text=words, salt=salt).save(force_insert=True)
        pen.subject, pen.answer = version.pk.hex, {"review": review.pk, "version": version.pk, "agrees": agrees}
    return review


def reviewed(version: SchemeVersion, place: Place, by: Actor, day: date, *, agrees: bool) -> SchemeReview:
    """The row of a review, not yet written."""
    review = SchemeReview(id=uuid7(), version=version, place=place, agrees=agrees, by=by.id, day=day)
    review.words_sha256 = ""
    return review
