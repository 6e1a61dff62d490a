import {_t} from "@web/core/l10n/translation";
import {HEADER} from "./qualification_matrix_model";

const {DateTime} = luxon;

/** What the matrix says, on the screen and to readers of the screen. */
export class QualificationMatrixTexts {
    /** @param {QualificationMatrixModel} model */
    constructor(model) {
        this.model = model;
        this.days = {};
    }

    day(day) {
        this.days[day] ??= DateTime.fromISO(day).toLocaleString(DateTime.DATE_SHORT);
        return this.days[day];
    }

    /** The second line of a cell: until when, or what is held instead. */
    detail(cell) {
        if (cell.until) {
            return cell.state === "expired"
                ? _t("on %s", this.day(cell.until))
                : _t("until %s", this.day(cell.until));
        }
        if (cell.state === "missing" && cell.level) {
            return _t("holds: %s", cell.level);
        }
        return cell.level;
    }

    asked({requirement}) {
        return requirement.level
            ? `${requirement.skill} (${requirement.level})`
            : requirement.skill;
    }

    columnLabel(column) {
        const parts = [column.program.name, this.asked(column)];
        if (column.requirement.note) {
            parts.push(column.requirement.note);
        }
        return parts.join(" – ");
    }

    rowNote(trainer) {
        return trainer.state === "active"
            ? trainer.kind
            : `${trainer.kind} – ${trainer.state_label}`;
    }

    cellLabel(trainer, column) {
        const cell = this.model.cell(trainer, column);
        const parts = [trainer.name, column.program.name, this.asked(column)];
        if (!cell) {
            return [...parts, _t("may not teach this programme")].join(", ");
        }
        parts.push(this.model.data.states[cell.state]);
        if (this.detail(cell)) {
            parts.push(this.detail(cell));
        }
        if (cell.until && cell.level) {
            parts.push(cell.level);
        }
        if (this.model.isForeign(trainer, column)) {
            parts.push(_t("may not teach this programme"));
        }
        return parts.join(", ");
    }

    /** What is said when the focus comes to a place of the matrix. */
    placeLabel(row, index) {
        const [trainer, column] = this.model.at(row, index);
        if (row === HEADER) {
            return this.columnLabel(column);
        }
        return index === HEADER ? trainer.name : this.cellLabel(trainer, column);
    }
}
