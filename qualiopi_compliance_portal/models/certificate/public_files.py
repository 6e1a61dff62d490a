"""Which files visitors may be given, told by their content and not by their name."""

from odoo.tools.mimetypes import guess_mimetype

# Neither holds anything that runs when a visitor opens it, as a page or an SVG does.
IMAGES = {"image/png": "png", "image/jpeg": "jpg"}
COPIES = {"application/pdf": "pdf", **IMAGES}


def kind_of(content, allowed):
    """
    :param bytes content: of the file
    :param allowed: type -> extension
    :return: its type and extension, or None when it is none of these
    """
    # a type that is not recognised is none of ours
    mimetype = guess_mimetype(content or b"", default="")
    return (mimetype, allowed[mimetype]) if mimetype in allowed else None
