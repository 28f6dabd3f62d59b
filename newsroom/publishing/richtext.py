"""Rich text: what staff may write, and the only HTML the public is ever sent."""

from django_prose_editor.fields import ProseEditorField

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}


class RichTextField(ProseEditorField):
    """HTML, sanitised to EXTENSIONS whenever it is saved, by a form or not, so that templates may mark it safe."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs.setdefault("sanitize", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def as_read(self, edition, html):
        """The sanitised text of an edition as the desk shows what cannot be changed any more."""
        return html

    def missing(self, html):
        """What the text names that is gone, and that saving it leaves out: a list, in words."""
        return []

    def pre_save(self, model_instance, add):
        html = super().pre_save(model_instance, add)
        # A form cuts the space around it off: a text imported with some is not changed by being saved there.
        clean = self.sanitize(html).strip() if html else html
        setattr(model_instance, self.attname, clean)
        return clean
