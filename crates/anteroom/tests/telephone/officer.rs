//! A member of staff at a browser, most often an officer: signs in, connects the microphone, calls people back and hears what there is to hear.

use crate::{
    running::{Answer, Visitor},
    telephone::Line,
};
use domain::{callback::CallOutcome, inquiry::Inquiry};
use media::browser::{Browser, Way};
use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// What the officer says, in hertz.
pub const SAYS: f32 = 1_000.0;

/// What everybody here types who signs in.
const PASSWORD: &str = "correct horse battery";

pub struct Officer {
    visitor: Visitor,
    browser: Arc<Mutex<Browser>>,
    over: Arc<AtomicBool>,
    speaks: Option<JoinHandle<()>>,
}

impl Drop for Officer {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(speaks) = self.speaks.take() {
            let _ = speaks.join();
        }
    }
}

impl Officer {
    /// Signs in, and is at the telephone.
    pub fn sits_down(line: &mut Line) -> Self {
        Self::sits_down_as(line.running.address("\"serving\""), "m.ortega", SAYS)
    }

    /// The same of another member of staff, who says something else.
    pub fn sits_down_as(at: SocketAddr, name: &str, says: f32) -> Self {
        let mut visitor = Visitor::of(at);
        signs_in(&mut visitor, name);
        Self::at_the_telephone(visitor, Browser::offering(), says)
    }

    /// Behind a network that lets nothing through but to a relay: `way` is told what the page says of the relay.
    pub fn behind_a_relay(line: &mut Line, way: impl FnOnce(&str) -> Box<dyn Way>) -> Self {
        let mut visitor = Visitor::of(line.running.address("\"serving\""));
        signs_in(&mut visitor, "m.ortega");
        let page = visitor.open("/en/staff/line").body;
        let servers = page.split("data-ice=\"").nth(1).unwrap().split('"').next().unwrap();
        let way = way(&servers.replace("&quot;", "\""));
        Self::at_the_telephone(visitor, Browser::offering_relayed(way), SAYS)
    }

    fn at_the_telephone(mut visitor: Visitor, (mut browser, offer): (Browser, String), says: f32) -> Self {
        let answer = visitor.post("/en/staff/line/plug", "application/sdp", &offer);
        assert_eq!(answer.status, 200, "{}", answer.body);
        browser.answered(&answer.body);
        browser.connect();
        let (browser, over) = (Arc::new(Mutex::new(browser)), Arc::new(AtomicBool::new(false)));
        let (speaking, stop) = (Arc::clone(&browser), Arc::clone(&over));
        let speaks = std::thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                speaking.lock().unwrap().speak(says, Duration::from_millis(20));
                // Others look at it meanwhile.
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        let mut officer = Self { visitor, browser, over, speaks: Some(speaks) };
        officer.sees("data-phone=\"idle\"");
        officer
    }

    /// Calls the person whom this inquiry is about, as soon as the page offers it: what an earlier call came to is noted after it has ended.
    pub fn calls(&mut self, inquiry: &Inquiry) {
        let page = format!("/en/staff/inquiry/{}", inquiry.number.digits());
        self.sees_at(&page, &format!("action=\"{page}/call\""));
        let called = self.visitor.fill(&page, &format!("{page}/call"), &[("call-by", "browser")]);
        assert_eq!(called.status, 303, "{}", called.body);
    }

    /// Waits until the page of the telephone has this.
    pub fn sees(&mut self, what: &str) {
        self.sees_at("/en/staff/line", what);
    }

    fn sees_at(&mut self, at: &str, what: &str) {
        let begun = Instant::now();
        loop {
            let page = self.visitor.open(at).body;
            if page.contains(what) {
                return;
            }
            assert!(begun.elapsed() < crate::running::LIMIT, "never seen at {at}: {what}: {page}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Waits until a tone is heard.
    pub fn hears(&self, hertz: f32) {
        let begun = Instant::now();
        self.browser.lock().unwrap().heard.clear();
        loop {
            std::thread::sleep(Duration::from_millis(500));
            if self.browser.lock().unwrap().hears(hertz) {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{hertz} Hz are never heard");
        }
    }

    /// Hangs up.
    pub fn hangs_up(&mut self) {
        self.presses(&[("do", "hang-up")]);
    }

    /// Presses a button of the telephone, with what is chosen beside it.
    pub fn presses(&mut self, fields: &[(&str, &str)]) {
        let done = self.visitor.fill("/en/staff/line", "/en/staff/line/call", fields);
        assert_eq!(done.status, 303, "{}", done.body);
    }

    /// Is on duty or not, as this button says.
    pub fn chooses(&mut self, what: &str) {
        let done = self.visitor.fill("/en/staff/line", "/en/staff/line/duty", &[("do", what)]);
        assert_eq!(done.status, 303, "{}", done.body);
    }

    /// Says in the inquiry how the call ended.
    pub fn says_it_ended(&mut self, inquiry: &Inquiry, outcome: CallOutcome) {
        let page = format!("/en/staff/inquiry/{}", inquiry.number.digits());
        let to = format!("{page}/outcome");
        let done = self.visitor.fill(&page, &to, &[("outcome-outcome", outcome.as_str())]);
        assert_eq!(done.status, 303, "{}", done.body);
    }

    /// Opens a page.
    pub fn opens(&mut self, page: &str) -> Answer {
        self.visitor.open(page)
    }

    /// The page of the telephone as it is now.
    pub fn page(&mut self) -> String {
        self.visitor.open("/en/staff/line").body
    }

    /// Takes the browser away.
    pub fn leaves(mut self) {
        let done = self.visitor.fill("/en/staff/line", "/en/staff/line/unplug", &[]);
        assert_eq!(done.status, 303, "{}", done.body);
    }

    /// What was heard before counts no more.
    pub fn begins_to_hear(&self) {
        self.browser.lock().unwrap().heard.clear();
    }

    /// Which of several tones were heard at once since then.
    pub fn heard_of<const N: usize>(&self, tones: [f32; N]) -> [bool; N] {
        self.browser.lock().unwrap().hears_of(tones)
    }
}

fn signs_in(visitor: &mut Visitor, name: &str) {
    let page = "/en/staff/sign-in";
    let signed = visitor.fill(page, page, &[("name", name), ("password", PASSWORD)]);
    assert_eq!(signed.status, 303, "{}", signed.body);
}
