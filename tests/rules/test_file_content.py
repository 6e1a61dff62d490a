"""Files as evidence: hostile ones by hand, and what holds of any content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.file_content import HEAD_SIZE, file_problem, stem

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
ZIP = b"PK\x03\x04\x14\x00\x06\x00"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("contract.pdf", PDF),
        ("CONTRACT.PDF", PDF),
        # what a scanner wrote before the header
        ("scan.pdf", b"\x00\x01junk\n" + PDF),
        ("photo.png", PNG),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("minutes.docx", ZIP),
        ("protected.docx", OLE),
        ("minutes.doc", OLE),
        ("minutes.doc", b"{\\rtf1\\ansi"),
        ("list.xlsx", ZIP),
        ("list.ods", ZIP),
        ("old.xls", OLE),
        ("files.zip", ZIP),
        ("notes.txt", b"Minutes of 12 March: <b>agreed</b>"),
        ("import notes.txt", b"import of the records"),
        ("list.csv", b"name;day\nA;B\n"),
        ("mail.eml", b"Received: from <someone>\nContent-Type: text/html\n<html>"),
        ("export.xml", b'<?xml version="1.0"?><DSN><S10/></DSN>'),
        ("voice.m4a", b"\x00\x00\x00 ftypM4A "),
        ("no extension", b"text"),
        (".pdf of the lease", b"text"),
    ],
)
def test_what_people_file_is_taken(name, content):
    assert file_problem(name, content, len(content)) is None


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.pdf", b"", "empty"),
        ("setup.exe", b"MZ\x90\x00", "program"),
        ("contract.pdf", b"MZ\x90\x00\x03", "program"),
        ("contract.pdf", b"\x7fELF\x02\x01", "program"),
        ("contract.pdf", b"\xca\xfe\xba\xbe\x00", "program"),
        ("contract.pdf.exe", PDF, "program"),
        ("contract.pdf.exe .", PDF, "program"),
        ("contract.lnk", b"text", "program"),
        ("tool.jar", ZIP, "program"),
        ("run.bat", b"@echo off", "script"),
        ("run.JS", b"alert(1)", "script"),
        ("contract.pdf", b"#!/bin/sh\nrm", "script"),
        ("contract.pdf", b"\xef\xbb\xbf<?php echo 1;", "script"),
        ("notes.txt", b"#!/usr/bin/env python", "script"),
        ("page.html", b"hello", "page"),
        ("logo.svg", b"<svg xmlns='x'/>", "page"),
        ("contract.pdf", b"<!DOCTYPE html><p>", "page"),
        ("contract.pdf", b" \n\t<HTML><body>", "page"),
        ("contract.pdf", b"<html>" + PDF, "page"),
        ("photo.png", b"<?xml version='1.0'?>\n<!-- x -->\n<svg/>", "page"),
        ("notes.txt", b"<!-- nothing --><script>alert(1)</script>", "page"),
        ("contract.pdf", "\ufeff<html>".encode("utf-16-le"), "page"),
        ("contract.pdf", "\ufeff<html>".encode("utf-16-be"), "page"),
        ("contract.pdf", b"a text", "mismatch"),
        ("contract.pdf", PNG, "mismatch"),
        ("contract.pdf", b"x" * 2000 + PDF, "mismatch"),
        ("photo.png", PDF, "mismatch"),
        ("photo.jpeg", PNG, "mismatch"),
        ("minutes.docx", b"a text", "mismatch"),
        ("list.ods", OLE, "mismatch"),
    ],
)
def test_what_cannot_be_evidence_is_named(name, content, problem):
    assert file_problem(name, content, len(content)) == problem


@given(st.text(max_size=30), st.binary(min_size=1, max_size=HEAD_SIZE))
def test_a_program_is_refused_whatever_its_name(name, rest):
    assert file_problem(name, b"MZ" + rest, 10**6) == "program"


@given(
    st.sampled_from(["x.pdf", "x.png", "x.txt", "x", "x.docx"]),
    st.text(alphabet=" \t\r\n", max_size=20),
    st.sampled_from(["<html>", "<!DocType HTML>", "<svg ", "<script>", "<Body>"]),
)
def test_a_page_is_refused_whatever_comes_before(name, space, tag):
    content = (space + tag).encode()
    assert file_problem(name, content, len(content)) == "page"


@given(st.text(max_size=40), st.binary(max_size=200))
def test_any_file_is_judged(name, head):
    problems = {None, "empty", "program", "page", "script", "mismatch"}
    assert file_problem(name, head, len(head)) in problems


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("contract.pdf", "contract"),
        ("12.03 lease", "12.03 lease"),
        ("a.b.docx", "a.b"),
        (".pdf", ".pdf"),
        ("plain", "plain"),
        (" x .pdf", "x"),
    ],
)
def test_the_title_of_a_file(name, title):
    assert stem(name) == title
