"""Every habit of writing a value, and what is meant by it."""

from krets.kit.tables.values.contact import (
    read_email,
    read_emails,
    read_postal_code,
    split_postal_city,
)
from krets.kit.tables.values.dates import read_birth, read_date, read_year
from krets.kit.tables.values.identity import (
    Identity,
    cut_identity_numbers,
    read_identity,
    without_identity_numbers,
)
from krets.kit.tables.values.names import (
    as_people_write,
    split_full_name,
    split_last_first,
)
from krets.kit.tables.values.phones import phone_kind, read_phone, read_phones
from krets.kit.tables.values.problems import BadValueError, is_blank, sentence
from krets.kit.tables.values.words import read_ore, read_sex, read_yes_no

__all__ = [
    "BadValueError",
    "Identity",
    "as_people_write",
    "cut_identity_numbers",
    "is_blank",
    "phone_kind",
    "read_birth",
    "read_date",
    "read_email",
    "read_emails",
    "read_identity",
    "read_ore",
    "read_phone",
    "read_phones",
    "read_postal_code",
    "read_sex",
    "read_year",
    "read_yes_no",
    "sentence",
    "split_full_name",
    "split_last_first",
    "split_postal_city",
    "without_identity_numbers",
]
