"""The office's addresses of titles."""

from django.urls import path

from courtyard.office.views import titles

urlpatterns = [
    path("titles", titles.titles, name="list_titles"),
    path("titles/<uuid:title>/hung", titles.title_hung, name="list_title_hung"),
    path("titles/<uuid:title>/removed", titles.title_removed, name="list_title_removed"),
]
