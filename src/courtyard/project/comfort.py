"""Text size and language, switched on every screen: a cookie each, nothing else is written."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from courtyard.people.needs import public
from courtyard.project.context import SIZES

YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "/")
    sound = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if sound else "/")


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
