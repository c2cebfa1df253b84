"""Root URLs: each door brings its own; text size, language and the log-in belong to every page."""

from django.urls import include, path

from courtyard.project import comfort, entrance

urlpatterns = [
    path("login", entrance.log_in, name="login"),
    path("logout", entrance.log_out, name="logout"),
    path("size", comfort.text_size, name="text_size"),
    path("language", comfort.language, name="language"),
    path("office/", include("courtyard.office.urls")),
    path("", include("courtyard.board.urls")),
]
handler400 = "courtyard.project.errors.bad_request"
handler403 = "courtyard.project.errors.forbidden"
handler404 = "courtyard.project.errors.not_found"
handler500 = "courtyard.project.errors.broken"
