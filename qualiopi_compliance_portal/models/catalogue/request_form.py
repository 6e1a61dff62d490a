import re
import unicodedata
from datetime import date, datetime

from odoo.tools import email_normalize

# Most characters of each text that is typed.
LENGTHS = {
    "contact_name": 100,
    "email": 254,
    "phone": 40,
    "organisation": 120,
    "learners": 6,
    "wished_from": 10,
    "wished_until": 10,
    "need": 4000,
    "adjustment_note": 2000,
}
REQUIRED = ("contact_name", "email", "need")
# What is chosen or ticked: as short as it is made.
CHOSEN = ("kind", "session", "funding", "adjustment", "adjustment_consent", "agreed")
LONG = ("need", "adjustment_note")
NAMES = (*LENGTHS, *CHOSEN)
# The order of the form: the first that is wrong gets the focus.
ORDER = (
    "kind",
    "session",
    "contact_name",
    "email",
    "phone",
    "organisation",
    "need",
    "learners",
    "wished_from",
    "wished_until",
    "funding",
    "adjustment",
    "adjustment_note",
    "adjustment_consent",
    "agreed",
)
MAX_LEARNERS = 500
# Years ahead that somebody may wish for: beyond, it is a slip of the keyboard.
MAX_YEARS = 5
MAX_CHOICE = 40
PHONE_SIGNS = frozenset("+()./- ")
FORMATS = ("%Y-%m-%d", "%d/%m/%Y")
# One bare address, without a name: an answer goes to nobody else.
EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\"\\%]+@(?:[\w-]+\.)+(?:[^\W\d_]{2,}|xn--[a-z\d-]+)"
)
# Characters that turn what follows around: they make a text read as another.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def without_controls(text, keep=""):
    """:return: the text without what cannot be seen and does something"""
    return "".join(
        sign
        for sign in text
        if sign in keep
        or not (unicodedata.category(sign) in ("Cc", "Cs") or sign in TURNING)
    )


def one_line(text):
    """:return: the text on one line, without control characters"""
    return " ".join(without_controls(text, keep="\n\r\t").split())


def many_lines(text):
    """:return: the text with its lines, without other control characters"""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_controls(text, keep="\n\t").strip()


class RequestForm:
    """What somebody typed into the form of a request, read and checked.

    Whatever is sent, ``typed`` holds it as texts to be shown again, ``errors`` says
    field by field what is wrong and what to do, and ``values`` what was understood,
    which counts only where there is no error.

    :param sent: name -> what was sent; what is not a text counts as not sent
    :param choices: name -> pairs of a value and its label, of what can be chosen
    :param today: the day, in Paris
    """

    def __init__(self, env, sent, choices, today):
        self.env, self.choices, self.today = env, choices, today
        self.raw = {
            name: value for name in NAMES if isinstance(value := sent.get(name), str)
        }
        self.typed = {name: self._cleaned(name) for name in NAMES}
        self.errors = {}
        self.values = {}

    def _cleaned(self, name):
        text = self.raw.get(name, "")
        if name in CHOSEN:
            return one_line(text)[:MAX_CHOICE]
        return many_lines(text) if name in LONG else one_line(text)

    def check(self):
        """Read all fields.

        :return: whether everything is right
        """
        for name in REQUIRED:
            if not self.typed[name]:
                self.errors[name] = self._missing(name)
        for name, most in LENGTHS.items():
            if len(self.typed[name]) > most:
                self.errors[name] = self.env._(
                    "Too long: %(count)s characters, of %(most)s at most. Shorten it.",
                    count=len(self.typed[name]),
                    most=most,
                )
        for name in NAMES:
            if name not in self.errors:
                self.values[name] = getattr(self, f"_read_{name}", self._text)(name)
        self._check_period()
        self._check_adjustment()
        return not self.errors

    def problems(self):
        """:return: (field, message), in the order of the form"""
        return [(name, self.errors[name]) for name in ORDER if name in self.errors]

    def _missing(self, name):
        if name == "contact_name":
            return self.env._("Enter your name.")
        if name == "email":
            return self.env._("Enter your e-mail address: we answer to it.")
        return self.env._("Tell us what you want to be able to do, in a few words.")

    def _text(self, name):
        return self.typed[name]

    def _choice(self, name, message):
        value = self.typed[name]
        if value and value not in dict(self.choices[name]):
            self.errors[name] = message
            return ""
        return value

    def _read_kind(self, name):
        message = self.env._("Choose what you ask for.")
        value = self._choice(name, message)
        if not value:
            self.errors.setdefault(name, message)
        return value

    def _read_session(self, name):
        value = self._choice(
            name,
            self.env._(
                "This session can no longer be asked for: choose another one, or none."
            ),
        )
        return int(value) if value else False

    def _read_funding(self, name):
        return self._choice(name, self.env._("Choose who pays from the list."))

    def _read_adjustment(self, name):
        return self._choice(name, self.env._("Answer yes or no, or leave it empty."))

    def _read_email(self, name):
        raw, value = self.raw.get(name, "").strip(), self.typed[name]
        address = email_normalize(value) if raw == value else False
        if not address or address != value.lower() or not EMAIL.fullmatch(address):
            self.errors[name] = self.env._(
                "This is not an e-mail address: write it like name@example.com."
            )
            return ""
        return address

    def _read_phone(self, name):
        value = self.typed[name]
        digits = sum(sign.isdigit() for sign in value)
        if value and (
            digits < 6
            or any(not (sign.isdigit() or sign in PHONE_SIGNS) for sign in value)
        ):
            self.errors[name] = self.env._(
                "This is not a telephone number: write digits only, such as "
                "01 23 45 67 89, or leave it empty."
            )
        return value

    def _read_learners(self, name):
        value = self.typed[name] or "1"
        if not (value.isascii() and value.isdigit() and 0 < int(value) <= MAX_LEARNERS):
            self.errors[name] = self.env._(
                "Enter how many people would follow the training: a number from 1 to "
                "%(most)s.",
                most=MAX_LEARNERS,
            )
            return 1
        return int(value)

    def _read_wished_from(self, name):
        return self._day(name)

    def _read_wished_until(self, name):
        return self._day(name)

    def _day(self, name):
        value = self.typed[name]
        if not value:
            return False
        day = self._parsed(value)
        if not day:
            self.errors[name] = self.env._(
                "This is not a date: write it like %(example)s, or leave it empty.",
                example=f"31/12/{self.today.year}",
            )
        elif day < self.today:
            self.errors[name] = self.env._("This day is past: choose one to come.")
        elif day > date(self.today.year + MAX_YEARS, 12, 31):
            self.errors[name] = self.env._("This day is too far ahead: check the year.")
        return day

    def _parsed(self, value):
        for template in FORMATS:
            try:
                return datetime.strptime(value, template).date()
            except ValueError:
                continue
        return None

    def _check_period(self):
        first = self.values.get("wished_from")
        last = self.values.get("wished_until")
        if first and last and last < first and "wished_until" not in self.errors:
            self.errors["wished_until"] = self.env._(
                "The period ends before it begins: correct one of the two days."
            )

    def _check_adjustment(self):
        """What somebody tells of his need is kept only if he agrees to it."""
        if not self.typed["agreed"]:
            self.errors["agreed"] = self.env._(
                "Tick the last box: without it we may not use your details to answer "
                "you."
            )
        if self.values.get("kind") == "adjustment" and not self.typed["adjustment"]:
            # asked for by the very kind of request
            self.typed["adjustment"] = self.values["adjustment"] = "yes"
        if not self.typed["adjustment_note"]:
            return
        if self.typed["adjustment"] != "yes":
            self.errors.setdefault(
                "adjustment",
                self.env._(
                    "You describe an adjustment: answer “Yes”, or empty the "
                    "description."
                ),
            )
        if not self.typed["adjustment_consent"]:
            self.errors["adjustment_consent"] = self.env._(
                "Tick the box below the adjustment so that we may keep what you wrote "
                "about it, or empty the description: we then talk about it with you."
            )
