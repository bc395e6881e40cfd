//! What the person will read, before it is sent: the sentence on their page and the message, in their language.

use super::{
    Act, places,
    run::{bring_also, missing, need, sentence, start},
    view::View,
};
use crate::{
    core::{Fields, WebError},
    parts,
    staff::frame::Seat,
};
use domain::{
    calendar::windows::Window,
    decision::{DecisionKind, Need, Outcome},
    ids::AppointmentId,
    inquiry::Inquiry,
    pii::Pii,
    refusal::Refusal,
    text::Lang,
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};
use notices::{Agency, Appointment, Moment, News, NoticeFacts, Office, Sender, Whom, render};

/// So many windows are looked through for the chosen one.
const WINDOWS: usize = 500;

/// What the person will read.
#[derive(Debug)]
pub(crate) struct Preview {
    act: Act,
    /// The message: what it is about and what it says. None for a person without an e-mail address.
    mail: Option<(String, String)>,
    /// What their page says in any case.
    page: Vec<String>,
    /// The place that is kept meanwhile, and until when.
    held: Option<(AppointmentId, Timestamp)>,
}

impl Preview {
    /// The field that carries the hold.
    pub(super) const HELD: &'static str = "book-held";

    /// The preview with the button that sends it.
    pub(super) fn show(&self, view: &View<'_>) -> Markup {
        let seat = view.seat;
        let t = seat.t();
        let reach = &view.inquiry.reach;
        let given = view.inquiry.name.given.reveal();
        html! {
            section.desk-preview aria-labelledby="preview" {
                h2 #preview { (t.say_with("staff-preview-title", &args! { "name" => given })) }
                div lang=(reach.lang) dir=(seat.ctx.app.desk.words().tongue(&reach.lang).dir().as_str()) {
                    @for line in &self.page { p.desk-preview__page { (line) } }
                    @if let Some((subject, text)) = &self.mail {
                        p.desk-preview__subject { strong { (subject) } }
                        div.desk-preview__mail tabindex="0" role="region" aria-label=(t.say("staff-preview-mail")) { pre { (text) } }
                    }
                }
                @if self.mail.is_none() { p { (t.say("staff-preview-no-mail")) } }
                @if let Some((_, until)) = &self.held {
                    p { (t.say_with("staff-preview-held", &args! { "time" => t.time(seat.zone().local(*until).time()) })) }
                }
                form method="post" action=(view.to(self.act)) {
                    (parts::key(&seat.ctx))
                    @for (name, values) in &view.shown.typed.0 {
                        @if !name.starts_with('_') && name != Self::HELD {
                            @for value in values { input type="hidden" name=(name) value=(value); }
                        }
                    }
                    input type="hidden" name="_version" value=(view.inquiry.version);
                    input type="hidden" name="_sure" value="yes";
                    @if let Some((held, _)) = &self.held { input type="hidden" name=(Self::HELD) value=(held); }
                    p.desk-form__do {
                        button.usa-button type="submit" autofocus accesskey="s" { (t.say_of("staff-do-act", self.act.code())) " " kbd aria-hidden="true" { "S" } }
                        a.usa-link href={ "#" (self.act.code()) } { (t.say("staff-preview-change")) }
                    }
                }
            }
        }
    }
}

/// What the person will read when this act is done.
///
/// # Errors
/// Whatever says already now that it cannot be done.
pub(super) async fn of(
    seat: &Seat,
    inquiry: &Inquiry,
    act: Act,
    fields: &Fields,
) -> Result<Preview, WebError> {
    let desk = &seat.ctx.app.desk;
    let lang = &inquiry.reach.lang;
    let mut held = None;
    let mut page = Vec::new();
    let news = match act {
        Act::Papers => papers(seat, inquiry, act, fields),
        Act::Promise => {
            let window = offered(seat, inquiry, act, fields).await?;
            News::CallbackPromised { window: window_of(&window), phrase: phrase(inquiry) }
        }
        Act::MoveCall => {
            let before = inquiry.callback().ok_or(Refusal::NotOffered)?;
            let window = offered(seat, inquiry, act, fields).await?;
            News::CallbackMoved {
                before: window_of(&before.window),
                window: window_of(&window),
                phrase: phrase(inquiry),
            }
        }
        Act::CancelCall => {
            let before = inquiry.callback().ok_or(Refusal::NotOffered)?;
            News::CallbackCancelled { window: window_of(&before.window), by: Whom::Person }
        }
        Act::Need => {
            let need = need(fields).ok_or(Refusal::NotOffered)?;
            let advice = desk.advise(inquiry, DecisionKind::Need, seat.ctx.now).await?;
            let said = sentence(seat, inquiry, need, advice.outcome("need"), fields);
            let said = said.as_ref().unwrap_or(&advice.recommendation.why).in_lang(lang).to_owned();
            page.push(said.clone());
            let reviewed = inquiry.open_review().and_then(|review| inquiry.decision(review.decision));
            page.extend(reviewed.map(|_| fields.get("need-because").to_owned()));
            if need == Need::Papers {
                papers(seat, inquiry, act, fields)
            } else if let Some(before) = reviewed {
                News::ReviewDecided { upheld: before.outcome == Outcome::Need(need), sentence: said }
            } else {
                News::DecisionMade { sentence: said }
            }
        }
        Act::Book => {
            let (start, pool) = places::read(fields.get("book-place")).ok_or(Refusal::NotOffered)?;
            let office = places::office(inquiry, act, fields);
            // The place is kept while it is being talked about; it runs out by itself.
            let caller = seat.caller(fields.key("hold"));
            let kept = desk.hold_place(&caller, inquiry.id, &office, start, pool).await?;
            held = Some((kept, seat.ctx.now + desk.pack().line().visits.hold()));
            News::AppointmentBooked { appointment: booked(seat, inquiry, act, fields, Some(kept)).await? }
        }
        Act::Move => {
            let before = inquiry.appointment().ok_or(Refusal::NotOffered)?;
            News::AppointmentMoved {
                before: Moment { at: before.start, zone: before.zone.name().to_owned() },
                appointment: booked(seat, inquiry, act, fields, None).await?,
            }
        }
        Act::Cancel => {
            let own = inquiry.appointment().ok_or(Refusal::NotOffered)?;
            let appointment = place(seat, &own.office, own.start, own.end, own.id, Vec::new())?;
            News::AppointmentCancelled { appointment, by: Whom::Agency }
        }
        Act::Urgency
        | Act::PapersComplete
        | Act::Give
        | Act::Call
        | Act::Outcome
        | Act::Earlier
        | Act::StopEarlier
        | Act::Office => return Err(WebError::NotFound),
    };
    if inquiry.reach.email.is_none() && page.is_empty() {
        page = mail(seat, inquiry, news.clone()).1.lines().map(str::to_owned).collect();
        page.retain(|line| !line.is_empty());
    }
    let mail = inquiry.reach.email.is_some().then(|| mail(seat, inquiry, news));
    Ok(Preview { act, mail, page, held })
}

/// Subject and text, by the very template that will be sent.
fn mail(seat: &Seat, inquiry: &Inquiry, news: News) -> (String, String) {
    let app = &seat.ctx.app;
    let agency = app.desk.pack().agency();
    let lang = inquiry.reach.lang.clone();
    let facts = NoticeFacts {
        agency: Agency {
            name: agency.name.in_lang(&lang).to_owned(),
            short: agency.short_name.in_lang(&lang).to_owned(),
            phone: agency.phone.calls_from_shown.clone(),
        },
        lang,
        inquiry: inquiry.number,
        first_name: Some(inquiry.name.given.clone()).filter(|n| !n.reveal().trim().is_empty()),
        // The real link opens the person's page: an officer has no use for it, and must not have it.
        link: Pii::new(format!("{}/go/…", app.options.public_url)),
        made_at: seat.ctx.now,
        // It has one when it is sent.
        mark: None,
        news,
    };
    // Only the calendar file names the sender, and it is not shown.
    let sender = Sender { address: String::new(), domain: String::new() };
    let email = render(app.desk.words(), &facts, &sender, &Pii::default());
    (email.subject, email.text)
}

fn phrase(inquiry: &Inquiry) -> bool {
    !inquiry.reach.phrase.reveal().is_empty()
}

fn window_of(window: &Window) -> notices::Window {
    notices::Window { from: window.start, until: window.end, zone: window.zone.name().to_owned() }
}

/// The window that was chosen, if it is still offered.
async fn offered(seat: &Seat, inquiry: &Inquiry, act: Act, fields: &Fields) -> Result<Window, WebError> {
    let start = start(act, fields).ok_or(Refusal::NotOffered)?;
    let offers = seat.ctx.app.desk.windows(inquiry, seat.ctx.now, WINDOWS).await?;
    let offer = offers.into_iter().find(|offer| offer.window.start == start);
    Ok(offer.ok_or(Refusal::WindowFull)?.window)
}

fn papers(seat: &Seat, inquiry: &Inquiry, act: Act, fields: &Fields) -> News {
    let pack = seat.ctx.app.desk.pack();
    let missing = missing(seat, inquiry, act, fields);
    let lang = &inquiry.reach.lang;
    let papers = missing
        .iter()
        .filter_map(|code| pack.item(code))
        .map(|item| item.name.in_lang(lang).to_owned())
        .collect();
    News::PapersNeeded { papers, until: None }
}

/// The appointment as the message tells it, with the checklist.
async fn booked(
    seat: &Seat,
    inquiry: &Inquiry,
    act: Act,
    fields: &Fields,
    hold: Option<AppointmentId>,
) -> Result<Appointment, WebError> {
    let desk = &seat.ctx.app.desk;
    let lang = &inquiry.reach.lang;
    let (start, pool) = places::read(fields.get(&act.field("place"))).ok_or(Refusal::NotOffered)?;
    let office = places::office(inquiry, act, fields);
    let reason = desk.pack().reason(&inquiry.reason).ok_or(Refusal::NoSuchReason)?;
    let own = inquiry.appointment();
    let end = if hold.is_some() {
        // A held place is no longer among the free ones; its length is the reason's.
        start + jiff::SignedDuration::from_mins(i64::from(reason.minutes))
    } else {
        let places = desk.places(inquiry, Some(&office), seat.ctx.now).await?;
        let place = places.all.iter().find(|p| p.start == start && p.pool == pool);
        place.ok_or(Refusal::SlotFull)?.end
    };
    let bring = if let Some(own) = own {
        own.bring.iter().map(|b| b.text.in_lang(lang).to_owned()).collect()
    } else {
        let lines = reason.bring.iter().map(|line| bring_line(seat, line, lang));
        lines.chain(bring_also(fields)).collect()
    };
    let id = hold.or(own.map(|own| own.id)).ok_or(Refusal::NotOffered)?;
    place(seat, &office, start, end, id, bring)
}

/// A line of the checklist: an item's name, or "one of these".
pub(super) fn bring_line(seat: &Seat, line: &pack::Bring, lang: &Lang) -> String {
    let names: Vec<&str> = line.items().iter().map(|item| item.name.in_lang(lang)).collect();
    match names.as_slice() {
        [one] => (*one).to_owned(),
        several => {
            let tongue = seat.ctx.app.desk.words().tongue(lang);
            tongue.say_plain_with("desk-any-of", &args! { "items" => several.join("; ") })
        }
    }
}

fn place(
    seat: &Seat,
    office: &domain::codes::OfficeCode,
    starts: Timestamp,
    ends: Timestamp,
    id: AppointmentId,
    bring: Vec<String>,
) -> Result<Appointment, WebError> {
    let pack = seat.ctx.app.desk.pack();
    let office = pack.office(office).ok_or(Refusal::NoSuchOffice)?;
    Ok(Appointment {
        id,
        sequence: 0,
        starts,
        ends,
        zone: office.zone().name().to_owned(),
        office: Office {
            name: office.name.clone(),
            address: vec![office.street.clone(), format!("{}, {} {}", office.city, office.state, office.zip)],
        },
        bring,
        early_minutes: pack.line().visits.arrive_early_minutes,
    })
}
