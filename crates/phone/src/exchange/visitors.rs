//! Visitors who call the line from a page.

use super::{
    Running,
    call::{Call, CallKey, Role},
    figures::Figures,
};
use crate::record::Record;
use domain::text::Lang;
use media::LegId;
use std::sync::atomic::Ordering;
use web::switchboard::{CallState, CallToken, Keys};

impl Running {
    pub(super) fn visitor(&mut self, leg: LegId, lang: Lang, token: CallToken) {
        Figures::one_more(&self.figures.came);
        if self.calls.len() >= self.settings.most_calls {
            Figures::one_more(&self.figures.turned_away);
            self.sound(media::Command::Close { leg });
            self.lights.visitor_gone(&token);
            self.record_refusal(None, None);
            return;
        }
        let key = CallKey::Browser(leg);
        self.legs.insert(leg, key);
        self.visitors.insert(token.clone(), key);
        self.calls.insert(
            key,
            Call::begin(
                Role::Visitor(token),
                leg,
                (None, Some(lang)),
                self.desk.borrow().clone(),
                Record::begin(None, self.clock.now()),
            ),
        );
        self.figures.calls.store(self.calls.len() as u64, Ordering::Relaxed);
    }

    /// The browser hears us: the line begins.
    pub(super) fn visitor_hears(&mut self, leg: LegId) {
        let key = CallKey::Browser(leg);
        let Some(known) = self.calls.get(&key) else { return };
        let lang = known.lang.clone();
        if let Role::Visitor(token) = &known.role {
            self.lights.visitor(token, CallState::Line);
        }
        self.begin(key, lang);
    }

    /// Whether this is the leg of a visitor who has been heard.
    pub(super) fn is_visitor(&self, leg: LegId) -> bool {
        self.calls.get(&CallKey::Browser(leg)).is_some_and(|known| known.line.is_some())
    }

    /// Tells the page of a visitor how their call is.
    pub(super) fn show_visitor(&self, call: CallKey, state: CallState) {
        if let Some(Role::Visitor(token)) = self.calls.get(&call).map(|known| &known.role) {
            self.lights.visitor(token, state);
        }
    }

    pub(super) fn visitor_hangs_up(&mut self, token: &CallToken) {
        if let Some(&call) = self.visitors.get(token) {
            self.line(call, ::line::Event::HungUp);
            self.over(call, crate::record::Ending::HungUp);
        }
    }

    pub(super) fn visitor_keys(&mut self, token: &CallToken, keys: &Keys) {
        if let Some(&call) = self.visitors.get(token) {
            for key in keys.as_str().chars() {
                self.key(call, key);
            }
        }
    }
}
