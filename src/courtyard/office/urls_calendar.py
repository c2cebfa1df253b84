"""The office's addresses of the calendar: the next round."""

from django.urls import path

from courtyard.office.views import calendar

urlpatterns = [
    path("rounds/next", calendar.round_next, name="round_next"),
]
