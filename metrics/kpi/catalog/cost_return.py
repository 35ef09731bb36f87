"""KPIs of money: what a result costs and what comes back."""

from __future__ import annotations

from ..declaration import FIELD, GUIDE, LECTURE, Kpi, LectureWording
from ..formulas import Formula
from ..terms import Direction, Group, Klass, Label, Level, Unit

_LECTURE_ROI = "Foyda / investitsiya × 100 = ijtimoiy media ROI %"

COST_RETURN = (
    Kpi(
        name="roi",
        label=Label("Return on investment (ROI)", "Investitsiya rentabelligi (ROI)", "Рентабельность инвестиций (ROI)"),
        formula=Formula("(revenue - cogs - investment) / investment * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CAMPAIGN, Level.STRATEGY, Level.BRAND),
        note=Label(
            "What is left of each unit spent after the goods and the work are paid. 0 % is break-even.",
            "Tovar va barcha xarajatlar qoplangach, sarflangan har bir birlikdan qancha sof foyda qolgan. 0 % – zararsiz nuqta.",
            "Сколько чистой прибыли приносит каждая вложенная единица, когда оплачены товар и работа. 0 % — точка"
            " безубыточности.",
        ),
        source=f"{LECTURE}; {GUIDE}",
        lecture=LectureWording(
            _LECTURE_ROI,
            Label(
                "The lecture then explains profit as the income earned. Net profit is used here, and the formula as"
                " worded stands beside it as return on spend.",
                "Maʼruzada foyda topilgan daromad deb izohlangan. Bu yerda sof foyda olinadi, aytilgan shakli esa"
                " yonida sarf qaytimi sifatida turadi.",
                "В лекции прибыль далее объясняется как полученный доход. Здесь берётся чистая прибыль, а формула в"
                " исходном виде стоит рядом как окупаемость расходов.",
            ),
        ),
        see_also=("return_on_spend",),
    ),
    Kpi(
        name="return_on_spend",
        label=Label("Return on spend (RoS)", "Sarf qaytimi (daromad / investitsiya)", "Окупаемость расходов (RoS)"),
        formula=Formula("revenue / investment * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CAMPAIGN, Level.STRATEGY),
        note=Label(
            "How much was taken for each unit spent. It is not profit: 100 % only covers the spending, not the goods.",
            "Sarflangan har bir birlikka qancha tushum toʻgʻri keladi. Bu foyda emas: 100 % faqat xarajatni qoplaydi,"
            " tannarxni emas.",
            "Сколько выручки приходится на каждую потраченную единицу. Это не прибыль: 100 % покрывают только расходы,"
            " но не себестоимость.",
        ),
        source=LECTURE,
        lecture=LectureWording(
            _LECTURE_ROI,
            Label(
                "This is the lecture’s formula with its own explanation of profit (“topgan daromad”, the income"
                " earned), under a name that cannot be taken for profit.",
                "Bu maʼruza formulasi, undagi “foyda” izohi (“topgan daromad”) bilan; nomi foyda bilan"
                " adashtirilmaydigan qilib olindi.",
                "Это формула лекции с её же объяснением прибыли («topgan daromad», полученный доход) под названием,"
                " которое не спутать с прибылью.",
            ),
        ),
        see_also=("roi",),
    ),
    Kpi(
        name="roas",
        label=Label("Return on ad spend (ROAS)", "Reklama xarajati qaytimi (ROAS)", "Окупаемость рекламы (ROAS)"),
        formula=Formula("ad_revenue / ad_spend"),
        unit=Unit.MULTIPLE,
        direction=Direction.UP,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.CAMPAIGN),
        note=Label(
            "How much the ads brought in for each unit of ad money, before the goods are paid.",
            "Reklamaga sarflangan har bir birlik qancha tushum keltirgan (tannarx chegirilmagan).",
            "Сколько выручки принесла каждая единица рекламных расходов, до вычета себестоимости.",
        ),
        source=FIELD,
        benchmark=Label("Meta ads: about 2.2×.", "Meta reklamasi: taxminan 2,2×.", "Реклама Meta: около 2,2×."),
    ),
    Kpi(
        name="cpl",
        label=Label("Cost per lead (CPL)", "Lid narxi (CPL)", "Стоимость лида (CPL)"),
        formula=Formula("spend_total / leads"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.CAMPAIGN, Level.STRATEGY),
        note=Label("What one lead costs.", "Bitta lid qanchaga tushadi.", "Во сколько обходится один лид."),
        source=GUIDE,
        benchmark=Label(
            "Meta lead campaigns 2026: $23.10 (US-centred).",
            "Meta lid kampaniyalari 2026: $23,10 (AQSH maʼlumoti).",
            "Кампании Meta для лидов, 2026: $23,10 (в основном США).",
        ),
    ),
    Kpi(
        name="cpc",
        label=Label("Cost per click (CPC)", "Bosish narxi (CPC)", "Стоимость клика (CPC)"),
        formula=Formula("spend_total / link_clicks"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.POST, Level.CHANNEL, Level.CAMPAIGN),
        note=Label(
            "What one click on the link costs.",
            "Havolaning bitta bosilishi qanchaga tushadi.",
            "Во сколько обходится один клик по ссылке.",
        ),
        source=GUIDE,
        benchmark=Label(
            "Meta ads 2026: traffic $0.83, lead campaigns $1.92 (US-centred).",
            "Meta reklamasi 2026: trafik $0,83, lid kampaniyalari $1,92 (AQSH maʼlumoti).",
            "Реклама Meta, 2026: трафик $0,83, кампании для лидов $1,92 (в основном США).",
        ),
    ),
    Kpi(
        name="cpm",
        label=Label("Cost per 1 000 impressions (CPM)", "1000 ta koʻrsatish narxi (CPM)", "Стоимость 1000 показов (CPM)"),
        formula=Formula("ad_spend / impressions * 1000"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.POST, Level.CHANNEL),
        note=Label(
            "What it costs to be shown a thousand times.",
            "Ming marta koʻrsatilish qanchaga tushadi.",
            "Во сколько обходится тысяча показов.",
        ),
        source=FIELD,
        benchmark=Label("$9–16 (US-centred).", "$9–16 (AQSH maʼlumoti).", "$9–16 (в основном США)."),
    ),
    Kpi(
        name="cpa",
        label=Label("Cost per action (CPA)", "Maqsadli harakat narxi (CPA)", "Стоимость действия (CPA)"),
        formula=Formula("spend_total / conversions"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CAMPAIGN, Level.STRATEGY),
        note=Label(
            "What one sale, order or sign-up costs.",
            "Bitta xarid, buyurtma yoki roʻyxatdan oʻtish qanchaga tushadi.",
            "Во сколько обходится одна покупка, заказ или регистрация.",
        ),
        source=FIELD,
    ),
    Kpi(
        name="cost_per_engagement",
        label=Label("Cost per engagement", "Bitta harakat narxi (CPE)", "Стоимость взаимодействия (CPE)"),
        formula=Formula("spend_total / interactions"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.VANITY,
        levels=(Level.POST, Level.CHANNEL),
        note=Label(
            "What one like, comment, share or save costs.",
            "Bitta layk, izoh, ulashish yoki saqlash qanchaga tushadi.",
            "Во сколько обходится один лайк, комментарий, репост или сохранение.",
        ),
        source=FIELD,
    ),
    Kpi(
        name="cost_per_follower",
        label=Label("Cost per new follower", "Yangi obunachi narxi", "Стоимость нового подписчика"),
        formula=Formula("spend_total / net_new_followers"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.VANITY,
        levels=(Level.CHANNEL,),
        note=Label(
            "What one follower gained costs. Where more people left than came there is no such cost.",
            "Bitta yangi obunachi qanchaga tushadi. Ketganlar kelganlardan koʻp boʻlsa, bunday narx yoʻq.",
            "Во сколько обходится один новый подписчик. Если ушло больше людей, чем пришло, такой стоимости нет.",
        ),
        source=FIELD,
        at_least_zero=frozenset({"net_new_followers"}),
    ),
    Kpi(
        name="cac",
        label=Label("Customer acquisition cost (CAC)", "Mijoz jalb qilish narxi (CAC)", "Стоимость привлечения клиента (CAC)"),
        formula=Formula("acquisition_spend / new_customers"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.STRATEGY, Level.BRAND),
        note=Label(
            "What it costs to win one customer.",
            "Bitta yangi mijozni jalb qilish qanchaga tushadi.",
            "Во сколько обходится привлечение одного клиента.",
        ),
        source=GUIDE,
    ),
    Kpi(
        name="clv",
        label=Label("Customer lifetime value (CLV)", "Mijozning umrbod qiymati (CLV)", "Пожизненная ценность клиента (CLV)"),
        formula=Formula("average_order_value * orders_per_year * lifespan_years * gross_margin"),
        unit=Unit.MONEY,
        direction=Direction.UP,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.BRAND,),
        note=Label(
            "What a customer earns you over the years, after the goods are paid.",
            "Mijoz yillar davomida (tannarx chegirilgach) qancha foyda keltiradi.",
            "Сколько клиент приносит за годы за вычетом себестоимости.",
        ),
        source=FIELD,
    ),
    Kpi(
        name="clv_cac_ratio",
        label=Label("CLV : CAC", "CLV va CAC nisbati", "Соотношение CLV и CAC"),
        formula=Formula("clv / cac"),
        unit=Unit.MULTIPLE,
        direction=Direction.UP,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.BRAND,),
        note=Label(
            "How many times over a customer pays back what it cost to win them.",
            "Mijoz uni jalb qilishga ketgan xarajatni necha barobar qaytaradi.",
            "Во сколько раз клиент окупает затраты на своё привлечение.",
        ),
        source=FIELD,
        benchmark=Label("3 or more is healthy.", "3 va undan yuqori yaxshi.", "3 и выше — хорошо."),
        see_also=("clv", "cac"),
    ),
)
