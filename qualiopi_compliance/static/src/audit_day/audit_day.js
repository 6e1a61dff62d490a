import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";

const DECISIONS = ["action_seen", "action_not_looked"];

/**
 * The indicators of one audit, one after the other: opened on one of them, however,
 * the pager goes through all that are looked at.
 */
export class AuditDayModel extends formView.Model {
    async load(params = {}) {
        const {resId, resIds} = {...this.config, ...params};
        if (resId && (resIds || []).length < 2) {
            params = {...params, resIds: await this.walk(resId)};
        }
        return super.load(params);
    }

    /** Numbers of the indicators looked at in the audit of this one, in order. */
    async walk(resId) {
        const {resModel} = this.config;
        const [{audit_id: audit}] = await this.orm.read(
            resModel,
            [resId],
            ["audit_id"]
        );
        const found = await this.orm.search(resModel, [
            ["audit_id", "=", audit[0]],
            ["asked", "!=", "no"],
        ]);
        return found.includes(resId) ? found : [resId];
    }
}

/** Once an indicator is decided, the screen shows the next one that is not. */
export class AuditDayController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    async afterExecuteActionButton(clickParams) {
        await super.afterExecuteActionButton(clickParams);
        if (DECISIONS.includes(clickParams.name)) {
            await this.goOn();
        }
    }

    async goOn() {
        const {resId, resIds, resModel} = this.model.root;
        const left = await this.orm.search(resModel, [
            ["id", "in", resIds],
            ["decision", "=", "undecided"],
        ]);
        if (left.includes(resId)) {
            // It was refused: whoever decides stays with it
            return;
        }
        const after = resIds.slice(resIds.indexOf(resId) + 1);
        const next = after.find((id) => left.includes(id)) ?? left[0];
        if (next) {
            await this.model.load({resId: next});
        } else {
            this.notification.add(_t("Every indicator is decided."), {type: "success"});
        }
    }
}

registry.category("views").add("qualiopi_audit_day", {
    ...formView,
    Model: AuditDayModel,
    Controller: AuditDayController,
});
