import {registry} from "@web/core/registry";

import {click} from "./tour_steps";

// What a prospect does on the website, as a visitor whom nobody knows. Selectors name
// filters, sections and fields by their technical names: the tour runs in any language.

const card = (name) => `.o_qualiopi_card:contains(${name})`;
const form = ".o_qualiopi_request_form";
const leave = (step) => ({...step, expectUnloadPage: true});
const write = (name, text) => ({
    content: `Write ${name}`,
    trigger: `${form} [name="${name}"]`,
    run: `edit ${text}`,
});

registry.category("web_tour.tours").add("qualiopi_prospect_path", {
    steps: () => [
        {
            content: "Both programmes are offered",
            trigger: `body:has(${card("Bilan")}) ${card("Tableur")}`,
        },
        {
            content: "Choose trainings",
            trigger: '.o_qualiopi_filters select[name="category"]',
            run: "select AFC",
        },
        leave(
            click("Apply the filter", ".o_qualiopi_filters .row button.btn-secondary")
        ),
        {
            content: "The other programme is left out",
            trigger: `body:not(:has(${card("Bilan")})) ${card("Tableur")}`,
        },
        leave(click("Open the programme", `${card("Tableur")} h2 a`)),
        {
            content: "Its objectives are there",
            trigger: "#wrap:contains(Construire un tableau croisé)",
        },
        {
            content: "So is who to ask about a disability",
            trigger: "#wrap:contains(Nadia Referente)",
        },
        leave(click("Ask for a place in the session", '#sessions a[href*="session="]')),
        {
            content: "The session is chosen already",
            trigger: `${form} select[name="session"]:has(option[selected])`,
        },
        {
            content: "A place is asked for",
            trigger: `${form} #kind-place:checked`,
        },
        write("contact_name", "Zoé Blanc"),
        write("email", "zoe.blanc@example.com"),
        write("phone", "06 11 22 33 44"),
        write("organisation", "Atelier Blanc"),
        write("need", "Suivre les ventes de l'atelier"),
        {
            content: "Say who pays",
            trigger: `${form} select[name="funding"]`,
            run: "select company",
        },
        click("An adjustment is needed", `${form} #adjustment-yes`),
        write("adjustment_note", "Une boucle magnétique"),
        click("It may be kept", `${form} #adjustment_consent`),
        click("The details may be used", `${form} #agreed`),
        leave(click("Send", `${form} button[type="submit"]`)),
        {
            content: "What happens next is said",
            trigger: ".o_qualiopi_request_thanks:contains(zoe.blanc@example.com)",
        },
    ],
});
