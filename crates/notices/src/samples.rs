//! One notice of each kind, with invented people, for tests and for looking at.

use crate::facts::{Agency, Appointment, Instead, Moment, News, NoticeFacts, Office, TextSays, Whom, Window};
use domain::{ids::AppointmentId, mark::MarkCode, number::InquiryNumber, pii::Pii, text::Lang};
use jiff::{
    Timestamp,
    civil::{Date, date},
};

const ZONE: &str = "America/Los_Angeles";

/// The instant at which it is `hour`:00 in Los Angeles in winter, eight hours behind UTC, on a day of
/// December 2026.
fn december(day: i8, hour: i8) -> Timestamp {
    date(2026, 12, day).at(hour, 0, 0, 0).in_tz("UTC").map_or(Timestamp::UNIX_EPOCH, |utc| {
        utc.timestamp().checked_add(jiff::SignedDuration::from_hours(8)).unwrap_or(Timestamp::UNIX_EPOCH)
    })
}

fn window(day: i8, hour: i8) -> Window {
    Window { from: december(day, hour), until: december(day, hour + 1), zone: ZONE.to_owned() }
}

fn moment(day: i8, hour: i8) -> Moment {
    Moment { at: december(day, hour), zone: ZONE.to_owned() }
}

struct Local {
    agency: &'static str,
    person: &'static str,
    office: &'static str,
    bring: [&'static str; 3],
    paper: &'static str,
    sentence: &'static str,
    why: &'static str,
}

const ENGLISH: Local = Local {
    agency: "Agency for Samples",
    person: "Ana",
    office: "Los Angeles office",
    bring: [
        "This message, on paper or on your phone",
        "Your passport or another photo ID",
        "Two photos, 2 by 2 inches",
    ],
    paper: "A copy of the first page of your passport",
    sentence: "You can have an appointment at an office.",
    why: "There is a snow storm.",
};

const SPANISH: Local = Local {
    agency: "Agencia de Ejemplo",
    person: "Ana",
    office: "Oficina de Los Ángeles",
    bring: [
        "Este mensaje, en papel o en su teléfono",
        "Su pasaporte u otra identificación con foto",
        "Dos fotos de 2 por 2 pulgadas",
    ],
    paper: "Una copia de la primera página de su pasaporte",
    sentence: "Usted puede tener una cita en una oficina.",
    why: "Hay una tormenta de nieve.",
};

/// One notice of each kind (two where a kind has two ways to end) in `lang`; texts of the agency's own are in
/// Spanish for Spanish and else in English.
pub fn samples(lang: &Lang) -> Vec<NoticeFacts> {
    let local = if *lang == Lang::es() { &SPANISH } else { &ENGLISH };
    let made_at =
        date(2026, 11, 23).at(17, 0, 0, 0).in_tz("UTC").map_or(Timestamp::UNIX_EPOCH, |t| t.timestamp());
    let appointment = |day, hour, sequence| Appointment {
        id: AppointmentId::new(made_at, &[7; 10]),
        sequence,
        starts: december(day, hour),
        ends: december(day, hour).checked_add(jiff::SignedDuration::from_mins(30)).unwrap_or(Timestamp::MAX),
        zone: ZONE.to_owned(),
        office: Office {
            name: local.office.to_owned(),
            address: vec!["300 Example Street, Room 1001".to_owned(), "Los Angeles, CA 90012".to_owned()],
        },
        bring: local.bring.map(str::to_owned).to_vec(),
        early_minutes: 15,
    };
    let day = |day| -> Option<Date> { Some(date(2026, 12, day)) };
    let news = [
        News::RequestReceived { answer_by: day(1) },
        News::RequestReceived { answer_by: None },
        News::PapersNeeded { papers: vec![local.paper.to_owned()], until: day(10) },
        News::CallbackPromised { window: window(3, 10), phrase: true },
        News::CallbackMoved { before: window(3, 10), window: window(4, 13), phrase: true },
        News::CallbackCancelled { window: window(4, 13), by: Whom::Person },
        News::CallbackCancelled { window: window(4, 13), by: Whom::Agency },
        News::CallbackCancelled { window: window(4, 13), by: Whom::Delegate },
        News::CallbackReminder { window: window(3, 10), phrase: false },
        News::CallbackMissed { window: window(3, 10), next: Some(window(4, 10)) },
        News::CallbackMissed { window: window(3, 10), next: None },
        News::PromiseBroken { window: window(3, 10), next: Some(window(3, 15)) },
        News::PromiseBroken { window: window(3, 10), next: None },
        News::DecisionMade { sentence: local.sentence.to_owned() },
        News::ReviewAsked { by: date(2026, 12, 10) },
        News::ReviewDecided { upheld: true, sentence: local.sentence.to_owned() },
        News::ReviewDecided { upheld: false, sentence: local.sentence.to_owned() },
        News::AppointmentBooked { appointment: appointment(8, 9, 0) },
        News::AppointmentMoved { before: moment(8, 9), appointment: appointment(9, 12, 1) },
        News::AppointmentCancelled { appointment: appointment(9, 12, 2), by: Whom::Person },
        News::AppointmentCancelled { appointment: appointment(9, 12, 2), by: Whom::Agency },
        News::AppointmentCancelled { appointment: appointment(9, 12, 2), by: Whom::Delegate },
        News::AppointmentReminder { appointment: appointment(8, 9, 0) },
        News::AppointmentConfirm { appointment: appointment(8, 9, 0), lost_after: None },
        News::AppointmentConfirm { appointment: appointment(8, 9, 0), lost_after: Some(moment(7, 9)) },
        News::AppointmentReleased { appointment: appointment(8, 9, 1) },
        News::EarlierOffered {
            start: moment(4, 9),
            until: moment(3, 17),
            office: local.office.to_owned(),
            instead_of: Some(moment(8, 9)),
        },
        News::AppointmentMissed { at: moment(8, 9) },
        News::DayClosed {
            was: appointment(8, 9, 1),
            why: local.why.to_owned(),
            instead: Instead::Place { appointment: appointment(10, 9, 1), until: moment(7, 12) },
        },
        News::DayClosed {
            was: appointment(8, 9, 1),
            why: local.why.to_owned(),
            instead: Instead::Call { window: window(4, 13), phrase: true },
        },
        News::DayClosed { was: appointment(8, 9, 1), why: local.why.to_owned(), instead: Instead::Officer },
        News::DayReopened { appointment: appointment(8, 9, 2) },
        News::InquiryClosed { reopen_until: day(31) },
        News::InquiryClosed { reopen_until: None },
    ];
    let more = [
        News::LinkResent { until: Some(moment(20, 17)) },
        News::ContactChanged,
        News::ProofChanged { at: moment(3, 10) },
        News::DelegateNamed { last_day: date(2027, 5, 31) },
        News::DelegateLink { nth: 1, which: Some(1), last_day: date(2027, 5, 31) },
        News::TextAnswer { says: TextSays::Help },
        News::TextAnswer { says: TextSays::Stopped },
        News::TextAnswer { says: TextSays::Started },
        News::TextAnswer { says: TextSays::Confirmed { start: moment(9, 12) } },
        News::TextAnswer { says: TextSays::Choose },
        News::TextAnswer { says: TextSays::Nothing },
        News::TextAnswer { says: TextSays::NotByText },
    ];
    news.into_iter()
        .chain(more)
        .map(|news| NoticeFacts {
            lang: lang.clone(),
            agency: Agency {
                name: local.agency.to_owned(),
                short: "Samples".to_owned(),
                phone: "1-800-555-0100".to_owned(),
            },
            inquiry: InquiryNumber::from_chance(3_821_093),
            first_name: Some(Pii::from(local.person)),
            link: Pii::from("https://anteroom.example/i/48210934/k-9f2c1d7be04a"),
            made_at,
            mark: Some(MarkCode::from_mac(4_821_093)),
            news,
        })
        .collect()
}
