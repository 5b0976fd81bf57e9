"""How names, times and figures are read in a text: what counts as the same, and what does not."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from samverkan.documents import dating
from samverkan.documents.figures import figures
from samverkan.documents.likeness import Wording, alike


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("i Arkivrådets arbete", "Arkivrådet"),
        ("möten med verksamhetschefsgrupperna", "Verksamhetschefsgrupper"),
        ("det regionala arkivrådet", "Regionalt arkivråd"),
        ("ledamöterna", "ledamot"),
        ("Bo Eks rapport", "Bo Ek"),
        ("Beredningsgrupp2 har begärt", "Beredningsgrupp 2"),
        ("Björn-Owe Björk (KD)", "Björn-Owe Björk"),
        ("FoU-chef", "FoU-chef"),
        ("sex NHV-tillstånd", "NHV"),
        ("den nationella gruppen (NSG) Hälsodata", "nationella gruppen Hälsodata"),
        ("den nationella gruppen (NSG) Hälsodata", "NSG Hälsodata"),
        ("Regionalt arkivcentrum", "Regionalt arkivcentrum (RAC)"),
        ("nationella råd, samverkansgrupper och arbetsgrupper", "Nationella arbetsgrupper"),
        ("Forsknings-samverkan", "Forskningssamverkan"),
        ("arkiv-\nrådet", "Arkivrådet"),
    ],
)
def test_a_name_is_read_in_another_form(text: str, name: str) -> None:
    assert Wording(text).reads(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mikael Köhler", "Mikael Kohler"),
        ("Anders Friberg", "Anders Fridberg"),
        ("Beredningsgrupp 2", "Beredningsgrupp 3"),
        ("Beredningsgrupp 12", "Beredningsgrupp 2"),
        ("Region Dalarna", "Region Gävleborg"),
        ("Bo Eka", "Bo Ek"),
        ("Andreas talar. Svahn lyssnar", "Svahn Andreas"),
        ("vården", "våren"),
        ("Nationella rådet slöt. Nämnder, arbetsgrupper", "Nationella arbetsgrupper"),
        ("", "Arkivrådet"),
    ],
)
def test_another_name_is_not_read(text: str, name: str) -> None:
    assert not Wording(text).reads(name)


def test_a_body_goes_by_the_last_part_of_its_name() -> None:
    assert Wording("rådets arbetsgrupper").reads_short(["Regionalt arkivråd", "Arkivrådet"])
    assert Wording("kommunalförbundets fullmäktige").reads_short(["Kommunalförbundet Arkiv"])
    assert not Wording("gruppens arbete").reads_short(["Arkivrådet"])
    assert not Wording("radhuset").reads_short(["Arkivrådet"])


def test_small_words_may_be_left_out_of_one_of_several_names() -> None:
    assert Wording("utvecklingsplan för 2023–2027").reads_any(["Utvecklingsplan 2023–2027"])
    assert not Wording("utvecklingsplan för 2023–2027").reads_any(["Utvecklingsplan 2023–2028"])


def test_a_title_of_our_own_has_the_words_of_its_passage() -> None:
    duty = Wording("Gruppen ansvarar för en systematisk utveckling av verksamheten")
    assert duty.reads_gist("Systematiskt utveckla verksamheten")
    assert not duty.reads_gist("Systematiskt avveckla verksamheten")


def test_a_word_may_be_made_from_a_name_of_one_word() -> None:
    assert Wording("en sjukvårdsregional kommunikatör").derives_from(["sjukvårdsregionen"])
    assert not Wording("en kommunal kommunikatör").derives_from(["sjukvårdsregionen"])
    assert not Wording("en regional kommunikatör").derives_from(["Region Mellan"])


@given(st.text("abdeginrst", max_size=10), st.text("abdeginrst", max_size=10))
def test_words_are_alike_both_ways(one: str, other: str) -> None:
    assert alike(one, one)
    assert alike(one, other) == alike(other, one)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("den 19 februari 2021", "2021-02-19"),
        ("2021-02-19", "2021-02-19"),
        ("(feb 22, 2021 17:55 gmt+1)", "2021-02-22"),
        ("den 3 juni sker digitalt", "2021-06-03"),
        ("19/2 2021", "2021-02-19"),
        ("från och med årsskiftet 2020/2021", "2021-01-01"),
        ("örebro den    februari 2020", "2020-02"),
        ("2023-12-xx", "2023-12"),
        ("på oktobermötet", "2020-10"),
        ("i december 2025", "2025-12"),
        ("under perioden 2021-2023", "2021/2023"),
        ("2021 - 2024", "2021/2024"),
        ("från och med 2021-01-01 och tillsvidare", "2021-01-01/.."),
        ("senast under hösten 2022", "2022-23"),
        ("till sommaren 2021", "2021-22"),
        ("under våren skapades", "2021-21"),
        ("under andra halvan av året", "2020-07/2020-12"),
        ("under året", "2020"),
        ("sedan föregående år", "2019"),
        ("ett avtal från 2018", "2018"),
    ],
)
def test_a_time_is_read_as_it_is_written(text: str, time: str) -> None:
    assert dating.reads(text, time, 2021)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("den 19 februari 2020", "2021-02-19"),
        ("den 9 februari 2021", "2021-02-19"),
        ("den 19 februari 2021", "2021-02-09"),
        ("den 13 juni", "2021-06-03"),
        ("den 3 juni", "2024-06-03"),
        ("den 3 juni 2020", "2021-06-03"),
        ("2021-02-19", "2021-02-1"),
        ("majoriteten", "2021-05"),
        ("i oktober 2021", "2020-10"),
        ("under perioden 2021-2023", "2021/2024"),
        ("under hösten 2021", "2022-23"),
        ("inom vården", "2021-21"),
        ("under året", "2017"),
        ("12021", "2021"),
        ("", "2021"),
        ("2021", "i fjol"),
    ],
)
def test_another_time_is_not_read(text: str, time: str) -> None:
    assert not dating.reads(text, time, 2021)


DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))


@given(DAYS, st.sampled_from(["d MMMM y", "'den' d MMMM", "y-MM-dd", "MMM d, y", "d MMM y"]))
def test_any_day_is_read_in_each_form(day: date, form: str) -> None:
    code = "en" if form.startswith("MMM") else "sv"
    assert dating.reads(format_date(day, form, code).casefold(), day.isoformat(), day.year)


@given(DAYS, DAYS)
def test_no_day_is_read_as_another(day: date, other: date) -> None:
    text = format_date(day, "d MMMM y", "sv")
    assert dating.reads(text, other.isoformat(), other.year) == (day == other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("46-100 % av 250 miljoner", ["46", "100", "250"]),
        ("sju områden, varav tjugo procent", ["7", "20"]),
        ("tvåprocentsmålet", ["2"]),
        ("båda två", ["2", "2"]),
        ("1 250 000 kronor och 1,5", ["1250000", "1.5"]),
        ("enligt § 14 och §§ 3-4", []),
        ("covid-19 och sou 2019:20", []),
        ("sextio tretti en ett", []),
        ("beredningsgrupp 2", ["2"]),
    ],
)
def test_figures_are_read_in_digits_and_words(text: str, found: list[str]) -> None:
    assert list(figures(text)) == found
