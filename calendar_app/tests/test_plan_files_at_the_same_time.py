"""The same file written by two at once: real threads on the real database."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from calendar_app.models import Post, Publication
from calendar_app.plan_files import receiving
from calendar_app.tests.test_slots_at_the_same_time import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = "Text,Image URL,Tags,Posting Time\n" + "".join(f"Tea {number},,,2099-05-04 10:{number:02d}\n" for number in range(40))


def test_two_presses_and_the_same_file_again_write_each_row_once(brand, telegram, marketer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    plans = [receiving.receive(brand, marketer, SimpleUploadedFile("plan.csv", ROWS.encode())).pk for _time in range(2)]
    waiting = plans * 2
    answers = at_once(lambda: receiving.apply(waiting.pop()), times=4)
    assert sorted(plan.summary["new"] for plan in answers if plan.summary["known"]) in ([0], [0, 0])
    assert Post.objects.count() == Publication.objects.count() == 40
