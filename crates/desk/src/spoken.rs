//! What the line says to whoever it calls.

use crate::Desk;
use domain::{mark::MarkCode, text::Lang};
use jiff::Timestamp;
use locale::args;

impl Desk {
    /// Who calls, and which key connects: said before anybody else speaks, where people are called before an officer is there.
    pub fn introduction(&self, lang: &Lang) -> String {
        let agency = self.pack.agency().name.in_lang(lang);
        self.words.tongue(lang).say_with("desk-said-who", &args! { "agency" => agency })
    }

    /// That the call is recorded, and perhaps how to refuse that: said to whoever is recorded, before anything is.
    pub fn recording_announced(&self, lang: &Lang, may_refuse: bool) -> String {
        let t = self.words.tongue(lang);
        if may_refuse { t.say("desk-said-recorded-refuse") } else { t.say("desk-said-recorded") }
    }

    /// The message that a machine is left: who called, and when and where to call. It says nothing of any matter, nor that
    /// there is one: others may hear it. `mark` is the code of the call.
    pub fn message_left(&self, lang: &Lang, mark: MarkCode, now: Timestamp) -> String {
        let (agency, calendar) = (self.pack.agency(), &self.pack.line().calendar);
        let t = self.words.tongue(lang);
        let week = calendar.hours.version(calendar.zone.date(now)).map(|dated| t.week(&dated.week));
        let zone = t.zone(calendar.zone.name());
        t.say_with(
            "desk-said-message",
            &args! {
                "agency" => agency.name.in_lang(lang),
                "number" => agency.phone.shown.as_str(),
                "hours" => week.unwrap_or_default(),
                "zone" => zone,
                "mark" => mark.spelled(),
            },
        )
    }
}
