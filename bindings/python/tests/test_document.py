"""What a document holds."""

import pathlib

import fanfold
import pytest

WIKI = b"""{{Infobox settlement
| name = Ambridge
| population = 700
}}
'''Ambridge''' is a [[village]].<!-- unseen -->

== Places ==
{| class="wikitext"
|+ Inns
! colspan="2" | Inn
|-
! Name !! Rooms
|-
| The Bull || 4
|-
| rowspan="2" | Grey Gables || 40
|-
| 2
|}
<blockquote>
* one
* two
</blockquote>
"""


@pytest.fixture(scope="module")
def document() -> fanfold.Document:
    return fanfold.read(WIKI, from_="wikitext", title="Ambridge", lang="en")


def test_blocks_are_of_their_kinds(document: fanfold.Document) -> None:
    kinds = [type(block) for block in document.blocks]
    assert kinds == [fanfold.Infobox, fanfold.Paragraph, fanfold.Heading, fanfold.Table, fanfold.Quote]
    heading = document.blocks[2]
    assert isinstance(heading, fanfold.Heading) and (heading.level, heading.text) == (2, "Places")
    paragraph = document.blocks[1]
    assert isinstance(paragraph, fanfold.Paragraph)
    assert [inline.kind for inline in paragraph.content] == ["styled", "text", "link", "text"]
    assert paragraph.content[0].text == "Ambridge"
    start, end = paragraph.span
    assert WIKI[start:end].startswith(b"'''Ambridge'''")
    assert [block.text for block in document.walk() if isinstance(block, fanfold.List)] == ["one\ntwo"]


def test_what_is_known_of_it(document: fanfold.Document) -> None:
    assert (document.title, document.language, document.format) == ("Ambridge", "en", "wikitext")
    assert [(h.level, h.title, h.anchor) for h in document.outline] == [(0, "Ambridge", None), (2, "Places", "Places")]
    assert document.infobox is not None and document.infobox.to_dict()["Population"] == "700"
    assert document.articles[0].title == "Ambridge"
    assert "Ambridge is a village." in document.text.splitlines()


def test_losses_are_told_with_their_places(document: fanfold.Document) -> None:
    losses = {loss.text: loss for loss in document.losses}
    comment = losses["<!-- unseen -->"]
    assert (comment.code, comment.line) == ("comment-dropped", 5)
    assert WIKI[comment.start : comment.end] == b"<!-- unseen -->"
    assert any(said.code == "comment-dropped" and said.line == 5 for said in document.diagnostics)


def test_tables_fill_the_places_that_cells_span(document: fanfold.Document) -> None:
    (table,) = document.tables
    assert table.caption == "Inns"
    assert table.header == [["Inn", "Inn"], ["Name", "Rooms"]]
    assert table.rows == [["The Bull", "4"], ["Grey Gables", "40"], ["Grey Gables", "2"]]


def test_a_table_is_a_frame(document: fanfold.Document) -> None:
    pandas = pytest.importorskip("pandas")
    frame = document.tables[0].to_pandas()
    assert list(frame.columns) == [("Inn", "Name"), ("Inn", "Rooms")]
    assert frame.shape == (3, 2) and frame.iloc[2, 0] == "Grey Gables" and frame.attrs["caption"] == "Inns"
    plain = fanfold.read(b"| A | B |\n|---|---|\n| 1 | 2 |\n", from_="markdown").tables[0].to_pandas()
    pandas.testing.assert_frame_equal(plain, pandas.DataFrame({"A": ["1"], "B": ["2"]}, dtype=object))


def test_images_lie_beside_a_file_and_nowhere_else(tmp_path: pathlib.Path) -> None:
    pixel = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    (tmp_path / "dot.gif").write_bytes(pixel)
    text = "# A\n\n![A dot](dot.gif)\n"
    (tmp_path / "a.md").write_text(text)
    (image,) = fanfold.read(tmp_path / "a.md").images
    assert (image.name, image.media_type, image.data) == ("dot.gif", "image/gif", pixel)
    assert fanfold.read(text.encode(), from_="markdown").images == []
    assert fanfold.read(text.encode(), from_="markdown", resource_path=tmp_path).images == [image]
