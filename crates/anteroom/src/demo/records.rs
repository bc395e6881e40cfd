//! The agency's records of invented cases, as the file that an agency would export; the demo imports it like any other.

use super::{chance::Chance, script::Script};
use crate::fault::Faults;
use jiff::{ToSpan, civil::Date};
use std::fmt::Write;

const HEADER: &str = "receipt,form,state,title_en,title_es,meaning_en,meaning_es,received,updated,history\n";

/// A status: state, title and meaning in both languages.
type Status = (&'static str, [&'static str; 2], [&'static str; 2]);

const STATUSES: [Status; 6] = [
    (
        "received",
        ["We received your case", "Recibimos su caso"],
        [
            "We have your form and your fee. We have not begun to work on it.",
            "Tenemos su formulario y su pago. Todavía no empezamos a trabajar en él.",
        ],
    ),
    (
        "pending",
        ["Your fingerprints were taken", "Le tomamos las huellas"],
        [
            "We have what we need from you for now. You do not have to do anything.",
            "Por ahora tenemos lo que necesitamos de usted. No tiene que hacer nada.",
        ],
    ),
    (
        "pending",
        ["We are reviewing your case", "Estamos revisando su caso"],
        [
            "An officer is looking at it. We will write to you when we need something.",
            "Un oficial lo está revisando. Le escribiremos si necesitamos algo.",
        ],
    ),
    (
        "pending",
        ["We asked you for more papers", "Le pedimos más documentos"],
        [
            "A letter tells you what to send and by when. Your case waits until then.",
            "Una carta le dice qué enviar y hasta cuándo. Su caso espera hasta entonces.",
        ],
    ),
    (
        "decision",
        ["Your case was approved", "Su caso fue aprobado"],
        [
            "We have approved it. Your card or letter comes by mail.",
            "Lo aprobamos. Su tarjeta o carta llega por correo.",
        ],
    ),
    (
        "decision",
        ["Your case was denied", "Su caso fue denegado"],
        [
            "The letter we sent you says why, and what you can do.",
            "La carta que le enviamos dice por qué y qué puede hacer.",
        ],
    ),
];

/// The file, for everybody in the story who has a receipt number and some who are not.
pub fn file(scripts: &[Script], chance: &mut Chance, today: Date) -> Result<String, Faults> {
    let mut text = HEADER.to_owned();
    let known = scripts.iter().filter_map(|script| Some((script.who.receipt.clone()?, script.matter.form)));
    let others = (90_000..90_080).filter_map(|n| Some((super::people::receipt(n)?, "I-485")));
    for (receipt, form) in known.chain(others) {
        let now = chance.weighted(&[20, 20, 30, 8, 18, 4]);
        let (state, title, meaning) = STATUSES[now];
        let received = today.saturating_sub(chance.between(120, 900).days());
        let updated = received.saturating_add(if now == 0 { 0 } else { chance.between(20, 110) }.days());
        let history = match now {
            0 => String::new(),
            1 => step(received, 0),
            _ => format!("{}; {}", step(received.saturating_add(9.days()), 1), step(received, 0)),
        };
        writeln!(
            text,
            "{},{form},{state},\"{}\",\"{}\",\"{}\",\"{}\",{received},{updated},{history}",
            receipt.as_str(),
            title[0],
            title[1],
            meaning[0],
            meaning[1]
        )
        .map_err(|error| Faults::of(&error))?;
    }
    Ok(text)
}

fn step(on: Date, status: usize) -> String {
    let (_, title, _) = STATUSES[status];
    format!("{on}|{}|{}", title[0], title[1])
}
