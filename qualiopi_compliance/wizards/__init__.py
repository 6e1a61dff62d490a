from . import qualiopi_checklist_close
