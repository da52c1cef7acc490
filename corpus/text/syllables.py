"""What may be a written Vietnamese syllable, by the rules of the orthography.

Small on purpose: it tells right decodings of bytes from wrong ones, and knows nothing of words.
A syllable is an onset, a rime and one of six tones. The rules: ``k``, ``gh``, ``ngh`` stand
before e, ê, i, y, and ``c``, ``g``, ``ng`` do not; ``qu`` takes a rime that does not begin with
u; a rime that ends in c, ch, p or t has the tone sắc or nặng; one mark of tone, on a vowel.
Where the mark stands (``hoà``, ``hòa``) and ``i`` or ``y`` (``kĩ``, ``kỹ``) are left open.
"""

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOP_TONES = {"\u0301", "\u0323"}
_VOWELS = frozenset("aăâeêioôơuưy")

_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong ooc oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay
oăc oăm oăn oăng oăt oe oen oeo oet
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uên uơ
uôc uôi uôm uôn uông uôt uy uya uych uynh uyn uyt uyu uyp uyên uyêt
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu
""".split()  # noqa: SIM905 - this way they can be read
_AFTER_QU = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e en eo et ê êch ên ênh êt êu i ia ich in inh it iu ôc ơ ơi ơn ơt
y ya ych yêm yên yêt ynh yt yu yp
""".split()  # noqa: SIM905
_ONSETS = "b ch d đ h kh l m n nh p ph r s t th tr v x".split()  # noqa: SIM905
_FRONT = tuple("eêiy")


def _forms() -> frozenset[str]:
    """Return every onset with every rime that it takes, without tones."""
    forms = set(_RIMES)
    for rime in _RIMES:
        front = rime.startswith(_FRONT)
        forms.update(onset + rime for onset in _ONSETS)
        forms.update(onset + rime for onset in (("k", "gh", "ngh") if front else ("c", "g", "ng")))
        if not front or rime.startswith(("e", "ê")):
            forms.add("gi" + rime)
    forms.update("gi" + rest for rest in ("", "m", "n", "êc", "êm", "ên", "êng", "êp", "êt", "êu"))
    forms.update("qu" + rime for rime in _AFTER_QU)
    return frozenset(forms)


_FORMS = _forms()
_STOPS = re.compile("(?:c|ch|p|t)$")


@lru_cache(maxsize=1 << 16)
def is_syllable(text: str) -> bool:
    """Tell whether a text may be a syllable, in one of the cases of letters.

    Args:
        text: The text, in any Unicode form; in small letters, in capitals, or with a capital
            first.
    """
    text = unicodedata.normalize("NFC", text)
    if not (text.islower() or text.isupper() or text.istitle()) or len(text) > 7:
        return False
    tones = ""
    letters = ""
    for letter in text.lower():
        parts = unicodedata.normalize("NFD", letter)
        found = [part for part in parts if part in _TONES]
        bare = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
        if found and bare not in _VOWELS:
            return False
        tones += "".join(found)
        letters += bare
    if len(tones) > 1 or letters not in _FORMS:
        return False
    return not _STOPS.search(letters) or tones in _STOP_TONES
