//! Registrations with trunks: kept fresh, and tried again with patience.

use crate::{
    Endpoint, Event, TrunkId,
    dialog::{Outgoing, Target},
    message::{ALLOW, Method, NameAddr},
    timers::{Due, TimerId},
    transaction::{Owner, Verdict},
};
use ezk_sip_types::Name;
use std::time::{Duration, Instant};

/// The first wait after a failure, and the longest (as RFC 5626, 4.5 has it).
const FIRST_WAIT: u64 = 30;
const LONGEST_WAIT: u64 = 1_800;

/// One registration.
pub struct Registration {
    call_id: String,
    tag: String,
    pub cseq: u32,
    expires: u32,
    failures: u32,
    raised: bool,
    /// When it is sent next: one at a time.
    timer: Option<TimerId>,
}

impl Endpoint {
    pub(crate) fn register(&mut self, now: Instant, id: TrunkId) {
        let Some(wish) = self.trunk(id).and_then(|trunk| trunk.register.clone()) else { return };
        let (call_id, tag) = (self.chance.token(), self.chance.token());
        let fresh = || Registration {
            call_id,
            tag,
            cseq: 0,
            expires: wish.expires.clamp(60, 86_400),
            failures: 0,
            raised: false,
            timer: None,
        };
        let registration = self.registrations.entry(id).or_insert_with(fresh);
        registration.cseq += 1;
        let aor = &wish.aor;
        let domain = aor.split_once('@').map_or(aor.as_str(), |(_, domain)| domain);
        let scheme = aor.split_once(':').map_or("sip", |(scheme, _)| scheme);
        let mut request = Outgoing {
            method: Method::Register,
            uri: format!("{scheme}:{}", domain.split(';').next().unwrap_or(domain)),
            routes: Vec::new(),
            from: format!("<{aor}>;tag={}", registration.tag),
            to: format!("<{aor}>"),
            call_id: registration.call_id.clone(),
            cseq: registration.cseq,
            contact: true,
            extra: vec![("Expires", registration.expires.to_string()), ("Allow", ALLOW.to_owned())],
            content: None,
            target: Target::Trunk,
            trunk: id,
        };
        // A nonce that is still good saves the trunk a challenge.
        if let (Some(login), Some(answers)) = (
            self.settings.trunks.iter().find(|t| t.id == id).and_then(|t| t.login.clone()),
            self.answers.get_mut(&id),
        ) {
            request.extra.extend(answers.authorise(&login, "REGISTER", &request.uri, &mut self.chance));
        }
        self.submit(now, request, Owner::Register(id));
    }

    /// Registers then, and not at another time.
    pub(crate) fn register_at(&mut self, at: Instant, id: TrunkId) {
        let Some(registration) = self.registrations.get_mut(&id) else { return };
        self.timers.cancel(&mut registration.timer);
        registration.timer = Some(self.timers.set(at, Due::Register(id)));
    }

    pub(crate) fn register_answered(&mut self, now: Instant, id: TrunkId, verdict: &Verdict<'_>) {
        if verdict.code < 200 {
            return;
        }
        let ours = self.our_user(id);
        let retry_after = Self::seconds_in(verdict, &Name::RETRY_AFTER);
        let Some(registration) = self.registrations.get_mut(&id) else { return };
        if (200..300).contains(&verdict.code) {
            registration.failures = 0;
            registration.raised = false;
            let granted = granted(verdict, &ours).unwrap_or(registration.expires).clamp(10, 86_400);
            let until = now + Duration::from_secs(u64::from(granted));
            // Early enough that a lost refresh can be sent once more: 32 s before, or at four fifths of a short time.
            let before = (granted / 5).min(60).max(granted.min(40) / 5);
            let again = u64::from(granted - before) * 1_000;
            let early = self.chance.below(again / 20 + 1);
            self.register_at(now + Duration::from_millis(again - early), id);
            self.emit(Event::Registered { trunk: id, until });
            return;
        }
        if verdict.code == 423 && !registration.raised {
            let least = Self::seconds_in(verdict, &Name::MIN_EXPIRES).unwrap_or(registration.expires);
            if let Some(registration) = self.registrations.get_mut(&id) {
                registration.expires = registration.expires.max(least.min(86_400));
                registration.raised = true;
            }
            self.register(now, id);
            return;
        }
        let failures = registration.failures.min(16);
        registration.failures += 1;
        let longest = (FIRST_WAIT << failures.min(10)).min(LONGEST_WAIT) * 1_000;
        // Half of it by chance, so that all who lost a trunk at once do not come back at once.
        let wait = longest / 2 + self.chance.below(longest / 2 + 1);
        let asked = u64::from(retry_after.unwrap_or(0).min(3_600)) * 1_000;
        let again = now + Duration::from_millis(wait.max(asked));
        self.register_at(again, id);
        self.emit(Event::RegisterFailed { trunk: id, code: verdict.code, again });
    }
}

/// The seconds that were granted to our own Contact, else to all.
fn granted(verdict: &Verdict<'_>, ours: &str) -> Option<u32> {
    let common = &verdict.response?.common;
    let of_contact = common.list(&Name::CONTACT).take(64).filter_map(NameAddr::read).find_map(|contact| {
        let same = crate::message::user_of(&contact.uri).is_some_and(|user| user == ours);
        contact.param("expires").filter(|_| same)?.parse().ok()
    });
    of_contact.or_else(|| common.header(&Name::EXPIRES)?.trim().parse().ok())
}
