"""English words of grammar, as stems: they say nothing of what a passage is about."""

STOPWORDS = frozenset(
    """
    a about after again all also an and ani ar are as at be becaus been befor being between both but by can could
    did do doe does done for from further had has hasn have he her here him his how i if in into is isn it its itself
    just me more most my no nor not now of off on onc onli or other our out over own s same she should so some such t
    than that the their them then there these they this those through to too under until up us veri wa was we were
    what when where which while who whom whose whi why will with would you your
    """.split()  # a paragraph is easier to read and check than 120 quoted words
)

__all__ = ["STOPWORDS"]
