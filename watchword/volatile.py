"""Volatile lines: what a page prints of clocks and counters, which changes while the page says the same.

A line is volatile where it holds numbers and, beside them, only words of dates, times and counts, in six languages.
"""

import re
from typing import Final

from watchword.extract.dates import month_of

# A line with more characters says more than when and how often.
MAX_LINE_CHARACTERS = 100
# Where so many lines are numbers, the numbers are what the page says: a table, a register, a series.
MAX_SHARE = 0.2
LANGUAGES: Final = {
    "en": """am pm utc gmt est edt pst pdt bst cet cest msk at on by of ago last updated update published posted
    modified edited created today yesterday just now views view viewed reads read times comments comment shares share
    likes like second seconds sec minute minutes min mins hour hours hr hrs day days week weeks month months date time
    mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday sun sunday""",
    "fr": """le la à il y a mis mise jour publié publiée modifié vues vue lectures lecture commentaires commentaire
    partages heure heures h minute minutes jours aujourd hui hier lundi mardi mercredi jeudi vendredi samedi
    dimanche""",
    "es": """el las los de del hace actualizado actualizada publicado publicada vistas visitas lecturas lectura
    comentarios comentario compartidos hora horas minuto minutos días día hoy ayer lunes martes miércoles jueves viernes
    sábado domingo""",
    "ru": """обновлено обновлён опубликовано изменено дата время просмотров просмотры просмотра просмотр комментариев
    комментарии комментария назад сегодня вчера час часа часов минут минуты минуту мин день дня дней понедельник вторник
    среда четверг пятница суббота воскресенье мск г в""",
    "ar": """مشاهدة مشاهدات تعليق تعليقات مشاركة آخر تحديث نشر منشور في منذ ساعة ساعات دقيقة دقائق يوم أيام اليوم أمس
    الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد م ص""",
}
WORDS: Final = frozenset(word for words in LANGUAGES.values() for word in words.split())
CHINESE = re.compile(
    r"浏览|瀏覽|阅读|閱讀|点击|點擊|评论|評論|更新|发布|發佈|發布|时间|時間|日期|次数|次數|[次量数數年月日时時分秒前周週星期一二三四五六天今昨]"
)
TOKEN = re.compile(r"[^\W_]+")


def stable_words(text: str) -> str:
    """Return the words of *text* without volatile lines, by which two versions of a page are told apart."""
    lines = [line for line in text.split("\n") if line.strip()]
    kept = [line for line in lines if not is_volatile(line)]
    if len(lines) - len(kept) > max(1, len(lines) * MAX_SHARE):
        kept = lines
    return " ".join(" ".join(kept).split())


def is_volatile(line: str) -> bool:
    """Say whether *line* only says when, or how often."""
    if len(line) > MAX_LINE_CHARACTERS or "|" in line or not any(map(str.isdigit, line)):
        return False
    words = [word for word in TOKEN.findall(CHINESE.sub(" ", line.lower())) if not word.isdigit()]
    return all(word in WORDS or month_of(word) is not None or _ordinal(word) for word in words)


def _ordinal(word: str) -> bool:
    """Say whether *word* is a number with its ending, or a time, such as 3rd, 2k or 10h15."""
    return re.fullmatch(r"\d+(?:[^\W\d_]{1,2}|h\d\d)", word) is not None
