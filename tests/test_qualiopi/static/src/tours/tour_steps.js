// Steps that many tours take. Selectors name fields, pages and buttons by their technical
// names: the tours run in any language.

export const field = (name) => `.o_field_widget[name="${name}"]`;

export const click = (content, trigger) => ({content, trigger, run: "click"});

export const openPage = (name) =>
    click(`Open the page ${name}`, `.o_notebook_headers a[name="${name}"]`);

export const type = (name, text) => ({
    content: `Write ${name}`,
    trigger: `${field(name)} input, ${field(name)} textarea`,
    run: `edit ${text}`,
});
