"""What Chinese needs to be searched: other characters and words for the same, and sounds."""

from collections.abc import Iterable

from generator.publication.vocabulary import HAN

_GB2312_LEVEL_1 = range(0xB0, 0xD8)
"""The rows of the most common characters in GB 2312: what people may type and the plan lacks."""


def traditional(characters: Iterable[str]) -> str:
    """Pairs of a traditional character and the simplified one that the site uses: 數数據据."""
    from opencc import OpenCC

    used = set(characters)
    every = [chr(code) for code in range(0x4E00, 0xA000)]
    simplified = OpenCC("t2s").convert("\n".join(every)).split("\n")
    pairs = zip(every, simplified, strict=True)
    return "".join(old + new for old, new in pairs if old != new and new in used)


def pinyin(words: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Characters by syllable, and the words that are not read as their characters are alone."""
    from pypinyin import lazy_pinyin

    words = [word for word in dict.fromkeys(words) if HAN.search(word)]
    common = (bytes((row, cell)) for row in _GB2312_LEVEL_1 for cell in range(0xA1, 0xFF))
    typed = "".join(code.decode("gb2312", "ignore") for code in common)
    characters = [char for char in dict.fromkeys("".join(words) + typed) if HAN.match(char)]
    alone = dict(zip(characters, lazy_pinyin(characters), strict=True))
    syllables: dict[str, str] = {}
    for char, syllable in sorted(alone.items()):
        if syllable.isascii():
            syllables[syllable] = syllables.get(syllable, "") + char
    readings = {
        word: reading
        for word in words
        if (reading := "".join(lazy_pinyin(word)))
        != "".join(alone.get(char, char) for char in word)
    }
    return syllables, readings


def romanised(word: str) -> str:
    """A word in pinyin, written as one."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(word))


def regional(words: Iterable[str]) -> dict[str, str]:
    """What is called otherwise in Taiwan, in simplified characters: 网路 for 网络.

    The shortest words that differ; what is known by itself is left as it is.
    """
    from opencc import OpenCC

    there, here = OpenCC("s2twp"), OpenCC("t2s")
    known = sorted(set(words), key=lambda each: (len(each), each))
    others = here.convert(there.convert("\n".join(known))).split("\n")
    found: dict[str, str] = {}
    kept = frozenset(known)
    for word, other in zip(known, others, strict=True):
        if len(other) > 1 and other not in kept and _replaced(other, found) != word:
            found[other] = word
    return found


def _replaced(text: str, words: dict[str, str]) -> str:
    for other, word in sorted(words.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(other, word)
    return text
