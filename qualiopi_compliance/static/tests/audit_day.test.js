import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import "@qualiopi_compliance/audit_day/audit_day";

describe.current.tags("desktop");

/** Four indicators of an audit, one of them not looked at, and one of another. */
class AuditItem extends models.Model {
    _name = "qualiopi.audit.item";
    name = fields.Char();
    audit_id = fields.Many2one({relation: "qualiopi.audit"});
    asked = fields.Selection({
        selection: [
            ["yes", "Yes"],
            ["no", "No"],
        ],
    });
    decision = fields.Selection({
        selection: [
            ["undecided", "To be decided"],
            ["seen", "Nothing to report"],
        ],
    });
    _records = [
        {id: 1, name: "One", audit_id: 1, asked: "yes", decision: "seen"},
        {id: 2, name: "Two", audit_id: 1, asked: "yes", decision: "undecided"},
        {id: 3, name: "Three", audit_id: 1, asked: "no", decision: "undecided"},
        {id: 4, name: "Four", audit_id: 1, asked: "yes", decision: "undecided"},
        {id: 5, name: "Five", audit_id: 2, asked: "yes", decision: "undecided"},
    ];
}

class Audit extends models.Model {
    _name = "qualiopi.audit";
    name = fields.Char();
    _records = [
        {id: 1, name: "Mock"},
        {id: 2, name: "Other"},
    ];
}

defineMailModels();
defineModels([AuditItem, Audit]);

async function open(resId, resIds) {
    await mountView({
        type: "form",
        resModel: "qualiopi.audit.item",
        resId,
        resIds,
        arch: `<form js_class="qualiopi_audit_day">
            <header><button name="action_seen" type="object" string="Nothing"/></header>
            <field name="name"/>
            <field name="decision"/>
        </form>`,
    });
}

function decide() {
    onRpc("action_seen", function ({args}) {
        this.env["qualiopi.audit.item"].write(args[0], {decision: "seen"});
        return true;
    });
}

test("opened on one, the pager goes through all that are looked at", async () => {
    await open(2);
    expect(".o_pager_value").toHaveText("2");
    expect(".o_pager_limit").toHaveText("3");
    await contains(".o_pager_next").click();
    expect("[name=name] input").toHaveValue("Four");
});

test("opened from a list, it keeps to that list", async () => {
    await open(5, [5, 4]);
    expect(".o_pager_limit").toHaveText("2");
});

test("one that is not looked at is shown alone", async () => {
    await open(3);
    expect("[name=name] input").toHaveValue("Three");
    expect(".o_pager_limit").toHaveText("1");
});

test("deciding goes on to the next undecided one", async () => {
    decide();
    await open(2);
    await contains("button[name=action_seen]").click();
    await animationFrame();
    expect("[name=name] input").toHaveValue("Four");
    expect(".o_pager_value").toHaveText("3");
});

test("after the last one, it goes back to what was left out", async () => {
    decide();
    await open(4);
    await contains("button[name=action_seen]").click();
    await animationFrame();
    expect("[name=name] input").toHaveValue("Two");
    await contains("button[name=action_seen]").click();
    await animationFrame();
    expect("[name=name] input").toHaveValue("Two");
    expect(".o_notification").toHaveText(/Every indicator is decided/);
});

test("what was refused stays", async () => {
    // Nothing is written
    onRpc("action_seen", () => true);
    await open(2);
    await contains("button[name=action_seen]").click();
    await animationFrame();
    expect("[name=name] input").toHaveValue("Two");
});
