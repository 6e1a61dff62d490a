import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {GraphRenderer} from "@web/views/graph/graph_renderer";
import "@qualiopi_compliance/rate_views/rate_views";

describe.current.tags("desktop");

/** Two learners of a course who gave a mark, one of a course where nobody did. */
class LearnerResult extends models.Model {
    _name = "learner.result";
    course = fields.Selection({
        selection: [
            ["sheets", "Spreadsheets"],
            ["words", "Words"],
        ],
    });
    satisfied = fields.Float({aggregator: "avg"});
    _records = [
        {id: 1, course: "sheets", satisfied: 1},
        {id: 2, course: "sheets", satisfied: 0},
        {id: 3, course: "words", satisfied: 0},
    ];
}

defineMailModels();
defineModels([LearnerResult]);

/** What the database answers: the average of nobody is nothing. */
function averages(groups) {
    const known = {sheets: 0.5, words: false};
    for (const group of groups) {
        group["satisfied:avg"] = known[group.course] ?? 0.5;
    }
    return groups;
}

test("a pivot leaves empty what has no data", async () => {
    onRpc("formatted_read_grouping_sets", async ({parent}) =>
        (await parent()).map(averages)
    );
    await mountView({
        type: "pivot",
        resModel: "learner.result",
        arch: `<pivot js_class="qualiopi_rate_pivot">
            <field name="course" type="row"/>
            <field name="satisfied" type="measure" widget="percentage"/>
        </pivot>`,
    });
    expect(queryAllTexts(".o_pivot_cell_value")).toEqual(["50.00%", "50.00%", ""]);
});

test("a graph has a gap where there is no data", async () => {
    let shown = null;
    patchWithCleanup(GraphRenderer.prototype, {
        getBarChartData() {
            const chart = super.getBarChartData();
            shown = {
                labels: [...chart.labels],
                data: chart.datasets.map((row) => row.data),
            };
            return chart;
        },
    });
    onRpc("formatted_read_group", async ({parent}) => averages(await parent()));
    await mountView({
        type: "graph",
        resModel: "learner.result",
        arch: `<graph js_class="qualiopi_rate_graph">
            <field name="course"/>
            <field name="satisfied" type="measure" widget="percentage"/>
        </graph>`,
    });
    expect(shown).toEqual({labels: ["Spreadsheets"], data: [[0.5]]});
});
