"""Looking letters through, printing them, marking them, and choosing the words."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.register.looks.models import ListLook
from krets.register.models import Person
from krets.rhythm.todos.models import Todo
from krets.welcome.letters import commands
from krets.welcome.letters.models import Letter, LetterText
from tests.welcome.kit import changed, days, new_member

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
HOME = {"street": "Ekvägen 7", "postal_code": "12345", "city": "Björkvik"}


@pytest.fixture
def amina(cast):
    now = timezone.now()
    person = new_member(cast.bjorkvik, joined_on=timezone.localdate(now), learned_at=now, **HOME)
    changed(person, at=now)
    return person


@pytest.fixture
def siv(client, cast):
    Person.objects.filter(pk=cast.siv.person.pk).update(email="siv@example.org")
    client.force_login(cast.siv.account)
    return client


def address(name, *args, unit="bjorkvik"):
    return reverse(f"welcome:letters:{name}", args=[unit, *args])


def test_the_letter_is_shown_as_the_person_gets_it(siv, amina):
    page = siv.get(address("list")).content.decode()

    assert "1 letter to print" in page
    assert "Welcome, Amina!" in page
    assert "070-174 06 02" in page
    assert ListLook.objects.get(page="letters_welcome").shown == [amina.pk]


def test_the_to_do_leads_to_that_persons_letter(siv, amina):
    response = siv.get(address("person", amina.pk))

    assert response.url == f"{address('list')}?person={amina.pk}#letter"


def test_a_sheet_has_the_address_in_the_window(siv, amina):
    page = siv.get(address("print", "welcome")).content.decode()

    assert "Amina Yusuf<br>Ekvägen 7<br>123 45 Björkvik" in page
    assert "Mark 1 letter as printed" in page


def test_marking_closes_the_to_do_and_undo_opens_it(siv, amina):
    marked = siv.post(address("printed", "welcome"), {"ids": str(amina.pk)}, follow=True)
    closed = Todo.objects.open().filter(routine="welcome_letter").count()
    undo = re.search(r'action="([^"]*/undo/[^"]*)"', marked.content.decode())[1]

    siv.post(undo.replace("&amp;", "&"))

    assert "1 letter is marked as printed" in marked.content.decode()
    assert closed == 0
    assert Todo.objects.open().filter(routine="welcome_letter").count() == 1


def test_only_what_was_on_the_sheets_is_marked(siv, cast, amina):
    later = new_member(cast.bjorkvik, "Senare", joined_on=timezone.localdate(), **HOME)
    changed(later, at=timezone.now())

    siv.post(address("printed", "welcome"), {"ids": str(amina.pk)})

    assert list(Letter.objects.values_list("person", flat=True)) == [amina.pk]


def test_without_an_address_there_is_no_sheet(siv, cast, amina):
    Person.objects.filter(pk=amina.pk).update(street="", city="")

    page = siv.get(address("list")).content.decode()

    assert "no address" in page
    assert "Print 1 letter" not in page
    assert "Amina Yusuf" not in siv.get(address("print", "welcome")).content.decode()


def test_a_letter_without_an_address_is_not_said_to_be_printed(siv, amina):
    Person.objects.filter(pk=amina.pk).update(street="", city="")

    page = siv.get(address("print", "welcome")).content.decode()

    assert "An address is missing" in page
    assert "printed already" not in page


def test_the_sheets_are_printed_first_and_marked_after(siv, amina):
    page = siv.get(address("print", "welcome")).content.decode()

    assert 'button--main" type="button"' in page
    assert page.count("button--main") == 1


def test_an_empty_field_stops_the_printing_and_says_which(siv, cast, amina):
    Person.objects.filter(pk=cast.siv.person.pk).update(email="", phone="")

    page = siv.get(address("list")).content.decode()
    refused = siv.get(address("print", "welcome"), follow=True).content.decode()

    assert "your phone number, your e-mail address" in page
    assert "would be printed without your phone number" in refused


def test_the_association_has_words_of_its_own(siv, amina):
    words = address("words", "welcome", "en")
    siv.post(words, {"text": "Hello {first name}, nice!", "seen": 0})

    page = siv.get(address("list")).content.decode()
    siv.post(words, {"base": "1"})

    assert "Hello Amina, nice!" in page
    assert LetterText.objects.count() == 0


def test_one_sees_the_letter_as_one_writes_it(siv):
    words = address("words", "welcome", "en")
    typed = {"text": "# Hello {first name}\n\nSee {you} **there**", "look": "1"}

    plain = siv.post(words, typed).content.decode()
    smooth = siv.post(f"{words}?look=1", typed, headers=HTMX).content.decode()

    for page in (plain, smooth):
        assert "<h2>Hello Siv</h2>" in page
        assert "See {you} <strong>there</strong>" in page
    assert typed["text"] in html.unescape(plain)
    assert ("<html" in plain, "<html" in smooth) == (True, False)
    assert LetterText.objects.count() == 0


def test_a_letter_is_shown_wholly_in_its_own_language(siv):
    shown = {
        language: siv.get(address("words", "welcome", language)).content.decode()
        for language in ("sv", "en")
    }

    assert "One of us will call you soon" not in shown["sv"]
    assert "One of us will call you soon" in shown["en"]


def test_the_words_that_come_with_krets_stand_beside_ones_own(siv):
    words = address("words", "welcome", "en")
    siv.post(words, {"text": "Hello {first name}", "seen": 0})

    page = siv.get(words).content.decode()

    assert "How nice that you have joined {association}." in page
    assert "Use the standard text" in page


def test_an_unknown_field_is_refused_with_those_there_are(siv):
    response = siv.post(address("words", "welcome", "en"), {"text": "Hello {name}", "seen": 0})

    assert response.status_code == 422
    assert "{first name}, {association}" in response.content.decode()


def test_the_second_of_two_writers_is_told(siv, cast):
    words = address("words", "welcome", "en")
    siv.post(words, {"text": "Ett", "seen": 0})
    siv.post(words, {"text": "Två", "seen": 1})

    late = siv.post(words, {"text": "Tre", "seen": 1})
    same = siv.post(words, {"text": "Två", "seen": 1})
    LetterText.objects.update(saved_by=cast.alva.account)
    after_alva = siv.post(words, {"text": "Tre", "seen": 1})

    assert (late.status_code, after_alva.status_code, same.status_code) == (422, 422, 302)
    assert "You have changed the letter in another window." in late.content.decode()
    assert "Somebody else changed the letter" in after_alva.content.decode()
    assert "Tre" in late.content.decode()
    assert LetterText.objects.get().text == "Två"


def test_letters_are_the_membership_officers(client, cast, amina):
    for viewer in (cast.bo, cast.alva, cast.arne):
        client.force_login(viewer.account)
        assert client.get(address("list")).status_code == 404
    client.force_login(cast.doris.account)
    assert client.get(address("list")).status_code == 404
    assert "Amina" not in client.get(address("list", unit="granby")).content.decode()


def test_the_list_takes_as_many_statements_for_three_as_for_one(
    siv, cast, amina, django_assert_max_num_queries
):
    counts = []
    for number in range(3):
        with django_assert_max_num_queries(19) as asked:
            siv.get(address("list"))
        counts.append(len(asked))
        changed(
            new_member(cast.bjorkvik, f"P{number}", joined_on=timezone.localdate()),
            at=timezone.now() + days(0),
        )

    assert counts[0] == counts[2]


def test_a_call_is_promised_only_to_who_is_to_have_one(siv, cast, amina):
    silent = new_member(
        cast.bjorkvik, "Tyst", joined_on=timezone.localdate(), no_calls_at=timezone.now(), **HOME
    )
    changed(silent, at=timezone.now())

    called, written_to = (
        siv.get(address("list"), {"person": person.pk}).context["preview"].body
        for person in (amina, silent)
    )

    assert "One of us will call you soon" in called
    assert "call you" not in written_to
    assert "Please get in touch whenever it suits you" in written_to


def test_the_letters_come_page_by_page_and_are_printed_in_one_go(siv, cast):
    now = timezone.now()
    people = [
        new_member(cast.bjorkvik, f"P{number}", joined_on=timezone.localdate(now), **HOME)
        for number in range(27)
    ]
    changed(*people, at=now)
    last = Todo.objects.filter(routine="welcome_letter").order_by("due_on", "fact_on", "pk").last()

    first = siv.get(address("list"))
    chosen = siv.get(address("list"), {"person": last.person_id})
    sheets = siv.get(address("print", "welcome")).content.decode()

    assert "27 letters to print" in first.content.decode()
    assert [len(page.context["paged"]) for page in (first, chosen)] == [25, 2]
    assert chosen.context["preview"].due.person.pk == last.person_id
    assert "Mark 27 letters as printed" in sheets
    assert [len(look.shown) for look in ListLook.objects.order_by("pk")] == [25, 2, 27]


def test_printing_nothing_is_refused(cast):
    with pytest.raises(commands.NothingToPrintError):
        commands.mark_printed(cast.bjorkvik, kind="welcome", due=[], by=cast.siv, at=timezone.now())


def test_a_letter_to_somebody_protected_stands_apart_and_without_an_address(siv, cast, amina):
    apart = new_member(
        cast.bjorkvik,
        "Hemlige",
        joined_on=timezone.localdate(),
        protected_at=timezone.now(),
        street="Gömda vägen 1",
        postal_code="54321",
        city="Granby",
    )
    changed(apart, at=timezone.now())

    listed = siv.get(address("list")).content.decode()
    alone = siv.get(address("list"), {"person": apart.pk}).content.decode()
    sheets = siv.get(address("print", "welcome")).content.decode()
    sheet = siv.get(address("print", "welcome"), {"person": apart.pk}).content.decode()

    assert "2 letters to print" in listed
    assert "Print 1 letter" in listed
    assert "1 of the letters goes to somebody with protected details" in listed
    assert f"?person={apart.pk}#letter" in listed
    assert [page for page in (listed, sheets) if "Hemlige" in page] == []
    assert "Welcome, Hemlige!" in alone
    assert "Welcome, Hemlige!" in sheet
    assert "envelope without a window" in sheet
    assert [page for page in (alone, sheet) if "Gömda" in page or "Granby" in page] == []
    assert [apart.pk] in [look.shown for look in ListLook.objects.filter(page="letters_welcome")]


def test_marking_all_leaves_the_letter_that_stands_apart(siv, cast, amina):
    apart = new_member(
        cast.bjorkvik, "Hemlige", joined_on=timezone.localdate(), protected_at=timezone.now()
    )
    changed(apart, at=timezone.now())
    both = {"ids": f"{amina.pk},{apart.pk}"}

    siv.post(address("printed", "welcome"), both)
    left = list(
        Todo.objects.open().filter(routine="welcome_letter").values_list("person", flat=True)
    )
    siv.post(address("printed", "welcome") + f"?person={apart.pk}", both)

    assert left == [apart.pk]
    assert not Todo.objects.open().filter(routine="welcome_letter").exists()
