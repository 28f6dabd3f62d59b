from django import template

from newsroom.library.illustrations import illustrated

register = template.Library()
register.filter(illustrated)
