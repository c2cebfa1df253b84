"""The office's addresses of adjustments by hand."""

from django.urls import path

from courtyard.office.views import adjustments

urlpatterns = [
    path("points/adjustments", adjustments.points_adjustments, name="points_adjustments"),
    path("points/adjustments/propose", adjustments.points_adjust, name="points_adjust"),
    path(
        "points/adjustments/<uuid:adjustment>/confirm", adjustments.points_adjust_confirm, name="points_adjust_confirm"
    ),
    path(
        "points/adjustments/<uuid:adjustment>/decline", adjustments.points_adjust_decline, name="points_adjust_decline"
    ),
]
