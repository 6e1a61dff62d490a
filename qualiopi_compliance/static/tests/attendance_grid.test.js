import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, queryFirst} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    allowTranslations,
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {
    AttendanceGridModel,
    stateLetters,
} from "@qualiopi_compliance/attendance_grid/attendance_grid_model";

describe.current.tags("desktop");
defineMailModels();

const LABELS = {
    state: {present: "Present", absent: "Absent", excused: "Excused"},
    period: {am: "Morning", pm: "Afternoon"},
    kind: {planned: "Planned half-day", catch_up: "Catching up"},
};

function column(date, period, more = {}) {
    return {date, period, hours: 3.5, planned: true, kind: "planned", ...more};
}

function learner(id, name, more = {}) {
    return {
        id,
        name,
        state: "open",
        dropped_on: "",
        late_count: 0,
        missing: [],
        ...more,
    };
}

/** A session of two days, on its first day. */
function session(more = {}) {
    return {
        id: 7,
        name: "Spreadsheets",
        program: "Spreadsheets",
        first_day: "2026-03-02",
        last_day: "2026-03-03",
        today: "2026-03-02",
        can_write: true,
        usual_hours: 3.5,
        labels: LABELS,
        documents: [],
        learner_view_id: false,
        columns: [
            column("2026-03-02", "am"),
            column("2026-03-02", "pm"),
            column("2026-03-03", "am"),
        ],
        learners: [
            learner(1, "Ada"),
            learner(2, "Alan", {state: "cancel"}),
            learner(3, "Grace", {dropped_on: "2026-03-02"}),
            learner(4, "Hedy", {
                late_count: 1,
                missing: [
                    {code: "need", label: "Need", due_on: "03/02/2026", late: true},
                ],
            }),
        ],
        cells: [
            {
                registration_id: 4,
                date: "2026-03-02",
                period: "am",
                state: "absent",
                hours: 0,
                kind: "planned",
            },
        ],
        ...more,
    };
}

describe("model", () => {
    let model, ada, alan, grace, hedy, morning, afternoon, tomorrow;
    beforeEach(() => {
        allowTranslations();
        model = new AttendanceGridModel(session());
        [ada, grace, hedy, alan] = model.learners;
        [morning, afternoon, tomorrow] = model.columns;
    });

    test("cancelled learners come last", () => {
        expect(model.learners.map((row) => row.name)).toEqual([
            "Ada",
            "Grace",
            "Hedy",
            "Alan",
        ]);
    });

    test("letters follow the language, unless two are the same", () => {
        const french = {present: "Présent", absent: "Absent", excused: "Excusé"};
        expect(stateLetters(french)).toEqual({present: "P", absent: "A", excused: "E"});
        const german = {
            present: "Anwesend",
            absent: "Fehlt",
            excused: "Entschuldigt",
        };
        expect(stateLetters(german)).toEqual({present: "A", absent: "F", excused: "E"});
        const same = {present: "Presente", absent: "Ausente", excused: "Permiso"};
        expect(stateLetters(same)).toEqual({present: "P", absent: "A", excused: "E"});
    });

    test("only what differs from what is recorded is to save", () => {
        expect(model.set(hedy, morning, "present")).toBe("");
        expect(model.dirtyCount).toBe(1);
        expect(model.set(hedy, morning, "absent")).toBe("");
        expect(model.dirtyCount).toBe(0);
        model.set(ada, morning, "present");
        expect(model.changes()).toEqual([
            {
                registration_id: 1,
                date: "2026-03-02",
                period: "am",
                state: "present",
                hours: 3.5,
            },
        ]);
    });

    test("the cycle skips what cannot be", () => {
        const states = [];
        for (let turn = 0; turn < 4; turn++) {
            model.cycle(ada, morning);
            states.push(model.cell(ada, morning).state);
        }
        expect(states).toEqual(["present", "absent", "excused", ""]);
        model.cycle(ada, tomorrow);
        expect(model.cell(ada, tomorrow).state).toBe("absent");
    });

    test("what cannot be is refused in words", () => {
        expect(model.set(ada, tomorrow, "present")).toMatch(/not come yet/);
        expect(model.set(alan, morning, "absent")).toMatch(/Alan is cancelled/);
        expect(model.set(grace, tomorrow, "absent")).toMatch(/Grace dropped out/);
        expect(model.set(grace, afternoon, "present")).toBe("");
        expect(model.setHours(ada, morning, 13)).toMatch(/at most 12/);
        expect(model.setHours(ada, morning, NaN)).toMatch(/at most 12/);
        expect(model.dirtyCount).toBe(1);
    });

    test("all present, but for those recorded, cancelled or gone", () => {
        expect(model.fill(morning)).toBe(2);
        expect(model.cell(hedy, morning).state).toBe("absent");
        expect(model.cell(alan, morning).state).toBe("");
        expect(model.count(morning, "present")).toBe(2);
        expect(model.expected(morning)).toBe(3);
        expect(model.expected(tomorrow)).toBe(2);
        expect(model.fill(tomorrow)).toMatch(/not come yet/);
    });

    test("hours of a learner", () => {
        model.set(ada, morning, "present");
        model.setHours(ada, afternoon, 2);
        expect(model.hoursOf(ada)).toBe(5.5);
        expect(model.plannedHours).toBe(10.5);
    });

    test("what is typed while saving is not lost", () => {
        model.set(ada, morning, "present");
        model.set(ada, afternoon, "present");
        const sent = model.changes();
        model.set(ada, afternoon, "excused");
        model.saved(sent);
        model.load(session());
        expect(model.changes().map((cell) => cell.state)).toEqual(["excused"]);
    });

    test("a half-day that was not planned", () => {
        expect(model.addColumn("2026-03-01", "am", "catch_up")).toMatch(/before/);
        expect(model.addColumn("2026-03-02", "am", "catch_up")).toMatch(/already/);
        expect(model.addColumn("2026-03-04", "am", "catch_up")).toBe("");
        expect(model.columns).toHaveLength(4);
        model.set(ada, model.columns[3], "absent");
        expect(model.changes()[0]).toMatchObject({kind: "catch_up"});
        const recorded = column("2026-03-04", "am", {planned: false, kind: "catch_up"});
        model.load(session({columns: [...session().columns, recorded]}));
        expect(model.columns).toHaveLength(4);
    });

    test("who may only read changes nothing", () => {
        model = new AttendanceGridModel(session({can_write: false}));
        expect(model.set(ada, morning, "absent")).toMatch(/not change it/);
        expect(model.set(hedy, morning, "")).toMatch(/not change it/);
        expect(model.dirtyCount).toBe(0);
    });
});

describe("screen", () => {
    const GRID = {
        type: "ir.actions.client",
        tag: "qualiopi_attendance_grid",
        params: {event_id: 7},
    };

    async function open() {
        await mountWithCleanup(WebClient);
        await getService("action").doAction(GRID);
    }

    const at = (row, index) => `[data-row="${row}"][data-column="${index}"]`;
    const cells = () => queryAllTexts(".o_qualiopi_cell");

    test("filled with the keyboard and saved in one call", async () => {
        onRpc("event.event", "qualiopi_attendance_grid", () => session());
        onRpc("event.event", "qualiopi_record_attendance", ({args}) => {
            expect.step(args[1].map((cell) => cell.state + (cell.hours || "")));
            return session({
                cells: [
                    ...session().cells,
                    ...args[1].map((cell) => ({hours: 0, kind: "planned", ...cell})),
                ],
            });
        });
        await open();
        // where something is left to record
        expect(at(0, 0)).toBeFocused();
        await press("p");
        await press("Enter");
        expect(at(1, 0)).toBeFocused();
        await press("a");
        await press("ArrowRight");
        await press("e");
        await press(["shift", "Enter"]);
        expect(at(0, 1)).toBeFocused();
        await press("2");
        await animationFrame();
        await press("Enter");
        await animationFrame();
        expect(cells().slice(0, 6)).toEqual(["P", "P2", "", "A", "E", ""]);
        expect(".o_qualiopi_live").toHaveText(/Ada.*Present.*2 hours.*not saved yet/);
        expect(".o_qualiopi_save .badge").toHaveText("4");
        await contains(".o_qualiopi_save").click();
        expect.verifySteps([["present3.5", "absent", "excused", "present2"]]);
        expect(".o_qualiopi_save .badge").toHaveCount(0);
        expect(cells().slice(0, 6)).toEqual(["P", "P2", "", "A", "E", ""]);
    });

    test("a click on a day marks all present", async () => {
        onRpc("event.event", "qualiopi_attendance_grid", () => session());
        await open();
        await contains(at(-1, 1)).click();
        expect(".o_qualiopi_save .badge").toHaveText("3");
        await contains(at(-1, 2)).click();
        expect(".o_qualiopi_save .badge").toHaveText("3");
        expect(".o_qualiopi_live").toHaveText(/not come yet/);
        await contains(".o_qualiopi_discard").click();
        expect(".o_qualiopi_save .badge").toHaveCount(0);
    });

    test("a refused save keeps what was typed", async () => {
        onRpc("event.event", "qualiopi_attendance_grid", () => session());
        onRpc("event.event", "qualiopi_record_attendance", () => {
            throw makeServerError({message: "Ada cannot attend."});
        });
        await open();
        await contains(at(0, 0)).click();
        await contains(".o_qualiopi_save").click();
        expect(".o_qualiopi_error").toHaveText(/Ada cannot attend/);
        expect(cells()[0]).toBe("P");
        expect(".o_qualiopi_save .badge").toHaveText("1");
    });

    test("leaving asks first", async () => {
        onRpc("event.event", "qualiopi_attendance_grid", () => session());
        await open();
        await contains(at(0, 0)).click();
        getService("action").doAction(GRID);
        await animationFrame();
        await animationFrame();
        expect(".modal-body").toHaveText(/not saved: 1/);
        await press("Escape");
        await animationFrame();
        expect(".modal").toHaveCount(0);
        expect(cells()[0]).toBe("P");
    });

    test("roles and names for readers of the screen", async () => {
        onRpc("event.event", "qualiopi_attendance_grid", () => session());
        await open();
        expect(".o_qualiopi_grid").toHaveAttribute("role", "grid");
        expect(at(2, 0)).toHaveAttribute("role", "gridcell");
        expect(queryFirst(at(2, 0)).getAttribute("aria-label")).toMatch(
            /^Hedy, .*2026, Morning, Absent$/
        );
        expect(at(3, 0)).toHaveAttribute("aria-readonly", "true");
        // one stop for the Tab key
        expect(".o_qualiopi_grid [tabindex='0']").toHaveCount(1);
    });

    test("what a file lacks", async () => {
        onRpc("event.event", "qualiopi_attendance_grid", () => session());
        await open();
        expect(".o_qualiopi_missing").toHaveCount(1);
        await contains(".o_qualiopi_missing").click();
        expect(".o_qualiopi_pieces").toHaveText("Need – late since 03/02/2026");
        await contains(".o_qualiopi_missing").click();
        expect(".o_qualiopi_pieces").toHaveCount(0);
    });
});
