"""Numbers with a fraction, as a table of figures has them, are read as quickly as others."""

import math
from datetime import date

import pytest

from krets.register.imports.columns import Target, propose
from krets.register.imports.columns.fees import read_fee
from krets.register.imports.columns.spans import is_within
from tests.conftest import TODAY

HEADINGS = ["Medlemsnr", "Förnamn", "Efternamn", "Andel"]
# More than any machine goes through within the patience of whoever waits for a file.
VAST = range(10**7, 10**30)


@pytest.mark.parametrize("number", [72.96, 250.5, 46000.39, 12_345_678.5, -0.5, math.nan, math.inf])
def test_a_fraction_is_in_no_span_however_vast(number):
    assert not is_within(number, VAST)


@pytest.mark.parametrize("number", [701_740_605, 701_740_605.0])
def test_a_whole_number_is_found_in_a_vast_span(number):
    assert is_within(number, VAST)


def test_a_column_of_fractions_is_proposed_for_nothing():
    rows = [[9000 + at, "Anna", f"Test{at}", 72.96 + at] for at in range(12)]

    mapping = propose(HEADINGS, rows, today=TODAY)

    assert mapping["Andel"] == Target.IGNORE
    assert mapping["Medlemsnr"] == Target.REGISTER_NUMBER


def test_a_sum_with_a_fraction_is_a_fee_and_a_whole_serial_a_day():
    sum_paid = read_fee(2026, TODAY, 45_000.5)
    serial = read_fee(2026, TODAY, 46_000.0)

    assert (sum_paid.paid_on, sum_paid.paid) == (None, True)
    assert serial.paid_on == date(2025, 12, 9)
