from odoo.http import content_disposition, request


def file_response(content, mimetype, name):
    """:return: the response that downloads a file, never shown as a page

    :param content: the file
    :type content: bytes
    """
    return request.make_response(
        content,
        headers=[
            ("Content-Type", mimetype),
            ("Content-Disposition", content_disposition(name)),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
