//! A backup by PostgreSQL's own tools, as docs/operations.md tells it, while people go on writing.

use crate::node::{Mail, Node, Pair, configure, number, request, run};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dump_taken_while_people_write_is_whole() {
    let pair = Arc::new(Pair::start(Mail::Folder).await);
    let first = number(&pair.one.post(&pair.token, "/inquiries", &request(0, "90012")).await);
    let (stop, begun) = (Arc::new(AtomicBool::new(false)), Arc::new(tokio::sync::Notify::new()));
    let writing = tokio::spawn({
        let (pair, stop, begun) = (Arc::clone(&pair), Arc::clone(&stop), Arc::clone(&begun));
        async move {
            let mut done = 0;
            while !stop.load(Ordering::Relaxed) {
                done += 1;
                pair.two.post(&pair.token, "/inquiries", &request(done, "90012")).await;
                begun.notify_one();
            }
            done
        }
    });
    begun.notified().await;
    let file = pair.dir.path().join("anteroom.dump").display().to_string();
    let tool = |name: &'static str, args: Vec<String>| async move {
        let run = move || Pair::cluster().tool(name).args(args).output().unwrap();
        let output = tokio::task::spawn_blocking(run).await.unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    };
    let dump = ["--format=custom", "--file", &file, &pair.database].map(str::to_owned);
    tool("pg_dump", dump.to_vec()).await;
    begun.notified().await;
    stop.store(true, Ordering::Relaxed);
    assert!(writing.await.unwrap() > 1, "nobody wrote while it was dumped");

    let restored = Pair::cluster().empty().await;
    let restore = ["--exit-on-error", "--no-owner", "--dbname", &restored, &file].map(str::to_owned);
    tool("pg_restore", restore.to_vec()).await;
    let (dir, url) = (pair.dir.path().join("three"), Pair::cluster().url(&restored));
    let (config, _) = configure(&dir, &url, &Mail::Folder);
    let config = config.display().to_string();
    std::fs::create_dir_all(dir.join("data")).unwrap();
    std::fs::copy(pair.dir.path().join("one/data/secret.key"), dir.join("data/secret.key")).unwrap();
    run(&["journal", "verify", "--config", &config]).unwrap();
    // The journal up to the dump, to the letter, and no further.
    let whole = run(&["journal", "export", "--config", &pair.one.config()]).unwrap();
    let kept = run(&["journal", "export", "--config", &config]).unwrap();
    assert!(whole.starts_with(&kept) && kept.lines().count() < whole.lines().count());

    let node = Node::start(&dir, &url, &Mail::Folder).await;
    assert_eq!(node.get(&pair.token, &format!("/inquiries/{first}")).await["number"], first.as_str());
    run(&["doctor", "--config", &config]).unwrap();
}
