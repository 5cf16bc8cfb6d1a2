"""The link is a promise: an address brings back the view it was copied from."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.reader import cards, click_mark, drawn, pill, says, shown, summary

ALL = "All 24 statements"


def test_a_copied_address_shows_the_same_view_in_a_fresh_browser(open_page: Opener) -> None:
    page = drawn(open_page())
    page.get_by_role("combobox", name="Actors").click()
    page.get_by_role("combobox", name="Actors").fill("mistura")
    page.get_by_role("option", name="Staffan de Mistura").click()
    page.keyboard.press("Escape")
    says(page, "6 of 24 statements: by or about Staffan de Mistura")
    click_mark(page, "map", place="aleppo")
    says(page, "4 of 24 statements: by or about Staffan de Mistura, in or about Aleppo")
    assert page.url.endswith("/?actor=staffan-de-mistura&place=aleppo")

    other = drawn(open_page("/" + page.url.split("/")[-1]))
    says(other, "4 of 24 statements: by or about Staffan de Mistura, in or about Aleppo")
    assert shown(other) == shown(page)
    assert len(shown(page)) == 4


def test_back_and_forward_walk_through_the_views(open_page: Opener) -> None:
    page = drawn(open_page())
    pill(page, "Moscow").click()
    says(page, "10 of 24 statements: in or about Moscow")
    pill(page, "Quoted").click()
    says(page, "3 of 24 statements: in or about Moscow, quoted")
    page.go_back()
    says(page, "10 of 24 statements: in or about Moscow")
    page.go_back()
    says(page, ALL)
    page.go_forward()
    says(page, "10 of 24 statements: in or about Moscow")


def test_the_link_of_a_statement_marks_it_and_brings_it_into_view(open_page: Opener) -> None:
    page = drawn(open_page("/?quote=q-zarif-important"))
    card = page.locator(".st-key-quote-q-zarif-important")
    expect(card).to_be_in_viewport(ratio=0.9)
    expect(card).to_contain_text("The linked statement")
    assert len(shown(page)) == 24


def test_a_stale_or_hostile_address_shows_the_rest_and_names_what_it_left_out(
    open_page: Opener,
) -> None:
    page = drawn(
        open_page("/?place=moscow&actor=nobody&topic=%3Cscript%3Ealert(1)%3C/script%3E&utm=1")
    )
    says(page, "10 of 24 statements: in or about Moscow")
    expect(page.get_by_text("This story does not know")).to_contain_text("actor=nobody")
    expect(page.get_by_text("This story does not know")).to_contain_text("<script>alert(1)")


def test_parameters_of_others_stay_in_the_address(open_page: Opener) -> None:
    page = drawn(open_page("/?utm_source=a&utm_source=b"))
    pill(page, "Moscow").click()
    says(page, "10 of 24 statements: in or about Moscow")
    assert "utm_source=a&utm_source=b" in page.url


def test_a_chip_on_a_card_filters_and_a_second_click_releases(open_page: Opener) -> None:
    page = drawn(open_page())
    chip = cards(page).get_by_role("link", name="Bashar al-Assad")
    chip.first.click()
    says(page, "3 of 24 statements: about Bashar al-Assad")
    chip.first.click()
    says(page, ALL)


def test_an_empty_selection_says_so_and_offers_the_way_back(open_page: Opener) -> None:
    page = open_page("/?q=zeppelin")
    expect(page.get_by_text("No statement answers all of these filters.")).to_be_visible()
    expect(summary(page)).to_have_text("0 of 24 statements: with “zeppelin”")
    page.locator(".st-key-filters").get_by_role("button", name="Reset").click()
    says(page, ALL)
    expect(cards(page)).to_have_count(24)


def test_a_chip_of_a_place_that_is_chosen_otherwise_changes_its_role(open_page: Opener) -> None:
    page = drawn(open_page("/?place=aleppo"))
    says(page, "4 of 24 statements: in or about Aleppo")
    chip = cards(page).get_by_role("link", name="Aleppo")
    chip.first.click()
    says(page, "4 of 24 statements: about Aleppo")
    chip.first.click()
    says(page, ALL)
    assert "?" not in page.url


def test_a_question_to_start_with_shows_just_its_answer(open_page: Opener) -> None:
    page = drawn(open_page("/?q=peace"))
    page.get_by_role("link", name="what was said about Aleppo").click()
    says(page, "4 of 24 statements: about Aleppo")
    page.get_by_role("link", name="what was said in Geneva").click()
    says(page, "9 of 24 statements: in Geneva")


def test_the_way_to_the_method_and_back_keeps_the_view(open_page: Opener) -> None:
    page = drawn(open_page("/?place=moscow"))
    page.get_by_role("link", name="How this was made").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How this was made")
    page.get_by_role("link", name="Back to the story").click()
    says(drawn(page), "10 of 24 statements: in or about Moscow")
    page.get_by_role("link", name="How this was made").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How this was made")
    page.go_back()
    says(drawn(page), "10 of 24 statements: in or about Moscow")
    click_mark(page, "map", place="moscow")
    says(page, ALL)
