"""The office's addresses of the lists."""

from django.urls import path

from courtyard.office.views import entries, lists

urlpatterns = [
    path("lists", lists.lists, name="lists"),
    path("lists/red/<uuid:round>", lists.list_red, name="list_red"),
    path("lists/boards/<uuid:place>", lists.list_board, name="list_board"),
    path("lists/boards/<uuid:place>/<slug:paper>.<slug:kind>", lists.list_print, name="list_print"),
    path("lists/paste/<uuid:task>", lists.list_paste, name="list_paste"),
    path("lists/<uuid:listing>", entries.entry, name="list_entry"),
    path("lists/<uuid:listing>/look", entries.entry_look, name="list_look"),
    path("lists/<uuid:listing>/drop", entries.entry_drop, name="list_drop"),
    path("lists/<uuid:listing>/notice", entries.entry_notice, name="list_notice"),
    path("lists/<uuid:listing>/not-received", entries.entry_not_received, name="list_not_received"),
    path("lists/<uuid:listing>/objection", entries.entry_objection, name="list_objection"),
    path("lists/<uuid:listing>/decide", entries.entry_decide, name="list_decide"),
    path("lists/<uuid:listing>/publish", entries.entry_publish, name="list_publish"),
    path("lists/<uuid:listing>/mended", entries.entry_mended, name="list_mended"),
    path("lists/<uuid:listing>/revisit", entries.entry_revisit, name="list_revisit"),
    path("lists/<uuid:listing>/notice-slip", entries.entry_notice_slip, name="list_notice_slip"),
    path("lists/<uuid:listing>/notice.pdf", entries.entry_notice_print, name="list_notice_print"),
    path("lists/<uuid:listing>/slip.pdf", entries.entry_slip_print, name="list_slip_print"),
]
