"""KPIs of the lecture's third objective: people who speak for the brand."""

from __future__ import annotations

from fractions import Fraction

from ..declaration import FIELD, LECTURE, Kpi, LectureWording, Whole
from ..formulas import Formula
from ..raw_inputs import WeightedScores
from ..terms import Direction, Group, Klass, Label, Level, Unit

ADVOCACY = (
    Kpi(
        name="feedback_rate",
        label=Label("Feedback rate", "Fikr-mulohaza darajasi", "Доля обратной связи"),
        formula=Formula("feedback_count / interactions_total * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ADVOCACY,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.STRATEGY),
        note=Label(
            "What part of all reactions is in words: comments, replies, reviews, messages and customers’ own posts.",
            "Barcha munosabatlarning qancha qismi soʻz bilan bildirilgan: izohlar, javoblar, sharhlar, xabarlar va"
            " mijozlarning oʻz postlari.",
            "Какая часть всех реакций выражена словами: комментарии, ответы, отзывы, сообщения и посты самих клиентов.",
        ),
        source=LECTURE,
        aim=Label(
            "Develop electronic word of mouth",
            "Elektron ogʻzaki tavsiyani (eWOM) rivojlantirish",
            "Развивать сарафанное радио (eWOM)",
        ),
        lecture=LectureWording(
            "Teskari munosabatlar / Jami munosabatlar",
            Label(
                "“Teskari munosabat” is feedback; “all relations” is read as all interactions.",
                "“Teskari munosabat” fikr-mulohaza maʼnosida; “jami munosabatlar” barcha oʻzaro harakatlar deb olindi.",
                "«Teskari munosabat» означает обратную связь; «все отношения» поняты как все взаимодействия.",
            ),
        ),
        part_of=Whole(("feedback_count",), "interactions_total"),
    ),
    Kpi(
        name="ewom_quality",
        label=Label("eWOM quality", "eWOM sifati", "Качество сарафанного радио (eWOM)"),
        formula=Formula("ewom_score_sum / ewom_weight_sum"),
        unit=Unit.SCORE,
        direction=Direction.UP,
        group=Group.ADVOCACY,
        klass=Klass.BEHAVIOUR,
        levels=(Level.BRAND,),
        note=Label(
            "How much what people write about you is worth to a reader: authentic, timely, accurate and deep, each"
            " rated from 0 to 1. The four weigh the same unless you set weights.",
            "Siz haqingizda yozilganlar oʻquvchi uchun qanchalik qimmatli: haqiqiy, oʻz vaqtida, aniq va chuqur; har"
            " biri 0 dan 1 gacha baholanadi. Vazn berilmasa, toʻrttasi teng.",
            "Насколько ценно для читателя то, что о вас пишут: достоверность, своевременность, точность и глубина,"
            " каждая с оценкой от 0 до 1. Если веса не заданы, все четыре равнозначны.",
        ),
        source=LECTURE,
        aim=Label(
            "Develop electronic word of mouth",
            "Elektron ogʻzaki tavsiyani (eWOM) rivojlantirish",
            "Развивать сарафанное радио (eWOM)",
        ),
        lecture=LectureWording(
            "WOM = f(haqiqiylik, vaqtlilik, aniqlik, chuqurlik) → max",
            Label(
                "The lecture states an objective, not a formula; the weighted mean is the simplest function that grows"
                " with each of the four.",
                "Maʼruzada formula emas, maqsad berilgan; vaznli oʻrtacha toʻrttasining har biri bilan oʻsadigan eng"
                " sodda funksiyadir.",
                "В лекции дана цель, а не формула; взвешенное среднее — самая простая функция, которая растёт с каждой"
                " из четырёх оценок.",
            ),
        ),
        benchmark=Label(
            "A target of 0.70 or more is suggested.",
            "0,70 va undan yuqori moʻljal tavsiya etiladi.",
            "Рекомендуется целевое значение 0,70 и выше.",
        ),
        raw=WeightedScores(
            scores=("authenticity", "timeliness", "accuracy", "depth"),
            score_sum="ewom_score_sum",
            weight_sum="ewom_weight_sum",
            default_weight=Fraction(1, 4),
        ),
    ),
    Kpi(
        name="customer_attitude",
        label=Label("Customer attitude index", "Isteʼmolchilar munosabati (IM)", "Индекс отношения потребителей"),
        formula=Formula("(supporters + neutrals - opponents) / brand_aware"),
        unit=Unit.INDEX,
        direction=Direction.UP,
        group=Group.ADVOCACY,
        klass=Klass.BEHAVIOUR,
        levels=(Level.BRAND,),
        note=Label(
            "Where those who know the brand stand, from −1 to 1. Neutral people count as friends here, so look at net"
            " sentiment and NPS beside it.",
            "Brendni biluvchilarning munosabati, −1 dan 1 gacha. Bu yerda betaraflar ijobiy sanaladi, shuning uchun"
            " yonidagi sof kayfiyat va NPS ga ham qarang.",
            "Как относятся к бренду те, кто его знает, от −1 до 1. Нейтральные здесь считаются друзьями бренда, поэтому"
            " смотрите также на чистую тональность и NPS.",
        ),
        source=LECTURE,
        aim=Label("Raise customers’ loyalty", "Xaridor sadoqatini oshirish", "Повысить лояльность клиентов"),
        benchmark=Label(
            "None for the index; of NPS, above 0 is fair and above 50 excellent.",
            "Indeks uchun meʼyor yoʻq; NPS 0 dan yuqori qoniqarli, 50 dan yuqori aʼlo.",
            "Для индекса ориентира нет; NPS выше 0 — удовлетворительно, выше 50 — отлично.",
        ),
        part_of=Whole(("supporters", "neutrals", "opponents"), "brand_aware"),
        see_also=("net_sentiment", "nps"),
    ),
    Kpi(
        name="issue_resolution_rate",
        label=Label("Issue resolution rate", "Muammolarni hal etish darajasi", "Доля решённых проблем"),
        formula=Formula("issues_resolved / issues_total * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ADVOCACY,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.BRAND),
        note=Label(
            "How many of the problems that people brought to you were solved.",
            "Sizga murojaat qilingan muammolarning qanchasi hal etilgan.",
            "Сколько проблем, с которыми к вам обратились, решено.",
        ),
        source=f"Altimeter, Social Marketing Analytics (2010); {LECTURE}",
        aim=Label(
            "Solve problems of products and services",
            "Mahsulot va xizmat muammolarini hal qilish",
            "Решать проблемы с товарами и услугами",
        ),
        lecture=LectureWording(
            "Ijtimoiy tarmoqlardagi shov-shuvlarning davriy oʻsishi",
            Label(
                "The printed cell repeats the formula of buzz growth, a slip of the slide; the formula of the report"
                " the lecture follows is used.",
                "Katakda shov-shuv oʻsishi formulasi takrorlangan (slayd xatosi); maʼruza tayangan hisobotdagi formula olindi.",
                "В ячейке повторена формула роста шума вокруг бренда (ошибка слайда); взята формула из отчёта, на"
                " который опирается лекция.",
            ),
        ),
        benchmark=Label("90 % or more is suggested.", "90 % va undan yuqori tavsiya etiladi.", "Рекомендуется 90 % и выше."),
        part_of=Whole(("issues_resolved",), "issues_total"),
    ),
    Kpi(
        name="net_sentiment",
        label=Label("Net sentiment", "Sof kayfiyat koʻrsatkichi", "Чистая тональность"),
        formula=Formula(
            "(positive_mentions - negative_mentions) / (positive_mentions + neutral_mentions + negative_mentions) * 100"
        ),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.ADVOCACY,
        klass=Klass.BEHAVIOUR,
        levels=(Level.BRAND,),
        note=Label(
            "Whether good words about the brand outweigh bad ones, from −100 to 100 %. Neutral mentions count only in the whole.",
            "Brend haqidagi yaxshi gaplar yomonidan koʻpmi, −100 dan 100 % gacha. Betaraf eslatmalar faqat jami songa kiradi.",
            "Чего больше: хороших слов о бренде или плохих, от −100 до 100 %. Нейтральные упоминания входят только в"
            " общее число.",
        ),
        source=FIELD,
    ),
    Kpi(
        name="nps",
        label=Label("Net Promoter Score (NPS)", "Sodiqlik indeksi (NPS)", "Индекс лояльности (NPS)"),
        formula=Formula("(promoters - detractors) / (promoters + passives + detractors) * 100"),
        unit=Unit.POINTS,
        direction=Direction.UP,
        group=Group.ADVOCACY,
        klass=Klass.BEHAVIOUR,
        levels=(Level.BRAND,),
        note=Label(
            "Whether customers would recommend you: those who answer 9–10 less those who answer 0–6, from −100 to 100.",
            "Mijozlar sizni tavsiya qiladimi: 9–10 ball berganlar ulushidan 0–6 ball berganlar ulushi ayiriladi, −100"
            " dan 100 gacha.",
            "Готовы ли клиенты вас рекомендовать: доля ответивших 9–10 минус доля ответивших 0–6, от −100 до 100.",
        ),
        source=FIELD,
        benchmark=Label(
            "Above 0 is fair, above 50 excellent.",
            "0 dan yuqori qoniqarli, 50 dan yuqori aʼlo.",
            "Выше 0 — удовлетворительно, выше 50 — отлично.",
        ),
    ),
)
