"""courtyard print_list: a group's red or black poster as it hangs; a black list with names is paper only."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError

from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse_if
from courtyard.ops.naming import round_of
from courtyard.ops.operation import Operation
from courtyard.ops.printing import must_end, put
from courtyard.ops.progress import progress, say
from courtyard.outreach.actions import print_and_keep
from courtyard.outreach.gathering_lists import black_poster_of, red_poster_of, waiting_red
from courtyard.outreach.papers import render_png
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.places.queries import by_path


class Command(Operation):
    help = "印一个组(或村)的红榜、黑榜:PDF 贴公示栏(A3),PNG 发群(1080 像素宽)。"
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--listing", choices=["red", "black"], required=True, help="red 红榜,black 黑榜")
        parser.add_argument("--group", metavar="PATH", required=True, help="哪个组的(镇/村/组;写到村就是全村那张)")
        parser.add_argument("--round", metavar="ID", required=True, help="哪一轮的(courtyard rounds 里有)")
        parser.add_argument("--out", metavar="F.pdf|F.png", required=True, type=Path, help="写到哪个文件")

    def run(self, options: dict[str, Any]) -> None:
        out, by, at = options["out"], options["by"], options["at"]
        must_end(out, ".pdf", ".png")
        place = by_path(options["group"])
        if place.village_id is None:
            raise CommandError(f"「{place.name}」不是组也不是村。请写到组,例如 镇/村/3组。")
        refuse_if(may(by, "papers.print", place.path))
        opened, day, picture = round_of(options["round"], by, "papers.print"), day_of(at), out.suffix.lower() == ".png"
        with progress() as step:
            step("正在印榜…")
            paper = f"{options['listing']}_poster"
            red = options["listing"] == "red"
            gather = partial(red_poster_of, wide=picture) if red else black_poster_of
            facts = gather(place, day, opened=opened)
            content = render_png(paper, facts) if picture else self._kept(paper, facts, place, opened.pk, options)
        put(out, content)
        self.stdout.write(f"印在 {out}。")
        if red and (waiting := waiting_red(opened.pk, place.pk, day)):
            say(f"还有 {waiting} 户红榜候选等第二个人确认,这一张上没有他们。要贴的请在「红黑榜」里确认并公示以后再印。")

    def _kept(self, paper: str, facts: Any, place: Place, subject: UUID, options: dict[str, Any]) -> bytes:
        by, at = options["by"], options["at"]
        return print_and_keep(paper=paper, thing=facts, place=place, by=by, at=at, subject=subject).pdf
