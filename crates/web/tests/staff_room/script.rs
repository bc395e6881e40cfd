//! A switchboard that does what a test says.

use super::super::site::switchboard::{
    CallState, CallToken, Keys, SoftphoneAct, SoftphoneState, Switchboard, SwitchboardError,
};
use super::Room;
use async_trait::async_trait;
use axum::body::BodyDataStream;
use domain::{actor::Staff, ids::StaffId, text::Lang};
use futures::StreamExt;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::watch;

/// The token of a visitor's call.
pub const TOKEN: &str = "a-token-of-sixteen-or-more";

/// A switchboard that writes down what it is asked, and is in the states that the test puts it in.
#[derive(Default)]
pub struct Script {
    asked: Mutex<Vec<String>>,
    acts: Mutex<Vec<SoftphoneAct>>,
    phones: Mutex<HashMap<StaffId, watch::Sender<SoftphoneState>>>,
    pub call: Mutex<Option<watch::Sender<CallState>>>,
    refuse: Mutex<Option<SwitchboardError>>,
}

impl Script {
    /// A switchboard and the pages that use it, at a moment.
    pub async fn in_a_room(now: &str) -> (Room, Arc<Self>) {
        let script = Arc::new(Self::default());
        (Room::with(now, Some(script.clone())).await, script)
    }

    pub fn put(&self, staff: StaffId, state: SoftphoneState) {
        self.phones.lock().unwrap().entry(staff).or_default().send_replace(state);
    }

    pub fn note(&self, what: impl Into<String>) {
        self.asked.lock().unwrap().push(what.into());
    }

    pub fn refuses(&self, error: SwitchboardError) {
        *self.refuse.lock().unwrap() = Some(error);
    }

    pub fn answer<T>(&self, with: T) -> Result<T, SwitchboardError> {
        match self.refuse.lock().unwrap().take() {
            Some(error) => Err(error),
            None => Ok(with),
        }
    }

    pub fn last_act(&self) -> Option<SoftphoneAct> {
        self.acts.lock().unwrap().pop()
    }

    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

#[async_trait]
impl Switchboard for Script {
    async fn plug_in(&self, _: StaffId, offer: String) -> Result<String, SwitchboardError> {
        self.note(format!("plug in {}", offer.len()));
        self.answer("v=0 answer".to_owned())
    }

    async fn unplug(&self, _: StaffId) {
        self.note("unplug");
    }

    async fn act(&self, _: &Staff, act: SoftphoneAct) -> Result<(), SwitchboardError> {
        self.acts.lock().unwrap().push(act);
        self.answer(())
    }

    fn watch(&self, staff: StaffId) -> watch::Receiver<SoftphoneState> {
        self.phones.lock().unwrap().entry(staff).or_default().subscribe()
    }

    async fn call_from_browser(
        &self,
        _: String,
        lang: Lang,
    ) -> Result<(String, CallToken), SwitchboardError> {
        self.note(format!("call in {lang}"));
        *self.call.lock().unwrap() = Some(watch::Sender::new(CallState::Connecting));
        self.answer(("v=0 answer".to_owned(), CallToken::read(TOKEN).unwrap()))
    }

    async fn hang_up(&self, token: &CallToken) {
        self.note(format!("hang up {}", token.as_str()));
    }

    async fn keys(&self, token: &CallToken, keys: &Keys) {
        self.note(format!("keys {} {}", token.as_str(), keys.as_str()));
    }

    fn watch_call(&self, token: &CallToken) -> Option<watch::Receiver<CallState>> {
        let call = self.call.lock().unwrap();
        (token.as_str() == TOKEN).then(|| call.as_ref().map(watch::Sender::subscribe)).flatten()
    }
}

/// What a live stream says next, within a generous time.
pub async fn said(stream: &mut BodyDataStream) -> String {
    let next = tokio::time::timeout(Duration::from_secs(20), stream.next());
    let chunk = next.await.expect("the stream says nothing").expect("the stream has ended").unwrap();
    String::from_utf8(chunk.to_vec()).unwrap()
}
