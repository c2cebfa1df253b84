"""A request as every page gets it: the middleware has said who asks and when."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from courtyard.kernel.actors import Actor


class Asked(HttpRequest):
    """`actor` who asks (a page that needs no log-in must not look at it), `at` the instant, `problem` a refusal's
    sentence while its form is shown again."""

    actor: Actor
    at: datetime
    problem: str
    htmx: HtmxDetails
