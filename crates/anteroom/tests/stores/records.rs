//! What will be erased is counted on either engine, and counting it changes nothing.

use crate::node::{Mail, Pair, configure, run};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_due_is_counted_on_either_engine() {
    let database = Pair::cluster().empty().await;
    for url in [Pair::cluster().url(&database), "sqlite:data/anteroom.db".to_owned()] {
        let dir = tempfile::tempdir().unwrap();
        let (config, _) = configure(dir.path(), &url, &Mail::Folder);
        let config = config.display().to_string();
        run(&["migrate", "--config", &config]).unwrap();
        let told = run(&["records", "due", "--by", "2099-12-31", "--config", &config]).unwrap();
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 7, "{told}");
        assert!(lines[0].starts_with("inquiries 0 due by 2099-12-31 (kept "), "{told}");
        assert!(run(&["records", "due", "--config", &config]).unwrap().contains("drafts 0 due now (kept "));
        assert!(run(&["records", "due", "--by", "soon", "--config", &config]).unwrap_err().contains("soon"));
        assert!(run(&["journal", "verify", "--config", &config]).unwrap().starts_with("0 entries"));
    }
}
