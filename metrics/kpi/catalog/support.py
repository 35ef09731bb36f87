"""KPIs of the lecture's fourth objective: help for customers."""

from __future__ import annotations

from ..declaration import FIELD, LECTURE, Kpi, LectureWording, Whole
from ..formulas import Formula
from ..terms import Direction, Group, Klass, Label, Level, Unit

SUPPORT = (
    Kpi(
        name="resolution_time_avg",
        label=Label("Average resolution time", "Muammolarni hal etish oʻrtacha vaqti", "Среднее время решения"),
        formula=Formula("response_minutes_total / inquiries_total"),
        unit=Unit.MINUTES,
        direction=Direction.DOWN,
        group=Group.SUPPORT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.BRAND),
        note=Label(
            "How long an inquiry takes on average until it is dealt with.",
            "Bitta soʻrovni hal qilishga oʻrtacha qancha vaqt ketadi.",
            "Сколько времени в среднем уходит на решение одного обращения.",
        ),
        source=f"Altimeter, Social Marketing Analytics (2010); {LECTURE}",
        aim=Label("Solve problems better", "Muammolarni hal etish sifatini yaxshilash", "Лучше решать проблемы"),
        lecture=LectureWording(
            "Muammoli soʻrovlarga javob berish vaqti / jami soʻrovlarga javob vaqti",
            Label(
                "“Time” in the denominator is a slip of translation: the original divides by the number of inquiries."
                " The printed form is kept as a KPI of its own, the problem share of response time.",
                "Maxrajdagi “vaqt” tarjima xatosi: asl manbada soʻrovlar soniga boʻlinadi. Bosma shakl alohida KPI"
                " sifatida saqlangan.",
                "«Время» в знаменателе — ошибка перевода: в оригинале делят на число обращений. Напечатанный вариант"
                " сохранён как отдельный KPI — доля времени на проблемы.",
            ),
        ),
        benchmark=Label(
            "Sprout Social 2013: 11.3 hours on average; a common promise is under 24 hours.",
            "Sprout Social 2013: oʻrtacha 11,3 soat; koʻp vaʼda qilinadigani 24 soatdan kam.",
            "Sprout Social 2013: в среднем 11,3 часа; обычно обещают меньше 24 часов.",
        ),
        see_also=("resolution_time_share",),
    ),
    Kpi(
        name="resolution_time_share",
        label=Label("Problem share of response time", "Muammoli soʻrovlar vaqti ulushi", "Доля времени на проблемы"),
        formula=Formula("problem_response_minutes / all_response_minutes * 100"),
        unit=Unit.PERCENT,
        direction=Direction.DOWN,
        group=Group.SUPPORT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.BRAND,),
        note=Label(
            "What part of the time spent on answers goes into problems rather than questions.",
            "Javoblarga ketgan vaqtning qancha qismi muammolarga sarflangan.",
            "Какая часть времени на ответы уходит на проблемы, а не на вопросы.",
        ),
        source=LECTURE,
        aim=Label("Solve problems better", "Muammolarni hal etish sifatini yaxshilash", "Лучше решать проблемы"),
        benchmark=Label("Your own previous period.", "Oʻzingizning oldingi davringiz.", "Ваш предыдущий период."),
        part_of=Whole(("problem_response_minutes",), "all_response_minutes"),
        see_also=("resolution_time_avg",),
    ),
    Kpi(
        name="satisfaction_score",
        label=Label("Satisfaction score", "Isteʼmolchilar mamnuniyati", "Уровень удовлетворённости"),
        formula=Formula("satisfied_comments / total_comments * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.SUPPORT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.BRAND),
        note=Label(
            "What part of what customers wrote shows that they were content.",
            "Mijozlar yozgan izohlarning qancha qismi mamnuniyatni bildiradi.",
            "Какая часть написанного клиентами говорит о том, что они довольны.",
        ),
        source=LECTURE,
        aim=Label(
            "Raise customers’ satisfaction", "Isteʼmolchilar mamnuniyatini oshirish", "Повысить удовлетворённость клиентов"
        ),
        benchmark=Label("75–85 % is good.", "75–85 % yaxshi.", "75–85 % — хорошо."),
        part_of=Whole(("satisfied_comments",), "total_comments"),
    ),
    Kpi(
        name="response_rate",
        label=Label("Response rate", "Javob berish darajasi", "Доля ответов"),
        formula=Formula("messages_answered / messages_received * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.SUPPORT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.BRAND),
        note=Label(
            "How many messages got an answer. It may pass 100 % when older messages are answered now.",
            "Qancha xabarga javob berilgan. Eski xabarlarga hozir javob berilsa, 100 % dan oshishi mumkin.",
            "На сколько сообщений дан ответ. Может превышать 100 %, если сейчас отвечают на более старые сообщения.",
        ),
        source=FIELD,
        see_also=("first_response_time",),
    ),
    Kpi(
        name="first_response_time",
        label=Label("Average first response time", "Oʻrtacha birinchi javob vaqti", "Среднее время первого ответа"),
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
            "Сколько люди ждут первого ответа. Сообщения без ответа не учитываются: смотрите вместе с долей ответов.",
        ),
        source=FIELD,
        see_also=("response_rate",),
    ),
)
