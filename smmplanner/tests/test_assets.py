import re
from contextlib import closing
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from smmplanner import assets, icons
from smmplanner.staticfiles import NPM_FILES, NpmFinder


def test_every_icon_that_sources_name_is_in_the_sprite():
    sprite = ElementTree.fromstring(assets.icon_sprite())
    symbols = {symbol.get("id"): symbol for symbol in sprite}
    for name, source in icons.used().items():
        assert icons.symbol_id(name) in symbols, f"{source} names {name}"
    assert all(len(symbol) for symbol in symbols.values()), "an icon without a drawing"


def test_an_icon_that_the_set_does_not_have_is_reported_with_its_name():
    with pytest.raises(assets.AssetError, match="no-such-drawing"):
        assets._symbol("no-such-drawing")


def test_icon_names_are_found_in_templates_and_modules():
    assert icons.named_in('{% icon "bell" %} {% icon \'f:brand-tiktok\' "i-s" %}') == {"bell", "f:brand-tiktok"}
    assert icons.named_in('{% include "x.html" with icon="bulb" %}') == {"bulb"}
    assert icons.named_in('Stage(icon="flag")', ".py") == {"flag"}
    assert icons.named_in("{% icon name %}") == set()


def test_the_plotly_style_sheet_has_every_rule_of_the_bundle():
    css = assets.plotly_stylesheet()
    bundle = (assets.NODE_MODULES / assets.PLOTLY_BUNDLE).read_text()
    rules = re.findall(r"^([^/{][^{]*)\{([^}]+)\}$", css, re.MULTILINE)
    assert len(rules) == len(assets.plotly_rules(bundle)) > 50
    assert any(selector.endswith(".modebar-btn") and "position:relative" in body for selector, body in rules)
    assert any(selector.startswith(".plotly-notifier") for selector, _ in rules)
    assert not re.search(r"\bX\b|\bY\b", css.split("*/")[1])


def test_a_bundle_with_rules_in_another_form_is_refused():
    with pytest.raises(assets.AssetError, match="new form"):
        assets.plotly_rules("var rules = loadRules();")
    with pytest.raises(assets.AssetError, match="could not be read"):
        assets.plotly_rules('{"X,X div":"direction:ltr;",["X a"]:"color:red;"};for(')


@pytest.mark.parametrize("name", [*NPM_FILES, *assets.GENERATED, "django_htmx/htmx-2.min.js"])
def test_the_browser_finds_every_asset(name, client, db):
    assert finders.find(name)
    with closing(client.get(staticfiles_storage.url(name))) as response:
        assert response.status_code == 200


@pytest.mark.parametrize("name", ["vendor/../package.json", "vendor/tabler/README.md", "@tabler/core/package.json", "vendor"])
def test_npm_files_that_are_not_listed_are_not_served(name, client):
    assert not NpmFinder().find(name)
    assert client.get(f"/static/{name}").status_code == 404


def test_a_missing_npm_package_is_reported_by_the_system_check(tmp_path):
    finder = NpmFinder()
    finder.root = tmp_path
    (problem,) = finder.check()
    assert "@tabler/core/dist/css/tabler.min.css" in problem.msg
    assert "npm ci" in problem.hint


def test_plotly_in_the_browser_has_the_version_that_python_writes_figures_for():
    from plotly.offline import get_plotlyjs_version

    bundle = (assets.NODE_MODULES / assets.PLOTLY_BUNDLE).read_text()[:200]
    assert f"v{get_plotlyjs_version()}" in bundle
