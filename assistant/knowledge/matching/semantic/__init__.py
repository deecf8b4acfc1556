"""Meaning as vectors: the embedding models that come inside packages and run offline, and a store of their vectors.

What lives here: loading the models, turning texts into vectors, keeping vectors by text. What may not: ranking and
deciding. The packages are optional (extra ``semantic``); without them there is no encoder, and matching goes by words.
"""
