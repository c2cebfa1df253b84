"""The office's addresses of the standard in pictures."""

from django.urls import path

from courtyard.office.views import standard

urlpatterns = [
    path("schemes/<uuid:version>/standard.pdf", standard.scheme_standard, name="scheme_standard"),
    path("groups/<uuid:id>/standard.pdf", standard.group_standard, name="group_standard"),
]
