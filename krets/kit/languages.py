"""The languages people in Sweden speak: known as a register writes them, said as the reader reads.

A register holds the word that somebody typed, in Swedish or in English. It is stored as it came;
only what is shown is in the language of the screen.
"""

import re

from django.utils.translation import get_language

# By code (ISO 639): the English name, the Swedish name, and other words for the same language.
LANGUAGES = {
    "am": ("Amharic", "amhariska"),
    "ar": ("Arabic", "arabiska"),
    "az": ("Azerbaijani", "azerbajdzjanska", "azeriska", "azeri"),
    "be": ("Belarusian", "belarusiska", "vitryska"),
    "bg": ("Bulgarian", "bulgariska"),
    "bn": ("Bengali", "bengali", "bangla"),
    "bs": ("Bosnian", "bosniska"),
    "ca": ("Catalan", "katalanska"),
    "ckb": ("Sorani", "sorani"),
    "cs": ("Czech", "tjeckiska"),
    "da": ("Danish", "danska"),
    "de": ("German", "tyska"),
    "el": ("Greek", "grekiska", "nygrekiska"),
    "en": ("English", "engelska", "eng"),
    "es": ("Spanish", "spanska"),
    "et": ("Estonian", "estniska"),
    "fa": ("Persian", "persiska", "farsi"),
    "ff": ("Fula", "fulani", "fulfulde"),
    "fi": ("Finnish", "finska"),
    "fit": ("Meänkieli", "meänkieli", "tornedalsfinska"),
    "fr": ("French", "franska"),
    "he": ("Hebrew", "hebreiska"),
    "hi": ("Hindi", "hindi"),
    "hr": ("Croatian", "kroatiska"),
    "hu": ("Hungarian", "ungerska"),
    "hy": ("Armenian", "armeniska"),
    "id": ("Indonesian", "indonesiska"),
    "is": ("Icelandic", "isländska"),
    "it": ("Italian", "italienska"),
    "ja": ("Japanese", "japanska"),
    "ka": ("Georgian", "georgiska"),
    "kmr": ("Kurmanji", "kurmanji", "nordkurdiska"),
    "ko": ("Korean", "koreanska"),
    "ku": ("Kurdish", "kurdiska"),
    "ln": ("Lingala", "lingala"),
    "lt": ("Lithuanian", "litauiska"),
    "lv": ("Latvian", "lettiska"),
    "mk": ("Macedonian", "makedonska"),
    "mn": ("Mongolian", "mongoliska"),
    "nl": ("Dutch", "nederländska", "holländska"),
    "no": ("Norwegian", "norska", "nb", "nn"),
    "om": ("Oromo", "oromo", "oromiffa"),
    "pl": ("Polish", "polska"),
    "prs": ("Dari", "dari"),
    "ps": ("Pashto", "pashto"),
    "pt": ("Portuguese", "portugisiska"),
    "rn": ("Kirundi", "kirundi", "rundi"),
    "ro": ("Romanian", "rumänska"),
    "rom": ("Romani", "romani", "romska", "romani chib"),
    "ru": ("Russian", "ryska"),
    "rw": ("Kinyarwanda", "kinyarwanda", "rwanda"),
    "smi": ("Sami", "samiska", "nordsamiska"),
    "sk": ("Slovak", "slovakiska"),
    "sl": ("Slovenian", "slovenska"),
    "so": ("Somali", "somaliska"),
    "sq": ("Albanian", "albanska"),
    "sr": ("Serbian", "serbiska"),
    "sv": ("Swedish", "svenska"),
    "sw": ("Swahili", "swahili"),
    "swl": ("Swedish Sign Language", "svenskt teckenspråk", "teckenspråk", "sign language"),
    "syr": ("Syriac", "syriska", "arameiska", "assyriska", "assyrian", "suryoyo"),
    "ta": ("Tamil", "tamil", "tamilska"),
    "th": ("Thai", "thailändska", "thai"),
    "ti": ("Tigrinya", "tigrinska", "tigrinja"),
    "tl": ("Tagalog", "tagalog", "filipino"),
    "tr": ("Turkish", "turkiska"),
    "uk": ("Ukrainian", "ukrainska"),
    "ur": ("Urdu", "urdu"),
    "uz": ("Uzbek", "uzbekiska"),
    "vi": ("Vietnamese", "vietnamesiska"),
    "wo": ("Wolof", "wolof"),
    "yi": ("Yiddish", "jiddisch"),
    "yo": ("Yoruba", "yoruba"),
    "zh": ("Chinese", "kinesiska", "mandarin"),
}
_ENGLISH, _SWEDISH = range(2)
_KNOWN = {word.casefold(): code for code, names in LANGUAGES.items() for word in (code, *names)}
# What stands between two languages that somebody wrote in one field.
_BETWEEN = re.compile(r"(\s*[,;/&+]\s*|\s+(?:och|and)\s+)", re.IGNORECASE)


def code_of(words):
    """Return the code of the language that the words name; empty when they are no known name."""
    return _KNOWN.get(" ".join(words.split()).casefold(), "")


def said(words):
    """Return the words with the languages that are known named in the language of the screen.

    Whatever is not known stays as it was written.
    """
    parts = _BETWEEN.split(words)
    if not any(code_of(part) for part in parts[::2]):
        return words
    names = [_name(part) for part in parts[::2]]
    between = [_AND[_spoken()] if _is_and(part) else part for part in parts[1::2]]
    return "".join(part for pair in zip(names, [*between, ""], strict=True) for part in pair)


_AND = {_ENGLISH: " and ", _SWEDISH: " och "}


def _name(part):
    code = code_of(part)
    return LANGUAGES[code][_spoken()] if code else part


def _spoken():
    return _SWEDISH if (get_language() or "").startswith("sv") else _ENGLISH


def _is_and(part):
    return part.strip().casefold() in {"och", "and"}
