"""Cues: words by which furniture announces itself, in the languages of the six UN tongues and their neighbours."""

import re

# Names that authors of pages give to boxes that are not the article.
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment[-_]?\w*|kommentar\w*|koment\w*|disqus\w*|discuss\w*|respond|repl(?:y|ies)"
    r"|shar(?:e|es|ing|er)\w*|social\w*|related\w*|relat|similar|recommend\w*|popular\w*|trending|mostread|most"
    r"|sidebar\w*|aside|foot|footer\w*|nav\w*|menu\w*|breadcrumbs?|crumbs?|toolbar|tools|promo\w*|ads?|advert\w*"
    r"|banner\w*|sponsor\w*|newsletter\w*|subscri\w*|signup|login|register|cookies?|consent|gdpr|popup|modal|overlay"
    r"|tags?|keywords|pagination|pager|widgets?|polls?|vot(?:e|es|ing)|rating\w*|ranking|print|caption\w*|credits?"
    r"|copyright|bio|teasers?|readmore|archive|latest|feedback|outbrain|taboola|gallery|slideshow|carousel|byline"
    r"|masthead|search|hidden|rss|bookmarks?|addthis|sns|links?|linkbox|disclaimer|authorbox)(?=$|[\s_-]|\d)"
)
CONTENT = re.compile(
    r"(?:^|[\s_-])(?:article\w*|story\w*|content\w*|entry|post|text|body|main|news|hentry|tresc|artykul|page)(?=$|[\s_-]|\d)"
)
COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|komentar\w*|koment\w*|disqus\w*|responses|discussion)(?=$|[\s_-]|\d)"
)
# Rights, conditions and requests that stand below every article of a site.
NOTICE = re.compile(
    r"©|\bcopyright\b|all rights reserved|may not be (?:reproduced|published|copied)|terms (?:of|and) (?:use|conditions)"
    r"|privacy policy|subscribe to|sign up (?:for|to)|newsletter|follow us on|like us on|cookies|your browser"
    r"|все права|правообладател|перепечатк|использовани\w+ материал|редакция не несет|ctrl\s?\+\s?enter|нашли ошибку"
    r"|заметили (?:орфограф|ошибк)|цитировани\w+|гиперссылк|wszelkie prawa|zastrzeżone|bez zgody|rozpowszechniani"
    r"|δικαιώματα|απαγορεύεται|αναδημοσίευση|όροι χρήσης"
    r"|版权|版權|免责声明|免責聲明|转载|轉載|未经.{0,12}(?:授权|许可)|未經.{0,12}(?:授權|許可)|责任编辑|責任編輯|不构成投资建议"
    r"|tous droits réservés|reproduction interdite|todos los derechos|derechos reservados|جميع الحقوق|حقوق النشر"
    r"|alle rechte vorbehalten|todos os direitos|tutti i diritti",
    re.IGNORECASE,
)
# Headings after which readers speak, not the page.
COMMENT_HEADING = re.compile(
    r"^\W*(?:\d+\s*)?(?:(?:all |latest |recent |readers?['’]? |user |post (?:a |new )?|add (?:a |your )?|leave (?:a |your )?"
    r"|view |see all |read )*(?:comments?|reply|replies|responses)|join the (?:discussion|conversation)|have your say"
    r"|комментарии|комментариев|обсуждение|обсуждения|отзывы|оставить комментарий|добавить комментарий|ваш комментарий"
    r"|komentarze|komentarzy|opinie|dodaj komentarz|skomentuj|wasze komentarze|dyskusja"
    r"|σχόλια|σχολιάστε|τα σχόλιά σας|προσθήκη σχολίου|评论|網友評論|网友评论|發表評論|发表评论|我要评论|我要說兩句|我来说两句|最新评论|相关评论"
    r"|commentaires?|réactions|comentarios?|deja un comentario|comentários?|kommentare?|التعليقات|تعليقات|أضف تعليق)"
    r"(?:\s+\w+){0,3}\W*(?:\d+\s*)?\W*(?:\w+ \d+\W*)?$",
    re.IGNORECASE,
)
# Headings above lists of other pages.
RELATED_HEADING = re.compile(
    r"^\W*(?:related|more (?:from|on|in|stories|news|like)|read (?:more|also|next)|see also|also (?:on|in|read)|recommended"
    r"|you (?:may|might) (?:also )?(?:like|be interested)|most (?:read|popular|viewed)|trending|don['’]t miss|latest news"
    r"|top stories|popular|share this|tags?\b|filed under|topics|advertisement|further reading|what to read next"
    r"|(?:другие )?(?:новости|материалы|статьи|ссылки|публикации) (?:по теме|партн|дня|раздела)|по теме|читайте также|читать (?:также|еще|далее)"
    r"|см\. также|смотрите также|еще по теме|ещё по теме|другие новости|самое (?:читаемое|популярное|интересное)|теги|похожие|ключевые слова|публикации за"
    r"|zobacz (?:też|także|również|więcej)|czytaj (?:też|także|również|więcej|dalej)|przeczytaj (?:też|także)|powiązane|najczęściej|najnowsze"
    r"|podobne|polecamy|więcej (?:na|o|w)|tagi|w innych serwisach|inne (?:artykuły|wiadomości)|reklama"
    r"|διαβάστε (?:επίσης|ακόμη|ακόμα)|σχετικά|δείτε (?:επίσης|ακόμα)|περισσότερα|τελευταίες ειδήσεις|δημοφιλ|ετικέτες"
    r"|相关(?:新闻|阅读|链接|报道|专题|文章|资讯)|相關(?:新聞|閱讀|鏈接|報道|連結)|延伸(?:阅读|閱讀)|推荐阅读|更多(?:新闻|相关|精彩)|热门|热点|标签|相关标签|上一篇|下一篇|分享到"
    r"|à lire aussi|lire aussi|voir aussi|sur le même (?:sujet|thème)|lea también|ver también|noticias relacionadas|más noticias"
    r"|leia (?:também|mais)|você pode gostar|veja também|اقرأ أيضا|مواضيع ذات صلة|أخبار ذات صلة|المزيد)",
    re.IGNORECASE,
)
