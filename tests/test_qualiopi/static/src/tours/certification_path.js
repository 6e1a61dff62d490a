import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

import {click, field, openPage, type} from "./tour_steps";

// From a company without anything to the surveillance audit, each tour on the screen
// where it happens. Selectors name fields, pages, buttons and menus by their technical
// names: the tours run in any language. What is refused on the way is met on purpose.

const DIALOG = ".modal:not(.o_inactive_modal)";
// Indicators that are looked at, less the three on which something is found.
const NOTHING_FOUND = 18;

const tours = registry.category("web_tour.tours");

const reached = (name, value) => ({
    content: `It is ${value}`,
    trigger: `body:not(:has(.modal)) .o_field_widget[name="${name}"] button[data-value="${value}"][aria-checked="true"]`,
});
const find = (name, text) => [
    {content: `Look for ${text}`, trigger: `${field(name)} input`, run: `edit ${text}`},
    click(`Choose ${text}`, `.o-autocomplete--dropdown-item a:contains(${text})`),
];
// A day that is known is a button, which becomes an input.
const date = (name, day, scope = "body") => [
    click(`Go to ${name}`, `${scope} [data-field="${name}"]`),
    {
        content: `Write ${name}`,
        trigger: `${scope} input[data-field="${name}"]`,
        run: `edit ${day} && press Enter`,
    },
];
const radio = (name, value) =>
    click(
        `Choose ${value}`,
        `${DIALOG} ${field(name)} input[type="radio"][data-value="${value}"]`
    );
const write = (name, text) => ({
    content: `Write ${name}`,
    trigger: `${DIALOG} ${field(name)} input, ${DIALOG} ${field(name)} textarea`,
    run: `edit ${text}`,
});
// The server says no, in a dialog of its own.
const refused = (words) => [
    {
        content: "It is refused",
        trigger: `${DIALOG} .o_error_dialog:contains(${words})`,
    },
    click("Understood", `${DIALOG} .o_error_dialog .modal-footer button`),
    {content: "One may go on", trigger: "body:not(:has(.o_error_dialog))"},
];

// The wizard between two stages.
const askNextStage = () =>
    click("Ask for the next stage", '[name="action_next_stage"]');
const missing = (count) => [
    askNextStage(),
    {
        content: "It says what is missing",
        trigger: `${DIALOG} .alert-danger ${field("missing_list")} li:eq(${count - 1})`,
    },
    {
        content: "There is no way on",
        trigger: `${DIALOG} .modal-footer:not(:has([name="action_apply"]))`,
    },
    click("Close", `${DIALOG} .modal-footer button[special="cancel"]`),
    {content: "The cycle is where it was", trigger: "body:not(:has(.modal))"},
];
const nextStage = (stage) => [
    askNextStage(),
    click("Go on", `${DIALOG} [name="action_apply"]`),
    reached("stage", stage),
];

tours.add("qualiopi_certification_declare", {
    steps: () => [
        {
            content: "Nothing is declared yet",
            trigger: ".alert-warning [name='action_open_organisation']",
            run: "click",
        },
        type("qualiopi_nda", "11755555555"),
        click(
            "Declare a category",
            `${field("qualiopi_company_category_ids")} .o_field_x2many_list_row_add a`
        ),
        ...find("category_id", "AFC"),
        {
            content: "It is in the last report",
            trigger: `${DIALOG} ${field("in_last_bpf")} input`,
            run: "check",
        },
        click("That is all", `${DIALOG} .o_form_button_save`),
        {
            content: "It is declared",
            trigger: `body:not(:has(.modal)) ${field("qualiopi_company_category_ids")} .o_data_row:contains(AFC)`,
        },
        {
            content: "Save the company, which loads the page anew",
            trigger: ".o_form_button_save:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        click(
            "Open the menu",
            '.o_menu_sections [data-menu-xmlid="qualiopi_compliance.menu_certification"]'
        ),
        click(
            "Our certificate",
            '.o-dropdown--menu [data-menu-xmlid="qualiopi_compliance.menu_certification_cycle"]'
        ),
        {
            content: "Nothing keeps us from beginning",
            trigger: `.o_form_view:not(:has(.alert-warning)) ${field("category_ids")} .o_tag:contains(AFC)`,
        },
        click("Begin", '[name="action_begin"]'),
        reached("stage", "self_assessment"),
    ],
});

tours.add("qualiopi_certification_apply", {
    steps: () => [
        askNextStage(),
        {
            content: "A self-assessment is asked for, not demanded",
            trigger: `${DIALOG} .alert-warning ${field("warning_list")} li`,
        },
        {content: "One may go on", trigger: `${DIALOG} [name="action_apply"]`},
        click("Not yet", `${DIALOG} .modal-footer button[special="cancel"]`),
        click(
            "Make the self-assessment",
            'body:not(:has(.modal)) [name="action_self_assess"]'
        ),
        openPage("lines"),
        {
            content: "Its indicators are there",
            trigger: `${field("line_ids")} .o_data_row:eq(20)`,
        },
        click("Close it", '[name="action_close"]'),
        {
            content: "Although some are not assessed",
            trigger: `${DIALOG} ${field("accept_unassessed")} input`,
            run: "check",
        },
        click("Confirm", `${DIALOG} [name="action_confirm"]`),
        reached("state", "closed"),
        click("Back to the cycle", ".o_back_button a, .o_back_button"),
        {
            content: "It is on the time line",
            trigger: `${field("timeline")} .o_qualiopi_done`,
        },
        ...nextStage("certifier_choice"),
        ...missing(1),
        ...find("certifier_id", "Certifolia"),
        ...stepUtils.saveForm(),
        ...nextStage("application"),
        // contract, pieces, an action in the category, statement, audit
        ...missing(5),
        openPage("application"),
        ...date("contract_signed_on", "05/01/2026"),
        ...date("sworn_on", "06/01/2026"),
        ...stepUtils.saveForm(),
        click("All pieces are given", '[name="action_give_all"]'),
        {
            content: "Nothing is left to give",
            trigger: '.o_form_view:not(:has([name="action_give_all"]))',
        },
        // still the action in the category and the audit
        ...missing(2),
        click("Plan the audit", '[name="action_plan_audit"]'),
        ...date("date_begin", "10/03/2026"),
        ...date("date_end", "11/03/2026"),
        ...stepUtils.saveForm(),
        reached("state", "planned"),
    ],
});

tours.add("qualiopi_certification_next", {
    steps: () => nextStage("initial_audit"),
});

const finding = (number, gravity, text) => [
    {
        content: `The screen shows indicator ${number}`,
        trigger: `body:not(:has(.modal)) h1 ${field("display_name")}:contains(/^${number}\\./)`,
    },
    click("Write a finding", '[name="action_add_finding"]'),
    radio("gravity", gravity),
    write("name", text),
    click("That is all", `${DIALOG} .o_form_button_save`),
    reached("decision", "finding"),
    click("Go to the next indicator", ".o_pager_next"),
];

tours.add("qualiopi_certification_audit", {
    steps: () => [
        click("Open the audit", '[name="action_open_audit"]'),
        reached("state", "running"),
        click("Close it too early", '[name="action_ask_close"]'),
        ...refused("1, 2, 4"),
        click("Go through the indicators", '[name="action_walk"]'),
        ...finding(1, "minor", "Délais d'accès absents de deux fiches"),
        ...finding(2, "minor", "Taux affichés sans période ni effectif"),
        {
            content: "Indicator 4 is major or nothing",
            trigger: `h1 ${field("display_name")}:contains(/^4\\./)`,
        },
        click("Write a finding", '[name="action_add_finding"]'),
        write("name", "Besoin non analysé dans trois dossiers"),
        radio("gravity", "minor"),
        {
            content: "It says why minor is refused",
            trigger: `${DIALOG} .alert-warning ${field("hint")}`,
        },
        radio("gravity", "major"),
        {
            content: "Nothing is in its way",
            trigger: `${DIALOG}:not(:has(.alert-warning))`,
        },
        click("That is all", `${DIALOG} .o_form_button_save`),
        reached("decision", "finding"),
        click("Go to the next indicator", ".o_pager_next"),
        ...Array.from({length: NOTHING_FOUND}, (_each, rank) =>
            click(`Nothing to report, ${rank + 1}`, '[name="action_seen"]:enabled')
        ),
        {
            content: "Every indicator is decided",
            trigger: '.o_form_view:not(:has([name="action_seen"]))',
        },
        click("Back to the audit", ".o_back_button a, .o_back_button"),
        click("Close the audit", '[name="action_ask_close"].btn-primary'),
        {
            content: "Three findings will be frozen",
            trigger: `${DIALOG} ${field("finding_ids")} .o_data_row:eq(2)`,
        },
        {
            content: "I understand",
            trigger: `${DIALOG} ${field("understood")} input`,
            run: "check",
        },
        click("Close and freeze", `${DIALOG} [name="action_confirm"]`),
        reached("state", "closed"),
        openPage("outcome"),
        {
            content: "What follows is said",
            trigger: `${field("verdict_text")} li`,
        },
        ...date("notified_on", "09/03/2026"),
        click("Save", ".o_form_button_save:enabled"),
        ...refused("09/03/2026"),
        ...date("notified_on", "17/03/2026"),
        ...stepUtils.saveForm(),
    ],
});

tours.add("qualiopi_certification_correct", {
    steps: () => [
        ...nextStage("corrections"),
        // a major one is open, and there is no certificate
        ...missing(2),
    ],
});

tours.add("qualiopi_certification_analyse", {
    steps: () => [
        click("Too early", '[name="action_analyse"]'),
        ...refused("4."),
        type("cause", "Rien n'oblige à joindre l'analyse avant la convention"),
        ...stepUtils.saveForm(),
        click("The cause is known", '[name="action_analyse"]'),
        reached("state", "analysed"),
        openPage("actions"),
        click("Plan an action", '[name="action_add_action"]'),
        write("name", "Grille obligatoire avant la convention"),
        click("That is all", `${DIALOG} .o_form_button_save`),
        {
            content: "It is planned",
            trigger: `body:not(:has(.modal)) ${field("action_ids")} .o_data_row:contains(Grille)`,
        },
        click("The plan was sent", '[name="action_record"].btn-primary'),
        ...date("day", "27/03/2026", DIALOG),
        click("Record it", `${DIALOG} [name="action_record"]`),
        reached("state", "plan_sent"),
        click("All done, too early", '[name="action_done"]'),
        ...refused("Grille"),
    ],
});

tours.add("qualiopi_certification_act", {
    steps: () => [
        click("Begin", '[name="action_start"]'),
        reached("state", "doing"),
        click("Done, without a word", '[name="action_done"]'),
        ...refused("Grille"),
        openPage("result"),
        type("result", "Grille en service depuis le 11 mai"),
        ...stepUtils.saveForm(),
        click("Done", '[name="action_done"]'),
        reached("state", "done"),
    ],
});

tours.add("qualiopi_certification_lift", {
    steps: () => [
        click("Record what happened", '[name="action_record"]:not(.btn-primary):eq(0)'),
        radio("step", "done"),
        ...date("day", "15/05/2026", DIALOG),
        click("Record it", `${DIALOG} [name="action_record"]`),
        reached("state", "done"),
        click("It was lifted", '[name="action_record"].btn-primary'),
        ...date("day", "28/05/2026", DIALOG),
        click("Record it without evidence", `${DIALOG} [name="action_record"]`),
        ...refused("4."),
        {
            content: "Look for what shows it",
            trigger: `${DIALOG} ${field("evidence_ids")} input`,
            run: "edit Relevé",
        },
        click("It is found", ".o-autocomplete--dropdown-item a:contains(Relevé)"),
        {
            content: "It is there",
            trigger: `${DIALOG} ${field("evidence_ids")} .o_tag:contains(Relevé)`,
        },
        click("Record it", `${DIALOG} [name="action_record"]`),
        reached("state", "lifted"),
    ],
});

tours.add("qualiopi_certification_certify", {
    steps: () => [
        ...missing(1),
        type("number", "CTF-2026-0093"),
        ...date("first_day", "01/06/2026"),
        ...stepUtils.saveForm(),
        ...nextStage("certified"),
        click("Plan the surveillance audit", '[name="action_plan_audit"]'),
        {
            content: "The window is explained",
            trigger: `${field("window_text")} li:eq(1):contains(01/04/2028)`,
        },
        ...date("date_begin", "31/07/2027"),
        {
            content: "A day too early is warned about",
            trigger: `.alert-warning ${field("warning_text")}:contains(31/07/2027)`,
        },
        ...date("date_begin", "14/09/2027"),
        ...date("date_end", "14/09/2027"),
        {
            content: "Within the window there is nothing to say",
            trigger: `.o_form_view:not(:has(.alert-warning ${field("warning_text")}))`,
        },
        ...stepUtils.saveForm(),
        reached("state", "planned"),
    ],
});

tours.add("qualiopi_certification_look", {
    steps: () => [
        openPage("timeline"),
        ...["14/09/2027", "01/08/2027", "31/05/2029", "10/03/2026"].map((day) => ({
            content: `The time line shows ${day}`,
            trigger: `${field("timeline")} .o_qualiopi_moment:contains(${day})`,
        })),
        {
            content: "The window is to scale",
            trigger: `${field("timeline")} .o_qualiopi_window`,
        },
        openPage("dates"),
        {
            content: "Each day is explained, with its source",
            trigger: `${field("dates_explained")} li:contains(31/05/2029) small`,
        },
        click("Open the calendar", '[name="action_open_calendar"]'),
        {content: "It is a calendar", trigger: ".o_calendar_view .o_calendar_widget"},
        click("As a list", ".o_switch_view.o_list"),
        {
            content: "The audit is in it",
            trigger: ".o_list_view .o_data_row:contains(14 sept. 2027)",
        },
        {
            content: "So is the end of the certificate",
            trigger: ".o_list_view .o_data_row:contains(31 mai 2029)",
        },
    ],
});
