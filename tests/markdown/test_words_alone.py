"""The words of an article alone, as excerpts are cut from them."""

from chalicelib import markdown


def test_headings_items_and_rows_end_and_cells_stand_apart() -> None:
    table = "| Grit | Minutes |\n| --- | --- |\n| 240 | |\n| 320 | 5 |"
    text = f"## Sand it\n\nDry it *first*\n\n- by hand\n- or not?\n\n{table}\n\n## هل انتهى؟\n\nنعم"
    assert markdown.to_text(text).split("\n") == [
        "Sand it.", "Dry it first", "by hand.", "or not?", "Grit · Minutes.", "240.", "320 · 5.",
        "", "هل انتهى؟", "نعم",
    ]  # fmt: skip


def test_a_blank_line_parts_what_headings_and_callouts_part() -> None:
    text = (
        "Oil it.\n\nTwice.\n\n> [!WARNING]\n> No olive oil.\n>\n> Never.\n\nWait.\n\n## Then\n\n### Sand\n\nWith paper."
    )
    assert markdown.to_text(text).split("\n\n") == [
        "Oil it.\nTwice.",
        "No olive oil.\nNever.",
        "Wait.",
        "Then.",
        "Sand.\nWith paper.",
    ]
