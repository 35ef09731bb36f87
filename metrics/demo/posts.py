"""What the demo shop says: titles, captions in Uzbek and Russian, and the week in which they go out."""

from datetime import time
from typing import NamedTuple


class Words(NamedTuple):
    title: str
    text: str
    format: str
    journey_stage: str
    purpose: str


class Slot(NamedTuple):
    """A weekly place on the calendar: weekday (Monday is 0), hour, channel, pillar, and the channel it is cross-posted to."""

    weekday: int
    at: time
    channel: str
    pillar: str
    also_on: str = ""


WEEK = (
    Slot(0, time(10), "telegram", "Aksiya"),
    Slot(0, time(19), "instagram", "Uslub maslahati"),
    Slot(1, time(12, 30), "tiktok", "Ustaxona"),
    Slot(2, time(10), "telegram", "Yangi kolleksiya"),
    Slot(2, time(19), "instagram", "Yangi kolleksiya"),
    Slot(3, time(18), "facebook", "Mijozlarimiz"),
    Slot(4, time(19), "instagram", "Mijozlarimiz", also_on="telegram"),
    Slot(5, time(12, 30), "tiktok", "Uslub maslahati"),
    Slot(6, time(11), "telegram", "Ustaxona"),
)

PILLARS = (
    ("Yangi kolleksiya", 30, 1),
    ("Uslub maslahati", 25, 2),
    ("Mijozlarimiz", 20, 3),
    ("Ustaxona", 15, 4),
    ("Aksiya", 10, 5),
)

POSTS: dict[str, tuple[Words, ...]] = {
    "Yangi kolleksiya": (
        Words("Yangi koʻylaklar, 6 rang", "Adrasdan olti rangda yangi koʻylaklar keldi. Oʻlchamlar XS dan XXL gacha, narxlar 389 000 soʻmdan. Qaysi rang sizniki? #AtlasLibos #adras", "carousel", "consideration", "engage"),
        Words("Новинки: 6 цветов", "Платья из адраса уже в магазине: шесть оттенков, размеры от XS до XXL, от 389 000 сумов. Примерка каждый день до 22:00. #AtlasLibos", "image", "consideration", "engage"),
        Words("Kolleksiya tizeri", "Ertaga bitta mato, uchta bichim. Taxmin qiling: adrasmi yoki beqasam? #AtlasLibos", "reel", "awareness", "attract"),
        Words("Ona va qiz obrazi", "Bir matodan ikki koʻylak: onaga va qizga. Juftlik uchun 10 % chegirma shu haftada. #xonatlas", "carousel", "conversion", "attract"),
        Words("Paltolar ustida ish", "Kuzgi palto uchun beqasam astarli model tayyor boʻldi. Avval kanal obunachilari koʻradi, savdo juma kuni boshlanadi.", "image", "awareness", "engage"),
        Words("Лукбук в одном посте", "Восемь образов на холодные дни: пальто, жилеты и тёплые платья. Сохраните, чтобы выбрать на выходных.", "carousel", "consideration", "attract"),
        Words("Katta oʻlchamlar keldi", "XXL va 3XL oʻlchamdagi atlas koʻylaklar omborda. Bichim keng, yelka qulay. Oʻlchamingizni izohda yozing.", "image", "conversion", "engage"),
    ),
    "Uslub maslahati": (
        Words("1 roʻmol, 4 usul", "Bitta adras roʻmolni toʻrt xil bogʻlash mumkin. Uchinchisi shamolli kunga. Saqlab qoʻying! #uslub", "reel", "awareness", "attract"),
        Words("Rang tanlash: 3 qoida", "Teri tusi, fasl va voqea. Uch savolga javob bering, rangni biz aytamiz. #AtlasLibos", "carousel", "awareness", "attract"),
        Words("Ofisga adras: 5 gʻoya", "Adras faqat bayramga emas. Ish kuniga beshta sokin obraz, hammasi doʻkonda bor.", "carousel", "consideration", "attract"),
        Words("Xonatlas parvarishi", "Xonatlas sovuq suvda, qoʻlda yuviladi va soyada quritiladi. Toʻliq yoʻriqnoma ikkinchi rasmda.", "image", "retention", "engage"),
        Words("Bir koʻylak, uch fasl", "Bahorda kamzul bilan, yozda yolgʻiz, kuzda palto ostidan. Bitta koʻylak, uch xil kayfiyat.", "video", "consideration", "attract"),
        Words("Как сочетать атлас", "Яркий атлас любит спокойное: джинсы, однотонный жакет, белую рубашку. Три примера в карусели.", "carousel", "awareness", "attract"),
    ),
    "Mijozlarimiz": (
        Words("Mijozimiz: Nilufar opa", "Nilufar opa toʻyga adras kostyum tanladi va oʻzi surat yubordi. Rahmat! Siz ham #AtlasLibosda belgilang.", "ugc", "advocacy", "engage"),
        Words("Mijozlar surati: 5 obraz", "Shu haftada yuborilgan beshta surat. Qaysi biri sizga yoqdi? Eng koʻp layk olganga roʻmol sovgʻa.", "ugc", "advocacy", "engage"),
        Words("Stories: javoblar kuni", "Oʻlcham, yetkazish, almashtirish. Bugun savollarga 18:00 dan 20:00 gacha javob beramiz.", "story", "retention", "engage"),
        Words("Oʻlcham tanlash", "Uch oʻlchov yetarli: koʻkrak, bel, boʻy. Jadval rasmda, ikkilansangiz yozing, birga tanlaymiz.", "image", "retention", "engage"),
        Words("Отзыв: платье на никах", "Мадина заказала платье за четыре дня до никаха, и мы успели. Её слова и фото в карусели.", "ugc", "advocacy", "engage"),
    ),
    "Ustaxona": (
        Words("Adras qanday toʻqiladi", "Margʻilonda bitta mato ustida toʻrt kishi ishlaydi. Qirq soniyada boshidan oxirigacha. #adras", "reel", "awareness", "attract"),
        Words("Ustaxonadan 40 soniya", "Bichuvchi Rustam akaning qoʻllari. Ovozini yoqing. #ustaxona", "reel", "awareness", "attract"),
        Words("Margʻilonga sayohat", "Matoni oʻzimiz tanlaymiz. Margʻilon bozoridan olti surat va bitta hikoya.", "carousel", "awareness", "attract"),
        Words("Bichim siri", "Nega bizning yenglarimiz tortmaydi? Andaza ustasi uch qadamda koʻrsatadi.", "video", "consideration", "attract"),
        Words("Цвет из граната", "Этот бордовый мы получаем из гранатовой кожуры. Показываем весь путь, от миски до ткани.", "video", "awareness", "attract"),
    ),
    "Aksiya": (
        Words("Hafta narxlari", "Dushanbadan payshanbagacha: roʻmollar 79 000 soʻmdan, yetkazib berish Toshkent boʻylab bepul.", "image", "conversion", "engage"),
        Words("Bepul yetkazish", "Bugun 300 000 soʻmdan ortiq buyurtmaga Toshkent boʻylab yetkazib berish bepul. Botga yozing.", "image", "conversion", "attract"),
        Words("Скидка −15 %", "Только до воскресенья: минус 15 % на прошлую коллекцию. Промокод KUZ15 в боте.", "image", "conversion", "attract"),
        Words("Soʻnggi kun", "Bugun 22:00 da kuzgi narxlar tugaydi. Omborda qirq dona qoldi, botda oʻlchamni tekshiring.", "image", "conversion", "attract"),
    ),
}  # fmt: skip
