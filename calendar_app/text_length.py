"""How long a text is by the rule of the network that will carry it. Pure; static/js/post.js counts by the same rules.

X counts by weight: a link is 23 whatever its length, an emoji is 2 however many code points build it, letters of
the alphabets at the start of Unicode are 1 and all others 2, after normalisation (NFC). The others count code
points, UTF-16 units or bytes.
"""

import re
import unicodedata
from collections.abc import Callable

LINK_WEIGHT = 23
HEAVY = 2
# Code points that weigh 1 on X; every other weighs HEAVY.
LIGHT_RANGES = ((0x0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))

# A domain without https:// is a link on X only where its last part is a real one. The country codes are complete, the
# others are those in wide use.
TOP_LEVEL_DOMAINS = frozenset(
    """
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf
    cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg
    gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp
    kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne
    nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk
    sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn
    vu wf ws ye yt za zm zw
    com org net info biz edu gov mil int name pro mobi asia travel jobs aero coop museum post tel cat
    academy agency app art bank bar beauty blog boutique business cafe care center chat city click clothing cloud club codes
    coffee community company cool design dev digital direct directory education email energy events expert express fashion
    finance fit fm food fun fund gallery games gift global group guide guru health help host hotel house ink kids kim land
    law lgbt life link live ltd market marketing media menu moda money movie network news ninja one online page partners
    party photo photography photos pizza plus press promo pub red rent report rest restaurant reviews rocks run sale school
    services shoes shop shopping show site ski social software solutions space sport store stream studio style support
    systems tattoo taxi team tech technology tips today tools top tours town toys trade training tube university vip video
    wedding wiki win wine work works world wtf xyz yoga zone
    """.split()  # noqa: SIM905
)

_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_INSIDE_PATH = r"a-z0-9\u00C0-\u024F\u02BB\u0400-\u04FF!*';:=+,.$/%#\[\]\u2013_~@|&\-"
_PATH_END = r"a-z0-9\u00C0-\u024F\u02BB\u0400-\u04FF=_#/+\-"
_BRACKETS = rf"\([{_INSIDE_PATH}]*\)"
_PATH = rf"/(?:(?:[{_INSIDE_PATH}]|{_BRACKETS})*(?:[{_PATH_END}]|{_BRACKETS}))?"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"
# A link that names no scheme must not be the rest of a longer word: that is what the second look behind forbids.
LINK = re.compile(
    rf"(?:(?<![a-z0-9@\uFF20$#\uFF03])(?P<scheme>https?://)|(?<![a-z0-9@\uFF20$#\uFF03._/-]))"
    rf"(?P<host>{_LABEL}(?:\.{_LABEL})+)(?![a-z0-9@+-])(?P<rest>(?::[0-9]+)?(?:{_PATH})?(?:{_QUERY})?)",
    re.IGNORECASE | re.ASCII,
)

_PICTURE = (
    r"(?:[\u203C\u2049\u2100-\u2BFF\u3030\u303D\u3297\u3299\U0001F000-\U0001F1E5\U0001F200-\U0001FAFF]|[\u00A9\u00AE](?=\uFE0F))"
)
_DRESSED = rf"{_PICTURE}(?:\uFE0F|[\U0001F3FB-\U0001F3FF])?"
EMOJI = re.compile(
    r"[0-9#*]\uFE0F?\u20E3"  # keycaps
    r"|[\U0001F1E6-\U0001F1FF]{2}"  # flags of countries
    r"|\U0001F3F4[\U000E0061-\U000E007A]+\U000E007F"  # flags of regions
    rf"|{_DRESSED}(?:\u200D{_DRESSED})*"  # one picture, or several joined into one
)


def length(text: str, mode: str) -> int:
    """The length of `text` by a platform's count mode; a line break is one character, however the form sent it."""
    return COUNTERS[mode](text.replace("\r\n", "\n"))


def chars(text: str) -> int:
    """Code points."""
    return len(text)


def utf8_bytes(text: str) -> int:
    """Bytes of UTF-8; half a surrogate pair, which a browser can send, counts as three."""
    return len(text.encode("utf-8", "surrogatepass"))


def utf16(text: str) -> int:
    """UTF-16 units, as JavaScript counts: most emoji are two or more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def x_weighted(text: str) -> int:
    """X's weight of a text, links and emoji included."""
    text = unicodedata.normalize("NFC", text)
    weight, position = 0, 0
    for start, end in link_spans(text):
        weight += _weight_without_links(text[position:start]) + LINK_WEIGHT
        position = end
    return weight + _weight_without_links(text[position:])


def link_spans(text: str) -> list[tuple[int, int]]:
    """Where the links of a text stand, as X finds them: `https://a.uz/b`, and `a.uz/b` where the ending is a real one."""
    ends = ((match, _end_of_link(match)) for match in LINK.finditer(text))
    return [(match.start(), end) for match, end in ends if end]


def links(text: str) -> list[str]:
    """The links of a text as they are written, in order."""
    return [text[start:end] for start, end in link_spans(text)]


def _end_of_link(match: re.Match[str]) -> int:
    """The end of the link, or 0. In `a.uz.Keling` the link is `a.uz`: the longest part that ends in a real domain."""
    labels = match["host"].split(".")
    if _is_top_level(labels[-1]):
        return match.end()
    end = match.end("host")
    while len(labels) > 2:
        end -= len(labels.pop()) + 1
        if _is_top_level(labels[-1]):
            return end
    return 0


def _is_top_level(label: str) -> bool:
    return label.lower() in TOP_LEVEL_DOMAINS or label.lower().startswith("xn--")


def _weight_without_links(text: str) -> int:
    bare, emoji = EMOJI.subn("", text)
    return emoji * HEAVY + sum(1 if _is_light(ord(character)) else HEAVY for character in bare)


def _is_light(code_point: int) -> bool:
    return any(first <= code_point <= last for first, last in LIGHT_RANGES)


COUNTERS: dict[str, Callable[[str], int]] = {"chars": chars, "x_weighted": x_weighted, "utf8_bytes": utf8_bytes, "utf16": utf16}
