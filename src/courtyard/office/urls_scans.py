"""The office's addresses of resolutions and their scans."""

from django.urls import path

from courtyard.office.views import scans

urlpatterns = [
    path("schemes/resolutions/<uuid:id>", scans.scheme_resolution, name="scheme_resolution"),
    path("schemes/resolutions/<uuid:id>/scan", scans.scheme_scan, name="scheme_scan"),
    path("schemes/resolutions/<uuid:id>/attach", scans.scheme_scan_attach, name="scheme_scan_attach"),
    path("schemes/resolutions/<uuid:id>/take-away", scans.scheme_scan_away, name="scheme_scan_away"),
    path("covenants/<uuid:id>", scans.household_covenant, name="household_covenant"),
    path("covenants/<uuid:id>/scan", scans.household_covenant_scan, name="household_covenant_scan"),
    path("covenants/<uuid:id>/attach", scans.household_covenant_scan_attach, name="household_covenant_scan_attach"),
    path("covenants/<uuid:id>/take-away", scans.household_covenant_scan_away, name="household_covenant_scan_away"),
]
