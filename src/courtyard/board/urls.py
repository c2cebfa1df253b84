"""The board's addresses: short ones for cards and posters."""

from django.urls import path, register_converter

from courtyard.board.views import card, choices, deeds, disagree, front, group, help, home, named, record, years


class PathConverter:
    """A place's path: codes joined by '/'."""

    regex = r"[0-9A-Za-z\-]+(?:/[0-9A-Za-z\-]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PathConverter, "place")
app_name = "board"
urlpatterns = [
    path("", front.front, name="front"),
    path("privacy", front.privacy, name="privacy"),
    path("v/<place:path>", front.village, name="village"),
    path("g/<place:path>", group.group, name="group"),
    path("n/<slug:token>", named.named, name="named"),
    path("rules/<place:path>", front.rules, name="rules"),
    path("leaflet/<place:path>.pdf", front.leaflet, name="leaflet"),
    path("covenant/<place:path>", choices.covenant, name="covenant"),
    path("c/<slug:token>", card.card, name="card"),
    path("card", card.number, name="number"),
    path("leave", card.leave, name="leave"),
    path("me", home.me, name="me"),
    path("me/rounds", home.rounds, name="rounds"),
    path("me/record.pdf", record.record, name="record"),
    path("me/points", home.points, name="points"),
    path("me/deeds", deeds.deeds, name="own_deeds"),
    path("me/deeds/<uuid:deed>/object", deeds.deed_object, name="own_deed_object"),
    path("me/years", years.years, name="years"),
    path("me/goods", home.goods, name="goods"),
    path("me/rights", home.rights, name="rights"),
    path("me/messages", choices.me_messages, name="messages"),
    path("me/covenant", choices.me_covenant, name="know_covenant"),
    path("me/resets/<uuid:id>/no", choices.me_no_reset, name="no_reset"),
    path("me/object/<uuid:listing>", home.object_to, name="object"),
    path("me/correction", disagree.correction, name="correction"),
    path("me/disagree", disagree.disagree, name="disagree"),
    path("me/read/<uuid:listing>", home.read, name="read"),
    path("me/alone", help.alone, name="alone"),
    path("me/no-help/<uuid:task>", help.no_help, name="no_help"),
    path("me/mended/<uuid:listing>", home.mended, name="mended"),
]
