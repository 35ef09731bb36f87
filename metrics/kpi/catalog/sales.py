"""KPIs of the lecture's second objective, more sales, and those of the way from a click to a lead."""

from __future__ import annotations

from ..declaration import FIELD, GUIDE, LECTURE, Kpi, LectureWording, Whole
from ..formulas import Formula
from ..terms import Direction, Group, Klass, Label, Level, Unit

SALES = (
    Kpi(
        name="web_social_time_ratio",
        label=Label(
            "Web-to-social time ratio",
            "Veb-sahifa va ijtimoiy tarmoq vaqti nisbati",
            "Отношение времени на сайте к времени в соцсетях",
        ),
        formula=Formula("web_time_seconds / social_time_seconds"),
        unit=Unit.RATIO,
        direction=Direction.UP,
        group=Group.SALES,
        klass=Klass.BEHAVIOUR,
        levels=(Level.STRATEGY, Level.BRAND),
        note=Label(
            "Whether people stay on your website or only on the network. Both times must be of the same people and"
            " period, both totals or both averages.",
            "Odamlar saytingizda qoladimi yoki faqat tarmoqdami. Ikkala vaqt ham bir xil odamlar va davr uchun boʻlishi kerak.",
            "Остаются ли люди на вашем сайте или только в соцсети. Оба времени должны относиться к одним и тем же людям"
            " и периоду: либо оба суммарные, либо оба средние.",
        ),
        source=LECTURE,
        aim=Label("Raise web traffic", "Veb-trafikni oshirish", "Увеличить трафик на сайт"),
    ),
    Kpi(
        name="bounce_rate",
        label=Label("Bounce rate", "Chiqib ketish darajasi (bauns)", "Показатель отказов"),
        formula=Formula("single_page_visits / total_visits * 100"),
        unit=Unit.PERCENT,
        direction=Direction.DOWN,
        group=Group.SALES,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.STRATEGY),
        note=Label(
            "How many visits ended on the page where they began. GA4 counts visits without engagement instead: never"
            " compare figures of the two methods.",
            "Qancha tashrif birinchi sahifadayoq tugagan. GA4 esa faolliksiz tashriflarni sanaydi: ikki usul"
            " natijalarini solishtirmang.",
            "Сколько визитов закончилось на той же странице, где началось. GA4 вместо этого считает визиты без"
            " взаимодействия: не сравнивайте цифры, полученные двумя способами.",
        ),
        source=LECTURE,
        aim=Label("Raise web traffic", "Veb-trafikni oshirish", "Увеличить трафик на сайт"),
        lecture=LectureWording(
            "Veb saytning bir sahifasini kuzatgan jami tashriflar soni / jami tashrifchilar soni",
            Label(
                "The lecture divides visits by visitors; the standard measure divides visits by visits.",
                "Maʼruzada tashriflar tashrifchilarga boʻlingan; standart oʻlchovda tashriflar tashriflarga boʻlinadi.",
                "В лекции визиты делятся на посетителей; в стандартном показателе визиты делятся на визиты.",
            ),
        ),
        benchmark=Label(
            "26–40 % is very good, 41–55 % average, over 70 % poor; social traffic is usually higher.",
            "26–40 % juda yaxshi, 41–55 % oʻrtacha, 70 % dan yuqori yomon; ijtimoiy tarmoqlardan odatda yuqoriroq.",
            "26–40 % — очень хорошо, 41–55 % — средне, больше 70 % — плохо; для трафика из соцсетей обычно выше.",
        ),
        part_of=Whole(("single_page_visits",), "total_visits"),
    ),
    Kpi(
        name="lead_growth",
        label=Label("Lead growth", "Lidlar soni oʻsishi", "Прирост лидов"),
        formula=Formula("leads_a - leads_b"),
        unit=Unit.COUNT,
        direction=Direction.UP,
        group=Group.SALES,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.STRATEGY),
        note=Label(
            "How many leads more, or fewer, than in the period before of equal length.",
            "Teng uzunlikdagi oldingi davrga nisbatan lidlar qanchaga koʻp yoki kam.",
            "На сколько лидов больше или меньше, чем за предыдущий период той же длины.",
        ),
        source=LECTURE,
        aim=Label("Create leads", "Lidlarni yaratish", "Создавать лиды"),
        benchmark=Label("Your own previous period.", "Oʻzingizning oldingi davringiz.", "Ваш предыдущий период."),
        see_also=("lead_growth_rate",),
    ),
    Kpi(
        name="lead_growth_rate",
        label=Label("Lead growth rate", "Lidlar oʻsish surʼati", "Темп прироста лидов"),
        formula=Formula("(leads_a - leads_b) / leads_b * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.SALES,
        klass=Klass.BEHAVIOUR,
        levels=(Level.STRATEGY,),
        note=Label(
            "The growth in leads as a share of the base period, so that small and large channels compare.",
            "Lidlar oʻsishining asos davrga nisbatan ulushi; kichik va katta kanallarni solishtirish uchun.",
            "Прирост лидов как доля от базового периода, чтобы можно было сравнивать малые и большие каналы.",
        ),
        source=f"Extension of: {LECTURE}",
        see_also=("lead_growth",),
    ),
    Kpi(
        name="buzz_growth",
        label=Label("Buzz growth", "Shov-shuvning davriy oʻsishi", "Рост шума вокруг бренда"),
        formula=Formula("(buzz_current - buzz_previous) / buzz_previous * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.SALES,
        klass=Klass.VANITY,
        levels=(Level.STRATEGY, Level.BRAND),
        note=Label(
            "Whether the talk around the brand grows: mentions, shares and posts with its hashtag, against the period before.",
            "Brend atrofidagi gap-soʻz oʻsyaptimi: eslatmalar, ulashishlar va brend heshtegli postlar oldingi davrga nisbatan.",
            "Растут ли разговоры вокруг бренда: упоминания, репосты и посты с его хештегом по сравнению с предыдущим периодом.",
        ),
        source=LECTURE,
        aim=Label("Create buzz around the brand", "Brend atrofida shov-shuv yaratish", "Создать шум вокруг бренда"),
        lecture=LectureWording(
            "Ijtimoiy tarmoqlardagi shov-shuvlarning davriy oʻsishi",
            Label(
                "The lecture gives words and names the factor “audience coverage”; the words are made a formula here"
                " and the reach rate stands beside it.",
                "Maʼruzada soʻz bilan berilgan va omil “Auditoriya qamrovi darajasi” deb atalgan; bu yerda u formulaga"
                " aylantirilgan, yonida qamrov darajasi turadi.",
                "Лекция описывает показатель словами и называет его «охватом аудитории»; здесь слова превращены в"
                " формулу, а рядом стоит уровень охвата.",
            ),
        ),
        benchmark=Label("Your own previous period.", "Oʻzingizning oldingi davringiz.", "Ваш предыдущий период."),
        see_also=("reach_rate",),
    ),
    Kpi(
        name="ctr",
        label=Label("Click-through rate (CTR)", "Bosishlar ulushi (CTR)", "Кликабельность (CTR)"),
        formula=Formula("link_clicks / impressions * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.SALES,
        klass=Klass.BEHAVIOUR,
        levels=(Level.POST, Level.CHANNEL),
        note=Label(
            "How many of those who were shown the post went on to the link.",
            "Post koʻrsatilganlarning qanchasi havolani bosgan.",
            "Сколько из тех, кому показали пост, перешли по ссылке.",
        ),
        source=GUIDE,
        benchmark=Label(
            "Meta ads 2026: traffic campaigns 1.51 %, lead campaigns 2.50 % (US-centred).",
            "Meta reklamasi 2026: trafik kampaniyalari 1,51 %, lid kampaniyalari 2,50 % (AQSH maʼlumoti).",
            "Реклама Meta, 2026: кампании для трафика 1,51 %, для лидов 2,50 % (в основном США).",
        ),
    ),
    Kpi(
        name="lead_conversion_rate",
        label=Label("Lead conversion rate", "Lidga konversiya darajasi", "Конверсия в лиды"),
        formula=Formula("leads / social_sessions * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.SALES,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.CAMPAIGN, Level.STRATEGY),
        note=Label(
            "How many visits from social networks left a name or a number.",
            "Ijtimoiy tarmoqlardan kelgan tashriflarning qanchasi lidga aylangan.",
            "В скольких визитах из соцсетей оставлены имя или телефон.",
        ),
        source=GUIDE,
        benchmark=Label(
            "Meta lead campaigns 2026: 8.25 % (US-centred).",
            "Meta lid kampaniyalari 2026: 8,25 % (AQSH maʼlumoti).",
            "Кампании Meta для лидов, 2026: 8,25 % (в основном США).",
        ),
    ),
    Kpi(
        name="conversion_rate",
        label=Label("Conversion rate (sale, sign-up)", "Konversiya darajasi", "Конверсия (покупка, регистрация)"),
        formula=Formula("conversions / social_sessions * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.SALES,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.CAMPAIGN, Level.STRATEGY),
        note=Label(
            "How many visits from social networks ended in what you wanted: a sale, an order, a sign-up.",
            "Ijtimoiy tarmoqlardan kelgan tashriflarning qanchasi maqsadli harakat bilan tugagan: xarid, buyurtma,"
            " roʻyxatdan oʻtish.",
            "Сколько визитов из соцсетей закончилось нужным действием: покупкой, заказом, регистрацией.",
        ),
        source=FIELD,
    ),
)
