"""Text size and language, switched on every screen: a cookie each, nothing else is written."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from courtyard.people.needs import public
from courtyard.project.context import SIZES

YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "/")
    sound = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if sound else "/")


def chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Chinese, unless this device chose otherwise: a computer that was sold with an English system has not chosen."""

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
            return response

    return answer


@public
@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Keep the chosen text size on this device and go back to the page."""
    response = _back(request)
    if request.POST.get("size") in SIZES:
        response.set_cookie("size", request.POST["size"], YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)
    return response


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language on this device and go back to the page."""
    response = _back(request)
    if request.POST.get("language") in dict(settings.LANGUAGES):
        name = settings.LANGUAGE_COOKIE_NAME
        response.set_cookie(name, request.POST["language"], YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)
    return response
