"""An archive that was cut or flipped anywhere is refused, sealed or not; so is one that is not ours."""

from __future__ import annotations

import io
import tarfile

import pytest

from courtyard.ops.backup import archive
from courtyard.ops.backup.sealing import CHUNK, Damaged

MEMBERS = {"courtyard.sqlite3": b"page" * 3000, "files/photos/ab/cd/0.jpg": bytes(range(256)) * 9000}


@pytest.fixture(params=["", "long enough"], ids=["open", "sealed"])
def password(request):
    return request.param


@pytest.fixture
def whole(tmp_path, password):
    path = tmp_path / "whole"
    with archive.writing(path, password) as tar:
        said = {}
        for name, content in MEMBERS.items():
            source = tmp_path / "source"
            source.write_bytes(content)
            said[name] = archive.put(tar, name, source)
        archive.put_manifest(tar, {"format": archive.FORMAT, "members": said})
    return path


def unpack(path, tmp_path, password):
    folder = tmp_path / f"into{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    archive.extract(path, folder, password)
    return folder


def test_what_went_in_comes_out(whole, tmp_path, password):
    folder = unpack(whole, tmp_path, password)
    assert {name: (folder / name).read_bytes() for name in MEMBERS} == MEMBERS
    assert whole.stat().st_mode & 0o777 == 0o600


def test_hurt_anywhere_it_is_refused(whole, tmp_path, password):
    good = whole.read_bytes()
    for n in range(1, 40, 3):
        at = len(good) * n // 40
        for hurt in (good[:at], good[:at] + bytes([good[at] ^ 4]) + good[at + 1 :]):
            whole.write_bytes(hurt)
            with pytest.raises(Damaged):
                unpack(whole, tmp_path, password)


def test_cut_by_one_byte_or_longer_by_one_it_is_refused(whole, tmp_path, password):
    good = whole.read_bytes()
    whole.write_bytes(good[:-1])
    with pytest.raises(Damaged):
        unpack(whole, tmp_path, password)
    whole.write_bytes(good + b"x")
    with pytest.raises(Damaged):
        unpack(whole, tmp_path, password)


def test_chunks_of_a_sealed_archive_cannot_change_places(tmp_path):
    source, path = tmp_path / "source", tmp_path / "sealed"
    from courtyard.kernel.ids import random_bytes

    source.write_bytes(random_bytes(3 * CHUNK))
    with archive.writing(path, "long enough") as tar:
        archive.put_manifest(
            tar, {"format": 1, "members": {"courtyard.sqlite3": archive.put(tar, "courtyard.sqlite3", source)}}
        )
    good = path.read_bytes()
    head, step = 19 + 16, 4 + CHUNK + 16
    first, second = good[head : head + step], good[head + step : head + 2 * step]
    path.write_bytes(good[:head] + second + first + good[head + 2 * step :])
    with pytest.raises(Damaged):
        unpack(path, tmp_path, "long enough")


def test_a_wrong_password_and_a_missing_one_are_told_apart(tmp_path):
    path = tmp_path / "sealed"
    with archive.writing(path, "long enough") as tar:
        archive.put_manifest(tar, {"format": 1, "members": {}})
    with pytest.raises(Damaged):
        unpack(path, tmp_path, "long enougH")
    with pytest.raises(archive.PasswordWanted):
        unpack(path, tmp_path, "")


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "files/../../evil", "other/evil"])
def test_a_member_that_would_land_elsewhere_is_refused(tmp_path, name):
    path = tmp_path / "evil.tar"
    with archive.writing(path, "") as tar:
        info = tarfile.TarInfo(name)
        info.size = 4
        tar.addfile(info, io.BytesIO(b"evil"))
        archive.put_manifest(tar, {"format": 1, "members": {}})
    with pytest.raises(Damaged):
        unpack(path, tmp_path, "")
    assert not (tmp_path / "evil").exists()


def test_a_link_is_refused(tmp_path):
    path = tmp_path / "link.tar"
    with archive.writing(path, "") as tar:
        info = tarfile.TarInfo("courtyard.sqlite3")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(Damaged):
        unpack(path, tmp_path, "")


@pytest.mark.parametrize("content", [b"", b"not an archive", b"SQLite format 3\0" * 100])
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(Damaged):
        unpack(path, tmp_path, "")
