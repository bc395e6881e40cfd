//! The one content of a notice, from which both its text and its HTML part are written, so that neither
//! can say what the other does not.

use crate::facts::{Appointment, Instead, Moment, News, NoticeFacts, Whom, Window};
use jiff::{civil::Date, tz::TimeZone};
use locale::{Tongue, args};

/// A paragraph, card, list or link.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// A paragraph.
    Say(String),
    /// What to remember: labels with their values, a value in one or more lines.
    Card(Vec<(String, Vec<String>)>),
    /// A titled list.
    List {
        /// Its title.
        title: String,
        /// Its items.
        items: Vec<String>,
    },
    /// The one link.
    Link {
        /// What it does.
        label: String,
        /// Where it goes.
        url: String,
    },
    /// Small print.
    Note(String),
}

/// A notice in one language.
#[derive(Debug)]
pub struct Letter {
    pub subject: String,
    pub agency: String,
    pub parts: Vec<Part>,
}

/// Writes the notice.
pub fn write(t: &Tongue, facts: &NoticeFacts) -> Letter {
    if facts.is_neutral() {
        let says = [t.say_plain("notices-neutral"), t.say_plain("notices-neutral-next")];
        let parts = says.into_iter().map(Part::Say).collect();
        return Letter { subject: t.say_plain("notices-neutral-subject"), agency: String::new(), parts };
    }
    let pen = Pen { t, facts };
    let mut parts = vec![Part::Say(pen.greeting())];
    pen.news(&mut parts);
    if facts.news != News::ContactChanged {
        parts.push(Part::Note(t.say_plain("notices-link-alone")));
    }
    parts.push(Part::Note(
        t.say_plain_with("common-payment-warning", &args! { "phone" => &facts.agency.phone }),
    ));
    if let Some(mark) = facts.mark {
        let (mark, site) = (mark.to_string(), site(facts.link.reveal()));
        parts.push(Part::Note(t.say_plain_with("notices-mark", &args! { "mark" => mark, "site" => site })));
    }
    parts.push(Part::Note(t.say_plain_with("notices-automatic", &args! { "phone" => &facts.agency.phone })));
    Letter { subject: pen.subject(), agency: facts.agency.name.clone(), parts }
}

/// The address of the site that a link leads to: people type it.
pub(crate) fn site(link: &str) -> &str {
    let host = link.find("://").map_or(0, |at| at + 3);
    let end = link[host..].find('/').map_or(link.len(), |at| host + at);
    &link[..end]
}

struct Pen<'a> {
    t: &'a Tongue,
    facts: &'a NoticeFacts,
}

impl Pen<'_> {
    fn subject(&self) -> String {
        let number = self.facts.inquiry.to_string();
        self.t.say_of_plain_with("notices-subject", self.facts.kind().as_str(), &args! { "number" => number })
    }

    fn greeting(&self) -> String {
        match &self.facts.first_name {
            Some(name) => self.t.say_plain_with("notices-greeting", &args! { "name" => name.reveal() }),
            None => self.t.say_plain("notices-greeting-nobody"),
        }
    }

    fn news(&self, parts: &mut Vec<Part>) {
        let t = self.t;
        let say = |parts: &mut Vec<Part>, text: String| parts.push(Part::Say(text));
        match &self.facts.news {
            News::RequestReceived { answer_by } => {
                say(parts, t.say_plain("notices-news-request-received"));
                parts.push(self.card(vec![]));
                say(
                    parts,
                    match answer_by {
                        Some(day) => t.say_plain_with(
                            "notices-next-request-received-by",
                            &args! { "day" => self.day(*day) },
                        ),
                        None => t.say_plain("notices-next-request-received"),
                    },
                );
                say(parts, t.say_plain("notices-change-request"));
                parts.push(self.link_to_change());
            }
            News::PapersNeeded { papers, until } => {
                say(parts, t.say_plain("notices-news-papers-needed"));
                parts.push(Part::List { title: t.say_plain("notices-label-papers"), items: papers.clone() });
                parts.push(self.card(vec![]));
                say(parts, t.say_plain("notices-next-papers-needed"));
                if let Some(day) = until {
                    say(parts, t.say_plain_with("notices-papers-until", &args! { "day" => self.day(*day) }));
                }
                parts.push(self.link_to_see());
            }
            News::CallbackPromised { window, phrase } => {
                say(parts, t.say_plain("notices-news-callback-promised"));
                self.promised_call(parts, window, None, *phrase);
            }
            News::CallbackMoved { before, window, phrase } => {
                say(parts, t.say_plain("notices-news-callback-moved"));
                self.promised_call(parts, window, Some(before), *phrase);
            }
            News::CallbackReminder { window, phrase } => {
                say(parts, t.say_plain("notices-news-callback-reminder"));
                self.promised_call(parts, window, None, *phrase);
            }
            News::CallbackCancelled { window, by } => {
                say(
                    parts,
                    match by {
                        Whom::Person => t.say_plain("notices-news-callback-cancelled-person"),
                        Whom::Delegate => t.say_plain("notices-news-callback-cancelled-delegate"),
                        Whom::Agency => t.say_plain("notices-news-callback-cancelled-agency"),
                    },
                );
                parts.push(self.card(vec![(t.say_plain("notices-label-cancelled"), self.window(window))]));
                say(parts, t.say_plain("notices-next-callback-cancelled"));
                parts.push(self.link_to_choose());
            }
            News::CallbackMissed { window, next } => {
                say(parts, t.say_plain("notices-news-callback-missed"));
                self.missed_call(parts, window, next.as_ref());
            }
            News::PromiseBroken { window, next } => {
                say(parts, t.say_plain("notices-news-promise-broken"));
                self.missed_call(parts, window, next.as_ref());
            }
            News::DecisionMade { sentence } => {
                say(parts, t.say_plain("notices-news-decision-made"));
                say(parts, sentence.clone());
                parts.push(self.card(vec![]));
                say(parts, t.say_plain("notices-next-decision-made"));
                parts.push(self.link_to_see());
            }
            News::ReviewAsked { by } => {
                say(parts, t.say_plain("notices-news-review-asked"));
                parts.push(self.card(vec![]));
                say(parts, t.say_plain_with("notices-next-review-asked", &args! { "day" => self.day(*by) }));
                parts.push(self.link_to_see());
            }
            News::ReviewDecided { upheld, sentence } => {
                say(
                    parts,
                    if *upheld {
                        t.say_plain("notices-news-review-upheld")
                    } else {
                        t.say_plain("notices-news-review-changed")
                    },
                );
                say(parts, sentence.clone());
                parts.push(self.card(vec![]));
                say(parts, t.say_plain("notices-next-review-decided"));
                parts.push(self.link_to_see());
            }
            News::AppointmentBooked { appointment } => {
                say(parts, t.say_plain("notices-news-appointment-booked"));
                self.appointment(parts, appointment, None);
            }
            News::AppointmentMoved { before, appointment } => {
                say(parts, t.say_plain("notices-news-appointment-moved"));
                self.appointment(parts, appointment, Some(before));
            }
            News::AppointmentReminder { appointment } => {
                say(parts, t.say_plain("notices-news-appointment-reminder"));
                self.appointment(parts, appointment, None);
            }
            News::AppointmentConfirm { appointment, lost_after } => {
                say(parts, t.say_plain("notices-news-appointment-confirm"));
                say(
                    parts,
                    match lost_after {
                        Some(by) => {
                            let by = t.moment(by.at, &by.zone, self.facts.made_at);
                            t.say_plain_with("notices-next-appointment-confirm-by", &args! { "by" => by })
                        }
                        None => t.say_plain("notices-next-appointment-confirm"),
                    },
                );
                self.appointment(parts, appointment, None);
            }
            News::AppointmentReleased { appointment } => {
                say(parts, t.say_plain("notices-news-appointment-released"));
                let at = Moment { at: appointment.starts, zone: appointment.zone.clone() };
                parts.push(self.card(vec![
                    (t.say_plain("notices-label-cancelled"), self.opening(&at)),
                    (t.say_plain("notices-label-where"), place(appointment)),
                ]));
                say(parts, t.say_plain("notices-next-appointment-released"));
                parts.push(self.link_to_choose());
            }
            News::EarlierOffered { start, until, office, instead_of } => {
                say(parts, t.say_plain("notices-news-earlier-offered"));
                let mut rows = vec![(t.say_plain("notices-label-when"), self.opening(start))];
                rows.extend(
                    instead_of.iter().map(|now| (t.say_plain("notices-label-now"), self.opening(now))),
                );
                rows.push((t.say_plain("notices-label-where"), vec![office.clone()]));
                parts.push(self.card(rows));
                let until = t.moment(until.at, &until.zone, self.facts.made_at);
                say(parts, t.say_plain_with("notices-next-earlier-offered", &args! { "until" => until }));
                parts.push(self.link(t.say_plain("notices-action-earlier")));
            }
            News::AppointmentCancelled { appointment, by } => {
                say(
                    parts,
                    match by {
                        Whom::Person => t.say_plain("notices-news-appointment-cancelled-person"),
                        Whom::Delegate => t.say_plain("notices-news-appointment-cancelled-delegate"),
                        Whom::Agency => t.say_plain("notices-news-appointment-cancelled-agency"),
                    },
                );
                let at = Moment { at: appointment.starts, zone: appointment.zone.clone() };
                parts.push(self.card(vec![
                    (t.say_plain("notices-label-cancelled"), self.opening(&at)),
                    (t.say_plain("notices-label-where"), place(appointment)),
                ]));
                say(parts, t.say_plain("notices-next-appointment-cancelled"));
                parts.push(self.link_to_choose());
            }
            News::AppointmentMissed { at } => {
                say(parts, t.say_plain("notices-news-appointment-missed"));
                parts.push(self.card(vec![(t.say_plain("notices-label-missed"), self.opening(at))]));
                say(parts, t.say_plain("notices-next-appointment-missed"));
                parts.push(self.link_to_choose());
            }
            News::DayClosed { was, why, instead } => {
                say(parts, t.say_plain("notices-news-day-closed"));
                say(parts, why.clone());
                self.day_closed(parts, was, instead);
            }
            News::DayReopened { appointment } => {
                say(parts, t.say_plain("notices-news-day-reopened"));
                self.appointment(parts, appointment, None);
            }
            News::InquiryClosed { reopen_until } => {
                say(parts, t.say_plain("notices-news-inquiry-closed"));
                parts.push(self.card(vec![]));
                say(
                    parts,
                    match reopen_until {
                        Some(day) => t.say_plain_with(
                            "notices-next-inquiry-closed-until",
                            &args! { "day" => self.day(*day) },
                        ),
                        None => t.say_plain("notices-next-inquiry-closed"),
                    },
                );
                parts.push(self.link_to_see());
            }
            News::LinkResent { until } => {
                say(parts, t.say_plain("notices-news-link-resent"));
                parts.push(self.link_to_see());
                parts.push(self.card(vec![]));
                if let Some(until) = until {
                    let moment = t.moment(until.at, &until.zone, self.facts.made_at);
                    say(parts, t.say_plain_with("notices-link-until", &args! { "moment" => moment }));
                }
                say(parts, t.say_plain("notices-next-link-resent"));
            }
            News::ContactChanged => {
                say(parts, t.say_plain("notices-news-contact-changed"));
                parts.push(self.link_to_see());
                parts.push(self.card(vec![]));
                let phone = self.facts.agency.phone.as_str();
                say(parts, t.say_plain_with("notices-next-contact-changed", &args! { "phone" => phone }));
            }
            News::ProofChanged { at } => {
                say(parts, t.say_plain("notices-news-proof-changed"));
                parts.push(self.card(vec![(t.say_plain("notices-label-when"), self.opening(at))]));
                let phone = self.facts.agency.phone.as_str();
                say(parts, t.say_plain_with("notices-next-proof-changed", &args! { "phone" => phone }));
                parts.push(self.link_to_see());
            }
            News::DelegateNamed { last_day } => {
                let day = args! { "day" => self.day(*last_day) };
                say(parts, t.say_plain_with("notices-news-delegate-named", &day));
                parts.push(self.card(vec![]));
                let phone = self.facts.agency.phone.as_str();
                say(parts, t.say_plain_with("notices-next-delegate-named", &args! { "phone" => phone }));
                parts.push(self.link_to_see());
            }
            News::DelegateLink { last_day, .. } => {
                say(parts, t.say_plain("notices-news-delegate-link"));
                parts.push(self.link_to_see());
                parts.push(self.card(vec![]));
                let day = args! { "day" => self.day(*last_day) };
                say(parts, t.say_plain_with("notices-next-delegate-link", &day));
                say(parts, t.say_plain("notices-next-delegate-link-wrong"));
            }
            // It is written without a pen.
            News::Neutral { .. } => {}
            News::TextAnswer { .. } => {
                say(parts, crate::text::sentence(t, self.facts));
                parts.push(self.card(vec![]));
                parts.push(self.link_to_see());
            }
        }
    }

    fn promised_call(&self, parts: &mut Vec<Part>, window: &Window, before: Option<&Window>, phrase: bool) {
        let t = self.t;
        let mut rows = vec![(t.say_plain("notices-label-when"), self.window(window))];
        if let Some(before) = before {
            rows.push((t.say_plain("notices-label-before"), self.window(before)));
        }
        rows.push((t.say_plain("notices-label-caller"), vec![self.facts.agency.phone.clone()]));
        parts.push(self.card(rows));
        parts.push(Part::Say(t.say_plain("notices-next-callback")));
        if phrase {
            parts.push(Part::Say(t.say_plain("notices-callback-phrase")));
        }
        parts.push(Part::Say(t.say_plain("notices-change-callback")));
        parts.push(self.link_to_change());
    }

    fn missed_call(&self, parts: &mut Vec<Part>, window: &Window, next: Option<&Window>) {
        let t = self.t;
        let mut rows = vec![(t.say_plain("notices-label-missed"), self.window(window))];
        if let Some(next) = next {
            parts.push(Part::Say(t.say_plain("notices-next-call-again")));
            rows.insert(0, (t.say_plain("notices-label-next"), self.window(next)));
            rows.push((t.say_plain("notices-label-caller"), vec![self.facts.agency.phone.clone()]));
            parts.push(self.card(rows));
            parts.push(Part::Say(t.say_plain("notices-change-callback")));
            parts.push(self.link_to_change());
        } else {
            let phone = &self.facts.agency.phone;
            parts.push(Part::Say(t.say_plain_with("notices-next-choose-time", &args! { "phone" => phone })));
            parts.push(self.card(rows));
            parts.push(self.link_to_choose());
        }
    }

    fn day_closed(&self, parts: &mut Vec<Part>, was: &Appointment, instead: &Instead) {
        let t = self.t;
        let before = Moment { at: was.starts, zone: was.zone.clone() };
        match instead {
            Instead::Place { appointment, until } => {
                let until = t.moment(until.at, &until.zone, self.facts.made_at);
                parts.push(Part::Say(
                    t.say_plain_with("notices-next-day-closed", &args! { "until" => until }),
                ));
                self.appointment(parts, appointment, Some(&before));
            }
            Instead::Call { window, phrase } => {
                parts.push(Part::Say(t.say_plain("notices-next-day-closed-call")));
                let gone = (t.say_plain("notices-label-cancelled"), self.opening(&before));
                parts.push(Part::Card(vec![gone, (t.say_plain("notices-label-where"), place(was))]));
                self.promised_call(parts, window, None, *phrase);
            }
            Instead::Officer => {
                parts.push(Part::Say(t.say_plain("notices-next-day-closed-officer")));
                parts.push(self.card(vec![
                    (t.say_plain("notices-label-cancelled"), self.opening(&before)),
                    (t.say_plain("notices-label-where"), place(was)),
                ]));
                parts.push(self.link_to_see());
            }
        }
    }

    fn appointment(&self, parts: &mut Vec<Part>, appointment: &Appointment, before: Option<&Moment>) {
        let t = self.t;
        let at = Moment { at: appointment.starts, zone: appointment.zone.clone() };
        let mut rows = vec![(t.say_plain("notices-label-when"), self.opening(&at))];
        if let Some(before) = before {
            rows.push((t.say_plain("notices-label-before"), self.opening(before)));
        }
        rows.push((t.say_plain("notices-label-where"), place(appointment)));
        parts.push(self.card(rows));
        if !appointment.bring.is_empty() {
            let title = t.say_plain("notices-label-bring");
            parts.push(Part::List { title, items: appointment.bring.clone() });
        }
        let early = args! { "minutes" => appointment.early_minutes };
        parts.push(Part::Say(format!(
            "{} {}",
            t.say_plain_with("notices-appointment-early", &early),
            t.say_plain("notices-next-appointment")
        )));
        parts.push(Part::Say(t.say_plain("notices-change-appointment")));
        parts.push(self.link_to_change());
    }

    /// The card, which always ends with the inquiry number.
    fn card(&self, mut rows: Vec<(String, Vec<String>)>) -> Part {
        rows.push((self.t.say_plain("notices-label-number"), vec![self.facts.inquiry.to_string()]));
        Part::Card(rows)
    }

    fn window(&self, window: &Window) -> Vec<String> {
        vec![self.t.opening(&self.t.window(window.from, window.until, &window.zone, self.facts.made_at))]
    }

    fn opening(&self, moment: &Moment) -> Vec<String> {
        vec![self.t.opening(&self.t.moment(moment.at, &moment.zone, self.facts.made_at))]
    }

    /// A day in a sentence. The year is said when it is not the year, in UTC, in which the notice was made.
    fn day(&self, day: Date) -> String {
        self.t.on_day(day, self.facts.made_at.to_zoned(TimeZone::UTC).date())
    }

    fn link_to_see(&self) -> Part {
        self.link(self.t.say_plain("notices-action-see"))
    }

    fn link_to_change(&self) -> Part {
        self.link(self.t.say_plain("notices-action-change"))
    }

    fn link_to_choose(&self) -> Part {
        self.link(self.t.say_plain("notices-action-choose"))
    }

    fn link(&self, label: String) -> Part {
        Part::Link { label, url: self.facts.link.reveal().clone() }
    }
}

/// The office's name and address, line by line.
fn place(appointment: &Appointment) -> Vec<String> {
    std::iter::once(&appointment.office.name).chain(&appointment.office.address).cloned().collect()
}
