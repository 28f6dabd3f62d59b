"""Records of measures, told one effect after the other."""

from datetime import date, timedelta

from timeline.in_force import DeadlineMeans, Effect, Verb, bars, state_on

TAKES_EFFECT, COMPLY_BY = DeadlineMeans
DECADE = date(2029, 12, 31)


def day(text):
    return date.fromisoformat(text)


def aug(number):
    return date(2020, 8, 1) + timedelta(number - 1)


def possible_days(text):
    """`2020-08-06`, or the first and the last of several."""
    first, _, last = text.partition("..")
    return day(first), day(last or first)


class Story:
    """A measure's record, told one effect after the other."""

    def __init__(self, means=COMPLY_BY, checked_through=DECADE):
        self.effects, self.means, self.checked_through = [], means, checked_through

    def tell(self, announced, verb, effective="", **facts):
        announced = possible_days(announced)
        facts = {"id": len(self.effects), "event": len(self.effects), **facts}
        effective = possible_days(effective) if effective else announced
        effect = Effect(measure="measure", verb=Verb(verb), announced=announced, effective=effective, **facts)
        self.effects.append(effect)
        return effect

    def on(self, text):
        return state_on(self.effects, day(text), deadline_means=self.means, checked_through=self.checked_through)

    def states(self, *texts):
        return [self.on(text).state for text in texts]

    def bars(self):
        return bars(self.effects, deadline_means=self.means, checked_through=self.checked_through)

    def until(self, text):
        """The story as it was known at the end of a day."""
        story = Story(self.means, self.checked_through)
        story.effects = [effect for effect in self.effects if effect.announced[1] <= day(text)]
        return story
