import pytest
from django.urls import reverse

from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission
from krets.register.access.table import TABLE


@pytest.mark.parametrize("who", ["alva", "siv", "bo", "arne"])
def test_more_says_who_can_read_the_trail(client, cast, who):
    client.force_login(getattr(cast, who).account)

    page = client.get(reverse("overview:more:more", args=["bjorkvik"])).content.decode()

    assert "leaves a line in the trail. The auditor can read it" in page
    # The sentence tells the table: whoever else may read it must be named there too.
    assert set(TABLE[Permission.TRAIL_SEE]) == {Mandates.AUDITOR}
