"""The office's addresses of evaluation groups, draws and joint grading."""

from django.urls import path

from courtyard.office.views import calibration, groups

urlpatterns = [
    path("groups", groups.groups, name="groups"),
    path("groups/new/<uuid:village>", groups.group_new, name="group_new"),
    path("groups/<uuid:id>", groups.group, name="group"),
    path("groups/<uuid:id>/yards", calibration.calibration_draw, name="calibration_draw"),
    path("groups/<uuid:id>/calibration", calibration.calibration, name="calibration"),
    path("groups/<uuid:id>/calibration.pdf", calibration.calibration_print, name="calibration_print"),
    path("groups/<uuid:id>/calibration/sheets.pdf", calibration.calibration_sheets, name="calibration_sheets"),
    path("groups/<uuid:id>/calibration/<uuid:evaluator>", calibration.calibration_marks, name="calibration_marks"),
    path("rounds/<uuid:id>/draws", groups.round_draws, name="round_draws"),
    path("rounds/<uuid:id>/draws.json", groups.round_draws_facts, name="round_draws_facts"),
]
