"""The findings in English."""

from collections.abc import Mapping
from typing import Final

AT: Final = "Indicator {number} ({name}): "

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "season_closed": (
        "The season is closed.",
        "Ask the regional admin.",
    ),
    "deadline_passed": (
        "The deadline, {deadline}, has passed.",
        "Ask the regional admin: a deadline can be extended, or an exception granted.",
    ),
    "field_missing": (
        "A required field is empty: {field}.",
        "Fill in the {field} of the profile.",
    ),
    "design_narrative_too_short": (
        "The design narrative has {found} words; at least {needed} are asked for.",
        "Add {lacking} words: legal basis, problem, strategic issue, method of renewal, novelty, "
        "and how it works.",
    ),
    "dates_out_of_order": (
        "The dates are not in order: trial, then implementation, then development.",
        "Check the three dates of the profile.",
    ),
    "outside_window": (
        "Neither implementation nor development lies in {first_day} to {last_day}, which is "
        "assessed in {year}.",
        "An older innovation counts only if it was developed in that time: give the date of "
        "development and say what is new.",
    ),
    "development_note_missing": (
        "This innovation counts for its development, and the development is not explained.",
        "Fill in the explanation of the development: new substance, or a wider reach.",
    ),
    "lineage_full": (
        "This innovation would be reported {editions} times; twice is the most.",
        "Report another innovation.",
    ),
    "evidence_pending": (
        "The file {file} was declared and has not been taken in.",
        "Finish the upload, or withdraw the file.",
    ),
    "endorsement_missing": (
        "The head of the agency has not endorsed the content as it is now.",
        "Ask the head, or who acts for them, to endorse it; a later change lapses it.",
    ),
    "endorsement_lapsed": (
        "The content changed after the head of the agency endorsed it.",
        "Ask for a new endorsement.",
    ),
    "claim_without_evidence": (
        AT + "level {level} is claimed with no evidence at all, and scores 0.",
        "Upload the evidence, or claim less.",
    ),
    "claim_rests_on_pending": (
        AT + "level {level} rests on {files} files that have not been taken in.",
        "Finish the uploads; a claim without accepted evidence scores 0.",
    ),
    "mandatory_unclaimed": (
        AT + "this mandatory indicator is not claimed.",
        "Choose a level and upload its evidence.",
    ),
    "basis_missing": (
        AT + "level {level} has no basis of benefit, and cannot be scored.",
        "Choose one basis: {allowed}.",
    ),
    "subtype_missing": (
        AT + "level {level} has no kind of service.",
        "Choose one: {allowed}.",
    ),
    "basis_without_document": (
        AT + "basis {basis} ({unit}) is chosen, and no document shows it.",
        "Upload one of: {kinds}.",
    ),
    "evidence_carries_less": (
        AT + "the kinds of evidence there show level {carried} only; level {level} is claimed.",
        "Level {level} asks for: {asked}. Upload that, or claim level {carried}.",
    ),
    "evidence_unclaimed": (
        AT + "evidence was accepted, and no level is claimed.",
        "Claim the level that the evidence shows.",
    ),
    "nothing_claimed": (
        "No level is claimed yet, so that the maturity is 0.",
        "Choose levels that you can prove; begin with the mandatory indicators.",
    ),
    "no_evidence": (
        "There is no evidence yet.",
        "Upload evidence for each indicator that you claim.",
    ),
    "letter_incomplete": (
        AT + "this letter is not complete: {missing}.",
        "Fill in number, date and subject as they stand on the letter.",
    ),
    "link_missing": (
        AT + "level {level} asks for a manual that can be read online, and there is no link.",
        "Add the link under which the manual is published.",
    ),
    "video_missing": (
        AT + "level {level} is claimed without a video or a link to one.",
        "Upload an MP4 video, or add its link.",
    ),
    "video_too_long": (
        AT + "the video takes {seconds} seconds; 5 minutes is the most.",
        "Shorten the video to 300 seconds or less.",
    ),
    "thumbnail_missing": (
        AT + "the cover picture of the video is missing.",
        "Upload a cover with the ministry's logo (JPG or PNG).",
    ),
    "video_parts": (
        AT + "no machine can see what a video tells. Level {level} asks for {needed} or more "
        "parts.",
        "Make sure that it shows: {parts}; and the ministry's logo.",
    ),
    "events_missing": (
        AT + "evidence of {shown} trainings is there; level {level} asks for {needed}.",
        "Upload one set for each training: letter or invitation, attendance list, certificate.",
    ),
    "certificate_missing": (
        AT + "no certificate of a training is there.",
        "Upload at least one certificate of a participant.",
    ),
    "methods_missing": (
        AT + "{shown} screenshots are there; level {level} asks for {needed} methods.",
        "Upload one file for each method: manual, hotline, social media, online.",
    ),
    "replications_missing": (
        AT + "{shown} replicating regions are shown; level {level} asks for {needed} different "
        "ones.",
        "Add statements of other regions, or claim less.",
    ),
    "years_missing": (
        AT + "level {level} asks for documents of {missing}, which are not shown; shown are: "
        "{shown}.",
        "Upload the documents of those years, or claim less.",
    ),
    "years_unread": (
        AT + "documents of {missing} cannot be made out, for a file was not read yet or cannot be "
        "read by machine.",
        "Make sure that pages of those years are in the file.",
    ),
    "no_letter_in_years": (
        AT + "no letter is of the years {first_year} to {last_year}.",
        "Upload a letter of that time.",
    ),
    "letter_outside_years": (
        AT + "a letter of {year} lies outside {first_year} to {last_year} and does not count.",
        "Withdraw it, or put a newer one in its place.",
    ),
    "decree_of_another_year": (
        AT + "the decree is of {shown}; the innovation was implemented or developed in {asked}.",
        "Upload a decree of the year of implementation, or a regulation in force.",
    ),
    "regulation_too_new": (
        AT + "a regulation must be older than the assessment year {year}.",
        "Upload one that was in force before that year, or claim with a decree.",
    ),
    "innovation_not_named": (
        AT + "the name “{title}” was not found in the document.",
        "Upload the page or annex that names the innovation.",
    ),
    "naming_unread": (
        AT + "the file {file} is a scan that no machine can read; whether it names the innovation "
        "cannot be checked.",
        "Make sure that it does; where there is one, upload a version with readable text.",
    ),
    "not_named_in_document": (
        "The file {file} does not name the innovation “{title}”.",
        "Check that it is the right file, or add the page that names it.",
    ),
    "bylaw_alone": (
        AT + "a bylaw seldom lists innovations itself.",
        "Add the regulation or decree under it that names the innovation.",
    ),
    "photo_small": (
        "The picture {file} is small ({width} × {height} pixels) and hard to make out.",
        "Upload a larger one, of at least 640 × 480 pixels.",
    ),
    "few_pages": (
        "The file {file} has {pages} pages; such a document usually has {least} or more.",
        "Check that the whole document was uploaded.",
    ),
    "narrative_part_missing": (
        "The design narrative seems to lack: {parts}.",
        "Add these parts if they are indeed missing.",
    ),
    "narrative_long": (
        "The design narrative has {found} words; some forms end at {usual}.",
        "Shorten it if need be.",
    ),
    "stage_not_counted": (
        "An innovation that is not implemented yet is collected and does not count for the index.",
        "Change the stage if it is implemented.",
    ),
    "narrative_unchanged": (
        "The design narrative is the one of the earlier edition.",
        "Say what is new or wider than in the earlier edition.",
    ),
    "granted_less_before": (
        AT + "level {level} is claimed on old evidence; it was granted level {granted} before.",
        "Add new evidence, or claim level {granted}.",
    ),
    "carried_stale": (
        "Letter {letter} of {signed_on} was carried over from the earlier edition and lies outside "
        "{first_year} to {last_year}.",
        "Put a new letter in its place.",
    ),
    "file_shared": (
        "The file {file} stands under the indicators {numbers}. That is allowed; a verifier judges "
        "it for each.",
        "Make sure that it holds what each of them asks for.",
    ),
    "file_elsewhere": (
        "The file {file} is also used by {other}.",
        "Check that it belongs to this innovation.",
    ),
    "near_copy_elsewhere": (
        "What the file {file} says is nearly what a file of {other} says.",
        "Check that it belongs to this innovation.",
    ),
    "title_taken": (
        "The same name is used by {other}.",
        "Check that this innovation is not registered twice.",
    ),
    "title_similar": (
        "A similar name is used by {other}.",
        "Check whether both are the same innovation.",
    ),
    "deadline_near": (
        "The deadline is {deadline}: {hours} hours are left.",
        "Submit early; the network is busiest in the last hour.",
    ),
    "files_may_finish": (
        "{files} files have not been taken in; after the submission they may still finish until "
        "{until}.",
        "Let the uploads run to their end.",
    ),
}
