"""Sessions in the database, written in the writer's turn like everything else, and answered as busy where it is."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from courtyard.project.middleware import busy
from courtyard.records.gate import Busy, writers_turn


class SessionStore(db.SessionStore):
    def save(self, must_create: bool = False) -> None:
        with writers_turn():
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        if session_key is not None or self.session_key is not None:
            with writers_turn():
                super().delete(session_key)


class Sessions(SessionMiddleware):
    """Django's, but a session that cannot be written now is 503 with Retry-After, never a fault of ours."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (Busy, OperationalError) as error:
            if isinstance(error, OperationalError) and "locked" not in str(error):
                raise
            return busy(request)
