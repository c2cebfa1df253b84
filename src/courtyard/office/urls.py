"""The office's addresses: each subject brings its own."""

from django.urls import path

from courtyard.office.views import home

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
]
