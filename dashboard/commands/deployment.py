"""What a deployment serves, tried before it is served: settings, story, assets, library."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

Tell = Callable[[str], None]
CARD_FONTS = ("NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf")
ANEW = "install Dateline anew"


def deployment_faults(tell: Tell) -> list[str]:
    """Every fault of what would be served with this environment; `tell` hears what is in order."""
    from dashboard.settings import LIBRARY

    parts = {"settings": _settings, "story": _story, "assets": _assets}
    if os.environ.get(LIBRARY, "").strip():
        parts["library"] = _library
    found = []
    for name, part in parts.items():
        faults = [f"{name}: {fault}" for fault in part()]
        found += faults
        if not faults:
            tell(f"{name}: in order")
    return found


def _settings() -> Iterator[str]:
    from dashboard.settings import SettingError, read_settings, unknown_names

    try:
        read_settings(os.environ)
    except SettingError as error:
        yield from str(error).split("; ")
    yield from unknown_names(os.environ)


def _story() -> Iterator[str]:
    from dashboard.checking.check import faults
    from dashboard.shelf import story_folder

    yield from map(str, faults(story_folder()))


def _assets() -> Iterator[str]:
    """Files that nothing else misses until a reader does; then a card and the edition are made."""
    from dashboard import sharing
    from dashboard.basemap import SHAPES
    from dashboard.edition.edition import edition
    from dashboard.selection import Selection
    from dashboard.server.preload import FONTS, links
    from dashboard.sharing.card import card
    from dashboard.shelf import load_story
    from dashboard.story import StoryError

    fonts = [Path(sharing.__path__[0]) / "fonts" / name for name in CARD_FONTS]
    for path in (SHAPES, *fonts):
        if not path.is_file():
            yield f"{path.name} is missing; {ANEW}"
    for name in FONTS:
        if name not in links():
            yield f"{name}, a font of Streamlit, is missing; install Streamlit anew"
    try:
        story = load_story()
    except StoryError:
        return
    made: dict[str, Callable[[], bytes]] = {
        "a card": lambda: card(story, Selection()),
        "the edition": lambda: edition(story),
    }
    for what, make in made.items():
        try:
            make()
        except Exception as error:
            yield f"{what} cannot be made ({type(error).__name__}: {error}); {ANEW}"


def _library() -> Iterator[str]:
    """What readers ask is asked, and a file read to its end: damage may lie anywhere."""
    from dashboard.library.answers import LibraryError
    from dashboard.library.engines.whole import read_whole
    from dashboard.library.opening import open_library
    from dashboard.library.selection import EVERYTHING, LibrarySelection
    from dashboard.settings import LIBRARY

    address = os.environ[LIBRARY].strip()
    try:
        library = open_library(address)
        library.facets(EVERYTHING)
        library.located(EVERYTHING)
        library.records(EVERYTHING)
        library.facets(LibrarySelection(text="news"))
        if "://" not in address:
            read_whole(Path(address))
    except LibraryError as error:
        yield str(error)
    except Exception as error:
        yield f"it cannot be asked ({type(error).__name__}: {error}): build it anew"
