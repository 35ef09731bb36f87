"""KPIs of reach and engagement: who saw the posts, and what they did with them."""

from __future__ import annotations

from fractions import Fraction

from ..declaration import FIELD, GUIDE, Kpi
from ..formulas import Formula
from ..terms import Direction, Group, Klass, Label, Level, Unit

KAUSHIK = "A. Kaushik, Best Social Media Metrics"

ENGAGEMENT = (
    Kpi(
        name="engagement_rate_followers",
        label=Label(
            "Engagement rate by followers", "Ishtirok darajasi (obunachilar boʻyicha)", "Уровень вовлечённости по подписчикам"
        ),
        formula=Formula("interactions / followers * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.VANITY,
        levels=(Level.POST, Level.CHANNEL),
        note=Label(
            "How lively your followers are. Bought followers pull it down.",
            "Obunachilaringiz qanchalik faol. Sotib olingan obunachilar uni pasaytiradi.",
            "Насколько активны ваши подписчики. Купленные подписчики его снижают.",
        ),
        source=GUIDE,
        benchmark=Label(
            "Per post, Socialinsider 2026: TikTok 3.70, Instagram 0.48, Facebook 0.15, X 0.12 %. Sources differ widely.",
            "Bitta postga, Socialinsider 2026: TikTok 3,70, Instagram 0,48, Facebook 0,15, X 0,12 %. Manbalar keskin"
            " farq qiladi.",
            "На пост, Socialinsider 2026: TikTok 3,70, Instagram 0,48, Facebook 0,15, X 0,12 %. Источники сильно расходятся.",
        ),
    ),
    Kpi(
        name="engagement_rate_impressions",
        label=Label(
            "Engagement rate by impressions", "Ishtirok darajasi (koʻrsatishlar boʻyicha)", "Уровень вовлечённости по показам"
        ),
        formula=Formula("interactions / impressions * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.VANITY,
        levels=(Level.POST, Level.CHANNEL, Level.STRATEGY),
        note=Label(
            "How often a post that was shown was acted on; the steadiest rate to compare posts by.",
            "Koʻrsatilgan post qanchalik tez-tez harakatga sabab boʻlgan; postlarni solishtirish uchun eng barqaror koʻrsatkich.",
            "Как часто показанный пост вызывал действия; самый устойчивый показатель для сравнения постов.",
        ),
        source=GUIDE,
        benchmark=Label(
            "Buffer 2025: LinkedIn 6.50, Facebook 5.07, TikTok 4.86, YouTube 4.41, X 2.31, Instagram 1.16 %.",
            "Buffer 2025: LinkedIn 6,50, Facebook 5,07, TikTok 4,86, YouTube 4,41, X 2,31, Instagram 1,16 %.",
            "По данным Buffer, 2025: LinkedIn 6,50, Facebook 5,07, TikTok 4,86, YouTube 4,41, X 2,31, Instagram 1,16 %.",
        ),
    ),
    Kpi(
        name="engagement_rate_reach",
        label=Label("Engagement rate by reach", "Ishtirok darajasi (qamrov boʻyicha)", "Уровень вовлечённости по охвату"),
        formula=Formula("interactions / reach * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.VANITY,
        levels=(Level.POST, Level.CHANNEL),
        note=Label(
            "How many actions came from the people the post reached, each person counted once.",
            "Post yetib borgan odamlarga nisbatan qancha harakat boʻlgan; har bir odam bir marta sanaladi.",
            "Сколько действий приходится на охваченных постом людей; каждый человек считается один раз.",
        ),
        source=FIELD,
    ),
    Kpi(
        name="reach_rate",
        label=Label("Reach rate", "Qamrov darajasi", "Уровень охвата"),
        formula=Formula("reach / followers * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.VANITY,
        levels=(Level.POST, Level.CHANNEL),
        note=Label(
            "How many people you reach for each hundred followers. Above 100 % the post went beyond them.",
            "Har yuz obunachiga qancha odam toʻgʻri keladi. 100 % dan yuqori boʻlsa, post obunachilardan tashqariga chiqqan.",
            "Сколько людей вы охватываете на каждые сто подписчиков. Выше 100 % — пост вышел за их пределы.",
        ),
        source=FIELD,
    ),
    Kpi(
        name="frequency",
        label=Label("Frequency", "Koʻrsatish chastotasi", "Частота показов"),
        formula=Formula("impressions / reach"),
        unit=Unit.MULTIPLE,
        direction=Direction.TARGET,
        group=Group.ENGAGEMENT,
        klass=Klass.VANITY,
        levels=(Level.POST, Level.CHANNEL),
        note=Label(
            "How often the same person saw it. Below two it is hardly noticed, above four it tires.",
            "Bitta odam uni necha marta koʻrgan. Ikkidan kam boʻlsa sezilmaydi, toʻrtdan koʻp boʻlsa zeriktiradi.",
            "Сколько раз один и тот же человек видел пост. Меньше двух — его почти не замечают, больше четырёх — он утомляет.",
        ),
        source=FIELD,
        benchmark=Label("Between 2 and 4.", "2 dan 4 gacha.", "От 2 до 4."),
        target_zone=(Fraction(2), Fraction(4)),
    ),
    Kpi(
        name="conversation_rate",
        label=Label("Conversation rate (Kaushik)", "Suhbat darajasi (postga izoh)", "Комментариев на пост (Каушик)"),
        formula=Formula("comments / posts_published"),
        unit=Unit.PER_POST,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL,),
        note=Label(
            "How many comments a post draws.", "Bitta post oʻrtacha qancha izoh oladi.", "Сколько комментариев собирает пост."
        ),
        source=KAUSHIK,
    ),
    Kpi(
        name="amplification_rate",
        label=Label("Amplification rate (Kaushik)", "Tarqalish darajasi (postga ulashish)", "Репостов на пост (Каушик)"),
        formula=Formula("shares / posts_published"),
        unit=Unit.PER_POST,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL,),
        note=Label(
            "How often a post is passed on. Not to be mixed with the rate by followers.",
            "Bitta post oʻrtacha necha marta ulashiladi. Obunachilar boʻyicha daraja bilan aralashtirmang.",
            "Сколько раз делятся постом. Не путайте с показателем по подписчикам.",
        ),
        source=KAUSHIK,
        see_also=("amplification_rate_followers",),
    ),
    Kpi(
        name="applause_rate",
        label=Label("Applause rate (Kaushik)", "Maʼqullash darajasi (postga layk)", "Лайков на пост (Каушик)"),
        formula=Formula("likes / posts_published"),
        unit=Unit.PER_POST,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.VANITY,
        levels=(Level.CHANNEL,),
        note=Label("How many likes a post draws.", "Bitta post oʻrtacha qancha layk oladi.", "Сколько лайков собирает пост."),
        source=KAUSHIK,
    ),
    Kpi(
        name="amplification_rate_followers",
        label=Label(
            "Amplification rate by followers (Hootsuite)",
            "Tarqalish darajasi (obunachilar boʻyicha)",
            "Репосты по подписчикам (Hootsuite)",
        ),
        formula=Formula("shares / followers * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.POST, Level.CHANNEL),
        note=Label(
            "How many shares come from each hundred followers. Not to be mixed with the rate per post.",
            "Har yuz obunachiga qancha ulashish toʻgʻri keladi. Postga nisbatan daraja bilan aralashtirmang.",
            "Сколько репостов приходится на каждые сто подписчиков. Не путайте с показателем на пост.",
        ),
        source="Hootsuite",
        see_also=("amplification_rate",),
    ),
    Kpi(
        name="virality_rate",
        label=Label("Virality rate", "Virallik darajasi", "Виральность"),
        formula=Formula("shares / impressions * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.POST, Level.CHANNEL),
        note=Label(
            "How many of those who were shown the post passed it on.",
            "Post koʻrsatilganlarning qanchasi uni ulashgan.",
            "Сколько из тех, кому показали пост, им поделились.",
        ),
        source=FIELD,
    ),
    Kpi(
        name="video_view_rate",
        label=Label("Video view rate", "Videoni koʻrish darajasi", "Доля просмотров видео"),
        formula=Formula("video_views / impressions * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.VANITY,
        levels=(Level.POST,),
        note=Label(
            "How many of those who were shown the video began to watch it.",
            "Video koʻrsatilganlarning qanchasi uni koʻra boshlagan.",
            "Сколько из тех, кому показали видео, начали его смотреть.",
        ),
        source=FIELD,
    ),
    Kpi(
        name="video_completion_rate",
        label=Label("Video completion rate", "Videoni oxirigacha koʻrish darajasi", "Доля досмотров видео"),
        formula=Formula("video_completions / video_views * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.BEHAVIOUR,
        levels=(Level.POST,),
        note=Label(
            "How many of those who began to watch stayed to the end.",
            "Videoni boshlaganlarning qanchasi oxirigacha koʻrgan.",
            "Сколько из начавших смотреть досмотрели до конца.",
        ),
        source=FIELD,
    ),
    Kpi(
        name="follower_growth_rate",
        label=Label("Follower growth rate", "Obunachilar oʻsish surʼati", "Темп прироста подписчиков"),
        formula=Formula("(followers_end - followers_start) / followers_start * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ENGAGEMENT,
        klass=Klass.VANITY,
        levels=(Level.CHANNEL, Level.STRATEGY),
        note=Label(
            "How fast the following grows, from the first day of the period to the last. A sudden leap with falling"
            " engagement is a warning.",
            "Obunachilar davr boshidan oxirigacha qanday surʼatda oʻsgan. Ishtirok pasaygan holda keskin oʻsish"
            " ogohlantirishdir.",
            "Как быстро растёт число подписчиков от первого дня периода до последнего. Резкий скачок при падающей"
            " вовлечённости — тревожный знак.",
        ),
        source=GUIDE,
    ),
)
