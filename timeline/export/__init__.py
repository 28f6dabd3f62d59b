"""The timeline to take away: the events that a filter finds as CSV, JSON and iCalendar, streamed. docs/take-away.md says what is in them.

`about` is what every format says of itself, `reading` how events are read a chunk at a time; each format has a file.
"""
