import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

import {click, field, openPage, type} from "./tour_steps";

// A firm, its contract, its trainer, his assignment. Selectors name fields, pages and
// buttons by their technical names: the tours run in any language.

const find = (name, text) => [
    {content: `Look for ${text}`, trigger: `${field(name)} input`, run: `edit ${text}`},
    click(`Choose ${text}`, `.o-autocomplete--dropdown-item a:contains(${text})`),
];
const state = (value) => ({
    content: `It is ${value}`,
    trigger: `.o_field_widget[name="state"] button[data-value="${value}"][aria-checked="true"]`,
});

const tours = registry.category("web_tour.tours");

tours.add("qualiopi_trainer_firm", {
    steps: () => [
        ...find("partner_id", "Atelier Dupont"),
        type("nda", "84691234567"),
        ...stepUtils.saveForm(),
        {
            content: "The file says what it lacks",
            trigger: `.alert ${field("missing_list")} li`,
        },
        click("Begin a contract", 'button[name="action_new_contract"]'),
        {
            content: "It is a contract with this firm",
            trigger: `${field("subcontractor_id")} input:value(/Dupont/)`,
        },
        type("tasks", "Animation du module 2"),
        ...stepUtils.saveForm(),
        click("Both have signed", 'button[name="action_sign"]'),
        state("signed"),
    ],
});

tours.add("qualiopi_trainer_person", {
    steps: () => [
        ...find("partner_id", "Karim Dupont"),
        {
            content: "A subcontractor, of the firm he works for",
            trigger: `${field("subcontractor_id")} input:value(/Dupont/)`,
        },
        click(
            "Add a programme",
            `${field("program_ids")} .o_field_x2many_list_row_add a`
        ),
        click("The first one", ".modal .o_data_row:eq(0) td[name='name']"),
        {
            content: "It is there",
            trigger: `.o_form_view:not(:has(.modal)) ${field("program_ids")} .o_data_row`,
        },
        ...stepUtils.saveForm(),
        click("He may teach", 'button[name="action_activate"]'),
        state("active"),
    ],
});

tours.add("qualiopi_trainer_assignment", {
    steps: () => [
        openPage("qualiopi_training"),
        click(
            "Add a trainer",
            `${field("qualiopi_assignment_ids")} .o_field_x2many_list_row_add a`
        ),
        ...find("trainer_id", "Karim Dupont"),
        {content: "He does not fit", trigger: ".modal .modal-body"},
        click("Understood", ".modal .modal-footer button"),
        type("waiver", "Jury le mois prochain, binôme d'ici là"),
        ...stepUtils.saveForm(),
        {
            content: "The waiver answers it",
            trigger: `${field("qualiopi_assignment_ids")} .o_data_row .text-bg-warning`,
        },
    ],
});
