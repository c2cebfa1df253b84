"""The office's addresses of holidays and complaint lines."""

from django.urls import path

from courtyard.office.views import places

urlpatterns = [
    path("places", places.places, name="places"),
    path("places/holidays/<int:year>", places.places_holidays, name="places_holidays"),
    path("places/lines/<uuid:place>", places.places_line, name="places_line"),
]
