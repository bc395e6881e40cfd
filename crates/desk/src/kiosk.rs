//! The screens in an office's hall: the kiosk, where people check in alone, and the display of calls. A member of staff opens one, for
//! a time and for that office alone; what opens it opens nothing else.

use crate::{Caller, Desk, DeskError, Links, Who};
use domain::{
    change::IdempotencyKey,
    codes::OfficeCode,
    inquiry::{Inquiry, Stage},
    number::InquiryNumber,
    refusal::Refusal,
};
use jiff::Timestamp;
use subtle::ConstantTimeEq;

/// What a screen in the hall is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// People check in at it.
    Kiosk,
    /// It shows who is called to which counter.
    Display,
}

impl Screen {
    /// What is signed for one never opens the other.
    const fn purpose(self) -> &'static str {
        match self {
            Self::Kiosk => "anteroom kiosk 1",
            Self::Display => "anteroom display 1",
        }
    }
}

impl Links {
    /// What opens a screen of an office until then: the office, the end, and an HMAC-SHA-256 of both.
    pub fn sign_screen(&self, what: Screen, office: &OfficeCode, until: Timestamp) -> String {
        let until = format!("{:x}", until.as_second());
        let tag = self.stamp(what.purpose(), &[office.as_str(), &until]);
        format!("{office}.{until}.{}", hex::encode(&tag[..16]))
    }

    /// The office whose screen this opens, and until when, if it is genuine and its time has not passed.
    pub fn open_screen(&self, what: Screen, token: &str, now: Timestamp) -> Option<(OfficeCode, Timestamp)> {
        let mut parts = token.splitn(3, '.');
        let (office, until, tag) = (parts.next()?, parts.next()?, parts.next()?);
        let good = self.stamp(what.purpose(), &[office, until]);
        let genuine = hex::decode(tag).is_ok_and(|tag| bool::from(tag.ct_eq(&good[..16])));
        let until = Timestamp::from_second(i64::from_str_radix(until, 16).ok()?).ok()?;
        if !genuine || now >= until {
            return None;
        }
        Some((office.parse().ok()?, until))
    }
}

impl Desk {
    /// Somebody checks in at a kiosk, by their inquiry number. Said again, they learn their ticket again. Whoever has no visit at this
    /// office is answered as if their number did not exist.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; as [`Inquiry::check_in`].
    pub async fn check_in_at_kiosk(
        &self,
        office: &OfficeCode,
        number: InquiryNumber,
        key: IdempotencyKey,
        now: Timestamp,
    ) -> Result<Inquiry, DeskError> {
        let inquiry = self.store.inquiry_numbered(number).await?.ok_or(DeskError::NotFound)?;
        let visit = inquiry.appointment().filter(|visit| visit.office == *office);
        visit.ok_or(DeskError::NotFound)?;
        if matches!(inquiry.stage, Stage::CheckedIn { .. }) {
            return Ok(inquiry);
        }
        let caller = Caller::new(Who::System("kiosk"), key, now);
        match self.check_in(&caller, inquiry.id).await {
            Err(DeskError::Refused(Refusal::NotToday { .. })) => Err(DeskError::NotFound),
            done => done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_opens_for_its_office_while_it_lasts_and_is_no_other() {
        let now: Timestamp = "2026-11-23T17:00:00Z".parse().unwrap();
        let until: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
        let (links, office): (_, OfficeCode) = (Links::new([1; 32]), "LOS".parse().unwrap());
        let token = links.sign_screen(Screen::Kiosk, &office, until);
        assert_eq!(links.open_screen(Screen::Kiosk, &token, now), Some((office, until)));
        assert_eq!(links.open_screen(Screen::Display, &token, now), None);
        assert_eq!(links.open_screen(Screen::Kiosk, &token, until), None);
        assert_eq!(Links::new([2; 32]).open_screen(Screen::Kiosk, &token, now), None);
        assert_eq!(links.open_screen(Screen::Kiosk, &token.replace("LOS", "NYC"), now), None);
        for place in 0..token.len() {
            let mut bad = token.clone().into_bytes();
            bad[place] = if bad[place] == b'0' { b'1' } else { b'0' };
            assert_eq!(
                links.open_screen(Screen::Kiosk, &String::from_utf8(bad).unwrap(), now),
                None,
                "place {place}"
            );
        }
        for junk in ["", ".", "..", "LOS.1.", "LOS.zz.00"] {
            assert_eq!(links.open_screen(Screen::Kiosk, junk, now), None);
        }
    }
}
