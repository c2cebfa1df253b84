"""What building the distribution does beyond pyproject.toml: the catalogues are compiled, so that a wheel ships `.mo` (D21)."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTranslations(build_py):
    """Compiles every `.po` beside itself before the package's files are gathered."""

    def run(self) -> None:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in sorted(Path("src").glob("**/locale/*/LC_MESSAGES/*.po")):
            with source.open("rb") as read, source.with_suffix(".mo").open("wb") as write:
                write_mo(write, read_po(read, locale=source.parent.parent.name))
        super().run()


setup(cmdclass={"build_py": BuildWithTranslations})
