"""Coming in and going out: staff by name and password; a household's way in belongs to the board."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from courtyard.kernel.problems import refuse
from courtyard.people.devices import marked, remember
from courtyard.people.needs import deed, public


@public
def log_in_page(request: HttpRequest) -> HttpResponse:
    """The log-in form; somebody who is in already goes to the office."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect("office:home")
    return render(request, "login.html", {"next": request.POST.get("next") or request.GET.get("next", "")})


@public
@deed(log_in_page)
def log_in(request: HttpRequest) -> HttpResponse:
    """Let a person in. Unknown name and wrong password are answered alike; five wrong tries lock name and device."""
    name = request.POST.get("username", "").strip().lower()
    account = authenticate(marked(request, name), username=name, password=request.POST.get("password", ""))
    if account is None:
        refuse("people.wrong_login")
    login(request, account)
    target = request.POST.get("next", "")
    sound = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(target) if target and sound else redirect("office:home")
    return remember(request, answer, name)


@public
def log_out(request: HttpRequest) -> HttpResponse:
    """Go out on POST; by address only, the log-in form."""
    if request.method == "POST":
        logout(request)
    return redirect("login")
