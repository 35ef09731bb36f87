"""A web process compiles its templates before it answers, not while the first people wait."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.template import base, engines
from django.test import Client
from django.urls import reverse

from brands.models import User
from metrics.demo.people import LEAD
from smmplanner.warming import own_templates, warm

PAGES = ("metrics:home", "calendar:month", "metrics:results", "metrics:imports")


@pytest.fixture
def compiled(monkeypatch) -> list[str]:
    """The names of templates, as they are compiled from here on; none is kept from before."""
    for loader in engines["django"].engine.template_loaders:
        loader.reset()
    names: list[str] = []
    compile_nodelist = base.Template.compile_nodelist

    def noted(template: base.Template):
        names.append(template.name)
        return compile_nodelist(template)

    monkeypatch.setattr(base.Template, "compile_nodelist", noted)
    return names


def test_the_first_pages_compile_no_template_of_ours(compiled, demo_of_module, db):
    warm()
    assert sorted(compiled) and set(own_templates()) <= {*compiled}
    compiled.clear()
    client = Client()
    client.force_login(User.objects.get(email=LEAD))
    for name in PAGES:
        assert client.get(reverse(name, args=[demo_of_module.slug])).status_code == 200
    assert not {*own_templates()} & {*compiled}


def test_the_server_is_warm_before_it_answers():
    code = "import smmplanner.wsgi, django.urls as u; print(*sorted(u.get_resolver()._namespace_dict))"
    found = subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=300)
    assert found.stdout.split() == ["en", "ru", "uz"], found.stderr
