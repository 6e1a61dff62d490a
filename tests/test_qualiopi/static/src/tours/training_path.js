import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

import {click, field, openPage, type} from "./tour_steps";

// From the catalogue to the certificate, each tour on the screen where it happens.
// Selectors name fields, pages and buttons by their technical names: the tours run in
// any language. Choices of a list are told by their place in it.

const choose = (name, place) => [
    click(`Open the choices of ${name}`, `${field(name)} input`),
    click(`Choose ${name}`, `.o_select_menu_item:eq(${place})`),
];

// A printed document opens in a tab of its own, which would take the tour's place in the
// browser: its address is kept on the page instead.
const print = (content, button) => [
    {
        content: "Keep the address of what is printed",
        trigger: "body",
        run: () => {
            delete document.body.dataset.printed;
            browser.open = (url) => {
                document.body.dataset.printed = url;
                return window;
            };
        },
    },
    click(content, `button[name="${button}"]`),
    {
        content: "It was printed",
        trigger: 'body[data-printed^="/qualiopi/documents/"]',
    },
];

const tours = registry.category("web_tour.tours");

tours.add("qualiopi_training_program", {
    steps: () => [
        {
            content: "The sheet says what it lacks",
            trigger: `.alert ${field("missing_list")}`,
        },
        click("Validate it too early", 'button[name="action_validate"]'),
        {content: "It is refused", trigger: ".modal .modal-body"},
        click("Understood", ".modal .modal-footer button"),
        type("audience", "Ajusteurs et chaudronniers"),
        ...stepUtils.saveForm(),
        {
            content: "Nothing is missing any more",
            trigger: `.o_form_view:not(:has(.alert ${field("missing_list")}))`,
        },
        click("Validate it", 'button[name="action_validate"]'),
        {
            content: "It is validated, with a version",
            trigger:
                '.o_field_widget[name="state"] button[data-value="validated"][aria-checked="true"]',
        },
    ],
});

tours.add("qualiopi_training_session", {
    steps: () => [
        {
            content: "Choose the programme",
            trigger: `${field("qualiopi_program_id")} input`,
            run: "edit Souder",
        },
        click("It is found", ".o-autocomplete--dropdown-item:contains(Souder)"),
        openPage("qualiopi_training"),
        {
            content: "The version followed is filled in",
            trigger: `${field("qualiopi_version_id")} input:value(/\\S/)`,
        },
        ...stepUtils.saveForm(),
        click("Plan the half-days", 'button[name="action_qualiopi_plan_half_days"]'),
        {
            content: "Two days are four half-days",
            trigger: `${field("qualiopi_half_day_ids")} .o_data_row:eq(3)`,
        },
        // with a website there are more buttons than the form has room for
        click("Open the other buttons", ".o_button_more"),
        click("Look at the learners", 'button[name="action_qualiopi_learner_files"]'),
        click("A new one", ".o_list_button_add"),
        {
            content: "Name the learner",
            trigger: `${field("name")} input`,
            run: "edit Jeanne Roux",
        },
        type("qualiopi_price", "900"),
        // an individual who pays: the third choice from the end
        ...choose("qualiopi_funding", 15),
        ...stepUtils.saveForm(),
        {
            content: "It is a request, not an enrolment",
            trigger:
                '.o_field_widget[name="state"] button[data-value="draft"][aria-checked="true"]',
        },
    ],
});

tours.add("qualiopi_training_learner", {
    steps: () => [
        click("Enrol too early", 'button[name="action_confirm"]'),
        {content: "It is refused, with reasons", trigger: ".modal .modal-body"},
        click("Understood", ".modal .modal-footer button"),
        {
            content: "Say when the need was analysed",
            trigger: `${field("qualiopi_need_on")} input`,
            run: "edit 01/02/2026 && press Enter",
        },
        {
            content: "Say when the contract was signed",
            trigger: `${field("qualiopi_contract_on")} input`,
            run: "edit 10/02/2026 && press Enter",
        },
        ...stepUtils.saveForm(),
        click("Enrol", 'button[name="action_confirm"]'),
        {
            content: "The learner is enrolled",
            trigger:
                '.o_field_widget[name="state"] button[data-value="open"][aria-checked="true"]',
        },
        // printing reads the form again: nothing may be typed meanwhile
        ...print("Print the contract", "action_qualiopi_print_contract"),
    ],
});

tours.add("qualiopi_training_attendance", {
    steps: () => [
        click(
            "Go to the first half-day",
            '.o_qualiopi_cell[data-row="0"][data-column="0"]'
        ),
        {
            content: "All present on the second one, by a click on the day",
            trigger: '.o_qualiopi_fill[data-column="1"]',
            run: "click",
        },
        click("Save", ".o_qualiopi_save:enabled"),
        {
            content: "Nothing is left to save",
            trigger: ".o_qualiopi_save:disabled:not(:has(.badge))",
        },
    ],
});

tours.add("qualiopi_training_outcome", {
    steps: () => [
        openPage("outcomes"),
        click(
            "Prepare a line for each objective",
            'button[name="action_qualiopi_prepare_outcomes"]'
        ),
        click(
            "The first objective",
            `${field("qualiopi_outcome_ids")} .o_data_row:eq(0) td[name="result"]`
        ),
        ...choose("result", 0),
        ...stepUtils.saveForm(),
        ...print("Print the certificate", "action_qualiopi_print_certificate"),
        openPage("end"),
        {
            content: "The certificate is dated on the file",
            trigger: `${field("qualiopi_certificate_on")}:not(.o_field_empty)`,
        },
    ],
});
