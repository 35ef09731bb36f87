"""How the demo shop found out whom it speaks to: notes, and a survey that its customers answered."""

import random
from datetime import timedelta

from brands.models import User
from metrics.demo.figures import SEED
from metrics.demo.people import MARKETER
from strategies import surveys
from strategies.models import AudienceNote, Strategy, SurveyQuestion, SurveyResponse

RESPONSES = 64

NOTES = {
    "personas": (True, "Madina and Gulnora, after a week of talks in the shop."),
    "where": (True, "Instagram from eight in the evening, Telegram all day, TikTok only the youngest."),
    "rivals": (True, "Six shops. All show catalogue photographs, two answer within a day."),
    "survey": (True, "In stories and in the Telegram channel, with a scarf to win."),
    "groups": (False, "Style groups of Tashkent: read for a month before we write."),
    "follow": (False, "A Turkish linen brand: it shows the people who sew."),
    "seek": (False, "How to wear one thing in three ways."),
    "unfollow": (False, "A shop that posted its price list every day."),
}
# How often each option of a question is chosen, in its order; a question in own words gets these.
LEANING = ((2, 18, 34, 26, 14, 6), (60, 52, 14, 20, 28, 4), (10, 20, 58, 16), (30, 22, 12, 48), (34, 30, 20, 10, 6))
WORDS = (
    "Oʻlchamni bilish qiyin: rasmda boshqa, kiyganda boshqa.",
    "Narxi yozilmagan boʻlsa, soʻrashga uyalaman.",
    "Matosi haqiqiy adrasmi, bilmayman.",
    "Yetkazib berish toʻyga ulguradimi?",
    "Бывает трудно понять, как сядет платье.",
)


def ask_the_audience(strategy: Strategy, people: dict[str, User]) -> None:
    AudienceNote.objects.filter(strategy=strategy).delete()
    AudienceNote.objects.bulk_create(
        AudienceNote(strategy=strategy, topic=topic, is_done=is_done, text=text) for topic, (is_done, text) in NOTES.items()
    )
    survey = surveys.begin(strategy, "Siz haqingizda bir necha savol", "uz", people[MARKETER])
    survey.intro = "Ikki daqiqa: javoblaringiz keyingi kolleksiyani tikishga yordam beradi."
    survey.is_open = True
    survey.save()
    questions = list(survey.questions.all())
    chance = random.Random(f"{SEED} survey")
    rows = [SurveyResponse(survey=survey, answers=_answers(questions, chance)) for _ in range(RESPONSES)]
    SurveyResponse.objects.bulk_create(rows)
    first = strategy.brand.now() - timedelta(days=20)
    for place, row in enumerate(rows):
        row.created_at = first + timedelta(hours=7 * place)
    SurveyResponse.objects.bulk_update(rows, ["created_at"])


def _answers(questions: list[SurveyQuestion], chance: random.Random) -> dict[str, object]:
    """One person's sheet; not everybody answers everything."""
    found: dict[str, object] = {}
    leanings = iter(LEANING)
    for question in questions:
        weights = next(leanings) if question.options else ()
        if chance.random() < 0.12:
            continue
        found[str(question.pk)] = _answer(question, weights, chance)
    return found


def _answer(question: SurveyQuestion, weights: tuple[int, ...], chance: random.Random) -> object:
    if question.kind == SurveyQuestion.Kind.SCALE:
        return str(chance.choices((2, 3, 4, 5), (1, 3, 6, 5))[0])
    if question.kind == SurveyQuestion.Kind.TEXT:
        return chance.choice(WORDS)
    if question.kind == SurveyQuestion.Kind.ONE:
        return chance.choices(question.options, weights)[0]
    chosen = set(chance.choices(question.options, weights, k=chance.randint(1, 3)))
    return [option for option in question.options if option in chosen]
