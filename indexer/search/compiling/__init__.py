"""From what was typed to what is asked of the engine.

The syntax tree says how a query is built; the index says which words there are. Here both meet:
marks are completed, patterns and values looked up, and the parts that always bind are kept apart
from the words of which some may be missing.

Reading order: `compiled` (the result), `vocabulary` (what is asked of the index), `wanted` (what
was typed, in its order), `runs` (words side by side), `patterns` (words of which letters are left
open), `facet_values` (typed values to those of a facet), `abbreviated` (other ways to say some
words), `quoted` (which phrases bind), `notices` (what is said where something is read otherwise),
`compiler`.
"""

from indexer.search.compiling.compiled import Compiled
from indexer.search.compiling.compiler import Options, compile_query
from indexer.search.compiling.vocabulary import EngineVocabulary, Vocabulary

__all__ = ["Compiled", "EngineVocabulary", "Options", "Vocabulary", "compile_query"]
