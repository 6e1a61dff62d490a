import {
    Component,
    onMounted,
    onWillStart,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {_t} from "@web/core/l10n/translation";
import {RPCError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {parseFloat} from "@web/views/fields/parsers";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {AttendanceGridKeyboard} from "./attendance_grid_keyboard";
import {AttendanceGridModel, HEADER, STATES} from "./attendance_grid_model";
import {AttendanceGridTexts} from "./attendance_grid_texts";

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/**
 * One screen for a session: its learners by its half-days, filled with the keyboard,
 * and what each file still lacks.
 */
export class AttendanceGrid extends Component {
    static template = "qualiopi_compliance.AttendanceGrid";
    static components = {Dropdown, DropdownItem, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.root = useRef("root");
        this.keyboard = new AttendanceGridKeyboard(this);
        this.states = STATES;
        this.state = useState({
            model: null,
            focus: {row: 0, column: 0},
            editing: null,
            unfolded: {},
            adding: null,
            saving: false,
            message: "",
            error: "",
        });
        onWillStart(() => this.load());
        useHotkey("control+s", () => this.save(), {bypassEditableProtection: true});
        useSetupAction({
            beforeLeave: () => this.beforeLeave(),
            beforeUnload: (ev) => {
                if (this.model?.dirtyCount) {
                    ev.preventDefault();
                    ev.returnValue = "Unsaved changes";
                }
            },
        });
        onMounted(() => this.focusFirst());
        useEffect(
            (input) => {
                input?.focus();
                input?.setSelectionRange(input.value.length, input.value.length);
            },
            () => [this.root.el?.querySelector(".o_qualiopi_hours_input")]
        );
    }

    /** @returns {AttendanceGridModel} */
    get model() {
        return this.state.model;
    }

    get eventId() {
        const {action} = this.props;
        return action.params?.event_id || action.context.active_id;
    }

    get texts() {
        return new AttendanceGridTexts(this.model);
    }

    get labels() {
        return this.model.data.labels;
    }

    async load() {
        if (!this.eventId) {
            this.state.error = _t("Open the attendance grid from a session.");
            return;
        }
        const data = await this.orm.call("event.event", "qualiopi_attendance_grid", [
            [this.eventId],
        ]);
        this.state.model = new AttendanceGridModel(data);
        this.env.config.setDisplayName(_t("Attendance – %s", data.name));
    }

    // ------------------------------------------------------------------ saving

    /** @returns {Promise<boolean>} whether nothing typed is left unsaved */
    async save() {
        if (!this.commitHours()) {
            return false;
        }
        const cells = this.model.changes();
        if (!cells.length || this.state.saving) {
            return !cells.length;
        }
        this.state.saving = true;
        this.state.error = "";
        try {
            const data = await this.orm.call(
                "event.event",
                "qualiopi_record_attendance",
                [[this.eventId], cells]
            );
            this.model.saved(cells);
            this.model.load(data);
            this.say(_t("Half-days saved: %s", cells.length));
        } catch (error) {
            this.state.error = this.explain(error);
        } finally {
            this.state.saving = false;
        }
        return !this.model.dirtyCount;
    }

    explain(error) {
        const why =
            error instanceof RPCError && error.data?.message
                ? error.data.message
                : _t("The server does not answer.");
        return _t("Nothing was saved, and nothing typed is lost. %s", why);
    }

    discard() {
        this.state.editing = null;
        this.state.error = "";
        this.model.discard();
        this.say(_t("What was typed and not saved is forgotten."));
    }

    beforeLeave() {
        if (!this.model?.dirtyCount) {
            return true;
        }
        return new Promise((resolve) => {
            this.dialog.add(
                ConfirmationDialog,
                {
                    title: _t("Unsaved attendance"),
                    body: _t(
                        "Half-days typed and not saved: %s",
                        this.model.dirtyCount
                    ),
                    confirmLabel: _t("Save and Leave"),
                    confirm: async () => resolve(await this.save()),
                    cancelLabel: _t("Leave Without Saving"),
                    cancel: () => resolve(true),
                    dismiss: () => resolve(false),
                },
                {onClose: () => resolve(false)}
            );
        });
    }

    // ------------------------------------------------------------------ typing

    /** Tell readers of the screen what happened. */
    say(message) {
        this.state.message = message;
    }

    /** Tell what a cell holds now, or why it could not be changed. */
    tell(refusal, learner, column) {
        this.say(refusal || this.texts.cellLabel(learner, column));
    }

    onCellClick(row, index) {
        if (!this.commitHours()) {
            return;
        }
        this.focusCell(row, index);
        const [learner, column] = this.at(row, index);
        this.tell(this.model.cycle(learner, column), learner, column);
    }

    onFill(index) {
        const column = this.model.columns[index];
        const result = this.model.fill(column);
        this.say(
            typeof result === "string"
                ? result
                : _t("%(day)s: marked present: %(count)s", {
                      count: result,
                      day: this.texts.columnLabel(column),
                  })
        );
    }

    at(row, index) {
        return [this.model.learners[row], this.model.columns[index]];
    }

    focusCell(row, index) {
        const lastRow = this.model.learners.length - 1;
        const lastColumn = this.model.columns.length;
        const focus = {
            row: Math.max(HEADER, Math.min(row, lastRow)),
            column: Math.max(HEADER, Math.min(index, lastColumn)),
        };
        if (focus.row === HEADER && (focus.column < 0 || focus.column === lastColumn)) {
            return;
        }
        const cell = this.root.el.querySelector(
            `[data-row="${focus.row}"][data-column="${focus.column}"]`
        );
        if (cell) {
            this.state.focus = focus;
            cell.focus();
        }
    }

    /** Begin where something is left to record. */
    focusFirst() {
        const index = this.model?.columns.findIndex(
            (column) =>
                !this.model.isFuture(column) && this.model.pending(column).length
        );
        if (index >= 0) {
            const [learner] = this.model.pending(this.model.columns[index]);
            this.focusCell(this.model.learners.indexOf(learner), index);
        }
    }

    onFocusin(ev) {
        const target = ev.target.closest("[data-row]");
        if (target) {
            this.state.focus = {
                row: Number(target.dataset.row),
                column: Number(target.dataset.column),
            };
        }
    }

    tabindex(row, index) {
        const {focus} = this.state;
        return focus.row === row && focus.column === index ? "0" : "-1";
    }

    // ------------------------------------------------------------------- hours

    editHours(row, index, text) {
        const [learner, column] = this.at(row, index);
        const refusal = this.model.refusal(learner, column, "present");
        if (refusal) {
            this.say(refusal);
            return;
        }
        const {hours} = this.model.cell(learner, column);
        this.state.editing = {
            row,
            index,
            text: text || (hours ? this.texts.hours(hours) : ""),
        };
    }

    isEdited(row, index) {
        const {editing} = this.state;
        return editing && editing.row === row && editing.index === index;
    }

    /** @returns {boolean} whether no hours are left that could not be understood */
    commitHours() {
        const {editing} = this.state;
        if (!editing) {
            return true;
        }
        const [learner, column] = this.at(editing.row, editing.index);
        let hours = 0;
        try {
            hours = parseFloat(editing.text);
        } catch {
            hours = 0;
        }
        const refusal = this.model.setHours(learner, column, hours);
        this.tell(refusal, learner, column);
        if (!refusal) {
            this.state.editing = null;
        }
        return !refusal;
    }

    // ---------------------------------------------------------- other half-days

    toggleAdding() {
        this.state.adding = this.state.adding
            ? null
            : {date: this.model.data.today, period: "am", kind: "catch_up", error: ""};
    }

    addColumn() {
        const {adding} = this.state;
        adding.error = adding.date
            ? this.model.addColumn(adding.date, adding.period, adding.kind)
            : _t("Choose the day.");
        if (!adding.error) {
            this.state.adding = null;
        }
    }

    get otherKinds() {
        return Object.entries(this.labels.kind).filter(([code]) => code !== "planned");
    }

    // ------------------------------------------------------------------ opening

    async togglePieces(learner) {
        const unfold = !this.state.unfolded[learner.id];
        this.state.unfolded[learner.id] = unfold;
        if (unfold) {
            await nextFrame();
            this.root.el
                ?.querySelector(`[data-learner="${learner.id}"] td`)
                ?.scrollIntoView({block: "nearest"});
        }
    }

    openLearner(learner) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "event.registration",
            res_id: learner.id,
            views: [[this.model.data.learner_view_id, "form"]],
        });
    }

    async runDocument(document) {
        if (!(await this.save())) {
            return;
        }
        const action = await this.orm.call("event.event", document.method, [
            [this.eventId],
        ]);
        if (action) {
            await this.action.doAction(action, {onClose: () => this.reload()});
        }
    }

    async reload() {
        const data = await this.orm.call("event.event", "qualiopi_attendance_grid", [
            [this.eventId],
        ]);
        this.model.load(data);
    }
}

registry.category("actions").add("qualiopi_attendance_grid", AttendanceGrid);
