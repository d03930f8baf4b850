"""Cues: words by which furniture announces itself, in the languages of sources and in the names of boxes."""

import re

NAME_START, NAME_END = r"(?:^|[\s_-])(?:", r")(?=$|[\s_-]|\d)"

# Names of boxes that are not the article.
FURNITURE = re.compile(
    NAME_START
    + "|".join(
        (
            r"comments?|comment[-_]?\w*|kommentar\w*|koment\w*|disqus\w*|discuss\w*|respond|repl(?:y|ies)",
            r"shar(?:e|es|ing|er)\w*|social\w*|related\w*|relat|similar|recommend\w*|popular\w*|trending|mostread|most",
            r"sidebar\w*|aside|foot|footer\w*|nav\w*|menu\w*|breadcrumbs?|crumbs?|toolbar|tools|promo\w*|ads?|advert\w*",
            r"banner\w*|sponsor\w*|newsletter\w*|subscri\w*|signup|login|register|cookies?|consent|gdpr|popup|modal",
            r"overlay|tags?|keywords|pagination|pager|widgets?|polls?|vot(?:e|es|ing)|rating\w*|ranking|print",
            r"caption\w*|credits?|copyright|bio|teasers?|readmore|archive|latest|feedback|outbrain|taboola|gallery",
            r"slideshow|carousel|byline|masthead|search|hidden|rss|bookmarks?|addthis|sns|links?|linkbox|disclaimer",
            r"authorbox",
        )
    )
    + NAME_END
)
CONTENT = re.compile(
    NAME_START + r"article\w*|story\w*|content\w*|entry|post|text|body|main|news|hentry|tresc|artykul|page" + NAME_END
)
COMMENTS = re.compile(
    NAME_START + r"comments?|commentlist|komentar\w*|koment\w*|disqus\w*|responses|discussion" + NAME_END
)
# Names of what publishers set under a headline as a part of it.
DECK = re.compile(r"\bdeck?\b|standfirst|sub[\s_-]?head|headline|heading|description|abstract|\bimage|caption")

# Rights, conditions and requests that stand below every article of a site, lower case.
NOTICES = (
    *("©", "copyright", "all rights reserved", "may not be reproduced", "may not be published", "privacy policy"),
    *("terms of use", "terms and conditions", "subscribe to", "sign up for", "sign up to", "newsletter", "cookies"),
    *("follow us on", "like us on", "your browser"),
    *("все права", "правообладател", "перепечатк", "использование материал", "использовании материал", "гиперссылк"),
    *("редакция не несет", "ctrl+enter", "ctrl-enter", "ctrl + enter", "нашли ошибку", "заметили ошибк", "цитировани"),
    *("заметили орфограф", "заметите ошибк", "wszelkie prawa", "zastrzeżone", "bez zgody", "rozpowszechniani"),
    *("δικαιώματα", "απαγορεύεται", "αναδημοσίευση", "όροι χρήσης"),
    *(
        "版权",
        "版權",
        "免责声明",
        "免責聲明",
        "转载",
        "轉載",
        "未经授权",
        "未經授權",
        "未经许可",
        "未經許可",
        "责任编辑",
    ),
    *("責任編輯", "不构成投资建议", "未经书面", "未经本"),
    *("tous droits réservés", "reproduction interdite", "todos los derechos", "derechos reservados"),
    *("جميع الحقوق", "حقوق النشر", "alle rechte vorbehalten", "todos os direitos", "tutti i diritti"),
)

# Headings after which readers speak, not the page.
COMMENT_HEADING = re.compile(
    r"^\W*(?:\d+\s*)?(?:"
    + "|".join(
        (
            r"(?:all |latest |recent |readers?['’]? |user |post (?:a |new )?|add (?:a |your )?|leave (?:a |your )?"
            r"|view |see all |read )*(?:comments?|reply|replies|responses)",
            r"join the (?:discussion|conversation)|have your say",
            r"комментарии|комментариев|обсуждение|обсуждения|отзывы|(?:оставить|добавить|ваш) комментарий",
            r"komentarze|komentarzy|opinie|dodaj komentarz|skomentuj|wasze komentarze|dyskusja",
            r"σχόλια|σχολιάστε|τα σχόλιά σας|προσθήκη σχολίου",
            r"评论|網友評論|网友评论|发表评论|發表評論|我要评论|我要說兩句|我来说两句|最新评论|相关评论",
            r"commentaires?|réactions|comentarios?|deja un comentario|comentários?|kommentare?",
            r"التعليقات|تعليقات|أضف تعليق",
        )
    )
    + r")(?:\s+\w+){0,3}\W*(?:\d+\s*)?\W*(?:\w+ \d+\W*)?$",
    re.IGNORECASE,
)

# Headings above lists of other pages.
RELATED_HEADING = re.compile(
    r"^\W*(?:"
    + "|".join(
        (
            r"related|more (?:from|on|in|stories|news|like)|read (?:more|also|next)|see also|also (?:on|in|read)",
            r"recommended|you (?:may|might) (?:also )?(?:like|be interested)|most (?:read|popular|viewed)|trending",
            r"don['’]t miss|latest news|top stories|popular|share this|tags?\b|filed under|topics|advertisement",
            r"further reading|what to read next",
            r"(?:другие )?(?:новости|материалы|статьи|ссылки|публикации) (?:по теме|партн|дня|раздела)|по теме",
            r"читайте также|читать (?:также|еще|далее)|см\. также|смотрите также|еще по теме|ещё по теме|похожие",
            r"другие новости|самое (?:читаемое|популярное|интересное)|теги|ключевые слова|публикации за|больше по теме",
            r"zobacz (?:też|także|również|więcej)|czytaj (?:też|także|również|więcej|dalej)|przeczytaj (?:też|także)",
            r"powiązane|najczęściej|najnowsze|podobne|polecamy|więcej (?:na|o|w)|tagi|w innych serwisach",
            r"inne (?:artykuły|wiadomości)|reklama",
            r"διαβάστε (?:επίσης|ακόμη|ακόμα)|σχετικά|δείτε (?:επίσης|ακόμα)|περισσότερα|τελευταίες ειδήσεις",
            r"δημοφιλ|ετικέτες",
            r"相关(?:新闻|阅读|链接|报道|专题|文章|资讯)|相關(?:新聞|閱讀|鏈接|報道|連結)|延伸(?:阅读|閱讀)|推荐阅读",
            r"更多(?:新闻|相关|精彩)|热门|热点|标签|相关标签|上一篇|下一篇|分享到",
            r"à lire aussi|lire aussi|voir aussi|sur le même (?:sujet|thème)",
            r"lea también|ver también|noticias relacionadas|más noticias|leia (?:também|mais)|você pode gostar",
            r"veja também|اقرأ أيضا|مواضيع ذات صلة|أخبار ذات صلة|المزيد",
        )
    )
    + ")",
    re.IGNORECASE,
)


def count_notices(text: str) -> int:
    """Return how often *text* speaks of rights and conditions, or asks something of its reader."""
    lower = text.lower()
    return sum(lower.count(phrase) for phrase in NOTICES if phrase in lower)
