import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {manuallyDispatchProgrammaticEvent, press, queryFirst} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {
    allowTranslations,
    contains,
    getService,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {QualificationMatrixModel} from "@qualiopi_compliance/qualification_matrix/qualification_matrix_model";
import {QualificationMatrixTexts} from "@qualiopi_compliance/qualification_matrix/qualification_matrix_texts";

describe.current.tags("desktop");
defineMailModels();

function trainer(id, name, programs, cells, more = {}) {
    return {
        id,
        name,
        kind: "Subcontractor",
        programs,
        state: "active",
        state_label: "Active",
        cells,
        ...more,
    };
}

function cell(state, until = "", level = "") {
    return {state, until, level};
}

/** Two programmes, three requirements, three trainers. */
function matrix(more = {}) {
    return {
        day: "2026-12-01",
        today: "2026-12-01",
        horizons: [90],
        can_export: true,
        total: 3,
        limit: 80,
        states: {
            held: "Held",
            expiring: "Expiring",
            expired: "Expired",
            missing: "Missing",
        },
        programs: [
            {
                id: 1,
                name: "Spreadsheets",
                reference: "",
                requirements: [
                    {id: 11, skill: "Pivot tables", level: "Expert", note: ""},
                    {id: 12, skill: "Title", level: "", note: "or five years"},
                ],
            },
            {
                id: 2,
                name: "First aid",
                reference: "",
                requirements: [{id: 21, skill: "First aid", level: "", note: ""}],
            },
        ],
        without_skills: [],
        trainers: [
            trainer(1, "Ada", [1], {
                11: cell("held", "", "Expert"),
                12: cell("expiring", "2027-01-19", "Granted"),
            }),
            trainer(2, "Alan", [1, 2], {
                11: cell("missing", "", "Beginner"),
                12: cell("held", "2030-01-01", "Granted"),
                21: cell("expired", "2026-10-31"),
            }),
            trainer(3, "Grace", [], {}, {state: "draft", state_label: "Draft"}),
        ],
        ...more,
    };
}

describe("model", () => {
    let model, texts, ada, alan, grace, pivot, title, aid;
    beforeEach(() => {
        allowTranslations();
        model = new QualificationMatrixModel(matrix());
        texts = new QualificationMatrixTexts(model);
        [ada, alan, grace] = model.trainers;
        [pivot, title, aid] = model.columns;
    });

    test("one column for each requirement, programme by programme", () => {
        expect(model.columns.map((column) => column.requirement.id)).toEqual([
            11, 12, 21,
        ]);
        expect(model.columns.map((column) => column.isFirst)).toEqual([
            true,
            false,
            true,
        ]);
    });

    test("nothing where he may not teach", () => {
        expect(model.cell(ada, aid)).toBe(undefined);
        expect(model.isForeign(ada, aid)).toBe(false);
        expect(model.isForeign(alan, aid)).toBe(false);
        grace.cells[21] = cell("held");
        expect(model.isForeign(grace, aid)).toBe(true);
    });

    test("a cell in words", () => {
        expect(texts.cellLabel(ada, pivot)).toBe(
            "Ada, Spreadsheets, Pivot tables (Expert), Held, Expert"
        );
        expect(texts.cellLabel(ada, title)).toMatch(
            /^Ada, .*Title, Expiring, until .*/
        );
        expect(texts.cellLabel(ada, aid)).toMatch(/may not teach this programme$/);
        expect(texts.cellLabel(alan, pivot)).toMatch(/Missing, holds: Beginner$/);
        expect(texts.cellLabel(alan, aid)).toMatch(/Expired, on .*31/);
        expect(texts.columnLabel(title)).toBe("Spreadsheets – Title – or five years");
    });

    test("the state of a file is said when it is not active", () => {
        expect(texts.rowNote(ada)).toBe("Subcontractor");
        expect(texts.rowNote(grace)).toBe("Subcontractor – Draft");
    });

    test("moving stops at the edges", () => {
        expect(model.nearest(-2, -2)).toEqual({row: -1, column: -1});
        expect(model.nearest(9, 9)).toEqual({row: 2, column: 2});
    });
});

describe("screen", () => {
    const MATRIX = {type: "ir.actions.client", tag: "qualiopi_qualification_matrix"};
    const at = (row, index) => `[data-row="${row}"][data-column="${index}"]`;
    const asked = ["day", "program_ids", "search", "only", "everyone", "offset"];

    /** Show the matrix; each question to the server is a step. */
    async function open(answer = () => matrix()) {
        onRpc("qualiopi.trainer", "qualification_matrix", ({kwargs}) => {
            expect.step(asked.map((name) => JSON.stringify(kwargs[name])).join(" "));
            return answer(kwargs);
        });
        await mountWithCleanup(WebClient);
        await getService("action").doAction(MATRIX);
        expect.verifySteps(['false [] "" "" false 0']);
    }

    test("states are said in words, and until when", async () => {
        await open();
        expect(at(0, 0)).toHaveText("Held\nExpert");
        expect(at(0, 1)).toHaveText(/Expiring.*until .*2027/s);
        expect(at(1, 2)).toHaveText(/Expired.*on .*2026/s);
        expect(at(0, 2)).toHaveText("");
    });

    test("a click opens the trainer, a column its programme", async () => {
        await open();
        mockService("action", {
            doAction: (action) => expect.step(`${action.res_model} ${action.res_id}`),
        });
        await contains(at(1, 2)).click();
        await contains(at(2, -1)).click();
        await contains(at(-1, 2)).click();
        expect.verifySteps([
            "qualiopi.trainer 2",
            "qualiopi.trainer 3",
            "qualiopi.program 2",
        ]);
    });

    test("reached with the keyboard", async () => {
        await open();
        // one stop for the Tab key
        expect(".o_qualiopi_matrix_table [tabindex='0']").toHaveCount(1);
        queryFirst(at(0, -1)).focus();
        await press("ArrowRight");
        await press("ArrowDown");
        expect(at(1, 0)).toBeFocused();
        await press("End");
        expect(at(1, 2)).toBeFocused();
        await press("ArrowRight");
        expect(at(1, 2)).toBeFocused();
        await press("ArrowUp");
        await press("ArrowUp");
        expect(at(-1, 2)).toBeFocused();
        await press("Home");
        expect(at(-1, 0)).toBeFocused();
        await press("ArrowDown");
        await press(["ctrl", "End"]);
        expect(at(2, 2)).toBeFocused();
        await animationFrame();
        expect(".o_qualiopi_matrix_table [tabindex='0']").toHaveCount(1);
        expect(at(2, 2)).toHaveAttribute("aria-label", /Grace.*may not teach/);
        mockService("action", {
            doAction: (action) => expect.step(`${action.res_model} ${action.res_id}`),
        });
        await press("Enter");
        expect.verifySteps(["qualiopi.trainer 3"]);
    });

    test("another day, only gaps, a name, a replacement", async () => {
        await open((kwargs) => matrix({day: kwargs.day || "2026-12-01"}));
        const input = queryFirst(".o_qualiopi_day_input");
        input.value = "2027-02-01";
        await manuallyDispatchProgrammaticEvent(input, "change");
        await animationFrame();
        expect.verifySteps(['"2027-02-01" [] "" "" false 0']);
        await contains(".o_qualiopi_only").select("gaps");
        expect.verifySteps(['"2027-02-01" [] "" "gaps" false 0']);
        await contains(".o_qualiopi_search").edit("ada", {confirm: false});
        await advanceTime(400);
        expect.verifySteps(['"2027-02-01" [] "ada" "gaps" false 0']);
        await contains(".o_qualiopi_everyone").click();
        expect.verifySteps(['"2027-02-01" [] "ada" "gaps" true 0']);
        await contains(".o_qualiopi_today").click();
        expect.verifySteps(['false [] "ada" "gaps" true 0']);
        expect(".o_qualiopi_today").toHaveCount(0);
    });

    test("pages", async () => {
        await open(() => matrix({total: 200}));
        expect(".o_pager_value").toHaveText("1-80");
        await contains(".o_pager_next").click();
        expect.verifySteps(['false [] "" "" false 80']);
        // asking for something else begins at the first page
        await contains(".o_qualiopi_only").select("soon");
        expect.verifySteps(['false [] "" "soon" false 0']);
    });

    test("what is not his programme is marked when everybody is judged", async () => {
        const data = matrix();
        data.trainers[2].cells = {21: cell("held", "", "Granted")};
        await open(() => data);
        expect(at(2, 2)).toHaveClass("o_qualiopi_foreign");
        expect(at(1, 2)).not.toHaveClass("o_qualiopi_foreign");
    });

    test("without requirements it says what to do", async () => {
        await open(() => matrix({programs: [], trainers: []}));
        expect(".o_qualiopi_empty").toHaveText(/No programme says/);
        mockService("action", {doAction: (action) => expect.step(action)});
        await contains(".o_qualiopi_empty .btn").click();
        expect.verifySteps(["qualiopi_compliance.qualiopi_program_action"]);
    });

    test("without trainers it says what to do", async () => {
        await open(() => matrix({trainers: [], total: 0}));
        expect(".o_qualiopi_empty").toHaveText(/Nobody teaches yet/);
    });

    test("filters that leave nobody can be cleared", async () => {
        await open(({only}) => (only ? matrix({trainers: [], total: 0}) : matrix()));
        await contains(".o_qualiopi_only").select("gaps");
        expect.verifySteps(['false [] "" "gaps" false 0']);
        expect(".o_qualiopi_empty").toHaveText(/No trainer is like that/);
        await contains(".o_qualiopi_clear").click();
        expect.verifySteps(['false [] "" "" false 0']);
        expect(".o_qualiopi_matrix_table").toHaveCount(1);
    });

    test("programmes that require nothing are named", async () => {
        await open(() => matrix({without_skills: [{id: 9, name: "Welcome"}]}));
        expect(".o_qualiopi_without summary").toHaveText(/nothing yet: 1/);
        await contains(".o_qualiopi_without summary").click();
        expect(".o_qualiopi_without li").toHaveText("Welcome");
    });

    test("a refusal is shown, and the matrix stays", async () => {
        await open(({search}) => {
            if (search) {
                throw makeServerError({message: "Not today."});
            }
            return matrix();
        });
        await contains(".o_qualiopi_search").edit("ada", {confirm: false});
        await advanceTime(400);
        await animationFrame();
        expect.verifySteps(['false [] "ada" "" false 0']);
        expect(".o_qualiopi_error").toHaveText("Not today.");
        expect(".o_qualiopi_matrix_table").toHaveCount(1);
    });

    test("what is asked for is exported", async () => {
        await open();
        mockService("action", {
            doAction: (action, {additionalContext}) =>
                expect.step(`${action} ${JSON.stringify(additionalContext)}`),
        });
        await contains(".o_qualiopi_export").click();
        expect.verifySteps([
            "qualiopi_compliance.qualiopi_trainer_report_action " +
                '{"default_what":"matrix","default_day":"2026-12-01","default_program_ids":[]}',
        ]);
    });
});
