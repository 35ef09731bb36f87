"""Hostile words in every question and cell of the pages for files and feeds: an answer, never a failure, never a script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from calendar_app.plan_files import receiving
from smmplanner.tests.hostile import UNESCAPED, WORDS

pytestmark = pytest.mark.once

PAGE = "/brands/choyxona/calendar/"
TABLES = (
    "Text,Posting Time\n{0},{0}\n",
    "Subject,Start Date,Start Time,Location\n{0},{0},{0},{0}\n",
    "post,date,time,platform,account,title,text,zone,hours,kind\n1,{0},{0},{0},{0},{0},{0},{0},{0},{0}\n",
    "{0},{0}\n{0},{0}\n",
)


@pytest.fixture
def member(signed_in, lead, telegram, instagram, write, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    write("Tea")
    return signed_in(lead)


def look(answer) -> None:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code < 500
    assert "html" not in answer.get("Content-Type", "") or UNESCAPED not in content.decode()


def test_hostile_answers_are_refused(member, brand, lead):
    files = (b"03/04/2099 10:00,Tea,\n", b"Kun,Gap\n1,2\n")
    asking = [receiving.receive(brand, lead, SimpleUploadedFile("x.csv", file)).pk for file in files]
    for word in map(str, WORDS):
        for name in ("format", "first", "channel"):
            look(member.get(f"{PAGE}export/", {"format": "ours", name: word}))
        look(member.post(f"{PAGE}feeds/", {"holds": word}))
        for pk in asking:
            for name in ("order", "channels", "column-text", "column-date"):
                look(member.post(f"{PAGE}import/{pk}/", {name: word}))


def test_hostile_cells_are_told_what_is_wrong_with_them(member):
    for word in map(str, WORDS):
        for table in TABLES:
            file = SimpleUploadedFile("x.csv", table.format(word).encode("utf-8", "replace"))
            answer = member.post(f"{PAGE}import/", {"file": file}, follow=True)
            look(answer)
            if answer.redirect_chain:
                look(member.get(f"{answer.redirect_chain[-1][0]}refused/"))
