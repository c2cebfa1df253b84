"""The office's addresses of names on black lists, of corrections, and of objections to a round."""

from django.urls import path

from courtyard.office.views import grade_objections, naming

urlpatterns = [
    path("lists/names", naming.list_names, name="list_names"),
    path("lists/names/forbid", naming.list_names_forbid, name="list_names_forbid"),
    path("lists/names/allow", naming.list_names_allow, name="list_names_allow"),
    path("lists/names/<uuid:place>", naming.list_names_village, name="list_names_village"),
    path("lists/names/<uuid:place>/end", naming.list_names_end, name="list_names_end"),
    path("lists/corrections/<uuid:correction>/name", naming.list_correction_name, name="list_correction_name"),
    path("lists/corrections/<uuid:correction>/pasted", naming.list_correction_pasted, name="list_correction_pasted"),
    path("lists/corrections/<uuid:correction>.pdf", naming.list_correction_print, name="list_correction_print"),
    path("disagree", grade_objections.disagree, name="disagree"),
    path("lists/objections", grade_objections.list_objections, name="list_objections"),
    path("lists/objections/<uuid:objection>", grade_objections.list_grade_objection, name="list_grade_objection"),
]
