//! The appointment as a file for the person's own calendar.

use crate::Desk;
use domain::{inquiry::Inquiry, pii::Pii};
use jiff::Timestamp;
use notices::{News, NoticeFacts};

impl Desk {
    /// The calendar file of the appointment, if there is one now. It has the identity and sequence of the one that was
    /// mailed, so that a calendar which has both keeps one entry; it is published (RFC 5546 §3.2.1), not an invitation:
    /// whoever downloads it is asked for no answer.
    pub fn calendar_file(&self, inquiry: &Inquiry, now: Timestamp) -> Option<String> {
        let lang = &inquiry.reach.lang;
        let appointment = self.appointment_facts(inquiry.appointment()?, lang)?;
        let facts = NoticeFacts {
            lang: lang.clone(),
            agency: self.agency_for(lang),
            inquiry: inquiry.number,
            first_name: None,
            link: Pii::default(),
            made_at: now,
            mark: None,
            news: News::AppointmentBooked { appointment },
        };
        let to = inquiry.reach.email.clone().unwrap_or_default();
        let file = notices::render(&self.words, &facts, &self.site.sender, &to).calendar?.file;
        Some(published(&file))
    }
}

/// An invitation as a publication: another METHOD and no ATTENDEE. A line that begins with a space goes on from the one
/// before (RFC 5545 §3.1).
fn published(invitation: &str) -> String {
    let mut file = String::with_capacity(invitation.len());
    let mut dropping = false;
    for line in invitation.split_terminator("\r\n") {
        let goes_on = line.starts_with([' ', '\t']);
        dropping = if goes_on { dropping } else { line.starts_with("ATTENDEE") };
        if dropping {
            continue;
        }
        file.push_str(if line == "METHOD:REQUEST" { "METHOD:PUBLISH" } else { line });
        file.push_str("\r\n");
    }
    file
}

#[cfg(test)]
mod tests {
    use super::published;

    #[test]
    fn asks_nobody_for_an_answer() {
        let invitation = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nUID:1\r\nATTENDEE;CUTYPE=INDIVIDUAL:mail\r\n to:ana@example.com\r\nSUMMARY:Appointment\r\n goes on\r\nEND:VCALENDAR\r\n";
        assert_eq!(
            published(invitation),
            "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nUID:1\r\nSUMMARY:Appointment\r\n goes on\r\nEND:VCALENDAR\r\n"
        );
    }
}
