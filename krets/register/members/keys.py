"""The stored keys that people are sorted and found by."""

from krets.kit.tables.swedish import fold, main_word_first, phone_digits, sort_key


def keys_of(person):
    """Return (sort key, search text) of a person's name, e-mail, phones and register number.

    The sort key puts the last name's main word first in Swedish order. The search text holds
    folded words parted by blanks: a search for "%word%" finds a name however it is accented, and a
    phone number in any form by its national digits.
    """
    names = [main_word_first(person.last_name), person.first_name]
    words = [fold(f"{person.first_name} {person.last_name}"), person.email.lower()]
    words += [
        phone_digits(number)
        for number in (person.phone, person.phone_home, person.phone_work)
        if number
    ]
    words.append(person.register_number.lower())
    key = " ".join(sort_key(name) for name in names if name) or sort_key(person.register_number)
    return key[:420], " ".join(word for word in words if word)
