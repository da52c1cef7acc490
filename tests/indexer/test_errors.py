import pickle

from indexer import QueryError, RequestError


def test_an_error_that_comes_out_of_another_process_says_all_that_it_said() -> None:
    query = QueryError("wrong", position=3, length=2, message_vi="sai", part="ab", mend="a")
    request = RequestError("first", "comes after {other}", other="last")

    for error in query, request:
        copy = pickle.loads(pickle.dumps(error))
        assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))
