from odoo.tests import BaseCase, tagged

from ..models.results.kept_back import Figure, also_kept_back
from .publication_common import PublicationCase


@tagged("post_install", "-at_install")
class TestAlsoKeptBack(BaseCase):
    """Nothing that is kept back is to be worked out from a total."""

    def test_the_smallest_other_programme_is_kept_back_too(self):
        rows = {1: Figure(2, True), 2: Figure(9), 3: Figure(4), 4: Figure(0)}
        self.assertEqual(also_kept_back({7: Figure(15)}, {7: rows}), (set(), {3}))

    def test_two_hide_each_other(self):
        rows = {1: Figure(2, True), 2: Figure(1, True), 3: Figure(9)}
        self.assertEqual(also_kept_back({7: Figure(12)}, {7: rows}), (set(), set()))

    def test_nothing_kept_back_is_nothing_to_hide(self):
        rows = {1: Figure(2), 2: Figure(9)}
        self.assertEqual(also_kept_back({7: Figure(11)}, {7: rows}), (set(), set()))

    def test_a_category_kept_back_needs_another_and_one_of_its_programmes(self):
        categories = {7: Figure(2, True), 8: Figure(20), 9: Figure(9)}
        programs = {
            7: {1: Figure(2, True)},
            8: {2: Figure(12), 3: Figure(8)},
            9: {4: Figure(6), 5: Figure(3)},
        }
        self.assertEqual(also_kept_back(categories, programs), ({9}, {5}))

    def test_what_hides_a_category_may_be_kept_back_already(self):
        categories = {7: Figure(2, True), 8: Figure(9)}
        programs = {7: {1: Figure(2, True)}, 8: {2: Figure(2, True), 3: Figure(7)}}
        self.assertEqual(also_kept_back(categories, programs), ({8}, {3}))

    def test_alone_it_is_its_total(self):
        self.assertEqual(
            also_kept_back({7: Figure(2, True)}, {7: {1: Figure(2, True)}}),
            (set(), set()),
        )


@tagged("post_install", "-at_install")
class TestKeptBack(PublicationCase):
    """A few anonymous answers, in what is published."""

    def test_kept_back_and_not_to_be_worked_out(self):
        secret = self.new_survey("Whisper", qualiopi_anonymous=True)
        programs = self.env["qualiopi.program"]
        for name, marks in (("Few", (2, 5)), ("Middle", (5, 5, 4)), ("Many", (5,) * 7)):
            program = self.new_program(name=name)
            self.new_version(program)
            session = self.new_session(qualiopi_program_id=program.id)
            learners = self.new_learners(session, len(marks))
            survey = secret if name == "Few" else None
            self.give(session, learners, marks, survey)
            programs |= program
        few, middle, many = programs
        found = self.new_results()
        rate = self.rate(self.line(found, few), "satisfaction")
        self.assertEqual(rate["state"], "kept_back")
        self.assertEqual((rate["value"], rate["counts"]), ("", "2 answered"))
        # with the total of the category it would tell those two
        rate = self.rate(self.line(found, middle), "satisfaction")
        self.assertEqual(rate["state"], "kept_back")
        self.assertEqual((rate["value"], rate["counts"]), ("", "3 answered"))
        self.assertIn("Kept back", rate["note"])
        self.assertEqual(
            self.rate(self.line(found, many), "satisfaction")["value"], "100 %"
        )
        self.assertTrue(self.rate(self.line(found), "satisfaction")["value"])
        # other rates say nothing of who answered what
        self.assertEqual(
            self.rate(self.line(found, middle), "completion")["counts"], "3 of 3"
        )
