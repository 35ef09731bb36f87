"""KPIs of the lecture's fourth objective: help for customers."""

from __future__ import annotations

from ..declaration import FIELD, LECTURE, Kpi, LectureWording, Whole
from ..formulas import Formula
from ..terms import Direction, Group, Klass, Label, Level, Unit

SUPPORT = (
    Kpi(
        name="resolution_time_avg",
        label=Label("Average resolution time", "Muammolarni hal etish oʻrtacha vaqti"),
        formula=Formula("response_minutes_total / inquiries_total"),
        unit=Unit.MINUTES,
        direction=Direction.DOWN,
        group=Group.SUPPORT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.BRAND),
        note=Label(
            "How long an inquiry takes on average until it is dealt with.",
            "Bitta soʻrovni hal qilishga oʻrtacha qancha vaqt ketadi.",
        ),
        source=f"Altimeter, Social Marketing Analytics (2010); {LECTURE}",
        aim=Label("Solve problems better", "Muammolarni hal etish sifatini yaxshilash"),
        lecture=LectureWording(
            "Muammoli soʻrovlarga javob berish vaqti / jami soʻrovlarga javob vaqti",
            Label(
                "“Time” in the denominator is a slip of translation: the original divides by the number of inquiries."
                " The printed form is kept as a KPI of its own, the problem share of response time.",
                "Maxrajdagi “vaqt” tarjima xatosi: asl manbada soʻrovlar soniga boʻlinadi. Bosma shakl alohida KPI"
                " sifatida saqlangan.",
            ),
        ),
        benchmark=Label(
            "Sprout Social 2013: 11.3 hours on average; a common promise is under 24 hours.",
            "Sprout Social 2013: oʻrtacha 11,3 soat; koʻp vaʼda qilinadigani 24 soatdan kam.",
        ),
        see_also=("resolution_time_share",),
    ),
    Kpi(
        name="resolution_time_share",
        label=Label("Problem share of response time", "Muammoli soʻrovlar vaqti ulushi"),
        formula=Formula("problem_response_minutes / all_response_minutes * 100"),
        unit=Unit.PERCENT,
        direction=Direction.DOWN,
        group=Group.SUPPORT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.BRAND,),
        note=Label(
            "What part of the time spent on answers goes into problems rather than questions.",
            "Javoblarga ketgan vaqtning qancha qismi muammolarga sarflangan.",
        ),
        source=LECTURE,
        aim=Label("Solve problems better", "Muammolarni hal etish sifatini yaxshilash"),
        benchmark=Label("Your own previous period.", "Oʻzingizning oldingi davringiz."),
        part_of=Whole(("problem_response_minutes",), "all_response_minutes"),
        see_also=("resolution_time_avg",),
    ),
    Kpi(
        name="satisfaction_score",
        label=Label("Satisfaction score", "Isteʼmolchilar mamnuniyati"),
        formula=Formula("satisfied_comments / total_comments * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.SUPPORT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.BRAND),
        note=Label(
            "What part of what customers wrote shows that they were content.",
            "Mijozlar yozgan izohlarning qancha qismi mamnuniyatni bildiradi.",
        ),
        source=LECTURE,
        aim=Label("Raise customers’ satisfaction", "Isteʼmolchilar mamnuniyatini oshirish"),
        benchmark=Label("75–85 % is good.", "75–85 % yaxshi."),
        part_of=Whole(("satisfied_comments",), "total_comments"),
    ),
    Kpi(
        name="response_rate",
        label=Label("Response rate", "Javob berish darajasi"),
        formula=Formula("messages_answered / messages_received * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.SUPPORT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.BRAND),
        note=Label(
            "How many messages got an answer. It may pass 100 % when older messages are answered now.",
            "Qancha xabarga javob berilgan. Eski xabarlarga hozir javob berilsa, 100 % dan oshishi mumkin.",
        ),
        source=FIELD,
        see_also=("first_response_time",),
    ),
    Kpi(
        name="first_response_time",
        label=Label("Average first response time", "Oʻrtacha birinchi javob vaqti"),
        formula=Formula("first_response_minutes_total / messages_answered"),
        unit=Unit.MINUTES,
        direction=Direction.DOWN,
        group=Group.SUPPORT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.BRAND),
        note=Label(
            "How long people wait for the first answer. Messages without an answer are not in it: read it with the"
            " response rate.",
            "Odamlar birinchi javobni qancha kutadi. Javobsiz qolgan xabarlar hisobga kirmaydi: javob berish darajasi"
            " bilan birga oʻqing.",
        ),
        source=FIELD,
        see_also=("response_rate",),
    ),
)
