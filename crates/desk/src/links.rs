//! Signed links: the proof that whoever opens an inquiry page was sent there.

use domain::{
    callback::Callback,
    delegate::Delegate,
    ids::{InquiryId, NoticeId},
    mark::MarkCode,
    notice::{Carrier, Notice, NoticeKind},
    phone::{PhoneKey, PhoneNumber},
};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::{List, Page, Store, StoreError};
use uuid::Uuid;

/// How long a link in a notice works: long enough for an appointment some weeks out and the days after it.
pub const GOOD_FOR_DAYS: i64 = 60;

/// How somebody came by a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    /// It was sent to the contact on record.
    ByMessage,
    /// It was given to whoever was before us.
    Here,
    /// It was sent to whoever acts for the person: their number in the inquiry, and which of their links it is.
    ToDelegate(u8, u16),
}

/// Whose a delegate's token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DelegateToken {
    /// For whose inquiry they act.
    pub inquiry: InquiryId,
    /// Their number in it.
    pub nth: u8,
    /// Which of the links that they were sent it is ([`Delegate::link`]).
    pub link: u16,
}

/// Signs and checks links. A link holds the inquiry, the day it ends and an HMAC-SHA-256 (RFC 2104) of both under the
/// installation's own key; no personal data.
pub struct Links {
    key: [u8; 32],
}

impl std::fmt::Debug for Links {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Links")
    }
}

impl Links {
    /// Links under this key. Whoever has it can open every inquiry: it belongs in the data folder, not in a log.
    pub const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    fn mac(&self, came: Came, inquiry: InquiryId, until: i64) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        let purpose: &[u8] = match came {
            Came::ByMessage => b"anteroom inquiry link 1",
            Came::Here => b"anteroom inquiry here 1",
            Came::ToDelegate(..) => b"anteroom inquiry delegate 1",
        };
        mac.update(purpose);
        if let Came::ToDelegate(nth, link) = came {
            mac.update(&[nth]);
            // The first link reads as it did before there were others.
            if link > 0 {
                mac.update(&link.to_be_bytes());
            }
        }
        mac.update(inquiry.uuid().as_bytes());
        mac.update(&until.to_be_bytes());
        Some(mac)
    }

    /// HMAC-SHA-256 under the key, of parts that cannot run into one another, for one purpose.
    pub(crate) fn stamp(&self, purpose: &str, parts: &[&str]) -> [u8; 32] {
        let mut tag = [0; 32];
        // A key of any length is taken: there is no error to come of it.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) {
            for part in [&[purpose], parts].concat() {
                mac.update(&(part.len() as u64).to_be_bytes());
                mac.update(part.as_bytes());
            }
            tag.copy_from_slice(&mac.finalize().into_bytes());
        }
        tag
    }

    /// The token for an inquiry's page, from now on, for a message to the person.
    pub fn sign(&self, inquiry: InquiryId, now: Timestamp) -> String {
        self.sign_for(Came::ByMessage, inquiry, now)
    }

    /// The same for whoever is before us and has proved to be the person, but not that our messages reach them.
    pub fn sign_here(&self, inquiry: InquiryId, now: Timestamp) -> String {
        self.sign_for(Came::Here, inquiry, now)
    }

    fn sign_for(&self, came: Came, inquiry: InquiryId, now: Timestamp) -> String {
        let until = (now + SignedDuration::from_hours(24 * GOOD_FOR_DAYS)).as_second();
        format!("{}-{until:x}-{}", inquiry.uuid().simple(), self.tag(came, inquiry, until))
    }

    fn tag(&self, came: Came, inquiry: InquiryId, until: i64) -> String {
        let tag = self.mac(came, inquiry, until).map(|mac| hex::encode(&mac.finalize().into_bytes()[..16]));
        tag.unwrap_or_default()
    }

    /// The token by which whoever acts for the person opens their page, until their time is over. That it may be over sooner, or that
    /// they were sent another since, the inquiry says ([`domain::inquiry::Inquiry::delegate_now`],
    /// [`domain::inquiry::Inquiry::is_opened_by_delegates_link`]).
    pub fn sign_delegate(&self, inquiry: InquiryId, delegate: &Delegate) -> String {
        let (until, nth, link) = (delegate.until.as_second(), delegate.nth, delegate.link());
        let tag = self.tag(Came::ToDelegate(nth, link), inquiry, until);
        let which = if link > 0 { format!("{nth}.{link}") } else { nth.to_string() };
        format!("{}-{until:x}-{which}-{tag}", inquiry.uuid().simple())
    }

    /// The delegate whose token this is, if it is genuine and its time is not over.
    pub fn open_delegate(&self, token: &str, now: Timestamp) -> Option<DelegateToken> {
        let mut parts = token.splitn(4, '-');
        let (inquiry, until, which, tag) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let (nth, link) = which.split_once('.').unwrap_or((which, "0"));
        let (nth, link) = (nth.parse().ok()?, link.parse().ok()?);
        let inquiry = self.opened(Came::ToDelegate(nth, link), inquiry, until, tag, now)?;
        Some(DelegateToken { inquiry, nth, link })
    }

    /// By what a telephone number is known again where it is not to stand itself: HMAC-SHA-256 of its E.164 form under the same
    /// key, the first half of it.
    pub fn phone_key(&self, number: &PhoneNumber) -> PhoneKey {
        let mut code = [0; 16];
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) {
            mac.update(b"anteroom telephone number 1");
            mac.update(number.e164().as_bytes());
            code.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        }
        PhoneKey::from_mac(&code)
    }

    /// The code of something of ours that went out: a message by its identifier, or one of the calls of what was promised. It says
    /// nothing of either, and nobody guesses the next.
    fn mark(&self, what: &str, parts: &[&str]) -> MarkCode {
        let stamp = self.stamp(&format!("mark of a {what}"), parts);
        MarkCode::from_mac(stamp.iter().take(8).fold(0, |all, byte| (all << 8) | u64::from(*byte)))
    }

    /// The code that stands on a message.
    pub fn notice_mark(&self, notice: NoticeId) -> MarkCode {
        self.mark("notice", &[&notice.to_string()])
    }

    /// The code of a call: the one with this number, from 1 on, for a callback, for somebody who waits, or to tell a notice.
    pub fn call_mark(&self, owed: Uuid, number: usize) -> MarkCode {
        self.mark("call", &[&owed.to_string(), &number.to_string()])
    }

    /// The code under which a notice went out last. Calls that tell it have codes of their own.
    pub fn mark_of(&self, notice: &Notice) -> MarkCode {
        match notice.by {
            Carrier::Call => self.call_mark(notice.id.uuid(), notice.rung.len()),
            Carrier::Email | Carrier::Text | Carrier::Post => self.notice_mark(notice.id),
        }
    }

    /// The code of the call that is made now, or comes next, for a callback.
    pub fn next_call_mark(&self, callback: &Callback) -> MarkCode {
        self.call_mark(callback.id.uuid(), callback.attempts.len() + 1)
    }

    /// By what a network is known again: as [`Self::phone_key`], so that sessions from one can be told from those from another.
    pub fn network_key(&self, network: &str) -> String {
        Hmac::<Sha256>::new_from_slice(&self.key).map_or_else(
            |_| String::new(),
            |mut mac| {
                mac.update(b"anteroom network 1");
                mac.update(network.as_bytes());
                hex::encode(&mac.finalize().into_bytes()[..8])
            },
        )
    }

    /// When a token was made, to the second. Whether it is genuine is another question.
    pub fn made(token: &str) -> Option<Timestamp> {
        let until = i64::from_str_radix(token.split('-').nth(1)?, 16).ok()?;
        let until = Timestamp::from_second(until).ok()?;
        until.checked_sub(SignedDuration::from_hours(24 * GOOD_FOR_DAYS)).ok()
    }

    /// The inquiry a token opens, if it is genuine and its time has not passed. It may open it no more since
    /// ([`domain::inquiry::Inquiry::is_opened_by_link_of`]).
    pub fn open(&self, token: &str, now: Timestamp) -> Option<InquiryId> {
        [Came::ByMessage, Came::Here].into_iter().find_map(|came| self.open_as(came, token, now))
    }

    /// Whether a token opens an inquiry and went out in a message: whoever has it can read what we send.
    pub fn came_by_message(&self, token: &str, now: Timestamp) -> bool {
        self.open_as(Came::ByMessage, token, now).is_some()
    }

    fn open_as(&self, came: Came, token: &str, now: Timestamp) -> Option<InquiryId> {
        let mut parts = token.splitn(3, '-');
        self.opened(came, parts.next()?, parts.next()?, parts.next()?, now)
    }

    fn opened(&self, came: Came, inquiry: &str, until: &str, tag: &str, now: Timestamp) -> Option<InquiryId> {
        let inquiry: InquiryId = inquiry.parse().ok()?;
        let until = i64::from_str_radix(until, 16).ok()?;
        let tag = hex::decode(tag).ok()?;
        if tag.len() != 16 {
            return None;
        }
        self.mac(came, inquiry, until)?.verify_truncated_left(&tag).ok()?;
        (now.as_second() < until).then_some(inquiry)
    }
}

/// In how many of the newest inquiries a message is looked for.
const LOOKED_AT: u32 = 20;

/// Whether the newest link that somebody was sent is signed with this key; `None` when there is none. A node that was given
/// another key than the others turns away whoever comes with a link of theirs.
///
/// # Errors
/// [`StoreError`] when the store does not answer.
pub async fn newest_is_ours(store: &dyn Store, links: &Links) -> Result<Option<bool>, StoreError> {
    let mut newest: Option<Notice> = None;
    for inquiry in store.list(&List::All, Page::first(LOOKED_AT)).await?.rows {
        // A delegate's link is of another kind; the person's tell as much.
        let sent = store.notices(inquiry.id).await?;
        let sent = sent.into_iter().rfind(|notice| notice.kind != NoticeKind::DelegateLink);
        if let Some(notice) = sent
            && newest.as_ref().is_none_or(|newest| newest.queued_at < notice.queued_at)
        {
            newest = Some(notice);
        }
    }
    Ok(newest.and_then(|notice| {
        let token = notice.facts.reveal().get("link")?.as_str()?.rsplit('/').next()?;
        Some(links.open(token, notice.queued_at) == Some(notice.inquiry))
    }))
}

/// The hash under which the store knows a token.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_again_only_with_the_key() {
        let number: PhoneNumber = "2025550101".parse().unwrap();
        let key = Links::new([1; 32]).phone_key(&number);
        assert_eq!(key, Links::new([1; 32]).phone_key(&"+1 202 555 0101".parse().unwrap()));
        assert_ne!(key, Links::new([2; 32]).phone_key(&number));
        assert_ne!(key, Links::new([1; 32]).phone_key(&"2025550102".parse().unwrap()));
        assert_eq!(key.as_str().len(), 32);
        assert!(!domain::wait::phone_key(&number).contains(key.as_str()), "no hash without a key");
    }

    #[test]
    fn opens_only_what_was_signed_while_it_lasts() {
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let id = InquiryId::new(now, &[7; 10]);
        let links = Links::new([1; 32]);
        let token = links.sign(id, now);
        assert_eq!(links.open(&token, now), Some(id));
        assert_eq!(links.open(&token, now + SignedDuration::from_hours(24 * 61)), None);
        assert_eq!(Links::new([2; 32]).open(&token, now), None);
        let here = links.sign_here(id, now);
        assert_eq!(links.open(&here, now), Some(id));
        assert!(links.came_by_message(&token, now) && !links.came_by_message(&here, now));
        for place in 0..token.len() {
            let mut bad = token.clone().into_bytes();
            bad[place] = if bad[place] == b'0' { b'1' } else { b'0' };
            assert_ne!(links.open(&String::from_utf8(bad).unwrap(), now), Some(id), "place {place}");
        }
        let until = now + SignedDuration::from_hours(24);
        let mut delegate = domain::delegate::Delegate {
            nth: 3,
            name: "P. Legal".into(),
            reach: domain::delegate::DelegateReach::Email("p.legal@example.org".into()),
            lang: domain::text::Lang::en(),
            may: std::collections::BTreeSet::new(),
            since: now,
            until,
            word: None,
            resent: None,
            ended: None,
        };
        let third = links.sign_delegate(id, &delegate);
        let opened = DelegateToken { inquiry: id, nth: 3, link: 0 };
        assert_eq!(links.open_delegate(&third, now), Some(opened));
        delegate.resent = Some(domain::delegate::Resent { times: 1, at: now });
        let anew = links.sign_delegate(id, &delegate);
        assert_eq!(links.open_delegate(&anew, now), Some(DelegateToken { link: 1, ..opened }));
        assert_eq!(links.open_delegate(&anew.replace("-3.1-", "-3.2-"), now), None);
        assert_eq!(links.open_delegate(&anew.replace("-3.1-", "-3-"), now), None);
        assert_eq!((links.open_delegate(&third, until), links.open(&third, now)), (None, None));
        for other in [third.replace("-3-", "-4-"), third.replace("-3-", "-03-x"), token.clone(), here.clone()]
        {
            assert_eq!(links.open_delegate(&other, now), None, "{other}");
        }
        for junk in ["", "-", "--", "x-y-z", &token[..token.len() - 2]] {
            assert_eq!(links.open(junk, now), None);
        }
    }
}
