"""The answer to an objection, on a black list or to a grade: upheld or not, the reasons, what the areas really were."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from courtyard.inspections.rules.corrections import as_written
from courtyard.office.number_form import area_cells, given_of
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.rating.rules.documents import DECLINED, SchemeDocument
from courtyard.rating.rules.sheet import sheet

YES_NO = ("yes", "no")
FIELD = "area-"


def fields(document: SchemeDocument, post: Any) -> dict[str, Any]:
    """What the form offers: the two answers; (field, the area's name, its labels) of every area of the sheet, or on a
    sheet with numbers (`numbers`) the cells of every area as they were typed before a refusal."""
    found = {"answers": list(zip(YES_NO, (_("成立,改过来"), _("不成立")), strict=True))}
    if not document.labels_only:
        return found | {"areas": [], "numbers": area_cells(sheet(document), FIELD, post)}
    labels = [(label.code, label.name) for label in document.sheet.labels]
    declined = (DECLINED, _("没同意进屋"))
    return found | {
        "areas": [
            (f"{FIELD}{area.code}", area.name, [*labels, declined] if area.consent else labels)
            for area in document.sheet.areas
        ],
    }


def given(request: Asked, document: SchemeDocument) -> dict[str, Any]:
    """`upheld`, `reasons` and, where it is upheld with them, `values`: area → what it really was
    (`inspections.rules.corrections`); none of them means not rated."""
    upheld = forms.one_of(request, "upheld", _("成立不成立"), YES_NO) == "yes"
    reasons = forms.wanted(request, "reasons", _("理由"))
    values = _typed(request, document)
    return {"upheld": upheld, "reasons": reasons, "values": values if upheld and values else None}


def _typed(request: Asked, document: SchemeDocument) -> dict[str, str]:
    if document.labels_only:
        typed = {key.removeprefix(FIELD): forms.text(request, key) for key in request.POST if key.startswith(FIELD)}
        return {area: label for area, label in typed.items() if label}
    really = given_of(sheet(document), FIELD, request.POST)
    return as_written(really) if really is not None else {}
