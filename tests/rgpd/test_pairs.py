"""Each rule has a test that breaks it and a test that a lawful neighbour passes: their list, held to the rulebook."""

import re
from functools import cache

import pytest

from gazette.rgpd.rulebook import CLAUSES
from tests.samples import ROOT

STRUCTURE = ("proof/test_structure.py", "each_thing_missing_is_told", "a_whole_page_lacks_nothing")
FOUND_OR_LEFT = ("what_it_finds", "what_it_leaves")
PAIRS: dict[str, tuple[str, ...]] = {
    "R1": STRUCTURE,
    "R2": ("rgpd/test_legal_notice.py", "each_value_is_asked_for", "a_whole_notice_says_nothing"),
    "R3": ("rgpd/test_rulebook.py", "the_notice_cites_the_law_in_force", "the_notice_cites_the_law_in_force"),
    "R4": ("rgpd/test_director_checked.py", "before_it_or_never", "since_the_rentree"),
    "R5": ("rgpd/test_status.py", "an_unknown_status_is_no_permission", "a_text_waits_for_its_author"),
    "R6": ("rgpd/test_floor.py", "an_entry_may_restrict_but_not_open", "an_entry_may_restrict_but_not_open"),
    "R7": ("rgpd/test_legal_notice.py", "each_value_is_asked_for", "a_whole_notice_says_nothing"),
    "R8": ("rgpd/test_controller_academic.py", "anybody_else", "the_academic_authority"),
    "R9": ("rgpd/test_dpo_institutional.py", "a_private_one", "an_institution_s"),
    "R10": ("rgpd/test_processings.py", "something_left_out", "a_whole_register"),
    "R11": ("rgpd/test_declared.py", "a_picture_shown_is_declared", "who_is_on_it_is_told"),
    "R12": ("rgpd/test_complete.py", "each_thing_left_out_refuses", "a_complete_one_is_lawful"),
    "R13": ("rgpd/test_authorised.py", "it_covers_the_editions_it_names", "it_covers_the_editions_it_names"),
    "R14": ("rgpd/test_one_project.py", "a_blank_cheque", "the_entry_it_was_signed_for"),
    "R15": ("rgpd/test_authorised.py", "it_covers_the_days_it_names", "without_pupils_no_authorisation_is_asked_for"),
    "R16": ("rgpd/test_everyone_covered.py", "somebody_is_not", "everyone_is"),
    "R17": ("rgpd/test_pupil_agreed.py", "it_is_told", "it_is_told"),
    "R18": ("rgpd/test_register_anonymous.py", "an_identity_is_refused", "the_fixture_counts_and_names_nobody"),
    "R19": (
        "rgpd/test_withdrawn.py",
        "a_record_holds_back_what_it_names",
        "a_missing_file_is_not_taken_for_a_withdrawn_one",
    ),
    "R20": ("rgpd/test_pupil_named.py", *FOUND_OR_LEFT),
    "R21": ("rgpd/test_class_list.py", *FOUND_OR_LEFT),
    "R22": (
        "rgpd/test_authorised.py",
        "a_voice_needs_an_authorisation_of_its_own",
        "without_pupils_no_authorisation_is_asked_for",
    ),
    "R23": ("rgpd/test_pupil_works.py", "an_open_licence_is_refused", "another_licence_is_lawful"),
    "R24": ("rgpd/test_school_year_over.py", "what_is_withheld", "when_it_is_over"),
    "R25": ("rgpd/test_readable.py", "a_picture_has_pixels", "a_picture_has_pixels"),
    "R26": ("press/test_documents.py", "the_author_is_gone_and_the_words_stay", "other_libraries_read_the_copies"),
    "R27": (
        "proof/test_stage.py",
        "a_theme_that_breaks_a_rule_closes_the_gate",
        "a_picture_within_the_page_is_no_request",
    ),
    "R28": (
        "proof/test_stage.py",
        "a_theme_that_breaks_a_rule_closes_the_gate",
        "without_a_fault_every_edition_is_proofed",
    ),
    "R29": ("proof/test_trackers.py", "a_script_that_follows_readers", "an_article_may_explain_cookies"),
    "R30": ("proof/test_trackers.py", "a_script_that_follows_readers", "the_theme_keeps_nothing"),
    "R31": ("rgpd/test_mailbox.py", *FOUND_OR_LEFT),
    "R32": ("rgpd/test_phone.py", *FOUND_OR_LEFT),
    "R33": (
        "rgpd/test_rulebook.py",
        "the_directory_has_no_place_for_a_person",
        "the_directory_has_no_place_for_a_person",
    ),
    "R34": ("read/test_schema.py", "the_check_letter_of_a_uai_is_computed", "the_check_letter_of_a_uai_is_computed"),
    "R35": ("rgpd/test_sensitive.py", *FOUND_OR_LEFT),
    "R36": ("rgpd/test_nominative.py", *FOUND_OR_LEFT),
    "R37": (
        "rgpd/test_small_counts.py",
        "a_survey_that_too_few_answered_is_refused",
        "a_survey_without_small_counts_is_left_as_it_is",
    ),
    "R38": ("rgpd/test_host_in_europe.py", "elsewhere_or_unknown", "in_it"),
    "R39": ("rgpd/test_schedule.py", "the_fil_s_retention_is_the_default", "the_last_day_on_line_is_whole"),
    "R40": STRUCTURE,
    "R41": ("rgpd/test_accessibility_stated.py", "a_claim_without_audit_and_an_old_statement", "a_recent_statement"),
    "R42": ("rgpd/test_accessibility_stated.py", "a_claim_without_audit_and_an_old_statement", "a_recent_statement"),
    "R43": (
        "rgpd/test_same_title.py",
        "a_title_given_twice_is_told_at_the_second",
        "a_title_given_twice_is_told_at_the_second",
    ),
    "R44": STRUCTURE,
    "R45": ("rgpd/test_image_alt.py", "an_alternative_says_what_is_seen", "an_alternative_says_what_is_seen"),
    "R46": ("rgpd/test_transcribed.py", "a_sound_has_its_words", "a_sound_has_its_words"),
    "R47": STRUCTURE,
    "R48": STRUCTURE,
    "R49": (
        "read/test_identity.py",
        "a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can",
        "a_colour_that_can_be_read_is_taken_with_its_twin_for_the_dark",
    ),
    "R50": (
        "journeys/test_frise.py",
        "without_javascript_nothing_is_missing",
        "the_list_and_the_overview_of_every_page_carry_the_same_events",
    ),
    "R51": ("journeys/test_pages.py", "axe_would_find_a_fault", "every_page_is_accessible_on_any_screen"),
    "R52": ("rgpd/test_attached.py", "what_readers_will_miss_is_noted", "what_readers_will_miss_is_noted"),
    "R53": STRUCTURE,
    "R54": ("rgpd/test_pupil_works.py", "an_open_licence_is_refused", "another_licence_is_lawful"),
    "R55": ("proof/test_weight.py", "each_line_of_the_budget_is_held", "a_long_text_is_weighed_as_it_is_sent"),
    "R56": ("press/test_images.py", "a_derivative_has_the_width_asked_for", "a_derivative_has_the_width_asked_for"),
    "R57": (
        "proof/test_ent.py",
        "a_feed_that_the_ent_would_misread_is_told",
        "our_own_feed_is_read_as_it_was_composed",
    ),
    "R58": ("press/test_feeds.py", "an_item_for_the_ent_alone_carries_no_content", "rss_obeys_the_ent_profile"),
    "R59": (
        "compose/test_dates.py",
        "a_deadline_on_a_day_off_is_told_with_the_day_before",
        "what_is_meant_or_cancelled_is_not_told",
    ),
    "R60": ("journeys/test_serving.py", "the_policy_blocks_what_a_page_may_not_hold", "the_policy_breaks_no_page"),
    "R61": ("rgpd/test_secret_link.py", *FOUND_OR_LEFT),
}
"""By rule: a file, the test in it that breaks the rule, and the test of what stays lawful; one test may do both."""


@cache
def written(file: str) -> dict[str, str]:
    """Return each test of a file with its text."""
    parts = re.split(r"^def test_(\w+)", (ROOT / "tests" / file).read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_no_rule_lacks_its_tests():
    """R1 to R61, every one, in order."""
    numbers = [f"R{number}" for number in range(1, 62)]
    assert (numbers, numbers) == ([clause.number for clause in CLAUSES], list(PAIRS))


@pytest.mark.parametrize("number", PAIRS)
def test_the_written_a_rule_exist(number: str):
    """And assert something."""
    file, *names = PAIRS[number]
    assert [] == [
        name
        for name in names
        if "assert" not in written(file).get(name, "") and "raises" not in written(file).get(name, "")
    ]
