"""A process that is full, as its readers see it: one inside, one who comes then."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Opener, serving
from tests.browser.reader import drawn, pill, says

FULL = "Many are reading the interactive page just now, and it is full."


def test_who_comes_when_it_is_full_reads_the_same_view_and_gets_in_later(
    open_page: Opener,
) -> None:
    with serving(DATELINE_READERS="1") as address:
        inside = drawn(open_page(at=address))
        other = open_page("/?place=moscow", at=address)
        expect(other.get_by_role("status").filter(has_text=FULL)).to_be_visible()
        sentence = other.locator("#sentence")
        expect(sentence).to_have_text("10 of 24 statements: in or about Moscow")
        expect(other.locator("html.drawn")).to_be_attached()
        other.get_by_role("button", name="Quoted 3").click()
        expect(sentence).to_have_text("3 of 24 statements: in or about Moscow, quoted")
        assert other.url == f"{address}/?place=moscow&kind=direct"
        other.go_back()
        expect(sentence).to_have_text("10 of 24 statements: in or about Moscow")
        other.go_forward()

        pill(inside, "Moscow").click()
        says(inside, "10 of 24 statements: in or about Moscow")
        inside.close()
        again = other.get_by_role("link", name="Try again")
        for _ in range(100):  # until the server has noticed
            if not again.count():
                break
            again.click()
            other.wait_for_load_state("load")
        says(other, "3 of 24 statements: in or about Moscow, quoted")
