"""The office's addresses around the card: hand-over, second persons, PIN resets, covenant, own kin."""

from django.urls import path

from courtyard.office.views import covenants, handing, kin, pins, records, roster, seconds

urlpatterns = [
    path("cards/<uuid:place>/hand-over.pdf", handing.cards_sheet, name="cards_sheet"),
    path("cards/<uuid:group>/hand-over", handing.cards_hand_over, name="cards_hand_over"),
    path("households/<uuid:id>/pin-reset", pins.card_pin_reset, name="card_pin_reset"),
    path("households/<uuid:id>/record.pdf", records.household_record, name="household_record"),
    path("records/<uuid:village>", records.household_records, name="household_records"),
    path("records/<uuid:group>.pdf", records.household_records_print, name="household_records_print"),
    path("seconds", seconds.household_seconds, name="household_seconds"),
    path("seconds/<uuid:id>", seconds.household_second, name="household_second"),
    path("seconds/<uuid:id>/answer", seconds.household_second_answer, name="household_second_answer"),
    path("pin-resets/<uuid:id>/answer", seconds.household_reset_answer, name="household_reset_answer"),
    path("covenants", covenants.household_covenants, name="household_covenants"),
    path("covenants/<uuid:id>.pdf", covenants.household_covenant_print, name="household_covenant_print"),
    path("kin", kin.round_kin, name="round_kin"),
    path("roster/progress/<uuid:id>/cancel", roster.roster_cancel, name="roster_cancel"),
]
