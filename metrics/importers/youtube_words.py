"""The headings of YouTube Studio's tables, by what they mean: in English, German and Portuguese as files have them, in
other languages as people who work with such files quote them.

A column that stands here in a language whose files were seen is certain; the others are shown as known by name.
"""

from __future__ import annotations

from .words import plain


def _plainly(*words: str) -> frozenset[str]:
    return frozenset(map(plain, words))


CONTENT = _plainly(
    *("Content", "Videos", "Video", "Inhalte", "Conteúdo", "Contenido", "Contenu", "Contenuti", "Contenuto", "İçerik"),
    *("Контент", "Видео", "Kontent", "Контент (видео)", "Video ID", "ID del vídeo", "Video-ID", "Идентификатор видео"),
)
TITLES = _plainly(
    *("Video title", "Videotitel", "Título do vídeo", "Título del vídeo", "Título del video", "Titre de la vidéo"),
    *("Titolo video", "Titolo del video", "Video başlığı", "Название видео", "Video nomi", "Video sarlavhasi", "Видео номи"),
)
PUBLISHED = _plainly(
    *("Video publish time", "Veröffentlichungszeitpunkt des Videos", "Veröffentlichungszeit des Videos"),
    *("Horário de publicação do vídeo", "Hora de publicación del vídeo", "Hora de publicación del video"),
    *("Heure de publication de la vidéo", "Date de publication de la vidéo", "Ora di pubblicazione del video"),
    *("Video yayınlanma zamanı", "Время публикации видео", "Дата публикации видео", "Video nashr vaqti"),
)
DATES = _plainly("Date", "Datum", "Data", "Fecha", "Дата", "Tarih", "Sana", "Сана", "Day", "Jour")
_HOURS = (
    *("Watch time (hours)", "Wiedergabezeit (Stunden)", "Tempo de exibição (horas)", "Tiempo de visualización (horas)"),
    *("Durée de visionnage (heures)", "Tempo di visualizzazione (ore)", "İzlenme süresi (saat)", "Время просмотра (часы)"),
    *("Время просмотра (часов)", "Tomosha vaqti (soat)", "Томоша вақти (соат)"),
)
_MINUTES = ("Watch time (minutes)", "Wiedergabezeit (Minuten)", "Tempo de exibição (minutos)", "Время просмотра (минуты)")
# What only YouTube calls so: a table of days with one of these is YouTube's.
OWN = _plainly(
    *_HOURS,
    *_MINUTES,
    *("Aufrufe", "Impressions click-through rate (%)", "Klickrate der Impressionen (%)"),
    *("Taxa de cliques de impressões (%)", "Porcentaje de clics de las impresiones (%)", "Taux de clics par impression (%)"),
    *("CTR для значков видео (%)", "Estimated revenue (USD)", "Your estimated revenue (USD)"),
)
# Certain: headings that stand in files that were seen.
SEEN: dict[str, tuple[str, ...]] = {
    "views": ("Views", "Aufrufe", "Visualizações"),
    "engaged_views": ("Engaged views",),
    "watch_seconds": (*_HOURS[:3], "Watch time (minutes)"),
    "net_new_followers": ("Subscribers", "Abonnenten", "Inscritos"),
    "new_followers": ("Subscribers gained",),
    "lost_followers": ("Subscribers lost",),
    "impressions": ("Impressions", "Impressionen", "Impressões", "Thumbnail impressions", "Thumbnail-Impressionen"),
    "feed_impressions": ("Shown in feed",),
    "likes": ("Likes", '"Mag ich"-Bewertungen', "„Mag ich“-Bewertungen"),
    "dislikes": ("Dislikes",),
    "comments": ("Comments added", "Comments", "Kommentare hinzugefügt"),
    "shares": ("Shares", "Geteilte Inhalte"),
    "viewers": ("Unique viewers",),
    "new_viewers": ("New viewers",),
    "returning_viewers": ("Returning viewers",),
    "card_clicks": ("Card clicks",),
    "end_screen_clicks": ("End screen element clicks",),
    "posts_created": ("Videos published",),
    "platform_earnings": ("Estimated revenue", "Your estimated revenue", "Receita estimada", "Geschätzter Umsatz"),
}
# By name: translations that are quoted elsewhere, or usual.
LIKELY: dict[str, tuple[str, ...]] = {
    "views": (
        "Visualizaciones",
        "Vues",
        "Visualizzazioni",
        "Görüntüleme",
        "Görüntülemeler",
        "Просмотры",
        "Koʻrishlar",
        "Кўришлар",
    ),
    "engaged_views": ("Вовлеченные просмотры", "Просмотры с вовлечением", "Aktive Aufrufe", "Visualizações engajadas"),
    "watch_seconds": (*_HOURS[3:], *_MINUTES[1:]),
    "net_new_followers": ("Suscriptores", "Abonnés", "Iscritti", "Aboneler", "Подписчики", "Obunachilar", "Обуначилар"),
    "new_followers": (
        *("Gewonnene Abonnenten", "Neue Abonnenten", "Inscritos ganhos", "Inscrições obtidas", "Suscriptores ganados"),
        *("Suscriptores conseguidos", "Nouveaux abonnés", "Abonnés gagnés", "Новые подписчики", "Yangi obunachilar"),
    ),
    "lost_followers": (
        *("Verlorene Abonnenten", "Inscritos perdidos", "Inscrições perdidas", "Suscriptores perdidos", "Abonnés perdus"),
        *("Потерянные подписчики", "Отписавшиеся", "Ketgan obunachilar"),
    ),
    "impressions": (
        *("Impresiones", "Impressioni", "Gösterimler", "Показы", "Показы для значков", "Показы значков"),
        *("Показы для значков видео", "Koʻrsatishlar", "Кўрсатишлар"),
    ),
    "feed_impressions": ("Im Feed angezeigt", "Exibido no feed", "Se muestra en el feed", "Показано в ленте", "Показы в ленте"),
    "likes": (
        *("Marcações Gostei", 'Marcações "Gostei"', "Marcações “Gostei”", "Me gusta", "J'aime", "Mentions J'aime", "Mi piace"),
        *("Beğenmeler", "Отметки «Нравится»", 'Отметки "Нравится"', "Лайки", "Layklar", "Yoqtirishlar"),
    ),
    "dislikes": (
        *("„Mag ich nicht“-Bewertungen", '"Mag ich nicht"-Bewertungen', 'Marcações "Não gostei"', "No me gusta"),
        *("Отметки «Не нравится»", 'Отметки "Не нравится"', "Дизлайки"),
    ),
    "comments": (
        *("Hinzugefügte Kommentare", "Comentários adicionados", "Comentarios añadidos", "Comentarios", "Commentaires ajoutés"),
        *("Commenti aggiunti", "Eklenen yorumlar", "Добавлено комментариев", "Комментарии", "Добавленные комментарии", "Izohlar"),
    ),
    "shares": (
        *("Compartilhamentos", "Compartidos", "Veces compartido", "Partages", "Condivisioni", "Paylaşımlar", "Поделились"),
        *("Репосты", "Поделиться", "Ulashishlar"),
    ),
    "viewers": (
        *("Einzelne Zuschauer", "Espectadores únicos", "Spectateurs uniques", "Spettatori unici", "Tekil izleyiciler"),
        *("Уникальные зрители", "Noyob tomoshabinlar"),
    ),
    "new_viewers": ("Neue Zuschauer", "Novos espectadores", "Nuevos espectadores", "Nouveaux spectateurs", "Новые зрители"),
    "returning_viewers": (
        *("Wiederkehrende Zuschauer", "Espectadores recorrentes", "Espectadores recurrentes", "Spectateurs récurrents"),
        *("Вернувшиеся зрители", "Постоянные зрители"),
    ),
    "platform_earnings": (
        *("Ingresos estimados", "Revenus estimés", "Entrate stimate", "Tahmini gelir", "Расчетный доход", "Расчётный доход"),
        *("Предполагаемый доход", "Taxminiy daromad"),
    ),
}
LEFT: dict[str, tuple[str, ...]] = {
    "rate": (
        *("Impressions click-through rate (%)", "Viewed (vs. swiped away) (%)", "Likes (vs. dislikes) (%)"),
        *("Average percentage viewed (%)", "Stayed to watch (%)", "RPM", "CPM", "Playback-based CPM"),
    ),
    "average": (
        *("Average view duration", "Durchschnittliche Wiedergabedauer", "Duração média da visualização"),
        *("Duración media de la visualización", "Durée moyenne d'une vue", "Durata di visualizzazione media"),
        *("Средняя продолжительность просмотра", "Ortalama görüntüleme süresi", "Average views per viewer"),
    ),
    "part_of_other": (
        *(
            "YouTube Premium views",
            "Watch time from YouTube Premium (hours)",
            "Estimated ad revenue",
            "Estimated AdSense revenue",
        ),
        *(
            "YouTube ad revenue",
            "YouTube Premium revenue",
            "Watch Page ad revenue",
            "Shorts Feed ad revenue",
            "Transaction revenue",
        ),
    ),
    "describes": ("Duration", "Dauer", "Duração", "Duración", "Durée", "Durata", "Süre", "Длительность", "Продолжительность"),
}


def by_heading(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain(word): meaning for meaning, headings in words.items() for word in headings}
