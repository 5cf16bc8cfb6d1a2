"""Every control of every view is clicked: nothing breaks the policy, no other host is asked.

`open_page` fails on a violation, on a request to another host, on a script's error and on a dialog.
"""

from __future__ import annotations

from playwright.sync_api import Locator, Page, Response

from tests.browser.reader import settled

CONTROLS = "button, summary, [role=radio], [role=tab], [role=switch]"
MARKS = {
    "map": {"place": "moscow"}, "voices": {"actor": "sergey-lavrov"},
    "timeline": {"event": "e-moscow-talks"}, "matrix": {"speaker": "john-kerry", "about": "moscow"},
    "ribbon": {"who": "moscow", "paragraph": 16},
}  # fmt: skip


def press_all(page: Page, within: Locator) -> set[str]:
    """Press each control that can be pressed; what opens above the page is closed again."""
    pressed = set()
    controls = within.locator(CONTROLS)
    number = 0
    while number < controls.count():  # a click may bring more, or take some away
        control = controls.nth(number)
        number += 1
        if not control.is_visible() or not control.is_enabled():
            continue
        pressed.add(control.inner_text() or str(control.get_attribute("aria-label")))
        control.click()
        settled(page)
        page.keyboard.press("Escape")
    return pressed


def heard(page: Page) -> list[Response]:
    """Whatever the page is answered from now on."""
    answers: list[Response] = []
    page.on("response", answers.append)
    return answers
