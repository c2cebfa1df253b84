"""The office's addresses of re-visits, spot checks and concerns."""

from django.urls import path

from courtyard.office.views import revisits, spots

urlpatterns = [
    path("revisits", revisits.revisits, name="revisits"),
    path("revisits/plan/<uuid:village>/<slug:kind>", revisits.revisits_plan, name="revisits_plan"),
    path("revisits/entries/<uuid:listing>", revisits.revisit_entry, name="revisit_entry"),
    path("revisits/spots/<uuid:visit>", revisits.revisit_spot, name="revisit_spot"),
    path("rounds/<uuid:id>/end", spots.round_end, name="round_end"),
    path("spots", spots.spots, name="spots"),
    path("concerns", spots.concerns, name="concerns"),
    path("concerns/<uuid:id>", spots.concern_answer, name="concern_answer"),
]
