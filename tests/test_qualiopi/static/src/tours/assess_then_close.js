import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

// Selectors name fields, menus and buttons by their technical names: the tour runs in
// any language.

registry.category("web_tour.tours").add("qualiopi_assess_then_close", {
    url: "/odoo",
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            content: "Open the application",
            trigger: '.o_app[data-menu-xmlid="qualiopi_compliance.menu_root"]',
            run: "click",
        },
        {
            content: "Seven criteria are seven columns",
            trigger: ".o_kanban_renderer .o_kanban_group:nth-of-type(7)",
        },
        {
            content: "Open the first indicator",
            trigger:
                ".o_kanban_group:eq(0) .o_kanban_record:not(.o_kanban_ghost):eq(0)",
            run: "click",
        },
        {
            content: "Say where we stand",
            trigger:
                '.o_field_widget[name="declared_status"] button[data-value="demonstrated"]',
            run: "click",
        },
        {
            content: "It is saved at once, with the day",
            trigger: '.o_field_widget[name="assessed_on"]:not(.o_field_empty)',
        },
        {
            content: "Beside what the records say",
            trigger: '.o_notebook_headers a[name="conclusion"]',
            run: "click",
        },
        {
            content: "Write the conclusion",
            trigger: '.o_field_widget[name="conclusion"] .odoo-editor-editable',
            run: "editor Fiche programme datée",
        },
        {
            content: "It is written",
            trigger:
                '.o_field_widget[name="conclusion"] .odoo-editor-editable:contains("datée")',
        },
        ...stepUtils.saveForm(),
        {
            content: "Go to the self-assessments",
            trigger:
                '.o_menu_sections [data-menu-xmlid="qualiopi_compliance.menu_self_assessment"]',
            run: "click",
        },
        {
            content: "Create one",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Name it",
            trigger: '.o_field_widget[name="name"] input',
            run: "edit Avant l'audit",
        },
        ...stepUtils.saveForm(),
        {
            content: "Look at its indicators",
            trigger: '.o_notebook_headers a[name="lines"]',
            run: "click",
        },
        {
            content: "They are there",
            trigger: '.o_field_widget[name="line_ids"] .o_data_row:eq(20)',
        },
        {
            content: "Close it",
            trigger: 'button[name="action_close"]',
            run: "click",
        },
        {
            content: "Some indicators are not assessed",
            trigger: '.modal .o_field_widget[name="unassessed_line_ids"] .o_data_row',
        },
        {
            content: "All the same",
            trigger: '.modal .o_field_widget[name="accept_unassessed"] input',
            run: "check",
        },
        {
            content: "Confirm",
            trigger: '.modal button[name="action_confirm"]',
            run: "click",
        },
        {
            content: "It is closed",
            trigger:
                'body:not(:has(.modal)) .o_field_widget[name="state"] button[data-value="closed"][aria-checked="true"]',
        },
        {
            content: "Nothing can be closed any more",
            trigger: '.o_form_view:not(:has(button[name="action_close"]))',
        },
    ],
});
