/** Row of the column headers, and column of the names. */
export const HEADER = -1;
export const PAGE = 80;
/** Where a trainer stands with a requirement, from the best to the worst. */
export const STATES = ["held", "expiring", "expired", "missing"];
/** What the reader asks for at first: everybody, all programmes, today. */
export function noFilters() {
    return {
        day: "",
        programIds: [],
        search: "",
        only: "",
        everyone: false,
        offset: 0,
    };
}

/** The matrix without its looks: what the server answered, as rows and columns. */
export class QualificationMatrixModel {
    constructor(data) {
        this.data = data;
        this.trainers = data.trainers;
        this.columns = data.programs.flatMap((program) =>
            program.requirements.map((requirement, index) => ({
                program,
                requirement,
                isFirst: index === 0,
            }))
        );
        this.taught = Object.fromEntries(
            data.trainers.map((trainer) => [trainer.id, new Set(trainer.programs)])
        );
    }

    /** @returns {Object|undefined} nothing where he may not teach the programme */
    cell(trainer, column) {
        return trainer.cells[column.requirement.id];
    }

    mayTeach(trainer, column) {
        return this.taught[trainer.id].has(column.program.id);
    }

    /** Shown because everybody is judged, not because he may teach it. */
    isForeign(trainer, column) {
        return Boolean(this.cell(trainer, column)) && !this.mayTeach(trainer, column);
    }

    cellClass(trainer, column) {
        const cell = this.cell(trainer, column);
        const names = column.isFirst ? ["o_qualiopi_first"] : [];
        if (cell) {
            names.push(`o_qualiopi_${cell.state}`);
            if (!this.mayTeach(trainer, column)) {
                names.push("o_qualiopi_foreign");
            }
        }
        return names.join(" ");
    }

    at(row, index) {
        return [this.trainers[row], this.columns[index]];
    }

    /** @returns {{row: Number, column: Number}} the nearest place there is */
    nearest(row, column) {
        return {
            row: Math.max(HEADER, Math.min(row, this.trainers.length - 1)),
            column: Math.max(HEADER, Math.min(column, this.columns.length - 1)),
        };
    }
}
