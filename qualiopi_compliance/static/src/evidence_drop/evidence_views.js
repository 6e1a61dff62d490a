import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useCustomDropzone} from "@web/core/dropzone/dropzone_hook";
import {useService} from "@web/core/utils/hooks";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";
import {EvidenceDropzone} from "./evidence_dropzone";
import {useEvidenceUpload} from "./evidence_upload";

/** Files dropped on the documents, or chosen: drafts like those the button New makes. */
const withFiles = (Controller) =>
    class extends Controller {
        setup() {
            super.setup();
            this.filesAction = useService("action");
            this.filesNotification = useService("notification");
            this.files = useEvidenceUpload({
                target: () => ({context: this.props.context}),
                onReceived: (told) => this.tellOfFiles(told),
            });
            this.filesState = this.files.state;
            useCustomDropzone(
                this.rootRef,
                EvidenceDropzone,
                {onDrop: this.files.drop},
                () => this.mayAddFiles
            );
        }

        get mayAddFiles() {
            return this.props.archInfo.activeActions.create && this.props.showButtons;
        }

        // on a phone the button lies in a menu, which is gone once it is used
        chooseFiles() {
            const input = document.createElement("input");
            input.type = "file";
            input.multiple = true;
            input.onchange = () => this.files.upload(input.files);
            input.click();
        }

        async tellOfFiles({made, known, refused}) {
            for (const {reason} of refused) {
                this.filesNotification.add(reason, {
                    title: _t("Not filed"),
                    type: "danger",
                    sticky: true,
                });
            }
            for (const {id, name, notice} of known) {
                this.filesNotification.add(notice, {
                    title: name,
                    type: "warning",
                    sticky: true,
                    buttons: [
                        {
                            name: _t("Look at It"),
                            onClick: () => this.files.openKnown(this.filesAction, id),
                        },
                    ],
                });
            }
            if (made.length) {
                await this.files.openMade(this.filesAction);
            }
        }
    };

export class EvidenceListController extends withFiles(ListController) {
    static template = "qualiopi_compliance.EvidenceListView";
}

export class EvidenceKanbanController extends withFiles(KanbanController) {
    static template = "qualiopi_compliance.EvidenceKanbanView";
}

registry.category("views").add("qualiopi_evidence_list", {
    ...listView,
    Controller: EvidenceListController,
});
registry.category("views").add("qualiopi_evidence_kanban", {
    ...kanbanView,
    Controller: EvidenceKanbanController,
});
