"""What changes by a file is told in words: no code of ours stands on the page."""

import pytest
from django.utils.translation import override

from krets.register.imports.differences import field_in_words
from krets.register.members.models import Membership
from tests.conftest import TODAY


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("reason", Membership.Reason.values)
def test_why_somebody_left_is_told_in_words(language, reason):
    with override(language):
        told = field_in_words("left_reason", "", reason, TODAY)
        label = str(Membership.Reason(reason).label)

    assert (told["old"], told["new"]) == ("", label)
    assert told["new"] != reason


def test_letters_that_a_program_could_not_write_undo_no_name(bring_in, preview, cast):
    row = ("17", "Cecilia", "Petrović", "", "", "", "")
    bring_in([row])

    lost = preview([("17", "Cecilia", "Petrovi?", "", "", "", "")])
    other = preview([("17", "Cecilia", "Petrovsk?", "", "", "", "")])

    assert (lost.changed_count, lost.unchanged_count) == (0, 1)
    assert other.changed_count == 1
