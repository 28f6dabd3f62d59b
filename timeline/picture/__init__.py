"""The timeline as a drawing: dates in, shapes out. Pure; `pictured` feeds it and the template `_drawing.html` writes the SVG.

- `scale`: days to places on the axis, and the periods that the axis names.
- `lettering`: how wide words are, so that they stand where nothing else does.
- `events`, `measures`, `density`: the shapes of each.
- `drawing`: all of them under each other.
"""
