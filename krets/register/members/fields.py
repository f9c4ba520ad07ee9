"""Which columns of a person each group of fields opens."""

from krets.register.access.scope import Fields

ALWAYS = ("unit_id", "trail_key", "revision", "protected_at", "deceased_on", "deceased_day_known")
COLUMNS = {
    Fields.NAME: ("first_name", "last_name", "said_as", "sort_key"),
    Fields.PHONE: ("phone", "phone_home", "phone_work", "no_calls_at"),
    Fields.EMAIL: ("email", "sms_agreed_at"),
    Fields.ADDRESS: ("care_of", "street", "postal_code", "city", "country"),
    Fields.BIRTH: ("born_on", "born_year", "sex"),
    Fields.PROFILE: ("language", "union", "occupation", "supports_quietly_at", "contact_person_id"),
    Fields.REGISTER: ("register_number", "created_at"),
}


def columns(fields):
    """Return the columns that these groups of fields open, for `.only(…)`."""
    opened = [column for group in Fields if group in fields for column in COLUMNS.get(group, ())]
    return (*ALWAYS, *opened)
