import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryFirst, setInputFiles} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    allowTranslations,
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {session} from "@web/session";
import {droppedFiles} from "@qualiopi_compliance/evidence_drop/evidence_upload";

describe.current.tags("desktop");

class Course extends models.Model {
    _name = "course";
    name = fields.Char({required: true});
    _records = [{id: 1, name: "Spreadsheets"}];
}

defineMailModels();
defineModels([Course]);

const file = (name, content = "x") => new File([content], name);
const NOTHING = {made: [], known: [], refused: []};

/** Show the zone on a record, with a server that takes what it is sent. */
async function open({told = NOTHING, sent, resId = 1, ...view} = {}) {
    let number = 10;
    mockService("http", {
        post(route, params) {
            expect.step(`send ${params.ufile[0].name} ${params.model} ${params.id}`);
            number += 1;
            return sent?.(params.ufile[0]) ?? JSON.stringify([{id: number}]);
        },
    });
    onRpc("qualiopi.evidence", "action_receive_files", ({args, kwargs}) => {
        expect.step(`make ${args[0]} ${kwargs.res_model} ${kwargs.res_id}`);
        return structuredClone(told);
    });
    await mountView({
        type: "form",
        resModel: "course",
        resId,
        arch: `<form><sheet>
            <field name="name"/>
            <widget name="qualiopi_evidence_drop"/>
        </sheet></form>`,
        ...view,
    });
}

async function choose(...files) {
    await contains(".o_qualiopi_choose").click();
    await setInputFiles(files);
    await animationFrame();
    await animationFrame();
}

test("each file is sent, one draft is made of each", async () => {
    const made = [
        {id: 5, name: "a"},
        {id: 6, name: "b"},
    ];
    await open({told: {...NOTHING, made}});
    await choose(file("a.pdf"), file("b.pdf"));
    expect.verifySteps([
        "send a.pdf qualiopi.evidence 0",
        "send b.pdf qualiopi.evidence 0",
        "make 11,12 course 1",
    ]);
    expect(".o_qualiopi_told p:first").toHaveText(/Drafts made: a, b\./);
    mockService("action", {doAction: (action) => expect.step(`open ${action}`)});
    onRpc("qualiopi.evidence", "action_open_received", ({args}) => `${args[0]}`);
    await contains(".o_qualiopi_open").click();
    expect.verifySteps(["open 5,6"]);
});

test("what is known and what is refused is said", async () => {
    await open({
        told: {
            made: [{id: 5, name: "a"}],
            known: [{id: 5, name: "a.pdf", notice: "Filed already: “Rules”."}],
            refused: [{name: "b.pdf", reason: "“b.pdf” is empty."}],
        },
    });
    await choose(file("a.pdf"), file("b.pdf"));
    expect(queryAllTexts(".o_qualiopi_told li")).toEqual([
        "a.pdf: Filed already: “Rules”.Look at It",
        "“b.pdf” is empty.",
    ]);
    mockService("action", {doAction: (action) => expect.step(`open ${action}`)});
    onRpc("qualiopi.evidence", "action_open_same_files", ({args}) => `${args[0]}`);
    await contains(".o_qualiopi_look").click();
    await contains(".o_qualiopi_told .btn-close").click();
    expect(".o_qualiopi_told").toHaveCount(0);
    expect.verifySteps([
        "send a.pdf qualiopi.evidence 0",
        "send b.pdf qualiopi.evidence 0",
        "make 11,12 course 1",
        "open 5",
    ]);
});

test("one that is too large, or does not arrive, does not keep the others", async () => {
    patchWithCleanup(session, {max_file_upload_size: 3});
    await open({
        told: {...NOTHING, made: [{id: 5, name: "c"}]},
        sent({name}) {
            if (name === "lost.pdf") {
                throw new Error("no network");
            }
        },
    });
    await choose(file("large.pdf", "four"), file("lost.pdf"), file("c.pdf"));
    expect.verifySteps([
        "send lost.pdf qualiopi.evidence 0",
        "send c.pdf qualiopi.evidence 0",
        "make 12 course 1",
    ]);
    const [large, lost] = queryAllTexts(".o_qualiopi_told li");
    expect(large).toMatch(/“large\.pdf” is too large/);
    expect(lost).toMatch(/“lost\.pdf” could not be sent/);
});

test("a new record is saved first, and only then", async () => {
    await open({resId: false});
    await choose(file("a.pdf"));
    // it has no name: it cannot be saved, nothing is sent
    expect.verifySteps([]);
    onRpc("course", "web_save", () => expect.step("save"));
    await contains("[name='name'] input").edit("Words");
    await choose(file("a.pdf"));
    expect.verifySteps(["save", "send a.pdf qualiopi.evidence 0", "make 11 course 2"]);
});

test("what was typed is not lost", async () => {
    await open({told: {...NOTHING, made: [{id: 5, name: "a"}]}});
    await contains("[name='name'] input").edit("Words");
    await choose(file("a.pdf"));
    expect("[name='name'] input").toHaveValue("Words");
    expect.verifySteps(["send a.pdf qualiopi.evidence 0", "make 11 course 1"]);
});

test("the button is reached with the keyboard and named", async () => {
    await open();
    queryFirst(".o_qualiopi_choose").focus();
    expect(".o_qualiopi_choose").toBeFocused();
    expect(".o_qualiopi_choose").toHaveText("Add Documents");
    expect(".o_qualiopi_drop [aria-live=polite]").toHaveCount(1);
});

test("a folder is told to be opened", () => {
    allowTranslations();
    const folder = {webkitGetAsEntry: () => ({isDirectory: true, name: "scans"})};
    const {files, refused} = droppedFiles({
        items: [folder, {webkitGetAsEntry: () => null}],
        files: [file("scans"), file("a.pdf")],
    });
    expect(files.map(({name}) => name)).toEqual(["a.pdf"]);
    expect(refused[0].reason).toMatch(/“scans” is a folder/);
});
