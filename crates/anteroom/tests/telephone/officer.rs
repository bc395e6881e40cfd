//! An officer at a browser: signs in, connects the microphone, calls people back and hears what there is to hear.

use crate::{running::Visitor, telephone::Line};
use domain::inquiry::Inquiry;
use media::browser::Browser;
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// What the officer says, in hertz.
pub const SAYS: f32 = 1_000.0;

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
        let mut visitor = Visitor::of(line.running.address("\"serving\""));
        let page = "/en/staff/sign-in";
        let signed = visitor.fill(page, page, &[("name", "m.ortega"), ("password", "correct horse battery")]);
        assert_eq!(signed.status, 303, "{}", signed.body);
        let (mut browser, offer) = Browser::offering();
        let answer = visitor.post("/en/staff/line/plug", "application/sdp", &offer);
        assert_eq!(answer.status, 200, "{}", answer.body);
        browser.answered(&answer.body);
        browser.connect();
        let (browser, over) = (Arc::new(Mutex::new(browser)), Arc::new(AtomicBool::new(false)));
        let (speaking, stop) = (Arc::clone(&browser), Arc::clone(&over));
        let speaks = std::thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                speaking.lock().unwrap().speak(SAYS, Duration::from_millis(20));
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
        let ended = self.visitor.fill("/en/staff/line", "/en/staff/line/call", &[("do", "hang-up")]);
        assert_eq!(ended.status, 303, "{}", ended.body);
    }
}
