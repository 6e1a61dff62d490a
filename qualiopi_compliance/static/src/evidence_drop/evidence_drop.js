import {Component, useRef} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useCustomDropzone} from "@web/core/dropzone/dropzone_hook";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {EvidenceDropzone} from "./evidence_dropzone";
import {useEvidenceUpload} from "./evidence_upload";

/**
 * Files dropped on a record, or chosen with the button, become draft documents about it.
 * It says what was made, what is known already and what was refused.
 */
export class EvidenceDrop extends Component {
    static template = "qualiopi_compliance.EvidenceDrop";
    static props = {
        ...standardWidgetProps,
        local: {type: Boolean, optional: true},
    };

    setup() {
        this.action = useService("action");
        this.root = useRef("root");
        this.input = useRef("input");
        this.files = useEvidenceUpload({
            target: () => this.target(),
            onReceived: () => this.refresh(),
        });
        this.state = this.files.state;
        const widget = this;
        const zone = {
            get el() {
                const own = widget.root.el;
                return widget.props.local ? own : own?.closest(".o_form_sheet") || own;
            },
        };
        useCustomDropzone(zone, EvidenceDropzone, {onDrop: this.files.drop});
    }

    /** The record must be there before a document can be about it. */
    async target() {
        const {record} = this.props;
        if (!record.resId && !(await record.save())) {
            return false;
        }
        return {res_model: record.resModel, res_id: record.resId};
    }

    async refresh() {
        const {record} = this.props;
        if (!(await record.isDirty())) {
            await record.load();
        }
    }

    onChosen(ev) {
        const chosen = [...ev.target.files];
        // the same file may be chosen again
        ev.target.value = "";
        return this.files.upload(chosen);
    }

    open() {
        return this.files.openMade(this.action);
    }

    look(id) {
        return this.files.openKnown(this.action, id);
    }

    close() {
        this.state.told = null;
    }
}

registry.category("view_widgets").add("qualiopi_evidence_drop", {
    component: EvidenceDrop,
    extractProps: ({attrs}) => ({local: Boolean(attrs.local)}),
});
