import gettext
import os

import pytest

from smmplanner.messages import CatalogueError, compile_catalogues

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Calendar"
msgstr "Taqvim"

#, fuzzy
msgid "Goal"
msgstr "guessed"

msgid "%(count)s post"
msgid_plural "%(count)s posts"
msgstr[0] "%(count)s ta post"
"""


@pytest.fixture
def source(settings, tmp_path):
    source = tmp_path / "uz" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)
    settings.LOCALE_PATHS = [tmp_path]
    return source


def test_a_catalogue_is_compiled_without_gettext_installed(source, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    (compiled,) = compile_catalogues()
    with compiled.open("rb") as file:
        translation = gettext.GNUTranslations(file)
    assert translation.gettext("Calendar") == "Taqvim"
    assert translation.gettext("Goal") == "Goal", "a guess is not a translation"
    assert translation.ngettext("%(count)s post", "%(count)s posts", 5) == "%(count)s ta post"


def test_a_catalogue_is_compiled_again_only_when_it_has_changed(source):
    assert compile_catalogues()
    assert compile_catalogues() == []
    later = source.with_suffix(".mo").stat().st_mtime + 5
    os.utime(source, (later, later))
    assert compile_catalogues()


def test_a_damaged_catalogue_is_named(source):
    source.write_bytes(b'msgid "open\nmsgstr \xff')
    with pytest.raises(CatalogueError, match=r"django\.po cannot be read"):
        compile_catalogues()
