"""What was known of each network on 21 November 2026. New databases begin with it; administrators keep the rows up to date."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from metrics.kpi.offered import OFFERED

CHECKED_ON = date(2026, 11, 21)

SOURCES = {
    "limits": "Ayrshare, character limits and platform pages (ayrshare.com)",
    "postiz": "Postiz, platforms overview (docs.postiz.com/general/platforms/overview); Orshot, social posting guidelines "
    "(orshot.com/docs/publish/social-posting-guidelines)",
    "adobe": "Adobe Express, content scheduler limits, 17 December 2025 (helpx.adobe.com)",
    "zernio": "Zernio, Instagram, TikTok and Threads pages (docs.zernio.com)",
    "five_hashtags": "Social Media Today, 18 December 2025 (socialmediatoday.com); Social Samosa (socialsamosa.com)",
    "x_counting": "X, counting characters (docs.x.com/fundamentals/counting-characters)",
    "tiktok_hashtags": "Net Influencer (netinfluencer.com); Website Builder Expert (websitebuilderexpert.com)",
    "tiktok_business": "TikTok, Personal and Business Accounts (support.tiktok.com); Build My Plays (buildmyplays.com)",
    "youtube_bytes": "youtube_api_client (pub.dev); Letter Counter (lettercounter.org)",
    "telegram_bots": "python-telegram-bot, constants (docs.python-telegram-bot.org)",
    "threads_posts": "Meta, Threads posts, 14 April 2026 (developers.facebook.com/documentation/threads/posts)",
    "hootsuite": "Hootsuite’s posting frequencies, 2023 (copy at tmp.4pmtech.com)",
    "cadence": "Posting frequency, a synthesis of studies, 2026 (fb0t.com)",
    "uzbekistan": "Yandex media report for Uzbekistan, second quarter of 2025 (pivot.uz)",
    "telegram_ads": "Telegram Ads, getting started (ads.telegram.org/getting-started)",
    "page": "Innovando, La pagina aziendale sui social: vezzo o asset? (innovando.it)",
    "types": "Kaplan and Haenlein 2010, in summary (bartleby.com, liquisearch.com)",
    "tumblr": "Postiz, platforms overview (docs.postiz.com/general/platforms/overview)",
}


def _row(slug: str, name: str, sources: str, *, uz: Mapping[str, Any], ru: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": name,
        "metrics_offered": sorted(OFFERED.get(slug, ())),
        "source": "\n".join(SOURCES[key] for key in sources.split()),
        "translations": {"uz": dict(uz), "ru": dict(ru)},
        "checked_on": CHECKED_ON,
        **fields,
    }


ACTIVE = [
    _row(
        "facebook", "Facebook", "limits postiz adobe cadence hootsuite page types",
        media_type="network", category_seed="page_and_profile", category_current="page_and_profile",
        text_limit=63206, text_shown=480, hashtags_advised_min=1, hashtags_advised_max=2, media_limit=10,
        media_rules="Up to 10 images or one video in a post. A reel has 3 to 90 seconds, a video up to 4 hours. Text alone is fine.",
        link_rules="Links can be clicked and show a preview.",
        strengths="Groups and events, detailed advertising, customer service",
        weaknesses="Low organic reach", audience="Broad, 25 to 54",
        formats=["text", "image", "video", "reel", "live", "story", "event", "link"],
        cadence_min=3, cadence_max=5, cadence_note="Older advice was 1 to 2 a day, the lecture’s example 2 a week.",
        advertising="Meta Ads: feed, reels, lead forms; boosted posts",
        uz={
            "media_rules": "Bitta postda 10 tagacha rasm yoki bitta video. Reels 3–90 soniya, video 4 soatgacha. Faqat matn ham boʻladi.",
            "link_rules": "Havolalar bosiladi va koʻrinishi chiqadi.",
            "strengths": "Guruhlar va tadbirlar, aniq sozlanadigan reklama, mijozlarga xizmat",
            "weaknesses": "Organik qamrov past", "audience": "Keng auditoriya, 25–54 yosh",
            "formats": ["matn", "rasm", "video", "reels", "jonli efir", "hikoya", "tadbir", "havola"],
            "cadence_note": "Avvalgi maslahat kuniga 1–2 ta, maʼruzadagi misol haftasiga 2 ta.",
            "advertising": "Meta Ads: lenta, reels, lid shakllari; postni targʻib qilish",
        },
        ru={
            "media_rules": "В посте до 10 изображений или одно видео. Reels — от 3 до 90 секунд, видео — до 4 часов. "
            "Можно только текст.",
            "link_rules": "Ссылки кликабельны, у них есть предпросмотр.",
            "strengths": "Группы и мероприятия, точная настройка рекламы, обслуживание клиентов",
            "weaknesses": "Низкий органический охват", "audience": "Широкая, 25–54 года",
            "formats": ["текст", "изображение", "видео", "Reels", "прямой эфир", "история", "мероприятие", "ссылка"],
            "cadence_note": "Раньше советовали 1–2 в день; в лекции пример — 2 в неделю.",
            "advertising": "Meta Ads: лента, Reels, лид-формы; продвижение постов",
        },
    ),
    _row(
        "instagram", "Instagram", "limits zernio five_hashtags cadence hootsuite types",
        media_type="network", secondary_types=["content_community"], category_current="same_profile",
        text_limit=2200, text_shown=125, hashtag_limit=5, hashtags_advised_min=3, hashtags_advised_max=5,
        media_required=True, media_limit=10, mixes_media=True,
        media_rules="An image or a video is required. A carousel has up to 10 through schedulers, 20 in the app. "
        "A reel has up to 90 seconds through schedulers, longer in the app.",
        links_in_text=False, link_rules="Links in a caption cannot be clicked: use the bio or a story’s sticker.",
        strengths="Pictures and video, stories, shopping",
        weaknesses="Not for long text, no links in captions", audience="18 to 34",
        formats=["image", "carousel", "reel", "story", "live"],
        cadence_min=3, cadence_max=5, cadence_note="Hootsuite says 3 to 7, the lecture’s example is 3.",
        advertising="Meta Ads, boosted posts, shopping",
        uz={
            "media_rules": "Rasm yoki video shart. Karuselda rejalashtirish vositalari orqali 10 tagacha, ilovada 20 tagacha. "
            "Reels vositalar orqali 90 soniyagacha, ilovada uzunroq.",
            "link_rules": "Tavsif matnidagi havola bosilmaydi: profil tavsifidan yoki hikoya stikeridan foydalaning.",
            "strengths": "Rasm va video, hikoyalar, xaridlar",
            "weaknesses": "Uzun matn uchun mos emas, tavsif matnida havola ishlamaydi", "audience": "18–34 yosh",
            "formats": ["rasm", "karusel", "reels", "hikoya", "jonli efir"],
            "cadence_note": "Hootsuite 3–7 ta deydi, maʼruzadagi misol 3 ta.",
            "advertising": "Meta Ads, postni targʻib qilish, xaridlar",
        },
        ru={
            "media_rules": "Нужно изображение или видео. В карусели до 10 через планировщики, до 20 в приложении. "
            "Reels — до 90 секунд через планировщики, в приложении длиннее.",
            "link_rules": "Ссылки в подписи не кликабельны: используйте описание профиля или стикер в истории.",
            "strengths": "Фото и видео, истории, покупки",
            "weaknesses": "Не для длинных текстов, ссылки в подписи не работают", "audience": "18–34 года",
            "formats": ["изображение", "карусель", "Reels", "история", "прямой эфир"],
            "cadence_note": "Hootsuite советует 3–7; в лекции пример — 3.",
            "advertising": "Meta Ads, продвижение постов, покупки",
        },
    ),
    _row(
        "telegram", "Telegram", "telegram_bots postiz uzbekistan telegram_ads types",
        media_type="microblog", secondary_types=["network"], category_current="page_and_profile",
        text_limit=4096, text_limit_with_media=1024, hashtags_advised_min=1, hashtags_advised_max=5,
        media_limit=10, mixes_media=True,
        media_rules="An album has 2 to 10 pictures or videos. Bots send files up to 50 MB, photos up to 10 MB. Text alone is fine.",
        link_rules="Links can be clicked and show a preview.",
        strengths="Where Uzbekistan is: 99 % of its internet users; links, bots, no algorithm in between",
        weaknesses="Weak discovery, few figures of its own", audience="All ages in Uzbekistan",
        formats=["text", "photo", "album", "video", "voice", "poll", "story"],
        cadence_min=7, cadence_max=21, cadence_note="That is 1 to 3 a day.",
        advertising="Telegram Ads: 160 characters, in public channels of 1,000 subscribers and more; paid posts by agreement",
        uz={
            "media_rules": "Albomda 2–10 ta rasm yoki video. Bot 50 MB gacha fayl, 10 MB gacha rasm yuboradi. Faqat matn ham boʻladi.",
            "link_rules": "Havolalar bosiladi va koʻrinishi chiqadi.",
            "strengths": "Oʻzbekiston shu yerda: internet foydalanuvchilarining 99 %; havolalar, botlar, oraliqda algoritm yoʻq",
            "weaknesses": "Topilishi qiyin, oʻz koʻrsatkichlari kam", "audience": "Oʻzbekistonda barcha yoshdagilar",
            "formats": ["matn", "rasm", "albom", "video", "ovozli xabar", "soʻrovnoma", "hikoya"],
            "cadence_note": "Yaʼni kuniga 1–3 ta.",
            "advertising": "Telegram Ads: 160 belgi, 1 000 dan ortiq obunachisi bor ochiq kanallarda; kelishuv boʻyicha pulli postlar",
        },
        ru={
            "media_rules": "В альбоме от 2 до 10 фото или видео. Боты отправляют файлы до 50 МБ, фото до 10 МБ. "
            "Можно только текст.",
            "link_rules": "Ссылки кликабельны, у них есть предпросмотр.",
            "strengths": "Здесь весь Узбекистан: 99 % его интернет-пользователей; ссылки, боты, "
            "между вами и читателем нет алгоритма",
            "weaknesses": "Трудно найти новых людей, мало собственных показателей", "audience": "Все возрасты в Узбекистане",
            "formats": ["текст", "фото", "альбом", "видео", "голосовое сообщение", "опрос", "история"],
            "cadence_note": "То есть 1–3 в день.",
            "advertising": "Telegram Ads: 160 знаков, в открытых каналах от 1000 подписчиков; платные посты по договорённости",
        },
    ),
    _row(
        "tiktok", "TikTok", "limits zernio tiktok_hashtags tiktok_business cadence page types",
        media_type="content_community", category_seed="no_company_profile", category_current="same_profile",
        count_mode="utf16", text_limit=2200, hashtag_limit=5, hashtags_advised_min=3, hashtags_advised_max=5,
        media_required=True, media_limit=35,
        media_rules="One video of 3 seconds to 10 minutes, or up to 35 photos; never both. "
        "With photos the app takes up to 4,000 characters.",
        links_in_text=False, link_rules="Links in a caption cannot be clicked: use the bio.",
        strengths="Discovery, the highest engagement, a shop of its own",
        weaknesses="Video only, fast trends, limited sounds for businesses", audience="16 to 34",
        formats=["short video", "photo", "live"],
        cadence_min=3, cadence_max=7, cadence_note="Studies go up to 1 to 4 a day.",
        advertising="TikTok Ads, Promote, Spark Ads", needs_video=True,
        uz={
            "media_rules": "3 soniyadan 10 daqiqagacha bitta video yoki 35 tagacha rasm; aralashtirib boʻlmaydi. "
            "Rasmlar bilan ilova 4 000 belgigacha qabul qiladi.",
            "link_rules": "Tavsif matnidagi havola bosilmaydi: profil tavsifidan foydalaning.",
            "strengths": "Yangi odamlar topadi, ishtirok eng yuqori, oʻz savdo boʻlimi bor",
            "weaknesses": "Faqat video, trendlar tez oʻzgaradi, biznes uchun musiqa cheklangan", "audience": "16–34 yosh",
            "formats": ["qisqa video", "rasm", "jonli efir"],
            "cadence_note": "Tadqiqotlarda kuniga 1–4 tagacha.",
            "advertising": "TikTok Ads, Promote, Spark Ads",
        },
        ru={
            "media_rules": "Одно видео от 3 секунд до 10 минут или до 35 фото; вместе нельзя. "
            "С фото приложение принимает до 4000 знаков.",
            "link_rules": "Ссылки в подписи не кликабельны: используйте описание профиля.",
            "strengths": "Находит новых людей, самая высокая вовлечённость, собственный магазин",
            "weaknesses": "Только видео, тренды быстро меняются, музыка для бизнеса ограничена", "audience": "16–34 года",
            "formats": ["короткое видео", "фото", "прямой эфир"],
            "cadence_note": "В исследованиях — до 1–4 в день.",
            "advertising": "Реклама TikTok Ads, Promote, Spark Ads",
        },
    ),
    _row(
        "youtube", "YouTube", "limits postiz youtube_bytes cadence page types",
        media_type="content_community", category_seed="same_profile", category_current="same_profile",
        count_mode="utf8_bytes", text_limit=5000, title_limit=100, hashtag_limit=60, hashtags_advised_min=3, hashtags_advised_max=5,
        media_required=True, media_limit=1,
        media_rules="Exactly one video; a Short has up to 3 minutes. Tags have 500 characters in all.",
        link_rules="Links in the description can be clicked. The first three hashtags are shown; with more than 60 none counts.",
        strengths="Search, long video, work that lasts",
        weaknesses="Costly to produce", audience="All ages",
        formats=["video", "Short", "live", "community post"],
        cadence_min=1, cadence_max=2, cadence_note="These are long videos; about 3 Shorts besides.",
        advertising="Google Ads: in-stream, in-feed, Shorts", needs_video=True,
        uz={
            "media_rules": "Aynan bitta video; Shorts 3 daqiqagacha. Teglar jami 500 belgi.",
            "link_rules": "Tavsifdagi havolalar bosiladi. Birinchi uchta heshteg koʻrinadi; 60 tadan oshsa, hech biri hisobga olinmaydi.",
            "strengths": "Qidiruv, uzun video, uzoq yashaydigan kontent",
            "weaknesses": "Tayyorlash qimmat", "audience": "Barcha yoshdagilar",
            "formats": ["video", "Shorts", "jonli efir", "hamjamiyat posti"],
            "cadence_note": "Bu uzun videolar soni; bundan tashqari 3 ga yaqin Shorts.",
            "advertising": "Google Ads: video ichida, lentada, Shorts’da",
        },
        ru={
            "media_rules": "Ровно одно видео; Shorts — до 3 минут. Теги — всего 500 знаков.",
            "link_rules": "Ссылки в описании кликабельны. Видны первые три хештега; если их больше 60, не учитывается ни один.",
            "strengths": "Поиск, длинное видео, контент, который долго живёт",
            "weaknesses": "Дорогое производство", "audience": "Все возрасты",
            "formats": ["видео", "Shorts", "прямой эфир", "запись в сообществе"],
            "cadence_note": "Это длинные видео; к ним ещё около 3 Shorts.",
            "advertising": "Google Ads: внутри видео, в ленте, в Shorts",
        },
    ),
    _row(
        "linkedin", "LinkedIn", "limits postiz cadence hootsuite page types",
        media_type="network", category_seed="page_and_profile", category_current="page_and_profile",
        text_limit=3000, text_shown=210, hashtags_advised_min=3, hashtags_advised_max=5, media_limit=20,
        media_rules="One video of 3 seconds to 30 minutes, or 2 to 20 images, or a document up to 100 MB and 300 pages. "
        "Text alone is fine.",
        link_rules="Links can be clicked; the preview appears when there is no media.",
        strengths="Business contacts, leads, hiring",
        weaknesses="Costly advertising, weak for consumers", audience="Professionals",
        formats=["text", "document", "image", "video", "article", "poll"],
        cadence_min=3, cadence_max=5, cadence_note="Hootsuite goes up to 1 to 5 a day.",
        advertising="Campaign Manager, lead forms, sponsored messages",
        uz={
            "media_rules": "3 soniyadan 30 daqiqagacha bitta video, yoki 2–20 ta rasm, yoki 100 MB va 300 betgacha hujjat. "
            "Faqat matn ham boʻladi.",
            "link_rules": "Havolalar bosiladi; media boʻlmasa, koʻrinishi chiqadi.",
            "strengths": "Biznes aloqalari, lidlar, xodim izlash",
            "weaknesses": "Reklama qimmat, oddiy xaridor uchun kuchsiz", "audience": "Mutaxassislar",
            "formats": ["matn", "hujjat", "rasm", "video", "maqola", "soʻrovnoma"],
            "cadence_note": "Hootsuite kuniga 1–5 tagacha deydi.",
            "advertising": "Campaign Manager, lid shakllari, homiylik xabarlari",
        },
        ru={
            "media_rules": "Одно видео от 3 секунд до 30 минут, или 2–20 изображений, или документ до 100 МБ и 300 страниц. "
            "Можно только текст.",
            "link_rules": "Ссылки кликабельны; предпросмотр появляется, когда нет медиа.",
            "strengths": "Деловые контакты, лиды, поиск сотрудников",
            "weaknesses": "Дорогая реклама, слабо подходит для обычных покупателей", "audience": "Специалисты",
            "formats": ["текст", "документ", "изображение", "видео", "статья", "опрос"],
            "cadence_note": "Hootsuite советует до 1–5 в день.",
            "advertising": "Campaign Manager, лид-формы, спонсируемые сообщения",
        },
    ),
    _row(
        "x", "X (Twitter)", "x_counting postiz hootsuite page types",
        media_type="microblog", category_seed="same_profile", category_current="same_profile",
        count_mode="x_weighted", text_limit=280, hashtags_advised_min=1, hashtags_advised_max=2, media_limit=4,
        media_rules="Up to 4 images, or one video or GIF. Text alone is fine. Premium accounts write up to 25,000 characters.",
        link_rules="Every link counts as 23 characters, an emoji as 2.",
        strengths="News, real time, support",
        weaknesses="Posts live briefly, low engagement", audience="News, technology, media",
        formats=["text", "image", "video", "poll", "thread"],
        cadence_min=7, cadence_max=35, cadence_note="That is 1 to 5 a day.",
        advertising="X Ads",
        uz={
            "media_rules": "4 tagacha rasm yoki bitta video yoxud GIF. Faqat matn ham boʻladi. Premium hisoblar 25 000 belgigacha yozadi.",
            "link_rules": "Har bir havola 23 belgi, emoji 2 belgi hisoblanadi.",
            "strengths": "Yangiliklar, ayni damdagi muloqot, qoʻllab-quvvatlash",
            "weaknesses": "Postning umri qisqa, ishtirok past", "audience": "Yangiliklar, texnologiya, OAV",
            "formats": ["matn", "rasm", "video", "soʻrovnoma", "zanjir"],
            "cadence_note": "Yaʼni kuniga 1–5 ta.",
            "advertising": "X Ads",
        },
        ru={
            "media_rules": "До 4 изображений, или одно видео, или GIF. Можно только текст. "
            "Premium-аккаунты пишут до 25 000 знаков.",
            "link_rules": "Каждая ссылка считается за 23 знака, эмодзи — за 2.",
            "strengths": "Новости, реальное время, поддержка",
            "weaknesses": "Посты живут недолго, низкая вовлечённость", "audience": "Новости, технологии, медиа",
            "formats": ["текст", "изображение", "видео", "опрос", "тред"],
            "cadence_note": "То есть 1–5 в день.",
            "advertising": "Реклама X Ads",
        },
    ),
    _row(
        "threads", "Threads", "threads_posts limits zernio types",
        media_type="microblog", category_current="same_profile",
        text_limit=500, hashtag_limit=1, hashtags_advised_min=1, hashtags_advised_max=1, media_limit=20, mixes_media=True,
        media_rules="Up to 20 in a carousel; a video has up to 5 minutes. Text alone is fine. An emoji counts by its UTF-8 bytes.",
        link_rules="The first link shows a preview. One topic tag per post.",
        strengths="Talk, tied to Instagram",
        weaknesses="Small, one tag", audience="Instagram’s users",
        formats=["text", "image", "video", "carousel", "poll"],
        cadence_min=2, cadence_max=5, cadence_note="About every other day.",
        advertising="A placement of Meta Ads",
        uz={
            "media_rules": "Karuselda 20 tagacha; video 5 daqiqagacha. Faqat matn ham boʻladi. Emoji UTF-8 baytlari bilan sanaladi.",
            "link_rules": "Birinchi havolaning koʻrinishi chiqadi. Bitta postda bitta mavzu tegi.",
            "strengths": "Suhbat, Instagram bilan bogʻlangan",
            "weaknesses": "Kichik tarmoq, bitta teg", "audience": "Instagram foydalanuvchilari",
            "formats": ["matn", "rasm", "video", "karusel", "soʻrovnoma"],
            "cadence_note": "Taxminan kun ora.",
            "advertising": "Meta Ads joylashuvlaridan biri",
        },
        ru={
            "media_rules": "В карусели до 20; видео до 5 минут. Можно только текст. Эмодзи считается по байтам UTF-8.",
            "link_rules": "У первой ссылки есть предпросмотр. Один тег темы на пост.",
            "strengths": "Разговор, связь с Instagram",
            "weaknesses": "Небольшая сеть, один тег", "audience": "Пользователи Instagram",
            "formats": ["текст", "изображение", "видео", "карусель", "опрос"],
            "cadence_note": "Примерно через день.",
            "advertising": "Одно из мест размещения Meta Ads",
        },
    ),
    _row(
        "pinterest", "Pinterest", "limits postiz cadence types",
        media_type="content_community", category_current="same_profile",
        text_limit=500, title_limit=100, hashtags_advised_min=2, hashtags_advised_max=5,
        media_required=True, media_limit=5,
        media_rules="A picture or video is required; a carousel has up to 5. A video has 4 seconds to 15 minutes and a cover. "
        "Alternative text has up to 500 characters.",
        link_rules="One destination link per pin, up to 2,048 characters.",
        strengths="Pins live long, bring traffic, are found by search",
        weaknesses="Narrow reach in Uzbekistan", audience="Women 18 to 44, people who plan",
        formats=["pin", "video pin", "carousel", "board"],
        cadence_min=5, cadence_max=25, cadence_note="Studies say 3 to 5 a day.",
        advertising="Pinterest Ads",
        uz={
            "media_rules": "Rasm yoki video shart; karuselda 5 tagacha. Video 4 soniyadan 15 daqiqagacha, muqovasi bilan. "
            "Muqobil matn 500 belgigacha.",
            "link_rules": "Har bir pinda bitta havola, 2 048 belgigacha.",
            "strengths": "Pinlar uzoq yashaydi, saytga tashrif keltiradi, qidiruvda topiladi",
            "weaknesses": "Oʻzbekistonda qamrovi tor", "audience": "18–44 yoshli ayollar, reja tuzuvchilar",
            "formats": ["pin", "video pin", "karusel", "doska"],
            "cadence_note": "Tadqiqotlarda kuniga 3–5 ta.",
            "advertising": "Pinterest Ads",
        },
        ru={
            "media_rules": "Нужно изображение или видео; в карусели до 5. Видео от 4 секунд до 15 минут, с обложкой. "
            "Альтернативный текст — до 500 знаков.",
            "link_rules": "Одна ссылка на пин, до 2048 знаков.",
            "strengths": "Пины живут долго, приводят трафик, их находят через поиск",
            "weaknesses": "Узкий охват в Узбекистане", "audience": "Женщины 18–44 лет, те, кто всё планирует",
            "formats": ["пин", "видеопин", "карусель", "доска"],
            "cadence_note": "В исследованиях — 3–5 в день.",
            "advertising": "Реклама Pinterest Ads",
        },
    ),
]  # fmt: skip

# Named by the lecture, kept for the library; no channel is opened on them.
HISTORICAL = [
    _row("tumblr", "Tumblr", "tumblr types", media_type="microblog", text_limit=32768,
         strengths="Blogs with pictures, passed on from blog to blog",
         uz={"strengths": "Rasmli bloglar, blogdan blogga uzatiladi"},
         ru={"strengths": "Блоги с картинками, которыми делятся из блога в блог"}),
    _row("google-plus", "Google+", "types", media_type="network", weaknesses="Closed in 2019", uz={"weaknesses": "2019-yilda yopilgan"},
         ru={"weaknesses": "Закрыта в 2019 году"}),
    _row("vine", "Vine", "types", media_type="content_community", needs_video=True, weaknesses="Closed in 2017",
         uz={"weaknesses": "2017-yilda yopilgan"},
         ru={"weaknesses": "Закрыт в 2017 году"}),
    _row("world-of-warcraft", "World of Warcraft", "types", media_type="game_world",
         strengths="A world to play in together", uz={"strengths": "Birga oʻynaladigan olam"},
         ru={"strengths": "Мир, в котором играют вместе"}),
    _row("virtual-worlds", "Virtual social worlds", "types", media_type="social_world",
         strengths="A life of one’s own making, as in Second Life and Roblox",
         uz={"strengths": "Second Life va Roblox’dagi kabi oʻzi yaratilgan hayot"},
         ru={"strengths": "Жизнь, созданная своими руками, как в Second Life и Roblox"}),
    _row("wikis", "Wikis", "types", media_type="collaborative", strengths="Knowledge written together, as in Wikipedia",
         uz={"strengths": "Wikipedia’dagi kabi birga yoziladigan bilim"},
         ru={"strengths": "Знания, которые пишут вместе, как в Википедии"}),
    _row("questions-and-answers", "Questions and answers", "types", media_type="collaborative",
         strengths="Experts answer in public, as on Quora", uz={"strengths": "Quora’dagi kabi mutaxassislar ochiq javob beradi"},
         ru={"strengths": "Эксперты отвечают публично, как на Quora"}),
    _row("online-magazines", "Online magazines", "types", media_type="collaborative",
         strengths="Articles by many hands", uz={"strengths": "Koʻpchilik yozadigan maqolalar"},
         ru={"strengths": "Статьи многих авторов"}),
]  # fmt: skip


def rows() -> list[dict[str, Any]]:
    active = [row | {"position": place, "is_active": True} for place, row in enumerate(ACTIVE, start=1)]
    return active + [row | {"position": place, "is_active": False} for place, row in enumerate(HISTORICAL, start=50)]
