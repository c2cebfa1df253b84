"""Everything printed: one facts function and one template a print; `render` makes the PDF, `render_png` the picture."""

from courtyard.outreach.papers.press import Printed, lost_characters, render, render_png, template_sha256

__all__ = ["Printed", "lost_characters", "render", "render_png", "template_sha256"]
