"""The answer to an objection, on a black list or to a grade: upheld or not, the reasons, what the areas really were."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.rating.rules.documents import DECLINED, SchemeDocument

YES_NO = ("yes", "no")
FIELD = "area-"


def fields(document: SchemeDocument) -> dict[str, Any]:
    """What the form offers: the two answers; (field, the area's name, its labels) of every area of the sheet."""
    labels = [(label.code, label.name) for label in document.sheet.labels]
    declined = (DECLINED, _("没同意进屋"))
    return {
        "answers": list(zip(YES_NO, (_("成立,改过来"), _("不成立")), strict=True)),
        "areas": [
            (f"{FIELD}{area.code}", area.name, [*labels, declined] if area.consent else labels)
            for area in document.sheet.areas
        ],
    }


def given(request: Asked) -> dict[str, Any]:
    """`upheld`, `reasons` and, where it is upheld with them, `values`: area → label; none of them means not rated."""
    upheld = forms.one_of(request, "upheld", _("成立不成立"), YES_NO) == "yes"
    typed = {key.removeprefix(FIELD): forms.text(request, key) for key in request.POST if key.startswith(FIELD)}
    values = {area: label for area, label in typed.items() if label}
    reasons = forms.wanted(request, "reasons", _("理由"))
    return {"upheld": upheld, "reasons": reasons, "values": values if upheld and values else None}
