"""Things that are done in one way here, or not at all, each with the harm that made it a rule."""

import ast

from tests.house.source import Module, calls, modules

CLOCKS = {"now", "today", "utcnow", "currentDate", "currentDateTime", "currentTime"}
MAY_READ_THE_CLOCK = ("db/store/clock.py", "desktop/app/")


def test_no_star_imports() -> None:
    stars = [module.path for module in modules("db", "desktop", "tests") for n in module.imports() if n.endswith(".*")]
    assert not stars


def test_no_event_loop_inside_the_event_loop() -> None:
    """processEvents lets a second click in while the first is half done; long work goes to the worker."""
    found = [
        module.at(node)
        for module in modules("desktop")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "processEvents"
    ]
    assert not found


def test_no_lambda_is_connected_to_a_signal() -> None:
    """A lambda or partial that holds self keeps the window alive after it was closed; connect a bound method."""
    found = [
        module.at(call)
        for module in modules("desktop")
        for call in calls(module)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "connect"
        if any(_captures(argument) for argument in call.args)
    ]
    assert not found


def _captures(argument: ast.expr) -> bool:
    if isinstance(argument, ast.Lambda):
        return True
    return isinstance(argument, ast.Call) and ast.unparse(argument.func) in {"partial", "functools.partial"}


def test_no_field_is_treated_by_its_name() -> None:
    """What is special about a field is declared with it or written as code of its own, never looked up by key."""
    found = [
        f"{module.path}:{getattr(node, 'lineno', '?')}"
        for module in modules("db", "desktop")
        for node in ast.walk(module.tree)
        if _asks_for_a_key(node)
    ]
    assert not found


def _asks_for_a_key(node: ast.AST) -> bool:
    if isinstance(node, ast.Match):
        return _is_field_key(node.subject)
    if not isinstance(node, ast.Compare) or not any(_is_field_key(side) for side in (node.left, *node.comparators)):
        return False
    literal = isinstance(node.comparators[0], ast.Tuple | ast.List | ast.Set)
    return literal or isinstance(node.ops[0], ast.Eq | ast.NotEq)


def _is_field_key(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "key"
        and isinstance(node.value, ast.Name)
        and node.value.id.endswith("field")
    )


def test_no_date_is_formatted_with_words_in_the_format() -> None:
    """Windows encodes the format in the language the computer is set to; 年 in it is an error where that is not Chinese."""
    found = [
        module.at(node)
        for module in modules("db", "desktop")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.expr) and _words_in_format(node)
    ]
    assert not found


def _words_in_format(node: ast.expr) -> bool:
    if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
        told: list[ast.expr] = [node.format_spec]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strftime":
        told = node.args
    else:
        return False
    texts = [part.value for one in told for part in ast.walk(one) if isinstance(part, ast.Constant)]
    return any(isinstance(text, str) and "%" in text and not text.isascii() for text in texts)


def test_the_clock_is_read_in_one_place() -> None:
    """A date is an argument: a notice must be checked as of any day, and the clock of an office PC is often wrong."""
    found = [
        module.at(call)
        for module in modules("db", "desktop")
        if not module.path.startswith(MAY_READ_THE_CLOCK)
        for call in calls(module)
        if _reads_the_clock(call)
    ]
    assert not found


def _reads_the_clock(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = ast.unparse(call.func.value).split(".")[-1]
    if owner == "time":
        return call.func.attr in {"time", "time_ns"} or (call.func.attr == "localtime" and not call.args)
    return call.func.attr in CLOCKS and owner in {"datetime", "date", "dt", "QDate", "QDateTime", "QTime"}


def _names_resources(module: Module) -> bool:
    return any(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (node.value == "resources" or node.value.startswith("resources/"))
        for node in ast.walk(module.tree)
    )


def test_resources_are_opened_through_one_function() -> None:
    """Where resources lie differs between a clone and an installation, so one place a package knows it."""
    for package in ("db", "desktop"):
        knowing = [module.path for module in modules(package) if _names_resources(module)]
        assert len(knowing) <= 1, knowing


def test_nothing_is_put_off_by_a_single_shot_with_a_context() -> None:
    """Such a timer outlives its context and brings the program down; `desktop.widgets.later` is there for it."""
    found = [
        module.at(call)
        for module in modules("desktop")
        for call in calls(module)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "singleShot" and len(call.args) > 2
    ]
    assert found == []
