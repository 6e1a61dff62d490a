import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

import {click, field} from "./tour_steps";

// From the enquiry to the weak point noted for action, each tour on the screen where it
// happens: the back office, or the public page of a survey. Selectors name fields, pages
// and buttons by their technical names: the tours run in any language.

const tours = registry.category("web_tour.tours");

// What a visitor does on the public page of a survey.
const question = (place) => `.js_question-wrapper:eq(${place})`;
const begin = () => [
    click("Begin", 'button[value="start"]:not(.disabled)'),
    {content: "The questions are there", trigger: ".js_question-wrapper"},
];
const submit = () => [
    click("Send", 'button[value="finish"]:not(.disabled)'),
    click("Yes, send", ".modal .modal-footer .btn-primary"),
    {content: "Thank you", trigger: ".o_survey_finished"},
];
const write = (place, text) => ({
    content: `Write the answer to question ${place}`,
    trigger: `${question(place)} textarea, ${question(place)} input[type="text"]`,
    run: `edit ${text}`,
});
const choose = (place) =>
    click(
        `Choose the first answer to question ${place}`,
        `${question(place)} .o_survey_choice_btn:eq(0)`
    );

tours.add("qualiopi_feedback_request", {
    steps: () => [
        {
            content: "The request asks for a programme",
            trigger: `${field("qualiopi_program_id")} input:value(/\\S/)`,
        },
        click("Send the need form", 'button[name="action_qualiopi_ask_need"]'),
        {
            content: "It is on its way",
            trigger: `${field("qualiopi_need_sent")}:contains(zoe.blanc@example.com)`,
        },
    ],
});

tours.add("qualiopi_feedback_need", {
    steps: () => [
        ...begin(),
        write(0, "Réparer mes machines moi-même"),
        click(
            "Say how much is known",
            ".js_question-wrapper:has(.o_survey_choice_btn):eq(0) .o_survey_choice_btn:eq(0)"
        ),
        ...submit(),
    ],
});

tours.add("qualiopi_feedback_register", {
    steps: () => [
        {
            content: "The need came back to the request",
            trigger: `${field("qualiopi_need")} textarea:value(/machines/)`,
        },
        click("Register the learner", 'button[name="action_qualiopi_register"]'),
        {
            content: "The only session to come is chosen",
            trigger: `.modal ${field("event_id")} input:value(/\\S/)`,
        },
        {
            content: "Whoever asked is the learner",
            trigger: `.modal ${field("line_ids")} .o_data_row:eq(0):contains(Zoé Blanc)`,
        },
        click("Register", '.modal button[name="action_register"]'),
        {
            content: "The learner's file is there, as a request",
            trigger: ".o_list_view .o_data_row:eq(0):contains(Zoé Blanc)",
        },
    ],
});

tours.add("qualiopi_feedback_entry", {
    steps: () => [...begin(), ...[0, 1, 2, 3].map(choose), ...submit()],
});

tours.add("qualiopi_feedback_proposal", {
    steps: () => [
        {
            content: "The entry assessment proposes something",
            trigger: `.alert ${field("qualiopi_proposal")}:contains(remise)`,
        },
        click(
            "Dismiss it without reason",
            'button[name="action_qualiopi_dismiss_proposal"]'
        ),
        {content: "It is refused", trigger: ".modal .modal-body"},
        click("Understood", ".modal .modal-footer button"),
        click("Confirm it", 'button[name="action_qualiopi_confirm_proposal"]'),
        {
            content: "Nothing is left to decide",
            trigger: `.o_form_view:not(:has(.alert ${field("qualiopi_proposal")}))`,
        },
        click("Look at the follow-up", '.o_notebook_headers a[name="during"]'),
        {
            content: "The adaptation is a follow-up",
            trigger: `${field("qualiopi_follow_up_ids")} .o_data_row:contains(remise)`,
        },
    ],
});

tours.add("qualiopi_feedback_answer", {
    steps: () => [
        ...begin(),
        {
            content: "The lowest mark everywhere",
            trigger: `${question(0)} .o_survey_choice_btn`,
            run: () => {
                for (const scale of document.querySelectorAll(".js_question-wrapper")) {
                    scale.querySelector(".o_survey_choice_btn")?.click();
                }
            },
        },
        {
            content: "The last mark is taken",
            trigger: ".js_question-wrapper .o_survey_selected",
        },
        ...submit(),
    ],
});

tours.add("qualiopi_feedback_results", {
    steps: () => [
        // with a website there are more buttons than the form has room for
        click("Open the other buttons", ".o_button_more"),
        click("Open the results", 'button[name="action_open_results"]'),
        {
            content: "The rates of the programme are shown",
            trigger: `${field("rates_html")} table td:contains(%)`,
        },
        click("Look for weak points", 'button[name="action_find_weak_points"]'),
        click("Open the first one", ".o_data_row:eq(0) td:eq(1)"),
        {
            content: "Say who sees to it",
            trigger: `${field("user_id")} input`,
            run: "edit q_manager",
        },
        click("It is found", ".o-autocomplete--dropdown-item:contains(q_manager)"),
        {
            content: "Say what is done",
            trigger: `${field("action")} textarea`,
            run: "edit Revoir les exercices avec le formateur",
        },
        ...stepUtils.saveForm(),
        click("Note it for action", 'button[name="action_note"]'),
        {
            content: "It is noted",
            trigger:
                '.o_field_widget[name="state"] button[data-value="noted"][aria-checked="true"]',
        },
    ],
});
