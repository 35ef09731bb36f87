"""KPIs of money: what a result costs and what comes back."""

from __future__ import annotations

from ..declaration import FIELD, GUIDE, LECTURE, Kpi, LectureWording
from ..formulas import Formula
from ..terms import Direction, Group, Klass, Label, Level, Unit

_LECTURE_ROI = "Foyda / investitsiya × 100 = ijtimoiy media ROI %"

COST_RETURN = (
    Kpi(
        name="roi",
        label=Label("Return on investment (ROI)", "Investitsiya rentabelligi (ROI)"),
        formula=Formula("(revenue - cogs - investment) / investment * 100"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CAMPAIGN, Level.STRATEGY, Level.BRAND),
        note=Label(
            "What is left of each unit spent after the goods and the work are paid. 0 % is break-even.",
            "Tovar va barcha xarajatlar qoplangach, sarflangan har bir birlikdan qancha sof foyda qolgan. 0 % – zararsiz nuqta.",
        ),
        source=f"{LECTURE}; {GUIDE}",
        lecture=LectureWording(
            _LECTURE_ROI,
            Label(
                "The lecture then explains profit as the income earned. Net profit is used here, and the formula as"
                " worded stands beside it as return on spend.",
                "Maʼruzada foyda topilgan daromad deb izohlangan. Bu yerda sof foyda olinadi, aytilgan shakli esa"
                " yonida sarf qaytimi sifatida turadi.",
            ),
        ),
        see_also=("return_on_spend",),
    ),
    Kpi(
        name="return_on_spend",
        label=Label("Return on spend (RoS)", "Sarf qaytimi (daromad / investitsiya)"),
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
        ),
        source=LECTURE,
        lecture=LectureWording(
            _LECTURE_ROI,
            Label(
                "This is the lecture’s formula with its own explanation of profit (“topgan daromad”, the income"
                " earned), under a name that cannot be taken for profit.",
                "Bu maʼruza formulasi, undagi “foyda” izohi (“topgan daromad”) bilan; nomi foyda bilan"
                " adashtirilmaydigan qilib olindi.",
            ),
        ),
        see_also=("roi",),
    ),
    Kpi(
        name="roas",
        label=Label("Return on ad spend (ROAS)", "Reklama xarajati qaytimi (ROAS)"),
        formula=Formula("ad_revenue / ad_spend"),
        unit=Unit.MULTIPLE,
        direction=Direction.UP,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.CAMPAIGN),
        note=Label(
            "How much the ads brought in for each unit of ad money, before the goods are paid.",
            "Reklamaga sarflangan har bir birlik qancha tushum keltirgan (tannarx chegirilmagan).",
        ),
        source=FIELD,
        benchmark=Label("Meta ads: about 2.2×.", "Meta reklamasi: taxminan 2,2×."),
    ),
    Kpi(
        name="cpl",
        label=Label("Cost per lead (CPL)", "Lid narxi (CPL)"),
        formula=Formula("spend_total / leads"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CHANNEL, Level.CAMPAIGN, Level.STRATEGY),
        note=Label("What one lead costs.", "Bitta lid qanchaga tushadi."),
        source=GUIDE,
        benchmark=Label(
            "Meta lead campaigns 2026: $23.10 (US-centred).", "Meta lid kampaniyalari 2026: $23,10 (AQSH maʼlumoti)."
        ),
    ),
    Kpi(
        name="cpc",
        label=Label("Cost per click (CPC)", "Bosish narxi (CPC)"),
        formula=Formula("spend_total / link_clicks"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.POST, Level.CHANNEL, Level.CAMPAIGN),
        note=Label("What one click on the link costs.", "Havolaning bitta bosilishi qanchaga tushadi."),
        source=GUIDE,
        benchmark=Label(
            "Meta ads 2026: traffic $0.83, lead campaigns $1.92 (US-centred).",
            "Meta reklamasi 2026: trafik $0,83, lid kampaniyalari $1,92 (AQSH maʼlumoti).",
        ),
    ),
    Kpi(
        name="cpm",
        label=Label("Cost per 1 000 impressions (CPM)", "1000 ta koʻrsatish narxi (CPM)"),
        formula=Formula("ad_spend / impressions * 1000"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.POST, Level.CHANNEL),
        note=Label("What it costs to be shown a thousand times.", "Ming marta koʻrsatilish qanchaga tushadi."),
        source=FIELD,
        benchmark=Label("$9–16 (US-centred).", "$9–16 (AQSH maʼlumoti)."),
    ),
    Kpi(
        name="cpa",
        label=Label("Cost per action (CPA)", "Maqsadli harakat narxi (CPA)"),
        formula=Formula("spend_total / conversions"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.CAMPAIGN, Level.STRATEGY),
        note=Label("What one sale, order or sign-up costs.", "Bitta xarid, buyurtma yoki roʻyxatdan oʻtish qanchaga tushadi."),
        source=FIELD,
    ),
    Kpi(
        name="cost_per_engagement",
        label=Label("Cost per engagement", "Bitta harakat narxi (CPE)"),
        formula=Formula("spend_total / interactions"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.VANITY,
        levels=(Level.POST, Level.CHANNEL),
        note=Label("What one like, comment, share or save costs.", "Bitta layk, izoh, ulashish yoki saqlash qanchaga tushadi."),
        source=FIELD,
    ),
    Kpi(
        name="cost_per_follower",
        label=Label("Cost per new follower", "Yangi obunachi narxi"),
        formula=Formula("spend_total / net_new_followers"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.VANITY,
        levels=(Level.CHANNEL,),
        note=Label(
            "What one follower gained costs. Where more people left than came there is no such cost.",
            "Bitta yangi obunachi qanchaga tushadi. Ketganlar kelganlardan koʻp boʻlsa, bunday narx yoʻq.",
        ),
        source=FIELD,
        at_least_zero=frozenset({"net_new_followers"}),
    ),
    Kpi(
        name="cac",
        label=Label("Customer acquisition cost (CAC)", "Mijoz jalb qilish narxi (CAC)"),
        formula=Formula("acquisition_spend / new_customers"),
        unit=Unit.MONEY,
        direction=Direction.DOWN,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.STRATEGY, Level.BRAND),
        note=Label("What it costs to win one customer.", "Bitta yangi mijozni jalb qilish qanchaga tushadi."),
        source=GUIDE,
    ),
    Kpi(
        name="clv",
        label=Label("Customer lifetime value (CLV)", "Mijozning umrbod qiymati (CLV)"),
        formula=Formula("average_order_value * orders_per_year * lifespan_years * gross_margin"),
        unit=Unit.MONEY,
        direction=Direction.UP,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.BRAND,),
        note=Label(
            "What a customer earns you over the years, after the goods are paid.",
            "Mijoz yillar davomida (tannarx chegirilgach) qancha foyda keltiradi.",
        ),
        source=FIELD,
    ),
    Kpi(
        name="clv_cac_ratio",
        label=Label("CLV : CAC", "CLV va CAC nisbati"),
        formula=Formula("clv / cac"),
        unit=Unit.MULTIPLE,
        direction=Direction.UP,
        group=Group.COST_RETURN,
        klass=Klass.BEHAVIOUR,
        levels=(Level.BRAND,),
        note=Label(
            "How many times over a customer pays back what it cost to win them.",
            "Mijoz uni jalb qilishga ketgan xarajatni necha barobar qaytaradi.",
        ),
        source=FIELD,
        benchmark=Label("3 or more is healthy.", "3 va undan yuqori yaxshi."),
        see_also=("clv", "cac"),
    ),
)
