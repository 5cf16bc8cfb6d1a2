"""Owns the list of rules: what a Table Schema cannot say. A new rule is one line here."""

from __future__ import annotations

from dashboard.checking import passage_rules, record_rules, review_rules

RULES = (
    record_rules.has_article,
    record_rules.unique_ids,
    passage_rules.known_records,
    passage_rules.actor_or_place,
    passage_rules.links_once,
    passage_rules.passages_numbered,
    passage_rules.spans_within,
    passage_rules.spans_ordered,
    passage_rules.exact_where_spoken,
    passage_rules.exact_is_the_span,
    record_rules.paraphrase_where_indirect,
    passage_rules.fragment_where_silent,
    record_rules.basis_given,
    record_rules.inference_explained,
    record_rules.no_circles,
    record_rules.coordinates,
    record_rules.event_span,
    record_rules.address,
    record_rules.address_given,
    record_rules.used,
    record_rules.one_position,
    record_rules.lists,
    review_rules.reviewed_records,
    review_rules.rejected_where,
    review_rules.rejected_within,
    review_rules.alternatives_known,
    review_rules.alternatives_numbered,
    review_rules.alternatives_answer,
)
