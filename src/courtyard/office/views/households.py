"""Households: search, one household's page, what a cadre keeps of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.honours.actions import leave_lists
from courtyard.households import actions, queries
from courtyard.households.models import Kin
from courtyard.households.rules.answers import FITTING
from courtyard.households.rules.states import CareKind, KinKind, Living, QuestionKind
from courtyard.inspections.queries.including import rounds_of_home
from courtyard.kernel.actors import DutyKind
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.office.homes import found, home_for, shown
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.models import Duty
from courtyard.people.needs import deed, needs
from courtyard.people.queries import with_duties
from courtyard.people.rules import areas, may

A_PAGE = 50


@needs("households.see")
def households(request: Asked) -> HttpResponse:
    """The register: search on top, a page of homes in walking order."""
    words, place = request.GET.get("q", "").strip(), request.GET.get("place", "")
    pages = Paginator(found(request, words, place), A_PAGE).get_page(request.GET.get("page"))
    villages = places_for(request, "households.see", "village", "group")
    facts = {
        "rows": shown(request, list(pages.object_list), why="office list"),
        "pages": pages,
        "words": words,
        "place": place,
        "places": [(row.path, f"{row.parent.name} {row.name}" if row.parent else row.name) for row in villages],
        "may_keep": areas(request.actor, "households.keep"),
        "may_cards": areas(request.actor, "cards.issue"),
        "may_import": areas(request.actor, "households.import"),
        "may_confirm": areas(request.actor, "households.confirm"),
    }
    return render(request, "office/_households.html" if request.htmx else "office/households.html", facts)


@needs("households.see")
def household(request: Asked, id: UUID, phones: bool = False) -> HttpResponse:
    """One household: who, where, its card, care, kin, what an import asks."""
    home = home_for(request, "households.see", id)
    rounds = rounds_of_home(home)
    facts = {
        "missed": rounds.missed if may(request.actor, "rounds.include", home.village.path) is None else None,
        "row": shown(request, [home], why="office page", phones=phones)[0],
        "home": home,
        "phones": phones,
        "living": Living(home.living).label,
        "card": queries.card_told(home.pk),
        "resets": queries.resets_told(home.pk),
        "care": home.care.order_by("kind"),
        "kin": home.kin.select_related("account").order_by("account__name"),
        "questions": [(q, FITTING[QuestionKind(q.kind)]) for q in home.questions.filter(state="open")],
        "may_keep": may(request.actor, "households.keep", home.group.path) is None,
        "may_cards": may(request.actor, "cards.issue", home.group.path) is None,
        "may_confirm": may(request.actor, "households.confirm", home.group.path) is None,
        "grades": rounds.grades,
        "livings": Living.choices(),
        "care_kinds": CareKind.choices(),
        "kin_kinds": KinKind.choices(),
        "staff": [
            (row.account_id, f"{row.account.name}({DutyKind(row.kind).label})")
            for row in _staff(home.village.path, day_of(request.at))
        ],
    }
    return render(request, "office/household.html", facts)


def _staff(village: str, day: date) -> list[Duty]:
    return list(with_duties([village], [DutyKind.EVALUATOR, DutyKind.VILLAGE_CADRE], day))


@needs("households.see")
@deed(household)
def household_phone(request: Asked, id: UUID) -> HttpResponse:
    """The phone in clear; who looked and when is kept."""
    return household(request, id, phones=True)


@needs("households.keep")
def household_new_page(request: Asked) -> HttpResponse:
    """A household put in by hand."""
    groups = labelled(places_for(request, "households.keep", "group"))
    return render(request, "office/household_new.html", {"groups": groups})


@needs("households.keep")
@deed(household_new_page)
def household_new(request: Asked) -> HttpResponse:
    """Put it into its group and show it."""
    home = actions.add_household(
        group=place_for(request, "households.keep", forms.wanted(request, "group", _("村民小组")), "group"),
        code=forms.wanted(request, "code", _("户编号")),
        head=forms.wanted(request, "head", _("户主姓名")),
        people=forms.number(request, "people", _("家庭人口"), most=99),
        phone=forms.text(request, "phone"),
        bay=forms.text(request, "bay"),
        door=forms.text(request, "door"),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("已加上这一户,短号 %(short)s。另一个人核对以前,积分先不能用。") % {"short": home.short})
    return redirect("office:household", id=home.pk)


@needs("households.keep")
def household_change_page(request: Asked, id: UUID) -> HttpResponse:
    """What may be changed of a household; the phone stays hidden unless a new one is given."""
    home = home_for(request, "households.keep", id)
    groups = places_for(request, "households.keep", "group").filter(village=home.village_id)
    facts = {"home": home, "row": shown(request, [home], why="office change")[0], "groups": labelled(groups)}
    return render(request, "office/household_change.html", facts)


@needs("households.keep")
@deed(household_change_page)
def household_change(request: Asked, id: UUID) -> HttpResponse:
    """Change it; an empty phone field leaves the phone, the tick removes it."""
    home = home_for(request, "households.keep", id)
    phone = forms.text(request, "phone") or ("" if request.POST.get("no_phone") else None)
    actions.change_household(
        household=home,
        head=forms.wanted(request, "head", _("户主姓名")),
        people=forms.number(request, "people", _("家庭人口"), most=99),
        phone=phone,
        bay=forms.text(request, "bay"),
        door=forms.text(request, "door"),
        group=place_for(request, "households.keep", forms.wanted(request, "group", _("村民小组")), "group"),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("已改好。"))
    return redirect("office:household", id=home.pk)


@needs("households.keep")
@deed(household)
def household_living(request: Asked, id: UUID) -> HttpResponse:
    """Say whether anybody lives there."""
    home = home_for(request, "households.keep", id)
    living = Living(forms.one_of(request, "living", _("有没有人住"), Living.codes()))
    actions.set_lived_in(household=home, living=living, by=request.actor, at=request.at, command=forms.command(request))
    leave_lists(household=home, by=request.actor, at=request.at)
    messages.success(request, _("已记下:%(living)s。") % {"living": _(living.label)})
    return redirect("office:household", id=id)


@needs("households.keep")
@deed(household)
def household_care(request: Asked, id: UUID) -> HttpResponse:
    """Propose a household for the care list."""
    home = home_for(request, "households.keep", id)
    kind = CareKind(forms.one_of(request, "kind", _("关心的情况"), CareKind.codes()))
    actions.propose_care(household=home, kind=kind, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已放进待确认的名单。"))
    return redirect("office:household", id=id)


@needs("households.keep")
@deed(household)
def household_kin(request: Asked, id: UUID) -> HttpResponse:
    """Declare that it is somebody's own home or kin: they step aside there."""
    home = home_for(request, "households.keep", id)
    chosen = forms.text(request, "account")
    staff = _staff(home.village.path, day_of(request.at))
    duty = next((row for row in staff if str(row.account_id) == chosen), None)
    if duty is None:
        refuse("people.not_chosen", field=_("谁"))
    kind = KinKind(forms.one_of(request, "kin", _("什么关系"), KinKind.codes()))
    actions.declare_kin(
        account=duty.account, household=home, kind=kind, by=request.actor, at=request.at, command=forms.command(request)
    )
    messages.success(request, _("已记下,评比时本人回避。"))
    return redirect("office:household", id=id)


@needs("households.keep")
@deed(household)
def household_kin_end(request: Asked, id: UUID, kin: UUID) -> HttpResponse:
    """Take back a wrong declaration."""
    home = home_for(request, "households.keep", id)
    line = get_object_or_404(Kin.objects.select_related("household__group", "account"), pk=kin, household=home)
    actions.withdraw_kin(kin=line, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已取消。"))
    return redirect("office:household", id=id)
