"""The press's child: reads one job on standard input, writes the number of pages and the file on standard output.

A process of its own, because Typst keeps what it has laid out for as long as its process lives, and so that no print
can outgrow its memory or its time.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent
FONTS = Path(__file__).parents[1] / "fonts"
MOST_BYTES = 4 * 1024**3


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    job = json.load(sys.stdin.buffer)
    compiler = typst.Compiler(
        str(TEMPLATES / f"{job['paper']}.typ"),
        root=str(TEMPLATES),
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]),
        ignore_system_fonts=True,
        sys_inputs={"facts": job["facts"], "medium": job["medium"]},
    )
    pdf = {"format": "pdf", "timestamp": 0, "pdf_tags": job["tagged"]}
    made = compiler.compile(**({"format": "png", "ppi": job["ppi"]} if job["medium"] == "picture" else pdf))
    pages = json.loads(compiler.query("<pages>", field="value", one=True))
    sys.stdout.buffer.write(pages.to_bytes(4, "big") + (made[0] if isinstance(made, list) else made))


if __name__ == "__main__":
    try:
        main()
    except typst.TypstError as error:
        sys.exit(f"{error.diagnostic}")
