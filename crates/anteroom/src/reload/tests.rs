//! Tables are taken into a server that runs, over its own sockets.

use super::*;
use crate::{
    clock::SystemClock,
    pages,
    server::{self, Stop},
    wiring::{Installation, at_the_terminal},
    work,
};
use desk::{
    Clock,
    acts::{RequestMeeting, Run, TableFile},
};
use domain::{
    inquiry::{Channel, Request},
    person::{Name, Reach},
    pii::Pii,
    text::Lang,
};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The offices' addresses, as the page tells them.
const SAN_FRANCISCO: &str = "630 Sansome Street, San Francisco, CA 94111";
const SAN_JOSE: &str = "1450 Coleman Avenue, Santa Clara, CA 95050";

const LIMIT: Duration = Duration::from_secs(10);

/// A server on a store, and the desk to act with beside it.
struct Running {
    address: SocketAddr,
    desk: Desk,
    stop: Stop,
    ended: JoinHandle<Result<(), crate::fault::Faults>>,
    dir: tempfile::TempDir,
}

impl Running {
    async fn start(dir: tempfile::TempDir) -> Self {
        let installation =
            Installation::bare(dir.path()).await.unwrap().with_tables(SystemClock.now()).await.unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = Stop::new();
        let options =
            web::Options { public_url: format!("http://{address}"), trusted_proxies: Vec::new(), demo: None };
        let pages = pages::of(&installation, &clock, &stop, options, None, None);
        let desk = installation.desk.clone();
        let serving = stop.clone();
        let ended = tokio::spawn(async move {
            let duties = server::Duties { pace: work::Pace::Now, check_every: crate::checks::EVERY };
            server::run(installation, clock, listener, pages, &serving, duties, None).await
        });
        Self { address, desk, stop, ended, dir }
    }

    async fn stop(self) -> tempfile::TempDir {
        self.stop.now();
        tokio::time::timeout(LIMIT, self.ended).await.unwrap().unwrap().unwrap();
        self.dir
    }

    async fn import(&self, desk: &Desk, rows: &str) {
        let content = format!("ZipCode,IsRetired,FieldOfficeDesignation\n{rows}").into_bytes();
        let file = TableFile { name: "zips.csv".into(), content };
        assert!(desk.import_zips(&at_the_terminal(desk, "import"), &file, Run::Write).await.unwrap().written);
    }
}

/// Somebody with a browser that keeps cookies, on a connection for each request.
struct Visitor {
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
}

struct Answer {
    status: u16,
    location: String,
    body: String,
}

impl Visitor {
    fn of(server: &Running) -> Self {
        Self { address: server.address, cookies: BTreeMap::new() }
    }

    async fn ask(&mut self, head: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let text = format!(
            "{head} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
             Cookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len(),
            at = self.address,
        );
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn send(&mut self, head: &str, body: &str) -> Answer {
        let mut stream = self.ask(head, body).await;
        let mut text = Vec::new();
        tokio::time::timeout(LIMIT, stream.read_to_end(&mut text)).await.unwrap().unwrap();
        let text = String::from_utf8(text).unwrap();
        let (headers, body) = text.split_once("\r\n\r\n").unwrap();
        let header = |name: &'static str| {
            headers.lines().filter_map(move |line| {
                let (key, value) = line.split_once(": ")?;
                key.eq_ignore_ascii_case(name).then(|| value.to_owned())
            })
        };
        for cookie in header("set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, location: header("location").next().unwrap_or_default(), body: body.to_owned() }
    }

    async fn open(&mut self, path: &str) -> Answer {
        self.send(&format!("GET {path}"), "").await
    }

    /// The page that tells which office serves a ZIP code, reached as people reach it.
    async fn reaches_the_office_page(&mut self, zip: &str) -> String {
        let form = |page: &str, field: &str| {
            let key = page.split("name=\"key\" value=\"").nth(1).map(|rest| rest.split('"').next().unwrap());
            format!("key={}&{field}", key.unwrap_or_default())
        };
        let page = self.open("/en/request").await;
        let begun = self.send("POST /en/request", &form(&page.body, "")).await;
        assert_eq!(begun.status, 303, "{}", begun.body);
        let page = self.open(&begun.location).await;
        let sent =
            self.send(&format!("POST {}", begun.location), &form(&page.body, &format!("zip={zip}"))).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        sent.location
    }
}

/// Asks again until the page says what it should.
async fn comes_true(visitor: &mut Visitor, path: &str, what: &str) {
    let begun = std::time::Instant::now();
    loop {
        let page = visitor.open(path).await;
        assert_eq!(page.status, 200, "{}", page.body);
        if page.body.contains(what) {
            return;
        }
        assert!(begun.elapsed() < LIMIT, "{path} never said {what:?}: {}", page.body);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn ask(zip: &str) -> RequestMeeting {
    RequestMeeting {
        reason: "proof-of-status".parse().unwrap(),
        zip: zip.parse().unwrap(),
        name: Name { given: "Ana".into(), family: "Example".into() },
        born: Pii::new("1980-05-17".parse().unwrap()),
        file_number: None,
        receipt: None,
        request: Request {
            channel: Channel::Web,
            words: "Please help.".into(),
            answers: Pii::default(),
            papers: vec![],
            preferred: vec![],
            call_hours: None,
            representative: None,
        },
        reach: Reach {
            lang: Lang::en(),
            phone: "2135550101".parse().unwrap(),
            email: Some("ana@example.org".into()),
            texts: false,
            calls: false,
            post: None,
            zone: "America/Los_Angeles".parse().unwrap(),
            say_who_calls: true,
            no_message: false,
            discreet: std::collections::BTreeSet::new(),
            relay: false,
            interpreter: None,
            accommodation: None,
            phrase: "blue river".into(),
        },
        zone_chosen: false,
        draft_token: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_server_takes_a_table_and_live_streams_go_on() {
    let server = Running::start(tempfile::tempdir().unwrap()).await;
    let mut visitor = Visitor::of(&server);
    let page = visitor.reaches_the_office_page("94105").await;
    comes_true(&mut visitor, &page, SAN_FRANCISCO).await;

    // Another person watches their own inquiry.
    let desk = server.desk.clone();
    let caller = desk::Caller::new(desk::Who::Anyone, key("ask"), SystemClock.now());
    let received = desk.request_meeting(&caller, &ask("94105")).await.unwrap();
    let mut watcher = Visitor::of(&server);
    assert_eq!(watcher.open(&format!("/go/{}", received.link)).await.status, 303);
    let number = received.inquiry.number.digits();
    let mut stream = watcher.ask(&format!("GET /en/live/inquiry/{number}"), "").await;
    let mut said = String::new();
    wait_for(&mut stream, &mut said, "text/event-stream").await;

    server.import(&desk, "94105,no,SNJ\n").await;
    comes_true(&mut visitor, &page, SAN_JOSE).await;

    // The stream that was open before still tells what happens after.
    assert!(!said.contains("event: look"), "{said}");
    let office = "SNJ".parse().unwrap();
    let inquiry = desk.store().inquiry(received.inquiry.id).await.unwrap().unwrap();
    assert_eq!(inquiry.office.as_str(), "SFR", "nobody is moved");
    let person = desk::Caller::new(desk::Who::Person(inquiry.id), key("withdraw"), SystemClock.now());
    desk.withdraw(&person, inquiry.id).await.unwrap();
    wait_for(&mut stream, &mut said, "event: look").await;

    // The work has the new desk too, and a server that starts anew begins with the table.
    assert_eq!(desk.pack().office_for_zip("94105".parse().unwrap()).unwrap().office.code.as_str(), "SFR");
    drop(stream);
    let again = Running::start(server.stop().await).await;
    assert_eq!(again.desk.pack().office_for_zip("94105".parse().unwrap()).unwrap().office.code, office);
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_imported_by_another_program_is_taken_too() {
    let server = Running::start(tempfile::tempdir().unwrap()).await;
    let mut visitor = Visitor::of(&server);
    let page = visitor.reaches_the_office_page("94105").await;
    // As the command line does it: a store of its own on the same file.
    let other = Installation::bare(server.dir.path()).await.unwrap();
    server.import(&other.desk, "94105,no,SNJ\n").await;
    other.store.close().await;
    comes_true(&mut visitor, &page, SAN_JOSE).await;
    server.stop().await;
}

#[tokio::test]
async fn a_request_ends_on_the_pages_it_began_on() {
    let (begun, wait) = (Arc::new(tokio::sync::Notify::new()), Arc::new(tokio::sync::Notify::new()));
    let (here, there) = (Arc::clone(&begun), Arc::clone(&wait));
    let old = Router::new().route(
        "/",
        axum::routing::get(async move || {
            here.notify_one();
            there.notified().await;
            "old"
        }),
    );
    let swap = Swap::new(old);
    let router = swap.router();
    let ask = || {
        let request = axum::http::Request::get("/").body(axum::body::Body::empty()).unwrap();
        let router = router.clone();
        async move {
            let answer = router.oneshot(request).await.unwrap();
            axum::body::to_bytes(answer.into_body(), 99).await.unwrap()
        }
    };
    let first = tokio::spawn(ask());
    begun.notified().await;
    swap.set(Router::new().route("/", axum::routing::get(async || "new")));
    assert_eq!(ask().await, "new");
    wait.notify_one();
    assert_eq!(first.await.unwrap(), "old");
}

#[tokio::test]
async fn tables_that_do_not_fit_are_told_with_their_places() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation::bare(dir.path()).await.unwrap();
    // Written by a node whose pack has an office that this one's has not.
    let imported = domain::imported::Imported {
        table: Table::Zips,
        version: 1,
        rows: 1,
        hash: "of another pack".into(),
        text: "ZipCode,FieldOfficeDesignation\n94105,FAR\n".into(),
        as_of: None,
        at: SystemClock.now(),
    };
    let mut change = domain::change::Change::new(at_the_terminal(&installation.desk, "test").command());
    change.writes.push(domain::change::Write::Imported(Box::new(imported)));
    installation.desk.store().commit(change).await.unwrap();
    let told = taken(&installation.desk, SystemClock.now()).await.unwrap_err();
    assert_eq!(
        told.to_string(),
        "the imported tables do not fit the agency pack: imported zips:2: there is no office `FAR`; import the offices first"
    );
    assert!(installation.with_tables(SystemClock.now()).await.is_err());
}

#[test]
fn another_day_is_another_pack_where_versions_begin_on_one() {
    let of = |versions: &[u8], day: i8| {
        let made = versions.iter().map(|n| (RevisionId::new(Timestamp::UNIX_EPOCH, &[*n; 10]), 1)).collect();
        Versions::of(BTreeMap::new(), made, jiff::civil::date(2027, 1, day))
    };
    assert_eq!(of(&[], 4), of(&[], 5), "nothing waits for midnight");
    assert_eq!(of(&[1], 4), of(&[1], 4));
    assert_ne!(of(&[1], 4), of(&[1], 5));
}

async fn wait_for(stream: &mut TcpStream, said: &mut String, what: &str) {
    let reading = async {
        let mut buffer = [0; 4096];
        while !said.contains(what) {
            let read = stream.read(&mut buffer).await.unwrap();
            assert_ne!(read, 0, "the stream ended: {said}");
            said.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
        }
    };
    assert!(tokio::time::timeout(LIMIT, reading).await.is_ok(), "never said: {what}");
}

fn key(text: &str) -> domain::change::IdempotencyKey {
    domain::change::IdempotencyKey::new(text).unwrap()
}
