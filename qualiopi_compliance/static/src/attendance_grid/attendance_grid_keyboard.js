import {HEADER, STATES} from "./attendance_grid_model";

const MOVES = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    Enter: [1, 0],
};

/** What each key does in the grid. */
export class AttendanceGridKeyboard {
    /** @param {AttendanceGrid} grid */
    constructor(grid) {
        this.grid = grid;
    }

    onKeydown(ev) {
        const target = ev.target.closest("[data-row]");
        if (!target || ev.altKey || ev.metaKey) {
            return;
        }
        const row = Number(target.dataset.row);
        const index = Number(target.dataset.column);
        const inCell =
            row !== HEADER && index >= 0 && index < this.grid.model.columns.length;
        if (this.grid.state.editing) {
            this.onHoursKeydown(ev, row, index);
        } else if (this.moveWith(ev, row, index, inCell)) {
            ev.preventDefault();
        } else if (inCell && !ev.ctrlKey && this.typeInto(row, index, ev.key)) {
            ev.preventDefault();
        }
    }

    /** @returns {boolean} whether the key moves the focus */
    moveWith(ev, row, index, inCell) {
        const last = this.grid.model.columns.length;
        if (ev.key === "Home") {
            this.grid.focusCell(ev.ctrlKey ? 0 : row, 0);
        } else if (ev.key === "End") {
            this.grid.focusCell(
                ev.ctrlKey ? this.grid.model.learners.length - 1 : row,
                last - 1
            );
        } else if (MOVES[ev.key] && (ev.key !== "Enter" || inCell)) {
            const [down, right] = MOVES[ev.key];
            const back = ev.key === "Enter" && ev.shiftKey;
            this.grid.focusCell(row + (back ? -down : down), index + right);
        } else {
            return false;
        }
        return true;
    }

    /** @returns {boolean} whether the key means something in a cell */
    typeInto(row, index, key) {
        const [learner, column] = this.grid.at(row, index);
        const letters = this.grid.model.letters;
        const pressed = key.toUpperCase();
        const state =
            STATES.find((code) => letters[code] === pressed) ||
            STATES.find((code) => code.charAt(0).toUpperCase() === pressed);
        if (state) {
            this.grid.tell(
                this.grid.model.set(learner, column, state),
                learner,
                column
            );
        } else if (key === " ") {
            this.grid.tell(this.grid.model.cycle(learner, column), learner, column);
        } else if (key === "Delete" || key === "Backspace") {
            this.grid.tell(this.grid.model.set(learner, column, ""), learner, column);
        } else if (/^\d$/.test(key) || key === "F2") {
            this.grid.editHours(row, index, key === "F2" ? "" : key);
        } else {
            return false;
        }
        return true;
    }

    onHoursKeydown(ev, row, index) {
        if (ev.key === "Escape") {
            this.grid.state.editing = null;
            this.grid.focusCell(row, index);
        } else if (ev.key === "Enter" || ev.key === "Tab") {
            if (this.grid.commitHours()) {
                this.grid.focusCell(
                    row + (ev.key === "Enter" ? 1 : 0),
                    index + (ev.key === "Tab" ? 1 : 0)
                );
            }
        } else if (ev.target.tagName !== "INPUT" && /^[\d.,]$/.test(ev.key)) {
            // typed faster than the input could show
            this.grid.state.editing.text += ev.key;
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }
}
