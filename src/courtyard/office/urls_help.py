"""The office's addresses of help and deeds."""

from django.urls import path

from courtyard.office.views import deed_changes, deeds, help

urlpatterns = [
    path("help", help.help_board, name="help"),
    path("help/alone", help.help_alone, name="help_alone"),
    path("help/<uuid:task>", help.help_task, name="help_task"),
    path("help/<uuid:task>/take", help.help_take, name="help_take"),
    path("help/<uuid:task>/done", help.help_done, name="help_done"),
    path("help/<uuid:task>/end", help.help_end, name="help_end"),
    path("deeds", deeds.deeds, name="deeds"),
    path("deeds/record", deeds.deed_record, name="deed_record"),
    path("deeds/<uuid:deed>", deed_changes.deed, name="deed"),
    path("deeds/<uuid:deed>/say", deed_changes.deed_say, name="deed_say"),
    path("deeds/<uuid:deed>/object", deed_changes.deed_object, name="deed_object"),
    path("deeds/<uuid:deed>/answer", deed_changes.deed_answer, name="deed_answer"),
    path("deeds/<uuid:deed>/confirm", deeds.deed_confirm, name="deed_confirm"),
    path("deeds/<uuid:deed>/decline", deeds.deed_decline, name="deed_decline"),
]
