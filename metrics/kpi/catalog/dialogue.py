"""KPIs of the lecture's first objective: social dialogue."""

from __future__ import annotations

from ..declaration import LECTURE, Kpi, Whole
from ..formulas import Formula
from ..terms import Direction, Group, Klass, Label, Level, Unit

DIALOGUE = (
    Kpi(
        name="share_of_voice",
        label=Label("Share of voice", "Brend eslatmalari ulushi (ovoz ulushi)", "Доля голоса"),
        formula=Formula("brand_mentions / total_mentions * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.DIALOGUE,
        klass=Klass.BEHAVIOUR,
        levels=(Level.STRATEGY, Level.BRAND),
        note=Label(
            "How much of the talk in your market is about you. “All mentions” are your own and those of the competitors"
            " you track, so it is only as wide as that list.",
            "Bozoringizdagi suhbatlarning qancha qismi siz haqingizda. Jami eslatmalar oʻzingizniki va kuzatilayotgan"
            " raqobatchilarniki yigʻindisidir.",
            "Какая часть разговоров на вашем рынке — о вас. «Все упоминания» — ваши и тех конкурентов, за которыми вы"
            " следите, поэтому показатель полон настолько, насколько полон этот список.",
        ),
        source=f"{LECTURE}; Lovett 2011",
        aim=Label("Raise awareness of the brand", "Brend taniqliligini oshirish", "Повысить узнаваемость бренда"),
        benchmark=Label(
            "No universal figure; compare with your share of the market.",
            "Umumiy meʼyor yoʻq; bozordagi ulushingiz bilan solishtiring.",
            "Единой нормы нет; сравните со своей долей рынка.",
        ),
        part_of=Whole(("brand_mentions",), "total_mentions"),
    ),
    Kpi(
        name="audience_engagement",
        label=Label("Audience engagement", "Ishtirok darajasi", "Вовлечённость аудитории"),
        formula=Formula("(comments + likes + shares + tags + other_interactions) / total_views * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.DIALOGUE,
        klass=Klass.VANITY,
        levels=(Level.POST, Level.CHANNEL, Level.STRATEGY),
        note=Label(
            "How often people who saw your posts did something with them. It may pass 100 %: one view can lead to"
            " several actions.",
            "Postlaringizni koʻrganlar qanchalik tez-tez harakat qilgani. 100 % dan oshishi mumkin: bitta koʻrishga bir"
            " necha harakat toʻgʻri kelishi mumkin.",
            "Как часто те, кто видел ваши посты, что-то с ними делали. Может превышать 100 %: один просмотр может вести"
            " к нескольким действиям.",
        ),
        source=LECTURE,
        aim=Label(
            "Raise the brand’s part in communities",
            "Brendning guruhlardagi ishtirokini oshirish",
            "Усилить участие бренда в сообществах",
        ),
        benchmark=Label(
            "By impressions, Buffer 2025: LinkedIn 6.50, Facebook 5.07, TikTok 4.86, YouTube 4.41, X 2.31, Instagram 1.16 %.",
            "Koʻrsatishlar boʻyicha, Buffer 2025: LinkedIn 6,50, Facebook 5,07, TikTok 4,86, YouTube 4,41, X 2,31,"
            " Instagram 1,16 %.",
            "По показам, Buffer 2025: LinkedIn 6,50, Facebook 5,07, TikTok 4,86, YouTube 4,41, X 2,31, Instagram 1,16 %.",
        ),
    ),
    Kpi(
        name="conversation_reach",
        label=Label("Conversation reach", "Muloqotga kirishish darajasi", "Доля участников обсуждения"),
        formula=Formula("participants / audience_total * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.DIALOGUE,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.STRATEGY),
        note=Label(
            "What part of the audience takes part in the conversation, counted in different people, not in actions.",
            "Auditoriyaning qancha qismi muloqotda ishtirok etadi; harakatlar emas, turli odamlar sanaladi.",
            "Какая часть аудитории участвует в обсуждении; считаются разные люди, а не действия.",
        ),
        source=LECTURE,
        aim=Label(
            "Raise cooperation among consumers",
            "Isteʼmolchilarning oʻzaro hamkorligini oshirish",
            "Усилить взаимодействие потребителей между собой",
        ),
        part_of=Whole(("participants",), "audience_total"),
    ),
)
