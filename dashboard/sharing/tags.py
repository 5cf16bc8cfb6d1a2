"""What the head of a page says to those who unfurl its link.

Open Graph: https://ogp.me. Twitter: https://developer.x.com/en/docs/x-for-websites/cards. oEmbed
discovery: https://oembed.com/#section4.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.links import permalink
from dashboard.plain import line
from dashboard.sharing.embed import embed_url
from dashboard.sharing.preview import PICTURE, article_of, preview

if TYPE_CHECKING:
    from dashboard.selection import Selection
    from dashboard.story import Story


def head_tags(story: Story, selection: Selection, page: str, view: str = "") -> str:
    """HTML for the head of a view's page, escaped; `page` is the address of the story page.

    `view` is the panel that stands alone there; who asks for its embed code gets that panel's.
    """
    shown = preview(story, selection)
    article = article_of(story, selection)
    address, picture = permalink(page, selection), permalink(f"{page}card.png", selection)
    embedded = embed_url(page, selection, view) if view else address
    answer = f"{page}oembed?{urlencode({'url': embedded, 'format': 'json'})}"
    title = shown.title if shown.title.endswith("Dateline") else f"{shown.title} · Dateline"
    lines = [
        f"<title>{escape(title)}</title>",
        _meta("name", "description", shown.description),
        f'<link rel="canonical" href="{escape(address)}" />',
        f'<link rel="alternate" type="application/json+oembed" href="{escape(answer)}" '
        f'title="{escape(shown.title)}" />',
        f'<link rel="alternate" type="application/ld+json" '
        f'href="{escape(permalink(f"{page}api/story.jsonld", selection))}" />',
        *(
            _meta("property", name, content)
            for name, content in {
                "og:type": "article",
                "og:site_name": "Dateline",
                "og:title": shown.title,
                "og:description": shown.description,
                "og:url": address,
                "og:image": picture,
                "og:image:type": "image/png",
                "og:image:width": str(PICTURE[0]),
                "og:image:height": str(PICTURE[1]),
                "og:image:alt": shown.title,
                "article:published_time": article.published.isoformat(),
            }.items()
        ),
        *(
            _meta("name", name, content)
            for name, content in {
                "twitter:card": "summary_large_image",
                "twitter:title": shown.title,
                "twitter:description": shown.description,
                "twitter:image": picture,
                "twitter:image:alt": shown.title,
            }.items()
        ),
    ]
    return "\n".join(lines)


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(line(content))}" />'
