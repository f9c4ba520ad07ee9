"""What registers call their columns, in Swedish and English, folded as `words_of` does."""

import re

from krets.kit.tables.swedish import fold
from krets.register.imports.columns.targets import Target as T  # noqa: N817 -- a long table

# Best first: the further down a list, the less sure.
_SYNONYMS = {
    T.REGISTER_NUMBER: "medlemsnummer medlemsnr|medlems nr|medlemsnr|medlemsnummer|medlemsid"
    "|medlems id|member number|member no|member id|membership number|membership id|registernummer"
    "|register number|medlem nr|medl nr|medlnr|mnr|idrottsid|kundnummer|kundnr|personid|person id"
    "|external id|id nummer|id nr|id|nr|nummer",
    T.FIRST_NAME: "fornamn|first name|firstname|given name|givenname|tilltalsnamn|forename"
    "|for namn|fnamn|f namn|fornamnen|fornamn tilltalsnamn|preferred name",
    T.LAST_NAME: "efternamn|last name|lastname|surname|family name|familyname|efter namn|enamn"
    "|e namn|slaktnamn",
    T.FULL_NAME: "namn|name|full name|fullname|fullstandigt namn|for och efternamn|helt namn"
    "|fornamn efternamn|fornamn och efternamn|hela namnet|medlemsnamn|member name|medlem|person"
    "|member|personnamn",
    T.LAST_FIRST_NAME: "efternamn fornamn|efter och fornamn|efternamn och fornamn"
    "|last name first name|surname first name|lastname firstname",
    T.BIRTH_DATE: "fodelsedatum|fodelsedag|fodd|date of birth|birth date|birthdate|birthday|dob"
    "|fodelsedat|fodelse datum|f datum|fod datum|foddatum|born|born on|fodd datum",
    T.BIRTH_YEAR: "fodelsear|fodd ar|birth year|year of birth|birthyear|fodar|f ar|argang",
    T.IDENTITY_NUMBER: "personnummer|personnr|pers nr|persnr|person nr|pnr"
    "|fodelsedat personnr|fodelsedatum personnummer|person nummer|personal identity number"
    "|personal number|social security number|ssn|national id|identity number|person id nummer"
    "|samordningsnummer|lma samordningsnummer|personnummer samordningsnummer|personal id",
    T.SEX: "kon|sex|gender|kon w m|kon m k|kon flicka pojke|juridiskt kon|man kvinna|m k",
    T.EMAIL: "e post|epost|email|e mail|mail|e postadress|epostadress|mejl|mejladress"
    "|mailadress|email address|e mail address|e post kontakt|e post privat|epost privat"
    "|privat e post|primar e post|e post 1|epost 1|email 1|primary email|personal email"
    "|kontakt e post|e post adress|hem e post|elektronisk post",
    T.EMAIL2: "e post 2|epost 2|email 2|e mail 2|sekundar e post|alternativ e post|extra e post"
    "|annan e post|secondary email",
    T.PHONE: "mobil|mobiltelefon|mobilnummer|mobilnr|mobile|mobile phone|cell phone|cellphone"
    "|cell|telefon mobil|tel mobil|mobil tel|mobiltel|mobiltelefonnummer|telefon|telefonnummer"
    "|telefonnr|tel nr|tel|tfn|phone|phone number|telephone|tele|telnr|telefon 1|phone 1|mob"
    "|telefon 2|phone 2|ovrig telefon|annan telefon|sms nummer|telefon dagtid",
    T.PHONE_HOME: "hemtelefon|telefon hem|telefon bostad|bostadstelefon|home phone|tel hem"
    "|tel bostad|hemnummer|fast telefon|hem tel|telefon hemma|fasttelefon|landline|hemtel",
    T.PHONE_WORK: "arbetstelefon|telefon arbete|work phone|jobbtelefon|tel arbete|tel arb"
    "|telefon jobb|telefon arb|arb tel|business phone|office phone",
    T.CO: "c o|co|c o adress|co adress|care of|c o address",
    T.STREET: "adress|gatuadress|address|street|street address|gata|utdelningsadress"
    "|bostadsadress|hemadress|address line 1|adress 1|adressrad 1|postadress|kontaktadress"
    "|folkbokforingsadress|address 1|mailing address|gatuadress 1|gata och nummer",
    T.POSTAL_CODE: "postnummer|postnr|post nr|post nummer|postal code|postcode|zip|zip code"
    "|zipcode|pnummer|po nr",
    T.CITY: "postort|ort|stad|city|town|post ort|bostadsort|hemort|postadress ort|postal city"
    "|postnummer och ort|postnr och ort|postnr ort",
    T.COUNTRY: "land|country|landskod|country code|bosattningsland",
    T.JOINED_ON: "medlem sedan|medlem fran|medlem fr o m|member since|intradesdatum"
    "|intrade|intradd|intradd den|intradd i foreningen|medlem fom|medlemskap fr o m"
    "|medlemskap fom|medlem sen|medlem since|medlem i foreningen sedan|gick med|anslot|ansluten"
    "|joined association|blev medlem den|inskriven|joined|join date|date joined|joined on"
    "|medlemskap fran|ingangsdatum"
    "|medlem fran och med|startdatum|start date|medlemskapets start|intradesdag|datum intrade"
    "|inskrivningsdatum|datum registrerad|registreringsdatum|registrerad|anmalningsdatum"
    "|medlem from|blev medlem|medlemsdatum|medlemskap startdatum|tillkom",
    T.JOINED_PARTY_ON: "medlem i partiet sedan|partimedlem sedan|partimedlem|joined party"
    "|joined the party|intrade partiet|intrade i partiet|medlem i organisationen sedan"
    "|forst medlem|ursprungligt intrade|first joined|medlem i forbundet sedan",
    T.LEFT_ON: "uttradesdatum|uttrade|utskriven|left|left on|avslutad|medlem t o m|medlem tom"
    "|medlem till|slutdatum|end date|avgang|avgangsdatum|avslutsdatum|slutade|medlemskap till"
    "|uttradd|medlem till och med|exit date|utgatt|utgangsdatum|lamnade",
    T.LEAVE_REASON: "uttradesorsak|orsak|avgangsorsak|anledning|leave reason|reason|slutorsak"
    "|orsak till uttrade|avslutsorsak|reason for leaving|utskrivningsorsak",
    T.FEE_YEAR: "avgiftsar|betalt ar|betald for ar|betalt for ar|avgift ar|fee year"
    "|year paid|senast betalt ar|paid year|betalat ar|senaste betalda ar|verksamhetsar",
    T.FEE_PAID_THROUGH: "betalt t o m|betald t o m|betalt till och med|betald till och med"
    "|betalt tom|betald tom|paid through|paid until|betalt till|betald till|avgift betald t o m"
    "|avgift betald till och med|medlemsavgift betald t o m|avgift t o m|paid up to|paid to"
    "|medlemsavgift betald till och med|betalat t o m|betalat till och med",
    T.FEE_PAID_ON: "betaldatum|betalningsdatum|betalt datum|betald datum|betaldag|inbetald datum"
    "|betald den|payment date|paid on|date paid|inbetalningsdatum|senaste betalning|last payment"
    "|inbetalt|inbetald|avgift betald datum|datum betald|senast betald",
    T.FEE_PAID: "betald|betalt|har betalt|paid|avgift betald|medlemsavgift betald|betalat"
    "|avgiften betald|fee paid|betalstatus|betald avgift|betalningsstatus|betald medlemsavgift",
    T.FEE_AMOUNT: "belopp|avgift|medlemsavgift|amount|fee|betalt belopp|inbetalt belopp|summa"
    "|arsavgift|avgiftsbelopp|membership fee|dues|amount paid",
    T.UNION: "fack|fackforbund|fackforening|union|trade union|facklig tillhorighet|forbund"
    "|fackligt forbund|labour union",
    T.OCCUPATION: "yrke|occupation|profession|sysselsattning|yrkestitel|titel|job title|arbete"
    "|befattning|job",
    T.LANGUAGE: "sprak|language|modersmal|kommunikationssprak|preferred language|sprakkunskaper"
    "|hemsprak|onskat sprak",
    T.BRANCH: "forening|partiforening|foreningsnamn|branch|lokalforening|avdelning|klubb"
    "|arbetarekommun|local branch|association|lokalavdelning|s forening|grundorganisation"
    "|organisationsenhet|krets|enhet|partiavdelning|association name",
    T.POSITION: "uppdrag|roll|roller|position|positions|fortroendeuppdrag|funktion|role|roles"
    "|styrelseuppdrag|befattningar|forening uppdrag|mandat|office|uppdrag i foreningen",
    T.INTERESTS: "intressen|intresse|interests|intresseomraden|intresserad av|vill engagera sig i"
    "|interest|intressefragor|engagemang",
    T.COMPETENCES: "kompetens|kompetenser|skills|fardigheter|kunskaper|competences|competencies"
    "|erfarenheter|utbildning|kan bidra med|expertise",
    T.TAGS: "taggar|tagg|tags|tag|etiketter|grupper|grupp|groups|group|kategori|kategorier"
    "|labels|category|alla grupper|grupp lag arbetsrum familj|markning|nyckelord",
    T.NOTE: "anteckning|anteckningar|kommentar|kommentarer|notering|noteringar|note|notes"
    "|comment|comments|ovrigt|anmarkning|ovrig medlemsinfo"
    "|ovrig info|memo|fritext|ovrig information",
    T.PROTECTION: "skyddad identitet|sekretess|sekretessmarkering|sekretessmarkerad|skyddad"
    "|skyddade personuppgifter|skyddad folkbokforing|protected|protected identity|kvarskrivning"
    "|skyddad adress|skyddade uppgifter|skydd|hemlig|dold adress|protection|skyddsmarkering",
    T.SMS_CONSENT: "sms|sms samtycke|samtycke sms|far sms|sms ok|sms consent|text message consent"
    "|accepterar sms|tillat sms|sms utskick|godkant sms|vill ha sms|samtycker till sms",
    T.MEMBER_TYPE: "medlemstyp|medlemskapstyp|member type|membership type|typ av medlemskap"
    "|medlemskategori|medlemsstatus|membership|typ|status|medlemskap|kategori medlem|member status",
    T.IGNORE: "alder|age|senast andrad|andrad|last modified|nationalitet|nationality|familj"
    "|fam admin|alt fornamn|kommun|kommunkod|municipality|county|lan|lanskod|region|allergier"
    "|prova pa|standig medlem|autogiromedgivande"
    "|lagg till gruppid|ta bort gruppid|organisationsnummer"
    "|gruppkategorier|hedersmedlem|utmarkelse|ingen tidning tack"
    "|lan kod|orgnr|kontaktperson|malsman"
    "|folkbokforing kommun|folkbokforing kommunkod|valdistrikt|forsamling|bankkonto|kontonummer"
    "|ocr|ocr nummer|fakturanummer|faktura|rad|radnr|row|losenord|anvandarnamn|username|distrikt",
}  # fmt: skip

FIRST, STEP, LEAST = 100, 1.5, 70
# An address at work is read only where there is no other.
_WORK_EMAIL = "e post arbete|epost arbete|arbetsmejl|work email|e post jobb|jobbmejl|arbets e post"

# How sure each exact heading is of its target.
EXACT = {}
for _target, _words in _SYNONYMS.items():
    for _place, _word in enumerate(_words.split("|")):
        _score = max(FIRST - STEP * _place, LEAST)
        EXACT.setdefault(_word, []).append((_target, _score))

EXACT |= {_word: [(T.EMAIL, 66), (T.EMAIL2, 50)] for _word in _WORK_EMAIL.split("|")}

# Long enough to be trusted when they stand inside another heading.
INSIDE = [
    (word, target)
    for word, found in EXACT.items()
    for target, _ in found
    if len(word) >= 4 and target is not T.IGNORE  # noqa: PLR2004 -- "fack" is, "id" is not
]

# Swedish words grow together: these are also seen as a part of one ("medlemsmobilnummer").
COMPOUND = frozenset(
    {
        *(T.REGISTER_NUMBER, T.FIRST_NAME, T.LAST_NAME, T.BIRTH_DATE, T.BIRTH_YEAR),
        *(T.IDENTITY_NUMBER, T.EMAIL, T.PHONE, T.PHONE_HOME, T.PHONE_WORK, T.STREET),
        *(T.POSTAL_CODE, T.CITY, T.JOINED_ON, T.LEFT_ON, T.UNION, T.MEMBER_TYPE, T.PROTECTION),
    }
)

# Headings which begin so are about somebody else than the member.
OTHERS = re.compile(
    r"(?:kontakt|kontaktperson|malsman|vardnadshavare|foralder|anhorig|narstaende|guardian|parent"
    r"|next of kin|emergency contact|emergency|ice|fakturamottagare|betalare|arbetsgivare|employer"
    r"|partner|make|maka|contact person|contact|mamma|pappa|mother|father|familjemedlem"
    r"|varvad av|varvare|ombud)(?: ?\d)?(?: (?:s )?(?!adress|kon)| ?$)"
)
WORK_ADDRESS = re.compile(r"(?:arbetsadress|arbets ?adress|work|business|jobb|foretag|office)\b")
GROUPS = ("kontaktadress", "", "postadress", "hemadress", "bostadsadress", "folkbokforing")
_GROUP = re.compile(
    r"(kontaktadress|postadress|hemadress|bostadsadress|folkbokforing(?:sadress)?)(?: (.+))"
)
_THROUGH = frozenset(_SYNONYMS[T.FEE_PAID_THROUGH].split("|"))
FEE = re.compile(
    r"(?:(?:medlems|ars)?avgift(?:en)?|(?:in)?betal(?:d|t|ning|at|d avgift|t avgift)?|paid|fee|dues"
    r"|membership fee|ar|medlemsavgift betald|avgift betald)? ?(?:ar|for|for ar|year)? ?"
    r"((?:19|20)\d\d)(?: (?:betald|betalt|paid|avgift|medlemsavgift|fee))?"
)
_NO_WORD = re.compile(r"[^a-z0-9]+")

HINTS = frozenset(fold(word) for word in EXACT)


def words_of(heading):
    """Return a heading folded to plain words: "E-post (privat)" → "e post privat"."""
    return _NO_WORD.sub(" ", fold(heading)).strip()


def renewed(habit):
    """Return what headings meant the last time in today's words.

    What a fee is paid through was taken for its year before there was a target for it.
    """
    return {
        heading: str(T.FEE_PAID_THROUGH)
        if target == T.FEE_YEAR and words_of(heading) in _THROUGH
        else target
        for heading, target in habit.items()
    }


def group_of(words):
    """Return (group of address, rest of the words): "folkbokforing gatuadress" is of a group."""
    if WORK_ADDRESS.match(words):
        return "work", WORK_ADDRESS.sub("", words, count=1).strip() or words
    found = _GROUP.fullmatch(words)
    if found:
        return found[1].removesuffix("sadress") if "folk" in found[1] else found[1], found[2]
    return "", words
