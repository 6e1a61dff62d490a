import {Component, useEffect, useRef, useState} from "@odoo/owl";

/** What lies over a record, or a list, while files are dragged: the part on screen. */
export class EvidenceDropzone extends Component {
    static template = "qualiopi_compliance.EvidenceDropzone";
    static props = {
        onDrop: Function,
        ref: Object,
    };

    setup() {
        this.root = useRef("root");
        this.state = useState({inside: false});
        useEffect(() => {
            const {el} = this.props.ref;
            const zone = el.getBoundingClientRect();
            const page = (el.closest(".o_content") || el).getBoundingClientRect();
            const top = Math.max(zone.top, page.top);
            const bottom = Math.min(zone.bottom, page.bottom, window.innerHeight);
            Object.assign(this.root.el.style, {
                top: `${top}px`,
                left: `${zone.left}px`,
                width: `${zone.width}px`,
                height: `${bottom - top}px`,
            });
        });
    }

    onDrop(ev) {
        ev.preventDefault();
        this.props.onDrop(ev.dataTransfer);
    }
}
