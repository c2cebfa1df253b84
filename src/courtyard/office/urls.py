"""The office's addresses: each subject brings its own."""

from django.urls import path

from courtyard.office.views import home, schemes

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("schemes", schemes.schemes, name="schemes"),
    path("schemes/new", schemes.scheme_draft, name="scheme_draft"),
    path("schemes/<uuid:version>", schemes.scheme, name="scheme"),
    path("schemes/<uuid:version>/adopt", schemes.scheme_adopt, name="scheme_adopt"),
]
