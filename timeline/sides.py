"""Two days side by side: each measure on both, what differs in words, and the events in between."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from .lines import MOST_BEHIND, Line, by_event, lines_on
from .words import deadline_words, fill


@dataclass(frozen=True)
class Sides:
    """One measure at the end of an earlier and of a later day."""

    earlier: Line
    later: Line

    @property
    def measure(self):
        return self.earlier.measure

    @property
    def lines(self):
        return self.earlier, self.later

    @cached_property
    def differences(self):
        """What differs, in sentences: the state, its parts, the deadline."""
        found = []
        before, after = self.earlier.standing, self.later.standing
        if before.state != after.state:
            found.append(fill(_("{before}, then {after}"), before=self.earlier.state_words, after=self.later.state_words))
        elif self.earlier.sentence != self.later.sentence:
            found.append(fill(_("first: {before}; then: {after}"), before=self.earlier.sentence, after=self.later.sentence))
        if before.deadline != after.deadline and self.later.is_known:
            found.append(self._moved())
        return found

    def _moved(self):
        before, after = (deadline_words(line.standing) for line in self.lines)
        if before and after:
            return fill(_("deadline {before}, then {after}"), before=before, after=after)
        if after:
            return fill(_("a new deadline: {after}"), after=after)
        return fill(_("no deadline any more, formerly {before}"), before=before)

    @cached_property
    def between(self):
        """The effects of the latest events told or acting after the earlier day and by the later one."""
        first, last = self.earlier.day, self.later.day
        effects = self.earlier.knowledge.effects[self.measure.document_id]
        found = [one for one in effects if any(days[0] <= last and days[1] > first for days in (one.announced, one.effective))]
        latest = set(list(dict.fromkeys(one.event for one in found))[-MOST_BEHIND:])
        return [one for one in found if one.event in latest]

    @property
    def events(self):
        """See lines.by_event."""
        return by_event(self.between, self.earlier.knowledge)


def sides_on(days, knowledge):
    """Every measure on two days: (Sides of public acts, Sides of company commitments). One query."""
    earlier, later = (lines_on(day, knowledge, is_told=False) for day in sorted(days))
    groups = [[Sides(*lines) for lines in zip(*group, strict=True)] for group in zip(earlier, later, strict=True)]
    knowledge.load([effect for group in groups for one in group for effect in one.between + one.earlier.spoken + one.later.spoken])
    return groups
