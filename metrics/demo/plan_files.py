"""What the demo's calendar gives and takes: two feeds, and a file from another planner that waits for an answer."""

from datetime import timedelta

from django.core.files.base import ContentFile

from brands.models import Brand, User
from calendar_app import feeds
from calendar_app.plan_files import receiving
from metrics.demo.people import LEAD, MARKETER

WORDS = (
    "Yangi yil sovgʻasi: roʻmol va broshka birga arzonroq",
    "Qishki paltolar: qaysi mato issiq tutadi?",
    "Новогодние подарки: сертификат на любую сумму",
)


def plan_in_files(brand: Brand, people: dict[str, User]) -> None:
    feeds.create(brand, people[LEAD], only_mine=False)
    feeds.create(brand, people[MARKETER], only_mine=True)
    # The fourth to the sixth of a month: neither number says whether it is the day.
    month = (brand.today().replace(day=1) + timedelta(days=75)).replace(day=4)
    lines = [f'{month + timedelta(days=number):%d/%m/%Y} 12:30,"{words}",{brand.website}' for number, words in enumerate(WORDS)]
    file = ContentFile("\n".join(["Date,Message,Link", *lines]).encode(), "hootsuite-qish.csv")
    receiving.receive(brand, people[MARKETER], file)
