import {Component, markRaw, onWillStart, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {RPCError} from "@web/core/network/rpc";
import {Pager} from "@web/core/pager/pager";
import {MultiRecordSelector} from "@web/core/record_selectors/multi_record_selector";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {
    HEADER,
    PAGE,
    QualificationMatrixModel,
    STATES,
    noFilters,
} from "./qualification_matrix_model";
import {QualificationMatrixTexts} from "./qualification_matrix_texts";

const MOVES = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
};

/**
 * Trainers by what programmes require of them, on any day: who holds it, whose
 * certificate is about to end, who lacks it.
 */
export class QualificationMatrix extends Component {
    static template = "qualiopi_compliance.QualificationMatrix";
    static components = {Layout, MultiRecordSelector, Pager};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.table = useRef("table");
        this.keepLast = new KeepLast();
        this.states = STATES;
        this.programDomain = [["state", "!=", "retired"]];
        this.state = useState({
            model: null,
            filters: {...noFilters(), ...this.props.state?.filters},
            unfolded: false,
            error: "",
        });
        this.searchSoon = useDebounced((search) => this.filter({search}), 300);
        useSetupAction({getLocalState: () => ({filters: {...this.state.filters}})});
        onWillStart(() => this.load());
        useEffect(
            (table) => table && this.giveTab(table.querySelector("tbody [data-row]")),
            () => [this.table.el, this.model]
        );
    }

    /** @returns {QualificationMatrixModel} */
    get model() {
        return this.state.model;
    }

    get filters() {
        return this.state.filters;
    }

    /** How many filters hide trainers or columns. */
    get filterCount() {
        const {programIds, search, only} = this.filters;
        return [programIds.length, search, only].filter(Boolean).length;
    }

    get choices() {
        return [
            ["", _t("All trainers")],
            ["gaps", _t("Only gaps")],
            ["soon", _t("Gaps and what expires")],
            ["full", _t("Holding everything")],
        ];
    }

    // ----------------------------------------------------------------- reading

    async load() {
        const {day, programIds, search, only, everyone, offset} = this.filters;
        try {
            const data = await this.keepLast.add(
                this.orm.call("qualiopi.trainer", "qualification_matrix", [], {
                    day: day || false,
                    program_ids: programIds,
                    search,
                    only,
                    everyone,
                    offset,
                    limit: PAGE,
                })
            );
            // thousands of cells that do not change: nothing to watch in them
            this.state.model = markRaw(new QualificationMatrixModel(data));
            this.texts = new QualificationMatrixTexts(this.model);
            this.state.error = "";
        } catch (error) {
            this.state.error =
                error instanceof RPCError && error.data?.message
                    ? error.data.message
                    : _t("The server does not answer.");
        }
    }

    /** Ask for something else, from the first page on. */
    filter(changes) {
        Object.assign(this.state.filters, {offset: 0}, changes);
        return this.load();
    }

    onDay(ev) {
        // while a year is being typed there is no date yet
        if (ev.target.value && ev.target.value > "1000") {
            return this.filter({day: ev.target.value});
        }
    }

    clear() {
        const {day, everyone} = this.filters;
        return this.filter({...noFilters(), day, everyone});
    }

    // --------------------------------------------------------------- moving about

    place(target) {
        const element = target.closest("[data-row]");
        return (
            element && {
                element,
                row: Number(element.dataset.row),
                column: Number(element.dataset.column),
            }
        );
    }

    /** One place of the whole table is a stop for the Tab key. */
    giveTab(element) {
        this.table.el.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
        element?.setAttribute("tabindex", "0");
    }

    onFocusin(ev) {
        const place = this.place(ev.target);
        if (place) {
            this.giveTab(place.element);
            const label = this.texts.placeLabel(place.row, place.column);
            place.element.setAttribute("aria-label", label);
        }
    }

    onMouseover(ev) {
        const place = this.place(ev.target);
        if (place) {
            place.element.title = this.texts.placeLabel(place.row, place.column);
        }
    }

    focusCell(row, index) {
        const {row: to, column} = this.model.nearest(row, index);
        this.table.el
            .querySelector(`[data-row="${to}"][data-column="${column}"]`)
            ?.focus();
    }

    onKeydown(ev) {
        const place = this.place(ev.target);
        if (!place || ev.altKey || ev.metaKey) {
            return;
        }
        const {row, column} = place;
        if (MOVES[ev.key]) {
            const [down, right] = MOVES[ev.key];
            this.focusCell(row + down, column + right);
        } else if (ev.key === "Home") {
            this.focusCell(ev.ctrlKey ? 0 : row, row === HEADER ? 0 : HEADER);
        } else if (ev.key === "End") {
            const last = this.model.columns.length - 1;
            this.focusCell(ev.ctrlKey ? this.model.trainers.length - 1 : row, last);
        } else if (ev.key === "Enter" || ev.key === " ") {
            this.open(place);
        } else {
            return;
        }
        ev.preventDefault();
    }

    // ------------------------------------------------------------------ opening

    onClick(ev) {
        const place = this.place(ev.target);
        if (place) {
            this.open(place);
        }
    }

    /** A column opens its programme, anything else the file of the trainer. */
    open({row, column: index}) {
        const [trainer, column] = this.model.at(row, index);
        return row === HEADER
            ? this.openForm("qualiopi.program", column.program.id)
            : this.openForm("qualiopi.trainer", trainer.id);
    }

    openForm(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openAction(name) {
        return this.action.doAction(`qualiopi_compliance.${name}`);
    }

    export() {
        const {day, programIds} = this.filters;
        return this.action.doAction(
            "qualiopi_compliance.qualiopi_trainer_report_action",
            {
                additionalContext: {
                    default_what: "matrix",
                    default_day: day || this.model.data.day,
                    default_program_ids: programIds,
                },
            }
        );
    }
}

registry.category("actions").add("qualiopi_qualification_matrix", QualificationMatrix);
