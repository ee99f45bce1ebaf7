"""Users' lists of sites: read in three formats, or refused with every reason."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.faults import SHOWN, Fault, InputError
from data.sites import read_sites

HEADER = "site_id,name,lat,lon"
GOOD = "S1,Plot one,40.4,49.9\nS2,Plot two,39.2,45.4\n"


@pytest.fixture
def write(tmp_path):
    def put(content, name="sites.csv"):
        path = tmp_path / name
        raw = content if isinstance(content, bytes) else content.encode("utf-8")
        path.write_bytes(raw)
        return path

    return put


def faults_of(path):
    with pytest.raises(InputError) as caught:
        read_sites(path)
    return caught.value.faults


def only_fault(path):
    (fault,) = faults_of(path)
    return fault


def feature(site_id, lat, lon, **properties):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"site_id": site_id, "name": site_id, **properties},
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


# Reading


def test_reads_the_four_columns(write):
    sites = read_sites(write(f"{HEADER}\n{GOOD}"))
    assert list(sites.index) == ["S1", "S2"]
    assert sites.index.name == "site_id"
    assert list(sites.columns) == ["name", "lat", "lon"]
    assert sites["lat"].tolist() == [40.4, 39.2]


def test_missing_columns_stay_absent(write):
    assert "area_ha" not in read_sites(write(f"{HEADER}\n{GOOD}"))


def test_unknown_columns_are_kept_and_typed_by_what_they_hold(write):
    text = f"{HEADER},my_score,code,remark\n"
    text += "S1,a,40,49,1.5,007,x\nS2,b,40,49,,010,\n"
    sites = read_sites(write(text))
    assert sites["my_score"].tolist()[0] == 1.5
    assert np.isnan(sites["my_score"].iloc[1])
    assert sites["code"].tolist() == ["007", "010"]
    assert sites["remark"].tolist() == ["x", ""]


def test_known_columns_take_the_type_of_the_glossary(write):
    sites = read_sites(write(f"{HEADER},area_ha,owner\nS1,a,40,49,,7\n"))
    assert np.isnan(sites["area_ha"].iloc[0])
    assert sites["owner"].tolist() == ["7"]


def test_ids_stay_text_and_lose_only_outer_blanks(write):
    sites = read_sites(write(f"{HEADER}\n 007 , Plot ,40, 49 \n"))
    assert sites.index.tolist() == ["007"]
    assert sites["name"].tolist() == ["Plot"]


def test_byte_order_mark_is_no_part_of_the_header(write):
    sites = read_sites(write(b"\xef\xbb\xbf" + f"{HEADER}\n{GOOD}".encode()))
    assert len(sites) == 2


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_do_not_matter(write, ending):
    text = f"{HEADER}\n\n{GOOD}".replace("\n", ending)
    assert len(read_sites(write(text))) == 2


def test_letters_of_azerbaijan_survive(write):
    sites = read_sites(write(f"{HEADER}\nS1,Gəncə Şəhəri,40.7,46.4\n"))
    assert sites["name"].tolist() == ["Gəncə Şəhəri"]


def test_quoted_commas_and_lines_are_cells(write):
    sites = read_sites(write(f'{HEADER},remark\nS1,"A, B",40,49,"one\ntwo"\n'))
    assert sites["name"].tolist() == ["A, B"]
    assert sites["remark"].tolist() == ["one\ntwo"]


def test_geojson_gives_the_same_sites_as_csv(write):
    text = collection(feature("S1", 40.4, 49.9), feature("S2", 39.2, 45.4))
    from_json = read_sites(write(text, "sites.geojson"))
    csv_text = f"{HEADER}\nS1,S1,40.4,49.9\nS2,S2,39.2,45.4\n"
    from_csv = read_sites(write(csv_text))
    pd.testing.assert_frame_equal(from_json[from_csv.columns], from_csv)


def test_geojson_id_and_missing_properties(write):
    one = feature("S1", 40.4, 49.9, area_ha=12)
    two = {**feature("x", 40.4, 49.9), "id": 7, "properties": {"name": "seven"}}
    sites = read_sites(write(collection(one, two), "sites.json"))
    assert sites.index.tolist() == ["S1", "7"]
    assert sites["area_ha"].iloc[0] == 12
    assert np.isnan(sites["area_ha"].iloc[1])


@pytest.mark.parametrize("indexed", [False, True])
def test_parquet_gives_the_same_sites_as_csv(write, tmp_path, indexed):
    from_csv = read_sites(write(f"{HEADER},area_ha\nS1,a,40.4,49.9,3\nS2,b,40,49,\n"))
    path = tmp_path / "sites.parquet"
    (from_csv if indexed else from_csv.reset_index()).to_parquet(path)
    pd.testing.assert_frame_equal(read_sites(path), from_csv)


def test_what_a_parquet_file_leaves_blank_is_absent(tmp_path):
    path = tmp_path / "sites.parquet"
    frame = pd.DataFrame(
        {
            "site_id": ["S1", "S2"],
            "name": ["a", "b"],
            "lat": [40.4, 40.5],
            "lon": [49.9, 49.8],
            "owner": ["nobody", None],
            "parts": [[1, 2], None],
        }
    )
    frame.to_parquet(path)
    sites = read_sites(path)
    assert sites["owner"].tolist() == ["nobody", ""]
    assert sites["parts"].tolist() == ["[1 2]", ""]
    frame.assign(name=["a", None]).to_parquet(path)
    assert only_fault(path).expected == "a name for every site"


def test_hundred_thousand_rows_are_no_fault(write):
    rows = "".join(
        f"S{n},Site {n},{39 + n % 200 / 100:.4f},{46 + n % 300 / 100:.4f},{n % 90}\n"
        for n in range(100_000)
    )
    path = write(f"{HEADER},area_ha\n{rows}")
    assert len(read_sites(path)) == 100_000


# Refusing


@pytest.mark.parametrize("name", ["sites.xlsx", "sites", "sites.csv.gz"])
def test_other_endings_are_refused(write, name):
    assert ".geojson" in only_fault(write("x", name)).expected


def test_a_file_that_is_not_there(tmp_path):
    fault = only_fault(tmp_path / "nowhere.csv")
    assert "nowhere.csv" in fault.value
    assert "can be read" in fault.expected


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "dir.csv").mkdir()
    assert "can be read" in only_fault(tmp_path / "dir.csv").expected


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
@pytest.mark.parametrize("name", ["sites.csv", "sites.json", "sites.parquet"])
def test_empty_files(write, content, name):
    assert only_fault(write(content, name)).value == "empty file"


@pytest.mark.parametrize(
    ("content", "name"),
    [(f"{HEADER}\n", "a.csv"), (collection(), "a.geojson")],
)
def test_no_rows(write, content, name):
    assert any(
        f.expected == "at least one site" for f in faults_of(write(content, name))
    )


def test_byte_that_is_not_utf8_is_named(write):
    raw = f"{HEADER}\nS1,".encode() + b"G\xfcnc\xe9,40,49\n"
    fault = only_fault(write(raw))
    assert (fault.row, fault.expected) == (2, "UTF-8 text")
    assert fault.value == "byte 0xfc at offset 25"


def test_utf16_is_not_utf8(write):
    assert "UTF-8" in only_fault(write(f"{HEADER}\n{GOOD}".encode("utf-16"))).expected
    wide = f"{HEADER}\n{GOOD}".encode("utf-16-le")
    assert "UTF-16" in only_fault(write(wide)).expected


@pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_separators_are_recognised(write, mark, word):
    text = f"{HEADER}\n{GOOD}".replace(",", mark).replace(".", ",")
    assert word in only_fault(write(text)).expected


def test_missing_columns_are_all_named_with_the_likely_one(write):
    faults = faults_of(write("id,name,latitude,lon\nS1,a,40,49\n"))
    assert [f.column for f in faults] == ["site_id", "lat"]
    assert "latitude" in faults[1].expected


def test_columns_in_capitals_are_named(write):
    faults = faults_of(write("SITE_ID,Name,LAT,LON\nS1,a,40,49\n"))
    hints = [f.expected.partition("is it ")[2] for f in faults]
    assert hints == ["“SITE_ID”?)", "“Name”?)", "“LAT”?)", "“LON”?)"]


def test_columns_twice_or_without_a_name(write):
    faults = faults_of(write(f"{HEADER},lat,\nS1,a,40,49,40,x\n"))
    assert {f.expected for f in faults} == {
        "each column once",
        "a name for every column",
    }


@pytest.mark.parametrize("blank", ["", "  ", "nan", "NaN", "None"])
def test_blank_ids(write, blank):
    fault = only_fault(write(f"{HEADER}\n{blank},a,40,49\n{GOOD}"))
    assert (fault.row, fault.column) == (2, "site_id")


def test_repeated_ids_name_the_first(write):
    fault = only_fault(write(f"{HEADER}\n{GOOD}\nS1,again,40,49\n"))
    assert (fault.row, fault.column, fault.value) == (5, "site_id", "S1")
    assert "row 2" in fault.expected


@pytest.mark.parametrize(
    ("lat", "lon", "column", "says"),
    [
        ("49.9", "40.4", "lat", "swapped"),
        ("", "49.9", "lat", "a number"),
        ("NaN", "49.9", "lat", "a number"),
        ("inf", "49.9", "lat", "a number"),
        ("north", "49.9", "lat", "a number"),
        ("40.4", "149.9", "lon", "Azerbaijan"),
        ("40.4", "499", "lon", "-180 to 180"),
        ("-91", "49.9", "lat", "-90 to 90"),
        ("55.7", "49.9", "lat", "38.2"),
        ('"40,4"', "49.9", "lat", "not a comma"),
    ],
)
def test_coordinates(write, lat, lon, column, says):
    fault = only_fault(write(f"{HEADER}\nS0,zero,40,49\nS1,a,{lat},{lon}\n"))
    assert (fault.row, fault.column) == (3, column)
    assert says in fault.expected


def test_unquoted_decimal_comma_is_explained(write):
    fault = only_fault(write(f"{HEADER}\nS1,a,40,4,49,9\n"))
    assert "decimal comma" in fault.expected
    assert fault.value == "6 cells"


def test_numbers_of_known_columns_are_checked(write):
    text = f"{HEADER},area_ha,elevation_m\n"
    text += "S1,a,40,49,ten,10\nS2,b,40,49,-3,9999\nS3,c,40,49,,n/a\n"
    faults = faults_of(write(text))
    assert [(f.row, f.column) for f in faults] == [
        (2, "area_ha"),
        (3, "area_ha"),
        (3, "elevation_m"),
    ]


def test_choices_are_checked_against_the_tables(write):
    text = f"{HEADER},tax_regime,network_region\n"
    text += "S1,a,40,49,alat_fez,mainland\nS2,b,40,49,freezone,\nS3,c,40,49,,moon\n"
    faults = faults_of(write(text))
    assert [(f.row, f.column) for f in faults] == [
        (3, "tax_regime"),
        (4, "network_region"),
    ]
    assert "industrial_park" in faults[0].expected


def test_oversized_cells(write):
    fault = only_fault(write(f"{HEADER}\nS1,{'x' * 20_000},40,49\n"))
    assert "at most 10000" in fault.expected
    assert len(str(fault)) < 250


def test_missing_closing_quote_is_named_where_it_opens(write):
    fault = only_fault(write(f'{HEADER}\nS1,ok,40,49\nS2,"open,40,49\nS3,c,40,49\n'))
    assert fault.row == 3


def test_control_characters_in_names(write):
    fault = only_fault(write(f"{HEADER}\nS1,bell\x07,40,49\n"))
    assert fault.column == "name"
    assert "\\x07" in str(fault)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"type": "FeatureCollection"}',
        '{"features": [1]}',
        '{"features": [{"geometry": {"type": "Polygon", "coordinates": []}}]}',
        '{"features": [{"geometry": {"type": "Point", "coordinates": [1]}}]}',
        '{"features": [{"geometry": null}]}',
        '{"features": [' + "9" * 5000 + "]}",
        "[" * 100_000,
    ],
)
def test_geojson_of_the_wrong_shape(write, text):
    assert faults_of(write(text, "a.geojson"))


def test_geojson_without_coordinates_that_are_numbers(write):
    text = collection(feature("S1", None, 49.0), feature("S2", float("nan"), 49.0))
    faults = faults_of(write(text, "a.geojson"))
    assert [(f.row, f.column) for f in faults] == [(1, "lat"), (2, "lat")]


def test_parquet_that_is_none(write):
    assert only_fault(write("not parquet", "a.parquet")).expected == "a Parquet file"


def test_all_faults_are_told_at_once(write):
    text = f"{HEADER},area_ha\nS1,a,40,49,x\nS1,b,49,40,1\n,c,91,49,2\n"
    faults = faults_of(write(text))
    assert {(f.row, f.column) for f in faults} == {
        (2, "area_ha"),
        (3, "site_id"),
        (3, "lat"),
        (4, "site_id"),
        (4, "lat"),
    }


def test_the_list_reads_as_file_row_column_value_expectation(write):
    with pytest.raises(InputError) as caught:
        read_sites(write(f"{HEADER}\nS1,a,99,49\n"))
    expected = "sites.csv:2:lat: 99 — expected degrees from -90 to 90"
    assert str(caught.value) == expected


def test_a_long_list_is_counted(write):
    bad = "".join(f"S{n},a,99,49\n" for n in range(SHOWN + 10))
    with pytest.raises(InputError) as caught:
        read_sites(write(f"{HEADER}\n{bad}"))
    assert str(caught.value).endswith("… and 10 more")
    assert len(caught.value.faults) == SHOWN + 10


def test_fault_without_row_or_column():
    assert str(Fault("a.csv", None, "", "", "rows")) == "a.csv: (blank) — expected rows"


@pytest.mark.parametrize("name", ["a.csv", "a.geojson", "a.parquet"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(raw=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_no_bytes_raise_anything_but_a_list_of_faults(write, name, raw):
    with pytest.raises(InputError):
        read_sites(write(raw, name))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(cells=st.lists(st.text(max_size=8), min_size=4, max_size=4))
def test_no_row_of_text_raises_anything_but_a_list_of_faults(write, cells):
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    with pytest.raises(InputError):
        read_sites(write(f"{HEADER}\n{row},\n".encode("utf-8", "surrogatepass")))


def test_half_a_character_is_told(tmp_path):
    path = tmp_path / "half.geojson"
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [49, 40]},
        "properties": {"site_id": "A", "name": "x\ud800"},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(InputError, match="whole Unicode characters"):
        read_sites(path)
