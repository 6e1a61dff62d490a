import {_t} from "@web/core/l10n/translation";
import {session} from "@web/session";
import {DEFAULT_MAX_FILE_SIZE} from "@web/core/utils/files";
import {humanNumber} from "@web/core/utils/numbers";
import {useService} from "@web/core/utils/hooks";
import {useState} from "@odoo/owl";

const ROUTE = "/web/binary/upload_attachment";
const MODEL = "qualiopi.evidence";

/** What was dropped, without folders: a browser sends nothing of them. */
export function droppedFiles({items, files}) {
    const folders = [...(items || [])]
        .map((item) => item.webkitGetAsEntry?.())
        .filter((entry) => entry?.isDirectory)
        .map((entry) => entry.name);
    return {
        files: [...files].filter((file) => !folders.includes(file.name)),
        refused: folders.map((name) => ({
            name,
            reason: _t("“%s” is a folder: drop the files that it holds.", name),
        })),
    };
}

/**
 * Sends files and makes a draft document of each.
 *
 * @param {Object} options
 * @param {Function} options.target called before each sending; returns the context and
 *  the record it is about, or false to send nothing
 * @param {Function} options.onReceived called with what the server made of them
 */
export function useEvidenceUpload({target, onReceived}) {
    const http = useService("http");
    const orm = useService("orm");
    const state = useState({sending: 0, total: 0, told: null});

    function tooLarge(file) {
        const limit = session.max_file_upload_size || DEFAULT_MAX_FILE_SIZE;
        return (
            file.size > limit && {
                name: file.name,
                reason: _t(
                    "“%(name)s” is too large: at most %(size)sB. Save it smaller, or enter its address as a link.",
                    {name: file.name, size: humanNumber(limit)}
                ),
            }
        );
    }

    async function sendOne(file) {
        const params = {
            csrf_token: odoo.csrf_token,
            ufile: [file],
            model: MODEL,
            id: 0,
        };
        const [answer] = [JSON.parse(await http.post(ROUTE, params, "text"))].flat();
        return answer.error
            ? {refused: {name: file.name, reason: answer.error}}
            : answer;
    }

    async function send(files, refused) {
        const ids = [];
        for (const file of files) {
            state.sending += 1;
            const large = tooLarge(file);
            if (large) {
                refused.push(large);
                continue;
            }
            try {
                const answer = await sendOne(file);
                if (answer.refused) {
                    refused.push(answer.refused);
                } else {
                    ids.push(answer.id);
                }
            } catch {
                refused.push({
                    name: file.name,
                    reason: _t(
                        "“%s” could not be sent. Check the connection and send it again.",
                        file.name
                    ),
                });
            }
        }
        return ids;
    }

    /**
     * @param {FileList|File[]} chosen
     * @param {Object[]} before what was refused already
     */
    async function upload(chosen, before = []) {
        const files = [...chosen];
        const on = (files.length || before.length) && !state.total && (await target());
        if (!on) {
            return;
        }
        Object.assign(state, {sending: 0, total: files.length || 1, told: null});
        try {
            const refused = [...before];
            const ids = await send(files, refused);
            const told = ids.length
                ? await orm.call(MODEL, "action_receive_files", [ids], on)
                : {made: [], known: [], refused: []};
            told.refused.unshift(...refused);
            state.told = told;
            await onReceived(told);
        } finally {
            state.total = 0;
        }
    }

    return {
        state,
        upload,
        drop: (transfer) => {
            const {files, refused} = droppedFiles(transfer);
            return upload(files, refused);
        },
        /** Opens the drafts just made. */
        openMade: async (action) => {
            const ids = state.told.made.map((each) => each.id);
            action.doAction(await orm.call(MODEL, "action_open_received", [ids]));
        },
        /** Opens the documents that have the same file as this new one. */
        openKnown: async (action, id) =>
            action.doAction(await orm.call(MODEL, "action_open_same_files", [[id]])),
    };
}
