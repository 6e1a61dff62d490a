{
    "name": "Test - Qualiopi",
    "version": "19.0.1.0.0",
    "summary": "Tests of what crosses the Qualiopi addons",
    "category": "Hidden",
    "author": "Qualiopi for Odoo",
    "license": "LGPL-3",
    "depends": ["qualiopi_compliance", "qualiopi_compliance_portal"],
    "assets": {
        "web.assets_tests": ["test_qualiopi/static/src/tours/**/*"],
    },
}
