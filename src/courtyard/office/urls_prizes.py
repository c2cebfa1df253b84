"""The office's addresses of prizes."""

from django.urls import path

from courtyard.office.views import prizes

urlpatterns = [
    path("prizes", prizes.prizes, name="list_prizes"),
    path("prizes/settle", prizes.prizes_settle, name="list_prizes_settle"),
    path("prizes/<uuid:round>.pdf", prizes.prizes_print, name="list_prizes_print"),
    path("prizes/<uuid:prize>/given", prizes.prize_given, name="list_prize_given"),
    path("prizes/<uuid:prize>/not-given", prizes.prize_not_given, name="list_prize_not_given"),
]
