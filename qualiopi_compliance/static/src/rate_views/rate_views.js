import {GraphModel} from "@web/views/graph/graph_model";
import {PivotModel} from "@web/views/pivot/pivot_model";
import {graphView} from "@web/views/graph/graph_view";
import {pivotView} from "@web/views/pivot/pivot_view";
import {registry} from "@web/core/registry";

/**
 * Averages that are rates: a group without anybody to average has no data. Core
 * shows 0 there, which for a rate is a figure, and the worst one.
 */
function isNoData(value) {
    return value === false || value === null;
}

export class RatePivotModel extends PivotModel {
    _getMeasurements() {
        const measurements = super._getMeasurements(...arguments);
        for (const [name, value] of Object.entries(measurements)) {
            if (isNoData(value)) {
                // Drawn as an empty cell
                delete measurements[name];
            }
        }
        return measurements;
    }
}

export class RateGraphModel extends GraphModel {
    async _loadDataPoints() {
        const [dataPoints, ...others] = await super._loadDataPoints(...arguments);
        return [dataPoints.filter((point) => !isNoData(point.value)), ...others];
    }

    _getData() {
        const data = super._getData(...arguments);
        for (const dataset of data.datasets) {
            // A place without a point, where core puts 0: a gap
            dataset.data = dataset.data.map((value, index) =>
                dataset.domains[index].length ? value : null
            );
        }
        return data;
    }
}

registry
    .category("views")
    .add("qualiopi_rate_pivot", {...pivotView, Model: RatePivotModel})
    .add("qualiopi_rate_graph", {...graphView, Model: RateGraphModel});
