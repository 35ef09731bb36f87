"""KPIs of the plan itself: money, posts and goals against what was planned."""

from __future__ import annotations

from fractions import Fraction

from ..declaration import GUIDE, LECTURE, Kpi
from ..formulas import Formula
from ..raw_inputs import WeekByWeek
from ..terms import Direction, Group, Klass, Label, Level, Unit

CONTROL = (
    Kpi(
        name="budget_utilisation",
        label=Label("Budget utilisation", "Budjetdan foydalanish darajasi", "Освоение бюджета"),
        formula=Formula("spent / planned * 100"),
        unit=Unit.PERCENT,
        direction=Direction.TARGET,
        group=Group.CONTROL,
        klass=Klass.CONTROL,
        levels=(Level.CAMPAIGN, Level.STRATEGY),
        note=Label(
            "How much of the planned money is spent. Above 100 % the plan is overspent.",
            "Rejalashtirilgan mablagʻning qancha qismi sarflangan. 100 % dan yuqori boʻlsa, reja oshib ketgan.",
            "Какая часть запланированных денег израсходована. Выше 100 % — перерасход.",
        ),
        source=GUIDE,
        target_zone=(None, Fraction(100)),
    ),
    Kpi(
        name="schedule_adherence",
        label=Label("Schedule adherence", "Jadvalga rioya darajasi", "Соблюдение графика"),
        formula=Formula("posts_kept / posts_planned * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.CONTROL,
        klass=Klass.CONTROL,
        levels=(Level.CHANNEL, Level.STRATEGY),
        note=Label(
            "How many of the planned posts went out in their week. More posts in one week do not repair another.",
            "Rejalashtirilgan postlarning qanchasi oʻz haftasida chiqqan. Bir haftadagi ortiqcha post boshqa haftani qoplamaydi.",
            "Сколько запланированных постов вышло в свою неделю. Лишние посты одной недели не восполняют другую.",
        ),
        source=f"{LECTURE}, eighth mistake to avoid",
        raw=WeekByWeek("planned_per_week", "published_per_week", planned_sum="posts_planned", kept_sum="posts_kept"),
    ),
    Kpi(
        name="goal_progress",
        label=Label("Goal progress", "Maqsadga erishish darajasi", "Продвижение к цели"),
        formula=Formula("(current - baseline) / (target - baseline) * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.CONTROL,
        klass=Klass.CONTROL,
        levels=(Level.GOAL,),
        note=Label(
            "How much of the way from where you began to where you want to be is behind you, whether the figure should"
            " rise or fall.",
            "Boshlangʻich qiymatdan moʻljalgacha boʻlgan yoʻlning qancha qismi bosib oʻtilgan; koʻrsatkich oʻsishi yoki"
            " kamayishi kerak boʻlsa ham.",
            "Какая часть пути от исходного значения до целевого пройдена, должен показатель расти или снижаться.",
        ),
        source=f"{LECTURE}, first question of the analysis",
    ),
)
