//! Invented people. Nobody in here exists: telephone numbers are 555-01xx, addresses of mail end in `.example` or
//! `example.org`, A-numbers begin with five zeros, receipt numbers with `IOE99999`.

use super::chance::Chance;
use domain::{case::ReceiptNumber, person::Name, phone::PhoneNumber, pii::Pii, text::Lang};
use jiff::civil::Date;

/// Names that go together, and how often their bearers would rather speak Spanish, in percent.
struct Origin {
    given: &'static [&'static str],
    family: &'static [&'static str],
    spanish: u32,
    /// What they speak at home, where some need an interpreter.
    other: Option<&'static str>,
}

const ORIGINS: [Origin; 10] = [
    Origin {
        given: &[
            "María",
            "José",
            "Guadalupe",
            "Luis",
            "Rosa",
            "Carlos",
            "Yesenia",
            "Miguel",
            "Alejandra",
            "Jorge",
            "Elena",
            "Raúl",
        ],
        family: &[
            "Hernández",
            "Ramírez",
            "Ortega",
            "Villalobos",
            "Cárdenas",
            "Fuentes",
            "Salgado",
            "Montes",
            "Quintero",
            "Ibarra",
        ],
        spanish: 68,
        other: None,
    },
    Origin {
        given: &["Ana Lucía", "Wilmer", "Karla", "Óscar", "Dinora", "Héctor", "Maritza", "Nelson"],
        family: &["Alvarenga", "Portillo", "Menjívar", "Zelaya", "Turcios", "Escobar"],
        spanish: 68,
        other: None,
    },
    Origin {
        given: &["Wei", "Jing", "Hao", "Xiaoling", "Ming", "Yan", "Lihua", "Jun"],
        family: &["Zhang", "Lin", "Huang", "Zhou", "Xu", "Gao", "Luo"],
        spanish: 0,
        other: Some("Mandarin"),
    },
    Origin {
        given: &["Rosalie", "Jerome", "Marites", "Ramon", "Cristina", "Noel", "Analyn", "Dante"],
        family: &["Bautista", "Villanueva", "Dela Cruz", "Mercado", "Pangilinan", "Soriano"],
        spanish: 0,
        other: Some("Tagalog"),
    },
    Origin {
        given: &["Anjali", "Rohan", "Priya", "Vikram", "Sunita", "Arjun", "Neha", "Harpreet"],
        family: &["Menon", "Kulkarni", "Bhatt", "Grewal", "Iyer", "Chaudhary", "Nair"],
        spanish: 0,
        other: None,
    },
    Origin {
        given: &["Linh", "Minh", "Thảo", "Quang", "Hạnh", "Tuấn"],
        family: &["Trần", "Phạm", "Vũ", "Đặng", "Bùi"],
        spanish: 0,
        other: Some("Vietnamese"),
    },
    Origin {
        given: &["Chioma", "Emeka", "Abena", "Kwame", "Selam", "Yonas", "Folake", "Tunde"],
        family: &["Okonkwo", "Mensah", "Tesfaye", "Adebayo", "Boateng", "Abebe"],
        spanish: 0,
        other: Some("Amharic"),
    },
    Origin {
        given: &["Oksana", "Dmytro", "Irina", "Pavel", "Katarzyna", "Andrei"],
        family: &["Kovalenko", "Petrenko", "Sokolova", "Nowak", "Ionescu"],
        spanish: 0,
        other: Some("Ukrainian"),
    },
    Origin {
        given: &["Leila", "Farid", "Nasrin", "Karim", "Shirin", "Tariq"],
        family: &["Rahimi", "Haddad", "Karimi", "Mansour", "Noori"],
        spanish: 0,
        other: Some("Dari"),
    },
    Origin {
        given: &["Siobhan", "Gareth", "Claire", "Julien", "Marie-Ange", "Jean-Robert", "Hana", "Kenji"],
        family: &["Doyle", "Morgan", "Lefèvre", "Baptiste", "Joseph", "Sato", "Kim"],
        spanish: 0,
        other: Some("Haitian Creole"),
    },
];

/// How often each origin comes up.
const WEIGHTS: [u32; 10] = [17, 8, 12, 13, 13, 8, 8, 6, 6, 9];

/// Area codes; the rest of every number is 555-01xx.
const AREA_CODES: [&str; 10] = ["213", "310", "323", "818", "626", "562", "424", "747", "909", "661"];

const WORDS_EN: [(&str, &str); 12] = [
    ("blue", "heron"),
    ("quiet", "harbor"),
    ("seven", "lanterns"),
    ("paper", "kite"),
    ("green", "teapot"),
    ("early", "train"),
    ("silver", "spoon"),
    ("garden", "gate"),
    ("north", "window"),
    ("wooden", "flute"),
    ("yellow", "bicycle"),
    ("long", "bridge"),
];
const WORDS_ES: [(&str, &str); 8] = [
    ("garza", "azul"),
    ("puerto", "tranquilo"),
    ("siete", "faroles"),
    ("tetera", "verde"),
    ("tren", "temprano"),
    ("puente", "largo"),
    ("ventana", "norte"),
    ("flauta", "antigua"),
];

/// One invented person.
#[derive(Debug, Clone)]
pub struct Invented {
    pub name: Name,
    pub born: Pii<Date>,
    pub a_number: Option<Pii<String>>,
    pub phone: PhoneNumber,
    pub email: Option<Pii<String>>,
    pub lang: Lang,
    pub interpreter: Option<String>,
    pub phrase: Pii<String>,
    pub receipt: Option<ReceiptNumber>,
}

/// The number of somebody who only calls: of an area that nobody of the story has.
pub fn number(chance: &mut Chance) -> Option<PhoneNumber> {
    let area = chance.pick(&AREA_CODES[6..])?;
    format!("{area}55501{:02}", chance.below(100)).parse().ok()
}

/// The `n`th invented person. Different `n` are different people.
pub fn person(n: usize, chance: &mut Chance) -> Option<Invented> {
    let origin = &ORIGINS[chance.weighted(&WEIGHTS)];
    let given = *chance.pick(origin.given)?;
    let family = *chance.pick(origin.family)?;
    let lang = if chance.percent(origin.spanish) { Lang::es() } else { Lang::en() };
    let interpreter = origin.other.filter(|_| chance.percent(7)).map(str::to_owned);
    let born = Date::new(
        i16::try_from(1948 + chance.below(57)).ok()?,
        i8::try_from(1 + chance.below(12)).ok()?,
        i8::try_from(1 + chance.below(28)).ok()?,
    )
    .ok()?;
    // The first hundred numbers of one area code belong to the first hundred people, and so on: no two share one.
    let area = AREA_CODES[n / 100 % AREA_CODES.len()];
    let phone = format!("{area}55501{:02}", n % 100).parse().ok()?;
    let host = *chance.pick(&["example.org", "mail.example", "home.example"])?;
    let email = chance.percent(94).then(|| Pii::new(format!("{}.{}{n}@{host}", plain(given), plain(family))));
    let phrase = if lang == Lang::es() { chance.pick(&WORDS_ES)? } else { chance.pick(&WORDS_EN)? };
    Some(Invented {
        name: Name { given: given.into(), family: family.into() },
        born: Pii::new(born),
        a_number: chance.percent(85).then(|| Pii::new(format!("A00000{:04}", n + 1))),
        phone,
        email,
        lang,
        interpreter,
        phrase: Pii::new(format!("{} {}", phrase.0, phrase.1)),
        receipt: chance.percent(80).then(|| receipt(n)).flatten(),
    })
}

/// A receipt number that cannot exist.
pub fn receipt(n: usize) -> Option<ReceiptNumber> {
    format!("IOE99999{n:05}").parse().ok()
}

/// A name as it stands in an address of mail.
fn plain(name: &str) -> String {
    name.chars()
        .filter_map(|c| match c.to_lowercase().next()? {
            'a'..='z' => Some(c.to_ascii_lowercase()),
            'á' | 'ả' | 'ạ' | 'ầ' | 'ặ' | 'ấ' => Some('a'),
            'é' | 'è' => Some('e'),
            'í' => Some('i'),
            'ó' => Some('o'),
            'ú' | 'ũ' | 'ù' => Some('u'),
            'đ' => Some('d'),
            'ñ' => Some('n'),
            // Spaces, hyphens and what has no plain letter.
            _ => None,
        })
        .collect()
}
