"""Root URLs: each door brings its own."""

from django.urls import include, path

urlpatterns = [
    path("office/", include("courtyard.office.urls")),
    path("", include("courtyard.board.urls")),
]
handler400 = "courtyard.project.errors.bad_request"
handler403 = "courtyard.project.errors.forbidden"
handler404 = "courtyard.project.errors.not_found"
handler500 = "courtyard.project.errors.broken"
