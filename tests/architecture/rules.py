"""The rules of the house for Python source: each names the lines that break it.

A rule is a function of a syntax tree (or of the text) that yields line numbers. `test_rules.py`
tries each on a bad and a good example, `test_house.py` on the house.
"""

import ast
import re

STAGES = (
    "register",
    "rhythm",
    "analyse",
    "care",
    "welcome",
    "recruit",
    "evaluate",
    "overview",
    "office",
)
FRONT_DOOR = {"models", "queries", "commands"}
OPEN_TO_ALL_FEATURES = [["register", "access"]]
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}
CLOCKS = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
}
SHOWS_A_PERSON = {"Person", "Note", "Mandate"}
TELLS_NOBODY = re.compile(
    r"(pk|id|\w+_id|slug|key|kind|number|status|state|routine|purpose|name_of_kind|\w+_on|\w+_at"
    r"|year|action|outcome|step|get_\w+_display|label|worker|job|day|page|trail_key|_meta|model_name)$"
)
GETTEXT = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "npgettext_lazy",
}
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover)")
REASON = re.compile(r"(?:noqa: [A-Z0-9, ]+|ignore\[[\w, -]+\]|no cover)\s*--\s*(.+)")
SHORTEST_REASON = 5


def writes(tree):
    """A write to the database; a dict's update() takes no keywords and is none."""
    for node in calls(tree):
        if not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in WRITES or (node.func.attr == "update" and node.keywords):
            yield node.lineno


def objects(tree):
    """A model's manager: views reach rows by `find` and queries."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            yield node.lineno


def unlooked(tree):
    """A view that finds a person, or what is about one, and writes down no look."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            found = [call for call in calls(function) if last_name(call) == "find"]
            if any(last_name(given) in SHOWS_A_PERSON for call in found for given in call.args):
                yield function.name


def form_saves(tree):
    """A form that writes by itself: what it holds goes to a command."""
    for node in calls(tree):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "save":
            owner = ast.unparse(node.func.value)
            if "form" in owner.lower():
                yield node.lineno
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and "ModelForm" in map(last_name, node.bases):
            yield node.lineno


def clocks(tree):
    """A look at the clock. `timezone.localdate(at)` reads none: it says which day `at` is here."""
    converted = {id(node.func) for node in calls(tree) if node.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (last_name(node.value), node.attr) in CLOCKS:
            converts = node.attr in {"localdate", "localtime"} and id(node) in converted
            if not converts:
                yield node.lineno


def strays(tree, home, also_open=()):
    """An import from inside another feature: features meet at models, queries and commands."""
    for line, parts in imports(tree):
        if parts[0] != "krets" or len(parts) < 4 or parts[1] not in STAGES:
            continue
        if parts[2] in FRONT_DOOR or ".".join(parts).startswith(tuple(also_open)):
            continue
        at_home = parts[1:3] == home or parts[1:3] in OPEN_TO_ALL_FEATURES
        if not at_home and parts[3] not in FRONT_DOOR:
            yield line


def personal_strings(tree):
    """A `__str__` that tells who somebody is: it ends up in logs and error reports."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name in {"__str__", "__repr__"}:
            told = [node for node in ast.walk(function) if isinstance(node, ast.Attribute)]
            if not all(TELLS_NOBODY.match(node.attr) for node in told):
                yield function.lineno


def hidden_writes(tree):
    """A save() override or a signal: order that no reader sees."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and part.name in {"save", "delete"}:
                    yield part.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals":
            yield node.lineno


def orderings(tree):
    """An order of the model's own: lists are ordered where they are made."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            for part in node.body:
                if isinstance(part, ast.Assign) and part.targets[0].id == "ordering":
                    yield part.lineno


def unsigned_commands(tree):
    """A function that takes `by` and is no command: nothing would see that it is recorded."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            signed = any(argument.arg == "by" for argument in node.args.kwonlyargs)
            handed_on = any(word.arg == "by" for call in calls(node) for word in call.keywords)
            hands_on_only = handed_on and not list(writes(node))
            is_command = "command" in map(last_name, node.decorator_list)
            if signed and not is_command and not hands_on_only:
                yield node.lineno


def assembled_texts(tree):
    """A text put together inside gettext: what is looked up would not be what was translated."""
    for node in calls(tree):
        if last_name(node.func) in GETTEXT and node.args:
            first = node.args[0]
            put = isinstance(first, ast.Call) and last_name(first.func) == "format"
            if put or isinstance(first, ast.JoinedStr | ast.BinOp):
                yield node.lineno


def cache_counts(tree):
    """cache.incr: it loses counts when two processes count at once. `kit.limits` does not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"incr", "decr"}:
            yield node.lineno


def mocks(tree):
    """A mock, which proves only that the code does what the code does."""
    for line, parts in imports(tree):
        if "mock" in parts:
            yield line


def naps(tree):
    """A sleep or a look at how long something took."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "time.sleep":
            yield node.lineno


def skips(tree):
    """A test that is skipped or expected to fail, without the reason."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "xfail"}:
            holder = next((call for call in calls(tree) if call.func is node), None)
            given = holder is not None and (
                any(word.arg == "reason" for word in holder.keywords)
                or (node.attr == "skip" and holder.args)
            )
            if not given:
                yield node.lineno


def bare_suppressions(text):
    """A check that was silenced without saying why."""
    for number, line in enumerate(text.splitlines(), 1):
        if SUPPRESSION.search(line):
            reason = REASON.search(line)
            if reason is None or len(reason[1].strip()) < SHORTEST_REASON:
                yield number


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def last_name(node):
    """Return `c` of `a.b.c` and of `a.b.c(…)`."""
    if isinstance(node, ast.Call):
        node = node.func
    return getattr(node, "id", getattr(node, "attr", ""))


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}".split(".")
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.split(".")
