import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/core/utils/numbers";
import {STATES} from "./attendance_grid_model";

const {DateTime} = luxon;

/** What the grid says, on the screen and to readers of the screen. */
export class AttendanceGridTexts {
    /** @param {AttendanceGridModel} model */
    constructor(model) {
        this.model = model;
    }

    get labels() {
        return this.model.data.labels;
    }

    hours(value) {
        return formatFloat(value, {digits: [0, 2], trailingZeros: false});
    }

    day(column, format) {
        return DateTime.fromISO(column.date).toFormat(format);
    }

    columnLabel(column) {
        const period = this.labels.period[column.period];
        return `${this.day(column, "cccc d LLLL yyyy")}, ${period}`;
    }

    fillLabel(column) {
        const what = this.model.isFuture(column)
            ? _t("this day has not come yet")
            : _t("mark all present who are not recorded yet");
        return `${this.columnLabel(column)}: ${what}`;
    }

    countTitle(column) {
        return STATES.map(
            (code) => `${this.labels.state[code]}: ${this.model.count(column, code)}`
        ).join(", ");
    }

    cellLabel(learner, column) {
        const {state, hours} = this.model.cell(learner, column);
        const label = state ? this.labels.state[state] : _t("not recorded");
        const parts = [learner.name, this.columnLabel(column), label];
        if (hours) {
            parts.push(_t("%s hours", this.hours(hours)));
        }
        if (this.model.isOut(learner, column)) {
            parts.push(
                learner.state === "cancel" ? _t("cancelled") : _t("dropped out")
            );
        }
        if (this.model.isTyped(learner, column)) {
            parts.push(_t("not saved yet"));
        }
        return parts.join(", ");
    }

    /** Hours are shown where they are not the usual ones. */
    cellHours(learner, column) {
        const {state, hours} = this.model.cell(learner, column);
        return state === "present" && hours !== column.hours ? this.hours(hours) : "";
    }

    learnerNote(learner) {
        if (learner.state === "cancel") {
            return _t("Cancelled");
        }
        if (learner.dropped_on) {
            const day = DateTime.fromISO(learner.dropped_on);
            return _t("Dropped out on %s", day.toLocaleString(DateTime.DATE_SHORT));
        }
        return learner.state === "draft" ? _t("Not enrolled yet") : "";
    }

    missingTitle(learner) {
        return learner.missing.map((piece) => this.pieceText(piece)).join("\n");
    }

    pieceText(piece) {
        return piece.late
            ? _t("%(piece)s – late since %(day)s", {
                  piece: piece.label,
                  day: piece.due_on,
              })
            : _t("%(piece)s – by %(day)s", {piece: piece.label, day: piece.due_on});
    }

    missingText(learner) {
        return learner.late_count
            ? _t("%s late", learner.late_count)
            : _t("%s to come", learner.missing.length);
    }
}
