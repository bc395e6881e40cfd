//! Puts the telephone line together: the exchange, its voice and its trunks.

use crate::{
    config::{MayRefuse, Phone, Relay, VoiceChoice},
    fault::Faults,
};
use desk::{Clock, Desk};
use domain::phone::PhoneNumber;
use jiff::{SignedDuration, Timestamp};
use media::Clip;
use notices::{Calls, NoticeCall};
use phone::{Exchange, First, Listen, Parts, Recording, Settings, TlsFiles, Turn};
use sip::{E164, Net, Transport, Trunk, TrunkId};
use std::{
    fs,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::sync::{mpsc, watch};
use voice::{BuiltIn, Command, Engine, HelperSettings, Http, Recordings, Said, Voice};
use web::switchboard::Switchboard;

/// The hidden sub-command under which this program is the built-in voice's helper.
pub const SPEAK: &str = "speak";
/// Work that waited so long says that new calls are too much.
const OLDEST_WORK: Duration = Duration::from_millis(200);
/// A telephone that sends nothing at all for so long has gone: even muted ones send silence or comfort noise.
const SILENT_AFTER: Duration = Duration::from_secs(30);
/// The same of a browser. One that was closed says so; one whose machine is busy for a moment must not lose its call.
const BROWSER_SILENT_AFTER: Duration = Duration::from_secs(15);

/// The folder of recordings, made if it is not there: nobody else may look into it.
fn records(phone: &Phone, may_refuse: MayRefuse, data: &Path) -> Result<Recording, Faults> {
    use std::os::unix::fs::DirBuilderExt as _;
    let folder = crate::data::recordings(data, phone.recordings.clone());
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
    made.map_err(|error| Faults::at(&folder, error))?;
    Ok(Recording { folder, may_refuse: may_refuse.0 })
}

/// A telephone line that can be started.
pub struct Telephone {
    settings: Settings,
    voice: Voice,
    music: Option<Arc<Clip>>,
    seed: [u8; 32],
    /// Calls that tell notices, where calls go out at all.
    notices: Option<(Arc<Calls>, mpsc::Receiver<NoticeCall>)>,
}

impl Telephone {
    /// As it is configured.
    ///
    /// # Errors
    /// What of the trunks, certificates, voices or music cannot be used.
    pub async fn configured(
        phone: &Phone,
        choice: &VoiceChoice,
        data: &Path,
        seed: [u8; 32],
    ) -> Result<Self, Faults> {
        let trunks = phone::read_trunks(&phone.trunks).await.map_err(crate::fault::told)?;
        let sip = sip::Settings {
            host: phone.host.clone(),
            published: phone.number.as_ref().and_then(e164),
            trunks,
            limits: sip::Limits { calls: phone.most_calls, ..sip::Limits::default() },
            ..sip::Settings::default()
        };
        let media = media::Settings {
            bind: phone.media_addr,
            advertise: phone.media_public,
            ports: phone.media_ports.clone(),
            threads: phone.media_threads,
            silent_after: SILENT_AFTER,
            browser_silent_after: BROWSER_SILENT_AFTER,
            seed: crate::secret::chance()?,
            ..media::Settings::default()
        };
        let music = match &phone.music {
            Some(file) => {
                let read = fs::File::open(file).map_err(|error| Faults::at(file, error))?;
                Some(Arc::new(Clip::from_wav(read).map_err(|error| Faults::at(file, error))?))
            }
            None => None,
        };
        let turn = phone.turn.as_ref().map(relay).transpose()?;
        let settings = Settings {
            listen: phone.listen.clone(),
            tls: phone.tls.clone(),
            sip,
            media,
            most_calls: phone.most_calls,
            first: phone.callback_first,
            recording: phone.recording.map(|one| records(phone, one, data)).transpose()?,
            turn,
            oldest_work: OLDEST_WORK,
        };
        let notices = tells(&settings);
        Ok(Self { settings, voice: speaks(choice, data)?, music, seed, notices })
    }

    /// For the demo: takes calls from this machine only, from telephones there and from browsers in any case.
    ///
    /// # Errors
    /// When there is no voice.
    pub fn of_demo(
        at: Option<SocketAddr>,
        calls: Option<SocketAddr>,
        data: &Path,
        seed: [u8; 32],
    ) -> Result<Self, Faults> {
        let loopback = |net: &str, prefix| net.parse::<IpAddr>().ok().map(|addr| Net { addr, prefix });
        let trunk = Trunk {
            peer: calls,
            allow: [loopback("127.0.0.0", 8), loopback("::1", 128)].into_iter().flatten().collect(),
            outbound: calls.is_some(),
            ..Trunk::at(TrunkId(1), "this machine", Transport::Udp, SocketAddr::from(([127, 0, 0, 1], 0)))
        };
        let settings = Settings {
            listen: at
                .map(|addr| {
                    [Transport::Udp, Transport::Tcp].map(|transport| Listen { transport, addr }).to_vec()
                })
                .unwrap_or_default(),
            tls: TlsFiles::default(),
            sip: sip::Settings { trunks: vec![trunk], ..sip::Settings::default() },
            media: media::Settings {
                bind: at.map_or(IpAddr::from([127, 0, 0, 1]), |addr| addr.ip()),
                silent_after: SILENT_AFTER,
                browser_silent_after: BROWSER_SILENT_AFTER,
                seed: crate::secret::chance()?,
                ..media::Settings::default()
            },
            most_calls: 200,
            first: First::default(),
            recording: None,
            turn: None,
            oldest_work: OLDEST_WORK,
        };
        let voice = speaks(&VoiceChoice::default(), data)?;
        let notices = tells(&settings);
        Ok(Self { settings, voice, music: None, seed, notices })
    }

    /// Where the desk hands over calls that tell notices; none where no calls go out.
    pub fn calls(&self) -> Option<Arc<Calls>> {
        self.notices.as_ref().map(|(calls, _)| Arc::clone(calls))
    }

    /// Answers from now on, until told to stop, at this desk and those that follow it.
    ///
    /// # Errors
    /// When an address is taken.
    pub async fn start(
        self,
        desk: &Desk,
        clock: Arc<dyn Clock>,
        stop: watch::Receiver<bool>,
    ) -> Result<Ringing, Faults> {
        let desks = watch::Sender::new(desk.clone());
        let desk = desks.subscribe();
        let Self { settings, voice, music, seed, notices } = self;
        let notices = notices.map(|(_, taken)| taken);
        warm(&voice, &desk.borrow(), clock.now());
        tokio::spawn(keep_warm(voice.clone(), desks.subscribe(), Arc::clone(&clock)));
        let chance = crate::secret::chance()?;
        let parts = Parts { settings, desk, clock, voice, music, seed, chance, notices, stop };
        let exchange = Exchange::start(parts).await.map_err(crate::fault::told)?;
        Ok(Ringing { desks, exchange })
    }
}

/// A telephone line that answers.
pub struct Ringing {
    /// Where it learns of a new desk.
    pub desks: watch::Sender<Desk>,
    /// The exchange.
    pub exchange: Exchange,
}

impl Ringing {
    /// By which pages use it.
    pub fn board(&self) -> Arc<dyn Switchboard> {
        Arc::clone(&self.exchange.board) as Arc<dyn Switchboard>
    }
}

/// The two ends of calls that tell notices, where there is a trunk by which calls go out.
fn tells(settings: &Settings) -> Option<(Arc<Calls>, mpsc::Receiver<NoticeCall>)> {
    let out = settings.sip.trunks.iter().any(|trunk| trunk.outbound && trunk.peer.is_some());
    out.then(|| {
        let (calls, taken) = Calls::new();
        (Arc::new(calls), taken)
    })
}

fn e164(number: &PhoneNumber) -> Option<E164> {
    E164::parse(number.e164()).ok()
}

/// The relay, with the secret that it shares.
fn relay(relay: &Relay) -> Result<Turn, Faults> {
    let read = |file: &PathBuf| fs::read_to_string(file).map_err(|error| Faults::at(file, error));
    let secret = relay.secret.as_ref().map(read).transpose()?;
    let secret = secret.map(|secret| secret.trim().to_owned());
    Ok(Turn { urls: relay.urls.clone(), secret, lasts: SignedDuration::from_hours(relay.hours) })
}

/// Who speaks, in order: recordings, what was set up, the built-in voice.
fn speaks(choice: &VoiceChoice, data: &Path) -> Result<Voice, Faults> {
    let mut engines: Vec<Arc<dyn Engine>> = Vec::new();
    if let Some(config) = &choice.http {
        engines.push(Arc::new(Http::new(config.clone()).map_err(crate::fault::told)?));
    }
    if let Some(config) = &choice.command {
        engines.push(Arc::new(Command::new(config.clone()).map_err(crate::fault::told)?));
    }
    let program = std::env::current_exe().map_err(Faults::from)?;
    engines.push(Arc::new(BuiltIn::new(HelperSettings::new(program, [SPEAK]))));
    let (recordings, faults) = Recordings::load(choice.recordings.iter());
    for fault in faults {
        tracing::warn!(%fault, "a recording is left out");
    }
    let cache = choice.cache.clone().unwrap_or_else(|| data.join("voice"));
    Voice::open(voice::Settings { recordings, cache: Some(cache), ..voice::Settings::new(engines) })
        .map_err(crate::fault::told)
}

/// The same whenever the desk's pack is another, until there is no desk any more: what is made already costs nothing.
async fn keep_warm(voice: Voice, mut desks: watch::Receiver<Desk>, clock: Arc<dyn Clock>) {
    while desks.changed().await.is_ok() {
        let desk = desks.borrow_and_update().clone();
        warm(&voice, &desk, clock.now());
    }
}

/// Has what every caller hears made before the first one calls.
fn warm(voice: &Voice, desk: &Desk, now: Timestamp) {
    let Some(callflow) = desk.pack().callflow() else { return };
    let fixed: Vec<Said> = callflow
        .flow
        .fixed()
        .into_iter()
        .map(|spoken| {
            let words = callflow.flow.words(&spoken, desk.words(), now);
            Said::shared(spoken.lang.as_str(), words).prompt(&spoken.prompt)
        })
        .collect();
    let voice = voice.clone();
    tokio::spawn(async move {
        let warmed = voice.warm(fixed).await;
        if warmed.failed > 0 {
            tracing::error!(ready = warmed.ready, failed = warmed.failed, "some prompts cannot be said");
        } else {
            tracing::info!(ready = warmed.ready, "the line's prompts are ready");
        }
    });
}
