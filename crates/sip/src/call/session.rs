//! Session timers (RFC 4028): a call whose other end has vanished does not stand for ever.

use super::{Call, Change, Stage};
use crate::{
    CallId, Ended, Endpoint,
    message::{Common, Writer},
    timers::{CallDue, Due, TimerId},
    transaction::Ticket,
};
use ezk_sip_types::{
    Name,
    header::typed::{MinSe, Refresher, SessionExpires},
};
use std::time::{Duration, Instant};

/// The fewest seconds that anybody may ask for (RFC 4028, section 4).
const FEWEST: u32 = 90;

/// An interval and who refreshes: the one who sent the request, or the one who answered it.
#[derive(Clone, Copy)]
pub(crate) struct Interval {
    pub seconds: u32,
    pub sender: bool,
}

impl Interval {
    /// Says it in a 2xx. Who does not know the extension is not required to.
    pub fn write(self, writer: &mut Writer, able: bool) {
        let who = if self.sender { "uac" } else { "uas" };
        writer.line("Session-Expires", format_args!("{};refresher={who}", self.seconds));
        if self.sender && able {
            writer.line("Require", "timer");
        }
    }
}

/// The timer of one call.
#[derive(Default)]
pub(crate) struct Timer {
    /// 0: none.
    pub seconds: u32,
    /// We refresh.
    pub ours: bool,
    pub refresh: Option<TimerId>,
    pub expiry: Option<TimerId>,
}

impl Endpoint {
    /// What we answer to what a request says of session timers. An offered interval is never raised (RFC 4028, section 9); one that
    /// is too small for us is refused (`Err`: 422).
    pub(crate) fn judge_interval(&self, common: &Common) -> Result<Option<Interval>, ()> {
        let able = common.lists(&Name::SUPPORTED, "timer");
        let fewest = common.headers.get_named::<MinSe>().map_or(FEWEST, |min| min.0.max(FEWEST));
        let ours = self.settings.session_expires.max(fewest);
        let Some(offered) = common.headers.get_named::<SessionExpires>().ok() else {
            // Nobody asked, and we may: then it is we who refresh.
            return Ok((ours > 0).then_some(Interval { seconds: ours, sender: false }));
        };
        let least = self.settings.min_se.max(FEWEST);
        if offered.delta_secs < least && able {
            return Err(());
        }
        let seconds = offered.delta_secs.min(ours).max(least.min(offered.delta_secs));
        Ok(Some(Interval { seconds, sender: able && offered.refresher != Refresher::Uas }))
    }

    pub(crate) fn too_small(&mut self, now: Instant, ticket: &Ticket) {
        let least = self.settings.min_se.max(FEWEST).to_string();
        self.plain_with(now, ticket, 422, &[("Min-SE", least.as_str())]);
    }

    /// What a 2xx of theirs says.
    pub(crate) fn granted_interval(common: &Common) -> Option<Interval> {
        let granted = common.headers.get_named::<SessionExpires>().ok()?;
        Some(Interval {
            seconds: granted.delta_secs.max(FEWEST),
            sender: granted.refresher != Refresher::Uas,
        })
    }

    /// Begins to count anew. `sent`: the request was ours.
    pub(crate) fn keep_session(
        &mut self,
        now: Instant,
        call: &mut Call,
        interval: Option<Interval>,
        sent: bool,
    ) {
        self.timers.cancel(&mut call.timer.refresh);
        self.timers.cancel(&mut call.timer.expiry);
        let Some(Interval { seconds, sender }) = interval else {
            call.timer = Timer::default();
            return;
        };
        let ours = sender == sent;
        let early = seconds - (seconds / 3).min(32);
        let at = |seconds: u32| now + Duration::from_secs(u64::from(seconds));
        let refresh = ours.then(|| self.timers.set(at(seconds / 2), Due::Call(call.id, CallDue::Refresh)));
        let expiry = Some(self.timers.set(at(early), Due::Call(call.id, CallDue::Expired)));
        call.timer = Timer { seconds, ours, refresh, expiry };
    }

    pub(crate) fn refresh(&mut self, now: Instant, id: CallId) {
        self.with(id, |this, call| {
            call.timer.refresh = None;
            // A change that is under way refreshes as well.
            if matches!(call.stage, Stage::Up) && call.change.is_none() && call.unacked.is_none() {
                call.change = Some(Change::refresh());
                this.send_change(now, call);
            }
        });
    }

    pub(crate) fn expired(&mut self, now: Instant, id: CallId) {
        self.with(id, |this, call| {
            if matches!(call.stage, Stage::Up) {
                this.part(now, call, Ended::SessionExpired);
            }
        });
    }
}
