"""The checklist's form: SQL queries of opening it, time beside core's partner list."""

from lxml import etree

BUDGET_QUERIES = 15
# Core's own partner list with the columns that everybody has, as many rows.
PARTNER_FIELDS = ("display_name", "email", "phone", "city", "country_id", "user_id")


def run(env, bench):
    checklist = env["qualiopi.checklist"].search([("kind", "=", "living")], limit=1)
    if not checklist.line_ids:
        raise SystemExit("There is no checklist with lines: start with --demo.")
    specification = form_specification(env, "qualiopi.checklist")

    def open_form():
        return checklist.web_read(specification)

    partners = env["res.partner"].create(
        [{"name": f"Partner {number}"} for number in checklist.line_ids.ids]
    )

    def open_partners():
        columns = {
            name: field_specification(env, partners._fields[name])
            for name in PARTNER_FIELDS
        }
        return partners.web_read(columns)

    form, core = bench.median(open_form), bench.median(open_partners)
    bench.report("lines of the checklist", len(checklist.line_ids))
    bench.report("the form, median of 30 (ms)", round(form * 1000, 1))
    bench.report(f"{len(partners)} partners (ms)", round(core * 1000, 1))
    bench.report("ratio", round(form / core, 2))
    bench.report("queries of the partners", bench.queries(open_partners))
    bench.budget("queries of the form", bench.queries(open_form), BUDGET_QUERIES)


def form_specification(env, model):
    """What the web client asks `web_read` for when it opens the model's form."""
    arch = etree.fromstring(env[model].get_view(view_type="form")["arch"])
    return specification_of(env, env[model], arch)


def specification_of(env, model, arch):
    found = {}
    for node in arch.iter("field"):
        # A field of a list inside another field belongs to that one.
        if any(parent.tag == "field" for parent in ancestors(node, arch)):
            continue
        field = model._fields[node.get("name")]
        found[field.name] = field_specification(env, field, node)
    return found


def ancestors(node, top):
    while (node := node.getparent()) is not None and node is not top:
        yield node


def field_specification(env, field, node=None):
    if field.type == "many2one":
        return {"fields": {"display_name": {}}}
    if field.type not in ("one2many", "many2many"):
        return {}
    inner = node.find("list") if node is not None else None
    if inner is None:
        return {"fields": {"display_name": {}}}
    comodel = env[field.comodel_name]
    return {"fields": specification_of(env, comodel, inner), "limit": 40}
