//! What is said for what is written, reviewed by eye.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use speech::{Gender, Language};
use std::fmt::Write;

const BOTH: [(Language, &str); 2] = [(Language::English, "en"), (Language::Spanish, "es")];

/// Each text and what is said for it, in both languages.
fn said(texts: &[&str], say: impl Fn(Language, &str) -> String) -> String {
    let mut out = String::new();
    for (language, tag) in BOTH {
        writeln!(out, "[{tag}]").unwrap();
        for text in texts {
            writeln!(out, "{text:<28} {}", say(language, text)).unwrap();
        }
    }
    out
}

fn words(texts: &[&str]) -> String {
    said(texts, Language::words)
}

#[test]
fn numbers() {
    insta::assert_snapshot!(words(&[
        "0",
        "1",
        "11",
        "16",
        "21",
        "30",
        "31",
        "42",
        "99",
        "100",
        "101",
        "110",
        "200",
        "515",
        "721",
        "999",
        "1,000",
        "1,001",
        "1,100",
        "2,000",
        "21,000",
        "44,000",
        "100,000",
        "121,021",
        "1,000,000",
        "2,000,001",
        "21,000,000",
        "1,000,000,000",
        "3.5",
        "0.25",
        "45%",
        "7.5%",
        "911",
        "711",
        "1984",
        "2026",
        "0042",
        "60000",
        "1234567",
    ]));
}

#[test]
fn counts_and_their_nouns() {
    insta::assert_snapshot!(said(&["1", "2", "21", "31", "101", "200", "1001"], |language, n| {
        let n = n.parse().unwrap();
        format!("{} / {}", language.count(n, Gender::Masculine), language.count(n, Gender::Feminine))
    }));
    insta::assert_snapshot!(
        "counts_in_spanish_text",
        [
            "1 minuto",
            "1 hora",
            "21 minutos",
            "21 horas",
            "31 días",
            "1 problema",
            "200 llamadas",
            "1 cita",
            "1 oficina",
            "quedan 21",
            "1 y 2",
            "201 personas",
            "la 1 de la tarde",
            "a las 9 de la mañana",
            "1 cancelación",
        ]
        .map(|text| Language::Spanish.words(text))
        .join("\n")
    );
}

#[test]
fn times() {
    insta::assert_snapshot!(words(&[
        "10:00 a.m.",
        "10:30 a.m.",
        "10:05 p.m.",
        "12:00 p.m.",
        "12:30 a.m.",
        "1:00 p. m.",
        "1:15 p. m.",
        "7:45 p.m.",
        "9:20 AM,",
        "14:05",
        "23:59",
        "0:10",
        "10:30",
        "11:45",
        "12:00 noon",
        "12:00 del mediodía",
    ]));
}

#[test]
fn dates_and_windows() {
    insta::assert_snapshot!(words(&[
        "12/3/2026",
        "12/03/2026",
        "2026-12-03",
        "1/1/2027",
        "2/30/1999",
        "12/3/26",
        "7/4/1900",
        "5/2/2005",
        "6/1/2000",
    ]));
    insta::assert_snapshot!(
        "dates_in_english",
        [
            "Thursday, December 3",
            "Monday, January 4, 2027",
            "Thursday, December 3, between 10 and 11 in the morning, Pacific time",
            "Thursday, December 3, between 10:30 and 11:30 in the morning, Pacific time",
            "Thursday, December 3, between 11 in the morning and noon, Pacific time",
            "Thursday, December 31, at 10:00 a.m., Eastern time",
            "from Thursday, December 3, 10 at night, to Friday, December 4, 2 in the early morning",
            "On March 22, 2026, we received your Form I-90, Application to Replace Permanent Resident Card.",
        ]
        .map(|text| Language::English.words(text))
        .join("\n")
    );
    insta::assert_snapshot!(
        "dates_in_spanish",
        [
            "el jueves 3 de diciembre",
            "el lunes 4 de enero de 2027",
            "el viernes 1 de enero de 2027, a la medianoche",
            "el jueves 3 de diciembre, entre las 10 y las 11 de la mañana, hora del Pacífico",
            "el jueves 3 de diciembre, entre la 1 y las 2 de la tarde, hora del Pacífico",
            "el jueves 3 de diciembre, entre las 11:30 de la mañana y la 1:30 de la tarde, hora del Pacífico",
            "el jueves 31 de diciembre, a las 10:00 a. m., hora del Este",
            "el jueves 31 de diciembre, a la 1:00 p. m., hora del Este",
            "El 22 de marzo de 2026 recibimos su formulario I-90.",
        ]
        .map(|text| Language::Spanish.words(text))
        .join("\n")
    );
}

#[test]
fn codes_and_forms() {
    insta::assert_snapshot!(said(
        &[
            "IOE9999999901",
            "EAC 99-999-99901",
            "YSC9999999905",
            "BP000000",
            "48210936",
            "4821 0936",
            "1",
            "12345",
            "A012345678"
        ],
        Language::code
    ));
    insta::assert_snapshot!(
        "forms",
        words(&[
            "I-90",
            "I-797C",
            "N-400",
            "I-485,",
            "G-1055",
            "I-131A",
            "I-765V",
            "IOE9999999901.",
            "EOIR-29",
            "AR-11",
            "USCIS",
            "DACA",
            "TTY",
            "ZIP",
            "A-number",
            "(RFE)",
            "24/7",
            "B2B",
            "No",
        ])
    );
}

#[test]
fn zips_and_telephones() {
    insta::assert_snapshot!(said(&["94111", "00601", "94111-1234"], Language::zip));
    insta::assert_snapshot!(
        "telephones",
        said(
            &[
                "+18003755283",
                "800-375-5283",
                "(202) 555-0143",
                "+525512345678",
                "555-0143",
                "911",
                "+442071838750"
            ],
            Language::phone
        )
    );
    insta::assert_snapshot!(
        "telephones_in_text",
        words(&["Call 800-375-5283.", "(202) 555-0143,", "+18003755283", "call 911", "555-0143",])
    );
}

#[test]
fn addresses() {
    insta::assert_snapshot!(said(
        &[
            "630 Sansome Street, San Francisco, CA 94111",
            "1551 Mercantile Avenue NE, Suite B, Albuquerque, NM 87107",
            "6783 Estate Smith Bay, St Thomas, VI 00802",
            "John F. Kennedy Federal Building, 15 New Sudbury St., Room E-160, Boston, MA 02203",
            "150 East B Street, Room 1014, Casper, WY 82601",
            "101 W. Ida B. Wells Dr., Chicago, IL 60605",
            "12484 East Weaver Place, Centennial, CO 80111",
            "500 W 13th St Apt 5C, New York, NY 10014-1234",
            "26 Federal Plaza, 3rd Floor, New York, NY 10278",
            "Almeric L. Christian Federal Building, 3013 Estate Golden Rock, Suite 316/317, Christiansted, VI 00820",
            "2000 Main St, Washington, DC 20001",
            "705 Oak Ave, Omaha, NE 68104",
        ],
        Language::address
    ));
}

#[test]
fn money() {
    insta::assert_snapshot!(words(&[
        "$0",
        "$1",
        "$21",
        "$1.01",
        "$0.50",
        "$415",
        "$1,225.50",
        "$1,000,000",
        "$2.5"
    ]));
}
