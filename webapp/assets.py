"""Static files under addresses that change with their content, so that browsers keep them."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, request, url_for


class Assets:
    """Gives addresses of static files, and tells browsers how long to keep them.

    Args:
        app: The application, whose static folder is read once.
    """

    def __init__(self, app: Flask) -> None:
        folder = Path(app.static_folder or "")
        self._versions = {
            path.relative_to(folder).as_posix(): _version(path)
            for path in folder.rglob("*")
            if path.is_file()
        }
        app.add_template_global(self.address, "asset")
        app.after_request(self._keep)

    def address(self, name: str) -> str:
        """Give the address of a static file."""
        return url_for("static", filename=name, v=self._versions[name])

    def _keep(self, response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in {200, 304}:
            name = (request.view_args or {}).get("filename", "")
            current = self._versions.get(name)
            if current and request.args.get("v") == current:
                response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _version(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=6).hexdigest()
