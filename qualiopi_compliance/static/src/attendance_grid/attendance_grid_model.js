import {_t} from "@web/core/l10n/translation";

export const STATES = ["present", "absent", "excused"];
/** Row of the column headers, and column of the names. */
export const HEADER = -1;
const LONGEST_HALF_DAY = 12;

/** What a half-day of a learner is known by. */
export function cellKey(learner, column) {
    return `${learner.id}|${column.date}|${column.period}`;
}

/**
 * A letter for each state: the first one of its name in the reader's language, or
 * that of its code where two names begin with the same letter.
 *
 * @param {Object} labels code -> name
 * @returns {Object} code -> letter
 */
export function stateLetters(labels) {
    const first = (text) =>
        text.normalize("NFD").replace(/\p{M}/gu, "").charAt(0).toUpperCase();
    const letters = STATES.map((state) => first(labels[state] || state));
    const clear = new Set(letters).size === STATES.length;
    return Object.fromEntries(
        STATES.map((state, index) => [state, clear ? letters[index] : first(state)])
    );
}

/**
 * The grid without its looks: what the server knows, what was typed since, and what
 * may be typed. Nothing typed is dropped but by saving it or by `discard`.
 */
export class AttendanceGridModel {
    constructor(data) {
        this.typed = {};
        this.added = [];
        this.load(data);
    }

    /** Take what the server knows now; what was typed stays. */
    load(data) {
        this.data = data;
        this.recorded = {};
        for (const cell of data.cells) {
            this.recorded[`${cell.registration_id}|${cell.date}|${cell.period}`] = cell;
        }
        this.letters = stateLetters(data.labels.state);
        const known = new Set(
            data.columns.map((column) => column.date + column.period)
        );
        this.added = this.added.filter(
            (column) => !known.has(column.date + column.period)
        );
        this.columns = [...data.columns, ...this.added].sort((one, other) =>
            (one.date + one.period).localeCompare(other.date + other.period)
        );
        const rank = (learner) => (learner.state === "cancel" ? 1 : 0);
        this.learners = [...data.learners].sort(
            (one, other) => rank(one) - rank(other)
        );
    }

    get dirtyCount() {
        return Object.keys(this.typed).length;
    }

    /** What is shown in a cell: `{state, hours}`; an empty state when not recorded. */
    cell(learner, column) {
        const key = cellKey(learner, column);
        return this.typed[key] || this.recorded[key] || {state: "", hours: 0};
    }

    isTyped(learner, column) {
        return cellKey(learner, column) in this.typed;
    }

    isGone(learner, column) {
        return Boolean(learner.dropped_on) && column.date > learner.dropped_on;
    }

    isFuture(column) {
        return column.date > this.data.today;
    }

    /** Greyed: nothing is expected there. */
    isOut(learner, column) {
        return learner.state === "cancel" || this.isGone(learner, column);
    }

    /**
     * @param {string} state empty to forget the half-day
     * @returns {string} why it cannot be, in words; empty when it can
     */
    refusal(learner, column, state) {
        if (!this.data.can_write) {
            return _t("You may read this grid, not change it.");
        }
        if (!state) {
            return "";
        }
        if (column.date < this.data.first_day) {
            return _t("This half-day is before the first day of the session.");
        }
        if (state === "present" && this.isFuture(column)) {
            return _t("This day has not come yet: nobody can be marked present.");
        }
        if (learner.state === "cancel") {
            return _t("The registration of %s is cancelled.", learner.name);
        }
        if (this.isGone(learner, column)) {
            return _t("%s dropped out before this half-day.", learner.name);
        }
        return "";
    }

    /**
     * Type a state, and hours other than the planned ones, into a cell.
     *
     * @returns {string} why it was not done; empty when it was
     */
    set(learner, column, state, hours) {
        const refusal = this.refusal(learner, column, state);
        if (refusal) {
            return refusal;
        }
        const key = cellKey(learner, column);
        const before = this.recorded[key] || {state: "", hours: 0};
        const usual = before.state === "present" ? before.hours : column.hours;
        const value = {state, hours: 0};
        if (state === "present") {
            value.hours = hours === undefined ? usual : hours;
        }
        if (value.state === before.state && value.hours === before.hours) {
            delete this.typed[key];
        } else {
            this.typed[key] = {...value, learner: learner.id, column};
        }
        return "";
    }

    /** @returns {string} why these hours cannot be; empty when they can */
    setHours(learner, column, hours) {
        if (!(hours > 0 && hours <= LONGEST_HALF_DAY)) {
            return _t(
                "A half-day lasts more than 0 and at most %s hours.",
                LONGEST_HALF_DAY
            );
        }
        return this.set(learner, column, "present", hours);
    }

    /** Go to the next state that may be: present, absent, excused, nothing. */
    cycle(learner, column) {
        const order = ["", ...STATES];
        const start = order.indexOf(this.cell(learner, column).state);
        let refusal = "";
        for (let step = 1; step <= order.length; step++) {
            const state = order[(start + step) % order.length];
            if (state === order[start]) {
                break;
            }
            const why = this.set(learner, column, state);
            if (!why) {
                return "";
            }
            refusal = refusal || why;
        }
        return refusal;
    }

    /** Enrolled learners of whom nothing is recorded that half-day. */
    pending(column) {
        return this.learners.filter(
            (learner) =>
                ["open", "done"].includes(learner.state) &&
                !this.isOut(learner, column) &&
                !this.cell(learner, column).state
        );
    }

    /**
     * All present, those who are recorded already excepted.
     *
     * @returns {number|string} how many were marked, or why nobody could be
     */
    fill(column) {
        let count = 0;
        for (const learner of this.pending(column)) {
            const refusal = this.set(learner, column, "present");
            if (refusal) {
                return refusal;
            }
            count++;
        }
        return count;
    }

    /** Add a half-day that was not planned. */
    addColumn(date, period, kind) {
        if (date < this.data.first_day) {
            return _t("This half-day is before the first day of the session.");
        }
        const same = (column) => column.date === date && column.period === period;
        if (this.columns.some(same)) {
            return _t("This half-day is in the grid already.");
        }
        this.added.push({
            date,
            period,
            kind,
            hours: this.data.usual_hours,
            planned: false,
            isNew: true,
        });
        this.load(this.data);
        return "";
    }

    /** Hours that the learner was there. */
    hoursOf(learner) {
        return this.columns.reduce(
            (total, column) => total + this.cell(learner, column).hours,
            0
        );
    }

    get plannedHours() {
        return this.columns.reduce(
            (total, column) => total + (column.planned ? column.hours : 0),
            0
        );
    }

    /** How many learners are in that state, that half-day. */
    count(column, state) {
        return this.learners.filter(
            (learner) => this.cell(learner, column).state === state
        ).length;
    }

    /** How many learners are expected that half-day. */
    expected(column) {
        return this.learners.filter(
            (learner) =>
                ["open", "done"].includes(learner.state) && !this.isOut(learner, column)
        ).length;
    }

    /** What was typed, as the server takes it. */
    changes() {
        return Object.values(this.typed).map(({learner, column, state, hours}) => ({
            registration_id: learner,
            date: column.date,
            period: column.period,
            state,
            ...(state === "present" ? {hours} : {}),
            ...(column.isNew && state ? {kind: column.kind} : {}),
        }));
    }

    /** Forget what was typed and is saved now, not what was typed meanwhile. */
    saved(cells) {
        for (const cell of cells) {
            const key = `${cell.registration_id}|${cell.date}|${cell.period}`;
            const typed = this.typed[key];
            if (
                typed &&
                typed.state === cell.state &&
                typed.hours === (cell.hours || 0)
            ) {
                delete this.typed[key];
            }
        }
    }

    discard() {
        this.typed = {};
        this.added = [];
        this.load(this.data);
    }
}
