"""The office's addresses: each subject brings its own."""

from django.urls import path

from courtyard.office.views import cards, care, home, households, roster, schemes

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("households", households.households, name="households"),
    path("households/new", households.household_new, name="household_new"),
    path("households/<uuid:id>", households.household, name="household"),
    path("households/<uuid:id>/phone", households.household_phone, name="household_phone"),
    path("households/<uuid:id>/change", households.household_change, name="household_change"),
    path("households/<uuid:id>/living", households.household_living, name="household_living"),
    path("households/<uuid:id>/care", households.household_care, name="household_care"),
    path("households/<uuid:id>/kin", households.household_kin, name="household_kin"),
    path("households/<uuid:id>/kin/<uuid:kin>/end", households.household_kin_end, name="household_kin_end"),
    path("households/<uuid:id>/card.pdf", cards.card_print, name="card_print"),
    path("households/<uuid:id>/hand-over", cards.card_hand_over, name="card_hand_over"),
    path("households/<uuid:id>/reissue", cards.card_reissue, name="card_reissue"),
    path("households/<uuid:id>/decline", cards.card_decline, name="card_decline"),
    path("households/<uuid:id>/take-part", cards.card_take_part, name="card_take_part"),
    path("cards", cards.cards, name="cards"),
    path("cards/issue", cards.cards_issue, name="cards_issue"),
    path("cards/<uuid:place>.pdf", cards.cards_print, name="cards_print"),
    path("care", care.care, name="care"),
    path("care/<uuid:id>", care.care_decide, name="care_decide"),
    path("questions", care.questions, name="questions"),
    path("questions/<uuid:id>", care.question_answer, name="question_answer"),
    path("roster", roster.roster, name="roster"),
    path("roster/template.xlsx", roster.roster_template, name="roster_template"),
    path("roster/check", roster.roster_check, name="roster_check"),
    path("roster/errors.xlsx", roster.roster_errors, name="roster_errors"),
    path("roster/import", roster.roster_import, name="roster_import"),
    path("roster/progress/<uuid:id>", roster.roster_progress, name="roster_progress"),
    path("roster/runs/<uuid:id>/undo", roster.roster_undo, name="roster_undo"),
    path("schemes", schemes.schemes, name="schemes"),
    path("schemes/new", schemes.scheme_draft, name="scheme_draft"),
    path("schemes/<uuid:version>", schemes.scheme, name="scheme"),
    path("schemes/<uuid:version>/adopt", schemes.scheme_adopt, name="scheme_adopt"),
]
