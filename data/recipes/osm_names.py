"""One key for the many spellings of a place: Azerbaijani, Russian, English.

Letters that stand for one sound become one letter (x, kh, х → h; q, k, г → g; ə, e → a),
words that mean "substation" go, numbers stay: Khirdalan-2 is not Khirdalan.
"""

import re
import unicodedata
from difflib import SequenceMatcher

LETTERS = str.maketrans(
    {
        **dict(zip("əışçğ", ("a", "i", "s", "4", "g"), strict=True)),
        **dict(zip("абвгдежзийклмнопрстуф", "abvgdajziiglmnoprstuf", strict=True)),
        "х": "h",
        "ц": "ts",
        "ч": "4",
        "ш": "s",
        "щ": "s",
        "ъ": "",
        "ы": "i",
        "ь": "",
        "э": "a",
        "ю": "iu",
        "я": "ia",
        "ё": "a",
        "ә": "a",
        "ҹ": "j",
        "ғ": "g",
        "ҝ": "g",
        "һ": "h",
        "ө": "o",
        "ү": "u",
        "ј": "i",
    }
)
PAIRS = (
    ("дж", "j"),
    ("kh", "x"),
    ("gh", "g"),
    ("sh", "ş"),
    ("ch", "ç"),
    ("zh", "j"),
    ("c", "j"),
    ("x", "h"),
)
"""Two letters of one sound; `ch` before `c`, which Azerbaijani reads as j."""
SAME = str.maketrans({"e": "a", "y": "i", "k": "g", "q": "g", "w": "v"})
NOISE = re.compile(
    r"(?<!\w)(substation|junction|switchyard|station|power|plant|yarımstansiyası?"
    r"|yarimstansiyasi?|qovşaq|elektrik|stansiyası?|подстанция|пс|тэс|гэс|грэс|эс"
    r"|ys|ps|pp|hpp|ses|tpp|es|kv|кв|kilovolt|indoor|yard|phase|pv)(?!\w)"
)
VOLTAGE = re.compile(r"(?<![\d.])(500|400|330|230|220|154|132|110)(?!\d)")
ASIDE = re.compile(r"\(.*?\)")


def voltages_in(name: str) -> frozenset[int]:
    """Return the voltages a name speaks of [kV].

    Examples
    --------
    >>> sorted(voltages_in('330/110 kV "Yaşma" YS'))
    [110, 330]
    """
    return frozenset(int(kv) for kv in VOLTAGE.findall(name))


def key(name: str) -> str:
    """Return what every spelling of a name has in common.

    Examples
    --------
    >>> key("Cəbrayıl"), key("Джебраил"), key("Jabrayil junction 330")
    ('jabrail', 'jabrail', 'jabrail')
    >>> key("Xırdalan-2"), key("Khirdalan-2 110")
    ('hirdalan 2', 'hirdalan 2')
    """
    text = unicodedata.normalize("NFC", name.replace("İ", "i").replace("I", "ı"))
    text = VOLTAGE.sub(" ", ASIDE.sub(" ", text.lower()))
    text = NOISE.sub(" ", text.replace("kv", " kv ").replace("кв", " кв "))
    for pair, one in PAIRS:
        text = text.replace(pair, one)
    text = text.translate(LETTERS)
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(SAME)
    plain = re.sub(r"([a-z])\1+", r"\1", plain)
    return " ".join(re.findall(r"[a-z4]*[a-z][a-z4]*|\d+", plain))


def likeness(name: str, other: str) -> float:
    """Return how alike two names are, 1 for the same sound; 0 where one says nothing.

    Names with different numbers (Aghdam-1, Aghdam-2) are never taken for each other.

    Examples
    --------
    >>> likeness("Ağcabədi", "Aghjabadi"), likeness("Ağdam-1", "Aghdam-2 110")
    (1.0, 0.0)
    """
    one, two = key(name), key(other)
    if not one or not two:
        return 0.0
    numbers = [set(re.findall(r"\d+", text)) for text in (one, two)]
    if numbers[0] != numbers[1]:
        return 0.0
    return round(SequenceMatcher(None, one, two, autojunk=False).ratio(), 3)


def best(names: tuple[str, ...], others: tuple[str, ...]) -> float:
    """Return the best likeness between any two of two lists of names."""
    return max((likeness(a, b) for a in names for b in others), default=0.0)
