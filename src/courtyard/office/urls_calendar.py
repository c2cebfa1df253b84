"""The office's addresses of the calendar: the next round, the years that are over."""

from django.urls import path

from courtyard.office.views import calendar, years

urlpatterns = [
    path("rounds/next", calendar.round_next, name="round_next"),
    path("years", years.years, name="years"),
    path("years/<uuid:id>/<int:year>", years.year, name="year"),
]
