"""Swedish and English are chosen by each person, and follow the person."""


def test_a_language_is_chosen_and_follows_to_other_devices(demo, opened, device):
    alva = opened(demo, **device)
    alva.sign_in("chair")
    siv = opened(demo)
    siv.sign_in("membership_officer")

    alva.speak("en")
    alva.go("/bjorkvik/")

    elsewhere = opened(demo, language="en")
    elsewhere.sign_in("chair")
    siv.go("/bjorkvik/")
    alva.speak("sv")
    alva.go("/bjorkvik/")


def test_one_reads_in_the_language_of_ones_browser_before_signing_in(demo, opened):
    for language in ("sv", "en"):
        somebody = opened(demo, language=language)
        somebody.go("/")
        somebody.sees("Make me a code")
