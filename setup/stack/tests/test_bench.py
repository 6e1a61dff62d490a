"""What a benchmark is measured with."""

from stack.command_bench import BENCHMARKS, benchmarks, measured_addons


def names(benchmark):
    return [addon.name for addon in measured_addons(BENCHMARKS / f"{benchmark}.py")]


def test_back_office_is_measured_without_website():
    for benchmark in set(benchmarks()) - {"pages"}:
        assert names(benchmark) == ["qualiopi_compliance"]


def test_pages_are_measured_with_the_website():
    assert names("pages") == ["qualiopi_compliance", "qualiopi_compliance_portal"]
