"""The office's addresses of slips and counterfoils."""

from django.urls import path

from courtyard.office.views import slips

urlpatterns = [
    path("rounds/<uuid:id>/slips", slips.slips_page, name="slips"),
    path("rounds/<uuid:id>/slips/print", slips.slips_print, name="slips_print"),
    path("rounds/<uuid:id>/slips.pdf", slips.slips_pdf, name="slips_pdf"),
    path("rounds/<uuid:id>/slips/pad", slips.slip_pad, name="slip_pad"),
    path("rounds/<uuid:id>/slips/pads/<uuid:pad>.pdf", slips.slip_pad_pdf, name="slip_pad_pdf"),
    path("counterfoils", slips.counterfoils, name="counterfoils"),
    path("counterfoils/photo", slips.counterfoils_photo, name="counterfoils_photo"),
]
