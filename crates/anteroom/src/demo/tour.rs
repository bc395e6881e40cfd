//! What the demo prints: where to look, as whom, and what there is to see.

use super::{cast, plan::Moments};
use crate::fault::Faults;
use desk::Desk;
use domain::{inquiry::Inquiry, text::Lang};
use jiff::Timestamp;
use std::{net::SocketAddr, path::Path};
use store::{List, Page};

/// The tour, at most eleven lines.
pub async fn lines(desk: &Desk, url: &str, mail: &Path, moments: &Moments) -> Result<Vec<String>, Faults> {
    let pack = desk.pack();
    let office =
        pack.office(&cast::OFFICE.parse().map_err(|error: domain::codes::CodeError| Faults::of(&error))?);
    let zone = office.map_or(&pack.line().calendar.zone, |office| office.zone());
    let tongue = desk.words().tongue(&Lang::en());
    let today = zone.date(moments.now);
    let say = |at: Timestamp| tongue.moment(at, zone.name(), moments.now);
    let mut lines = vec![
        format!("Anteroom is at {url}/ (in Spanish {url}/es/), the desks at {url}/en/staff"),
        format!("Sign in as {} with the password {}", cast::sign_ins(), cast::PASSWORD),
        format!("It is {}; all people and cases are invented", say(moments.now)),
    ];
    if let Some(closed) = closed(desk, moments, &say) {
        lines.push(closed);
    }
    lines.push(format!(
        "1. Ask for a visit at {url}/en/ with the ZIP code 90012; the mail to you lands in {}",
        mail.display()
    ));
    lines.push("2. officer: what waits for a first look, urgent first; open one, promise a call".to_owned());
    if let Some(ready) = ready(desk, moments).await? {
        lines.push(format!(
            "3. officer: inquiry {} is to be called {}; call, decide, book",
            ready.number,
            if moments.calling_now { "now" } else { "first when the line opens" }
        ));
    }
    lines.push(format!(
        "4. clerk: the day of {} at {}; check in, call, serve",
        tongue.on_day(moments.day, today),
        cast::OFFICE
    ));
    lines.push("5. supervisor: a broken promise, and what is late".to_owned());
    if let Some(own) = booked(desk).await? {
        let link = desk.links().sign(own.id, moments.now);
        lines.push(format!("6. Be a person with a visit: {url}/go/{link}"));
    }
    lines.push(format!("7. {} has no place left on {}", cast::FULL, tongue.on_day(moments.full_day, today)));
    Ok(lines)
}

/// How to try the telephone line.
pub fn how_to_call(url: &str, sip: Option<SocketAddr>) -> Vec<String> {
    let mut lines = vec![format!("8. Call the line from your browser at {url}/en/call")];
    if let Some(addr) = sip {
        lines.push(format!(
            "9. Or with any softphone on this machine: sip:line@{addr}, without an account (baresip -e '/dial sip:line@{addr}')"
        ));
    }
    lines
}

/// What is closed now, and how to get to when it opens.
fn closed(desk: &Desk, moments: &Moments, say: &impl Fn(Timestamp) -> String) -> Option<String> {
    let pack = desk.pack();
    let office = pack.office(&cast::OFFICE.parse().ok()?)?;
    if moments.calling_now && office.calendar.is_open(moments.now) {
        return None;
    }
    let line = pack.line().calendar.next_open(moments.now, 14)?;
    let doors = office.calendar.next_open(moments.now, 14)?;
    Some(format!(
        "The line {} and the office {}; the bar on every page moves the demo's clock on",
        if line == moments.now { "is open".to_owned() } else { format!("opens {}", say(line)) },
        if doors == moments.now { "is open".to_owned() } else { format!("opens {}", say(doors)) }
    ))
}

/// The callback that is ready to be made.
async fn ready(desk: &Desk, moments: &Moments) -> Result<Option<Inquiry>, Faults> {
    let list = List::Callbacks { officer: None, to: Timestamp::MAX };
    let rows = desk.store().list(&list, Page::first(200)).await?.rows;
    Ok(rows.into_iter().find(|inquiry| {
        inquiry.stage.as_str() == "promised" && inquiry.callback().is_some_and(|c| c.window.end > moments.now)
    }))
}

/// A person who has a visit ahead.
async fn booked(desk: &Desk) -> Result<Option<Inquiry>, Faults> {
    let list = List::Stage { stage: "booked".to_owned() };
    Ok(desk.store().list(&list, Page::first(1)).await?.rows.into_iter().next())
}
