"""Questions on real news, whose text is not ours to hand on: written out beside the articles for `onrecord eval`.

168 questions over 32 articles of `realtimeqa/articles.dev.jsonl.gz`, written from reading them in words of our own, by
writers who knew neither the program nor its other questions. Where an article is quoted, the file has the place of the
words. Nothing is fitted on them: the heads and tables learn from other articles.
"""
