//! What supervisors say of the line: an announcement that every caller hears, the line opened or closed by hand, and one of its
//! queues closed to whoever has no place in it yet.

use crate::{
    actor::Actor,
    codes::QueueCode,
    ids::LineNoticeId,
    journal::Happened,
    text::{Lang, Text},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// An announcement's longest text, in characters: about half a minute of speech.
pub const LONGEST: usize = 400;
/// A reason's longest text, in characters.
pub const LONGEST_REASON: usize = 200;
/// An announcement stands for so many days at most: what holds longer belongs into the pack.
pub const MOST_DAYS: i64 = 31;
/// The line is opened or closed by hand for so many hours at most: what holds longer belongs into the holidays.
pub const MOST_HOURS: i64 = 24;

/// What is done with the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineDoes {
    /// Every caller is told something.
    Tells,
    /// Operators do not answer, whatever the hours say.
    Closes,
    /// Operators answer, whatever the hours say.
    Opens,
}

impl LineDoes {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Tells, Self::Closes, Self::Opens];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tells => "tells",
            Self::Closes => "closes",
            Self::Opens => "opens",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

/// An announcement, or the line opened or closed by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineNotice {
    /// Which.
    pub id: LineNoticeId,
    /// How many times the record has been written.
    pub version: u64,
    /// What is done.
    pub does: LineDoes,
    /// With one queue alone; none: with the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueCode>,
    /// What callers hear and read, in every language of the agency; empty where the usual words do.
    pub text: Text,
    /// Why, in the supervisor's words, for colleagues. Never personal data.
    pub because: String,
    /// From when.
    pub from: Timestamp,
    /// Until when (exclusive).
    pub until: Timestamp,
    /// Who said so.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// When it was withdrawn, if it was.
    pub withdrawn: Option<Timestamp>,
}

/// What a supervisor says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLineNotice {
    /// What is done.
    pub does: LineDoes,
    /// With one queue alone; none: with the line.
    pub queue: Option<QueueCode>,
    /// What callers hear.
    pub text: Text,
    /// Why.
    pub because: String,
    /// From when; none from now on.
    pub from: Option<Timestamp>,
    /// Until when.
    pub until: Timestamp,
}

/// Why it cannot be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum LineNoticeRefused {
    /// Some callers would not understand it.
    #[error("the announcement has no words in {lang}")]
    NoWords {
        /// In which language.
        lang: Lang,
    },
    /// Nobody listens so long.
    #[error("the announcement is longer than {LONGEST} characters in {lang}")]
    TooLong {
        /// In which language.
        lang: Lang,
    },
    /// Whoever opens or closes the line says why.
    #[error("a reason of 1 to {LONGEST_REASON} characters is needed")]
    NoReason,
    /// It would end before it begins, or has ended already.
    #[error("it ends before it begins, or has ended already")]
    Over,
    /// It would stand too long.
    #[error("it stands too long")]
    TooFar,
    /// A queue is only closed. It opens when that is taken back; and what is said is said before anybody chose a queue.
    #[error("a queue can only be closed, and without an announcement of its own")]
    WholeLine,
    /// It was withdrawn, or is over.
    #[error("it does not stand any more")]
    NoLonger,
}

impl LineNoticeRefused {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoWords { .. } => "no-words",
            Self::TooLong { .. } => "too-long",
            Self::NoReason => "no-reason",
            Self::Over => "over",
            Self::TooFar => "too-far",
            Self::WholeLine => "whole-line",
            Self::NoLonger => "no-longer",
        }
    }
}

impl LineNotice {
    /// A supervisor says something of the line. `langs` are the agency's languages.
    ///
    /// # Errors
    /// [`LineNoticeRefused`].
    pub fn say(
        id: LineNoticeId,
        new: NewLineNotice,
        langs: &[Lang],
        by: Actor,
        now: Timestamp,
    ) -> Result<(Self, Happened), LineNoticeRefused> {
        let NewLineNotice { does, queue, text, because, from, until } = new;
        let from = from.unwrap_or(now).max(now);
        if queue.is_some() && (does != LineDoes::Closes || text.langs().next().is_some()) {
            return Err(LineNoticeRefused::WholeLine);
        }
        // A text in one language is one in all: who reads on must not be told less than others.
        if (does == LineDoes::Tells || text.langs().next().is_some())
            && let Some(lang) = text.missing(langs).next()
        {
            return Err(LineNoticeRefused::NoWords { lang: lang.clone() });
        }
        if let Some(lang) = text.langs().find(|lang| text.in_lang(lang).chars().count() > LONGEST) {
            return Err(LineNoticeRefused::TooLong { lang: lang.clone() });
        }
        let reason = because.trim();
        if (does != LineDoes::Tells && reason.is_empty()) || reason.chars().count() > LONGEST_REASON {
            return Err(LineNoticeRefused::NoReason);
        }
        if until <= from {
            return Err(LineNoticeRefused::Over);
        }
        let longest = match does {
            LineDoes::Tells => SignedDuration::from_hours(24 * MOST_DAYS),
            LineDoes::Closes | LineDoes::Opens => SignedDuration::from_hours(MOST_HOURS),
        };
        if until.duration_since(now) > longest {
            return Err(LineNoticeRefused::TooFar);
        }
        let because = reason.to_owned();
        let notice =
            Self { id, version: 1, does, queue, text, because, from, until, by, at: now, withdrawn: None };
        Ok((notice, Happened::LineAnnounced { notice: id, does, from, until }))
    }

    /// It does not hold any more.
    ///
    /// # Errors
    /// [`LineNoticeRefused::NoLonger`] when it was over already.
    pub fn withdraw(&self, now: Timestamp) -> Result<(Self, Happened), LineNoticeRefused> {
        if self.ends() <= now {
            return Err(LineNoticeRefused::NoLonger);
        }
        let next = Self { version: self.version + 1, withdrawn: Some(now), ..self.clone() };
        Ok((next, Happened::LineWithdrawn { notice: self.id }))
    }

    /// When it ends, or ended.
    pub fn ends(&self) -> Timestamp {
        self.withdrawn.map_or(self.until, |withdrawn| withdrawn.min(self.until))
    }

    /// Does it hold now?
    pub fn stands(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.ends()
    }

    /// Has it words for callers?
    pub fn has_words(&self) -> bool {
        self.text.langs().next().is_some()
    }
}

/// What stands now of them, the newest first.
pub fn standing(notices: &[LineNotice], now: Timestamp) -> Vec<&LineNotice> {
    let mut standing: Vec<&LineNotice> = notices.iter().filter(|notice| notice.stands(now)).collect();
    standing.sort_by_key(|notice| std::cmp::Reverse((notice.at, notice.id)));
    standing
}

/// The one by which the line is open or closed by hand: the newest that stands.
pub fn by_hand(notices: &[LineNotice], now: Timestamp) -> Option<&LineNotice> {
    standing(notices, now).into_iter().find(|notice| notice.does != LineDoes::Tells && notice.queue.is_none())
}

/// The one by which this queue is closed, the longest of them; whatever is said of the line afterwards does not open it.
pub fn queue_closed<'a>(
    notices: &'a [LineNotice],
    queue: &QueueCode,
    now: Timestamp,
) -> Option<&'a LineNotice> {
    let of_it = standing(notices, now).into_iter().filter(|notice| notice.queue.as_ref() == Some(queue));
    of_it.max_by_key(|notice| notice.ends())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T15:00:00Z".parse().unwrap()
    }

    fn hours(n: i64) -> Timestamp {
        now() + SignedDuration::from_hours(n)
    }

    fn both(text: &str) -> Text {
        Text::new([(Lang::en(), text.to_owned()), (Lang::es(), text.to_owned())])
    }

    fn new(does: LineDoes, text: Text, because: &str, until: i64) -> NewLineNotice {
        NewLineNotice {
            does,
            queue: None,
            text,
            because: because.to_owned(),
            from: None,
            until: hours(until),
        }
    }

    fn say(new: NewLineNotice, n: u8) -> Result<LineNotice, LineNoticeRefused> {
        let langs = [Lang::en(), Lang::es()];
        let id = LineNoticeId::new(now(), &[n; 10]);
        LineNotice::say(id, new, &langs, Actor::Person, now()).map(|(notice, _)| notice)
    }

    #[test]
    fn everybody_is_told_or_nobody() {
        let one = Text::new([(Lang::en(), "Snow.".to_owned())]);
        let refused = say(new(LineDoes::Tells, one.clone(), "", 2), 1);
        assert_eq!(refused, Err(LineNoticeRefused::NoWords { lang: Lang::es() }));
        assert!(say(new(LineDoes::Closes, one, "snow", 2), 1).is_err());
        assert!(say(new(LineDoes::Tells, Text::default(), "", 2), 1).is_err());
        assert!(say(new(LineDoes::Tells, both("Snow."), "", 2), 1).is_ok());
        let long = both(&"x".repeat(LONGEST + 1));
        assert_eq!(
            say(new(LineDoes::Tells, long, "", 2), 1),
            Err(LineNoticeRefused::TooLong { lang: Lang::en() })
        );
    }

    #[test]
    fn a_line_is_closed_with_a_reason_and_not_for_long() {
        let closes = |because: &str, until| say(new(LineDoes::Closes, Text::default(), because, until), 1);
        assert_eq!(closes(" ", 2), Err(LineNoticeRefused::NoReason));
        assert_eq!(closes("snow", 0), Err(LineNoticeRefused::Over));
        assert_eq!(closes("snow", 25), Err(LineNoticeRefused::TooFar));
        assert!(closes("snow", 24).is_ok());
        assert!(say(new(LineDoes::Tells, both("Snow."), "", 24 * MOST_DAYS), 1).is_ok());
    }

    #[test]
    fn it_stands_from_then_until_it_ends_or_is_withdrawn() {
        let mut later = new(LineDoes::Tells, both("Snow."), "", 4);
        later.from = Some(hours(2));
        let notice = say(later, 1).unwrap();
        assert_eq!([1, 2, 3, 4].map(|n| notice.stands(hours(n))), [false, true, true, false]);
        let (gone, _) = notice.withdraw(hours(3)).unwrap();
        assert!(!gone.stands(hours(3)));
        assert_eq!(gone.ends(), hours(3));
        assert_eq!(gone.withdraw(hours(3)).unwrap_err(), LineNoticeRefused::NoLonger);
        assert_eq!(notice.withdraw(hours(4)).unwrap_err(), LineNoticeRefused::NoLonger);
    }

    #[test]
    fn a_queue_is_closed_by_itself_and_the_line_stays_open() {
        let of_queue = |does, text: Text| {
            let queue = Some("operators".parse().unwrap());
            NewLineNotice { queue, ..new(does, text, "nobody is there", 4) }
        };
        for (does, text) in [
            (LineDoes::Opens, Text::default()),
            (LineDoes::Tells, both("Snow.")),
            (LineDoes::Closes, both("Snow.")),
        ] {
            assert_eq!(say(of_queue(does, text), 1), Err(LineNoticeRefused::WholeLine), "{does:?}");
        }
        let closed = say(of_queue(LineDoes::Closes, Text::default()), 1).unwrap();
        let mut longer = say(of_queue(LineDoes::Closes, Text::default()), 2).unwrap();
        longer.until = hours(5);
        let mut open = say(new(LineDoes::Opens, Text::default(), "ploughed", 4), 3).unwrap();
        open.at = hours(1);
        let all = [closed, longer.clone(), open.clone()];
        let (this, other) = ("operators".parse().unwrap(), "specialists".parse().unwrap());
        assert_eq!(by_hand(&all, hours(2)), Some(&open), "of the line alone");
        assert_eq!(queue_closed(&all, &this, hours(2)), Some(&longer));
        assert_eq!(queue_closed(&all, &other, hours(2)), None);
        assert_eq!(queue_closed(&all, &this, hours(5)), None);
    }

    #[test]
    fn the_newest_hand_decides() {
        let close = say(new(LineDoes::Closes, Text::default(), "snow", 4), 1).unwrap();
        let mut open = say(new(LineDoes::Opens, Text::default(), "ploughed", 4), 2).unwrap();
        open.at = hours(1);
        let tell = say(new(LineDoes::Tells, both("Snow."), "", 4), 3).unwrap();
        let all = [close.clone(), tell, open.clone()];
        assert_eq!(by_hand(&all, hours(2)), Some(&open));
        assert_eq!(by_hand(&all[..2], hours(2)), Some(&close));
        assert_eq!(by_hand(&all, hours(4)), None);
        assert_eq!(standing(&all, hours(2)).len(), 3);
    }
}
