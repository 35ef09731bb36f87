"""Importing from the command line stores the same figures as the page does."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from metrics.models import Import, Observation

DAYS = "date,likes\n2026-01-05,40\n2026-01-06,300\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "days.csv"
    path.write_text(DAYS)
    return path


def run(*arguments: object) -> dict:
    out = StringIO()
    call_command("import_metrics", *map(str, arguments), "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue().splitlines()[-1])


def test_figures_are_stored_for_the_named_channel(brand, instagram, file):
    told = run(file, "--brand", "atlas", "--channel", "@Atlas")
    assert told["sums"] == {"likes": "340"}
    assert set(Observation.objects.values_list("channel", "source__status")) == {(instagram.pk, "applied")}


def test_the_same_file_again_changes_nothing(brand, instagram, file):
    first = run(file, "--brand", "atlas", "--channel", "atlas")
    assert run(file, "--brand", "atlas", "--channel", "atlas") == first
    assert Import.objects.count() == 1


@pytest.mark.parametrize(
    "arguments, said",
    [
        ([], "which brand"),
        (["--brand", "nobody"], "no brand nobody"),
        (["--brand", "atlas", "--channel", "nobody"], "has no channel nobody"),
        (["--brand", "atlas"], "Say which channel"),
    ],
)
def test_what_is_not_told_is_asked_and_nothing_is_stored(brand, instagram, file, arguments, said):
    with pytest.raises(CommandError, match=said) as error:
        run(file, *arguments)
    assert error.value.returncode == 2
    assert not Observation.objects.exists()


def test_a_file_of_another_network_is_not_stored_for_the_channel(brand, instagram, channel_on, tmp_path):
    channel_on("facebook", "atlas_fb")
    path = tmp_path / "days.csv"
    path.write_text("date,platform,likes\n2026-01-05,facebook,40\n")
    with pytest.raises(CommandError, match="they are of facebook"):
        run(path, "--brand", "atlas", "--channel", "atlas")
    assert not Observation.objects.exists()


def test_after_a_mistake_the_file_can_be_stored(brand, instagram, file):
    with pytest.raises(CommandError):
        run(file, "--brand", "atlas")
    run(file, "--brand", "atlas", "--channel", "atlas")
    assert Observation.objects.count() == 2
