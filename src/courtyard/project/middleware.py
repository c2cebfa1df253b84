"""The one place that turns Refused into a sentence, sets who acts, and refuses undeclared pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from courtyard.households.queries import household_actor, household_of_session
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem, Refused
from courtyard.kernel.sentences import say
from courtyard.people.queries import acting
from courtyard.people.rules import areas
from courtyard.project.errors import page
from courtyard.records.gate import Busy

Answer = Callable[[HttpRequest], HttpResponse]
CSP = (
    "default-src 'self'; script-src 'self'{wasm}; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:;"
    " object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
# Which status a refusal has; everything else is 409 (the state of things is against it).
NOT_YOURS = ("people.not_allowed", "people.wrong_login", "places.not_yours")


def headers(get_response: Answer) -> Answer:
    """Put the content policy and the no-index line on every answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        wasm = " 'wasm-unsafe-eval'" if getattr(response, "wasm", False) else ""
        response.headers.setdefault("Content-Security-Policy", CSP.format(wasm=wasm))
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


class Courtyard:
    """Who acts and when (`request.actor`, `request.at`), whether the page is declared, and what a refusal says."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _actor(self, request: Any) -> Actor | None:
        """Who acts; what is read with it is kept for the page: whom to complain to, the household behind its card."""
        if request.user.is_authenticated:
            actor, request.complaint_line = acting(request.user, day_of(request.at))
            return actor
        id = request.session.get("household")
        found = household_of_session(id, request.session.get("card")) if id else None
        if found is None:
            return None
        request.household, request.complaint_line = found
        return household_actor(request.household)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        need = getattr(view, "needs", None)
        if need == "public":
            return None
        if need is None:
            raise RuntimeError(f"the page {view.__module__}.{view.__name__} does not declare what it needs")
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is None:
            return redirect_to_login(request.get_full_path(), "/card" if need == "household.own" else None)
        if not areas(actor, need):
            # Out of scope answers as if it did not exist (QUALITY §2 Access).
            raise Http404
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return refused(request, error.problem)
        if isinstance(error, Busy) or (isinstance(error, OperationalError) and "locked" in str(error)):
            return busy(request)
        return None


def busy(request: HttpRequest) -> HttpResponse:
    """Somebody writes and the wait was too long: nothing was changed, ask again in a moment."""
    response = page(request, 503, _("现在太忙"), say(Problem("records.busy")))
    response.headers["Retry-After"] = "5"
    return response


def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    """A refusal as a page (or JSON where the caller asks for it): nothing was changed, and why."""
    status = 403 if problem.code in NOT_YOURS else 409
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"code": problem.code, "why": say(problem)}, status=status)
    match = request.resolver_match
    form = getattr(match.func, "page", None) if match else None
    if match is None or form is None:
        return page(request, status, _("这一步没有办"), say(problem))
    # A deed's page again, with the sentence above the form and the input kept (people.needs.deed).
    request.problem = say(problem)  # type: ignore[attr-defined]
    try:
        response: HttpResponse = form(request, **match.kwargs)
    except Refused:
        # The form itself cannot be shown (its upload is gone, its entry is closed): the sentence stands alone.
        return page(request, status, _("这一步没有办"), say(problem))
    if response.status_code == 200:  # a page that sends elsewhere goes there
        response.status_code = status
    return response
