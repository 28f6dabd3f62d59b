"""The search of the desk's lists: titles, addresses and bodies, in every language at once."""

from newsroom.publishing import languages
from newsroom.publishing.richtext import RichTextField

from .matching import matching_anywhere


class FullText:
    """A mixin of EditionAdmin."""

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        names = languages.translated_fields(self.model)
        html = [name for name in names if isinstance(self.opts.get_field(name), RichTextField)]
        return matching_anywhere(queryset, search_term, [name for name in names if name not in html], html), False
