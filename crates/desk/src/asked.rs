//! What a request must be like that a person makes themselves: the same on the form and by a program.

use crate::{Desk, acts::RequestMeeting};
use domain::{inquiry::Inquiry, notice::Carrier, person::Reach};
use jiff::{Timestamp, ToSpan, civil::Date};
use locale::{Tongue, args};
use pack::Answer;

/// Nobody is older.
const OLDEST_YEARS: i64 = 125;

/// What in a request does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// Nobody is born on that day.
    Born,
    /// A question has no answer, or one that does not fit, by its code.
    Answer(String),
    /// A time is wished for that cannot be had, by its place from 0 on.
    Wish(usize),
}

impl Desk {
    /// Can somebody be born on that day?
    pub fn is_birthday(&self, born: Date, now: Timestamp) -> bool {
        let today = self.today(now);
        let oldest = today.saturating_sub(OLDEST_YEARS.years());
        (oldest..=today).contains(&born)
    }

    /// The last day for which a visit can be wished.
    pub fn last_wish(&self, now: Timestamp) -> Date {
        self.today(now).saturating_add(i64::from(self.pack.line().visits.horizon_days).days())
    }

    /// Can a visit be wished for that day?
    pub fn may_wish(&self, day: Date, now: Timestamp) -> bool {
        day > self.today(now) && day <= self.last_wish(now)
    }

    /// What does not fit in a request that a person makes themselves; a reason that is not on the list is refused when it is taken.
    pub fn misfits(&self, ask: &RequestMeeting, now: Timestamp) -> Vec<Misfit> {
        let mut all = Vec::new();
        if !self.is_birthday(*ask.born.reveal(), now) {
            all.push(Misfit::Born);
        }
        let today = self.today(now);
        for question in self.pack.open_reason(&ask.reason).iter().flat_map(|reason| &reason.questions) {
            let answer = ask.request.answers.reveal().get(&question.code);
            let fits = match answer.map(|value| question.from_json(value)) {
                None => question.may_stay_open(),
                Some(Ok(Answer::Date(date))) => question.takes_date(date, today),
                Some(answer) => answer.is_ok(),
            };
            if !fits {
                all.push(Misfit::Answer(question.code.clone()));
            }
        }
        let wishes = ask.request.preferred.iter().enumerate();
        let cannot = wishes.filter(|(_, wish)| wish.date.is_some_and(|day| !self.may_wish(day, now)));
        all.extend(cannot.map(|(n, _)| Misfit::Wish(n)));
        all
    }

    /// How somebody is reached, as far as it is offered here: what is not was not asked.
    #[must_use]
    pub fn as_offered(&self, mut reach: Reach) -> Reach {
        reach.texts &= self.offers_texts();
        reach.calls &= self.offers_calls() && !reach.no_message;
        reach.post = reach.post.filter(|_| self.offers_post());
        reach.discreet.retain(|by| self.sends_by(*by));
        reach
    }

    /// Are messages sent by this way here?
    pub const fn sends_by(&self, by: Carrier) -> bool {
        match by {
            Carrier::Email => true,
            Carrier::Text => self.offers_texts(),
            Carrier::Post => self.offers_post(),
            Carrier::Call => self.offers_calls(),
        }
    }

    /// What happens next with a request that has come in, step by step, each in a few words and with what is to be known of it.
    pub fn next_steps(
        &self,
        t: &Tongue,
        inquiry: &Inquiry,
        due: Option<Timestamp>,
        now: Timestamp,
    ) -> Vec<(String, String)> {
        let by = due.map(|due| {
            let moment = t.moment(due, inquiry.reach.zone.name(), now);
            t.say_with("public-received-review-by", &args! { "moment" => moment })
        });
        let number = self.pack.agency().phone.calls_from_shown.as_str();
        let from = t.say_with("public-received-call-about", &args! { "number" => number });
        vec![
            (t.say("public-received-review"), by.unwrap_or_default()),
            (t.say("public-received-call"), from),
            (t.say("public-received-answer"), t.say("public-received-answer-about")),
        ]
    }

    /// By which way the person is told that their request has come in, or what that says where somebody else may read it; none where
    /// nothing goes out.
    pub fn how_confirmed(&self, t: &Tongue, inquiry: &Inquiry) -> Option<String> {
        let reach = &inquiry.reach;
        let first = match (&reach.email, reach.texts) {
            (Some(_), _) => Some(Carrier::Email),
            (None, true) => Some(Carrier::Text),
            (None, false) => None,
        };
        if first.is_some_and(|by| inquiry.is_discreet(by)) {
            return Some(t.say("public-received-discreet"));
        }
        Some(match first {
            Some(Carrier::Email) => t.say("public-received-email"),
            Some(_) => t.say("public-received-text"),
            None if reach.takes_calls() => t.say("public-received-calls"),
            None if reach.post.is_some() => t.say("public-received-letter"),
            None => return None,
        })
    }
}
