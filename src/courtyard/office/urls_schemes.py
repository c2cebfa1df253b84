"""The office's addresses of schemes: what is in force, writing one, looking at one, its review and its resolutions."""

from django.urls import path

from courtyard.office.views import drafts, scheme_looks, schemes

urlpatterns = [
    path("schemes", schemes.schemes, name="schemes"),
    path("schemes/new", schemes.scheme_draft, name="scheme_draft"),
    path("schemes/written/new", drafts.scheme_write, name="scheme_write"),
    path("schemes/written/<uuid:id>", drafts.scheme_written, name="scheme_written"),
    path("schemes/written/<uuid:id>/edit/<path:at>", drafts.scheme_edit, name="scheme_edit"),
    path("schemes/written/<uuid:id>/look/<path:at>", drafts.scheme_look, name="scheme_look"),
    path("schemes/written/<uuid:id>/drop", drafts.scheme_drop, name="scheme_drop"),
    path("schemes/written/<uuid:id>/hand-in", drafts.scheme_hand_in, name="scheme_hand_in"),
    path("schemes/written/<uuid:id>/compare", scheme_looks.scheme_written_compare, name="scheme_written_compare"),
    path("schemes/written/<uuid:id>/year", scheme_looks.scheme_written_year, name="scheme_written_year"),
    path("schemes/written/<uuid:id>.toml", drafts.scheme_file, name="scheme_file"),
    path("schemes/<uuid:version>", schemes.scheme, name="scheme"),
    path("schemes/<uuid:version>/compare", scheme_looks.scheme_compare, name="scheme_compare"),
    path("schemes/<uuid:version>/year", scheme_looks.scheme_year, name="scheme_year"),
    path("schemes/<uuid:version>/review", scheme_looks.scheme_review, name="scheme_review"),
    path("schemes/<uuid:version>/adopt", schemes.scheme_adopt, name="scheme_adopt"),
    path("schemes/<uuid:version>/adopt-many", schemes.scheme_adopt_many, name="scheme_adopt_many"),
]
