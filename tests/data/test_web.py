"""Answers of services: fetched once, kept whole, told plainly when they fail."""

import gzip
import json

import pytest

from data.faults import InputError
from data.web import Request, Service, answer, cache_folder, digest, kept

MADE = Service("Made", "http://127.0.0.1:9/nowhere", "KHAZRI_MADE_URL")
ASKED = Request(MADE, (("lat", "40.4"), ("lon", "49.8"), ("start", "2015")))


@pytest.fixture
def made(service, monkeypatch):
    monkeypatch.setenv("KHAZRI_MADE_URL", f"{service.address}/made")
    service.reply = lambda path, query: (200, json.dumps(query).encode())
    return service


def told(request=ASKED, parse=json.loads):
    with pytest.raises(InputError) as caught:
        answer(request, parse)
    return str(caught.value)


def files():
    return sorted(p for p in cache_folder().rglob("*") if p.is_file())


def test_an_answer_is_fetched_once(made):
    assert answer(ASKED, json.loads) == dict(ASKED.query)
    assert answer(ASKED, json.loads) == dict(ASKED.query)
    assert len(made.asked) == 1
    assert [path.suffix for path in files()] == [".gz", ".json"]
    assert ASKED.label == "Made 40.4 49.8 2015"


def test_the_order_of_the_question_and_the_mirror_do_not_matter(made, monkeypatch):
    answer(ASKED, json.loads)
    monkeypatch.delenv("KHAZRI_MADE_URL")
    turned = Request(MADE, ASKED.query[::-1])
    assert turned.key == ASKED.key
    assert answer(turned, json.loads) == dict(ASKED.query)
    assert Request(MADE, ASKED.query[:2]).key != ASKED.key


def test_a_damaged_answer_is_fetched_again(made):
    answer(ASKED, json.loads)
    body = files()[0]
    body.write_bytes(gzip.compress(b'{"lat": "0"}'))
    assert kept(ASKED) is None
    assert answer(ASKED, json.loads) == dict(ASKED.query)
    body.write_bytes(body.read_bytes()[:20])
    assert kept(ASKED) is None
    assert answer(ASKED, json.loads) == dict(ASKED.query)
    assert len(made.asked) == 3
    whole = body.read_bytes()
    for place in range(10, len(whole) - 8):
        body.write_bytes(
            whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        )
        assert kept(ASKED) in (None, json.dumps(dict(ASKED.query)).encode())


def test_an_answer_without_its_word_counts_as_never_fetched(made):
    answer(ASKED, json.loads)
    files()[1].unlink()
    assert digest(ASKED) is None
    answer(ASKED, json.loads)
    assert len(made.asked) == 2
    assert len(digest(ASKED)) == 64


def test_offline_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("data.web.BACKOFF_S", 0.0)
    said = told()
    assert said.startswith("Made: cannot be reached (connection refused) — expected")
    assert "--set climate.source=synthetic" in said
    assert list(tmp_path.iterdir()) == []


def test_a_busy_service_is_asked_again(made):
    replies = iter([(503, b""), (429, b""), (200, b"{}")])
    made.reply = lambda path, query: next(replies)
    assert answer(ASKED, json.loads) == {}
    assert len(made.asked) == 3


def test_a_service_that_stays_busy_is_named(made):
    made.reply = lambda path, query: (503, b"come back later")
    assert "Made: answers 503: come back later" in told()


def test_what_the_service_minds_is_told(made):
    made.reply = lambda path, query: (400, b'{"message": "Location over the sea"}')
    assert "answers 400" in told()
    assert "over the sea" in told()
    assert files() == []


def test_nonsense_is_not_kept(made):
    made.reply = lambda path, query: (200, b"<html>please log in</html>")
    assert "Made: an answer that says nothing (JSONDecodeError" in told()
    assert files() == []


@pytest.mark.parametrize("answered", [b"null", b"[]", b'{"header": null}'])
def test_json_of_another_shape_is_told_as_nonsense(made, answered):
    made.reply = lambda path, query: (200, answered)
    said = told(parse=lambda body: json.loads(body)["header"].get("fill_value"))
    assert "Made: an answer that says nothing" in said
    assert files() == []


def test_an_answer_that_breaks_off_is_not_kept(made):
    made.stated_length = 5000
    assert "Made: cannot be reached (the answer broke off)" in told()
    assert files() == []


def test_a_folder_that_takes_nothing_is_named(made, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path / "file"))
    assert "KHAZRI_CACHE names another" in told()


def test_the_cache_stands_where_the_system_keeps_such_things(monkeypatch, tmp_path):
    monkeypatch.delenv("KHAZRI_CACHE", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "khazri"
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache_folder().parts[-3:] == ("Library", "Caches", "khazri")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert cache_folder() == tmp_path / "khazri" / "cache"
