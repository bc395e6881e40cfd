//! An installation as an operator makes one: a folder, a configuration, staff, a token.

use crate::running::{Running, program, run};
use std::{
    fs,
    path::{Path, PathBuf},
};

const STAFF: &str = "sign_in,name,roles,office,langs,password\n\
    m.ortega,M. Ortega,officer,,en es,correct horse battery\n\
    admin,A. Admin,administrator,,en,correct horse battery\n";

pub struct Installed {
    pub dir: tempfile::TempDir,
}

/// The pack that is shipped.
pub fn pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/uscis")
}

impl Installed {
    /// An installation on free ports of this machine, with more sections in its configuration.
    pub fn new(more: &str) -> Self {
        Self::with(more, &[])
    }

    /// The same with more files in its folder.
    pub fn with(more: &str, files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (name, content) in files {
            fs::write(dir.path().join(name), content).unwrap();
        }
        let pack = pack();
        let config = format!(
            "[http]\naddr = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1:8080\"\n\
             [data]\ndir = \"data\"\n[pack]\ndir = \"{}\"\n[mail]\nfrom = \"no-reply@help.example\"\nfolder = \"mail\"\n\
             [log]\nformat = \"json\"\n{more}",
            pack.display()
        );
        fs::write(dir.path().join("anteroom.toml"), config).unwrap();
        fs::write(dir.path().join("staff.csv"), STAFF).unwrap();
        let all = Self { dir };
        let (well, says) = run(&["import", "staff", &all.path("staff.csv"), "--config", &all.config()]);
        assert!(well, "{says}");
        all
    }

    pub fn path(&self, name: &str) -> String {
        self.dir.path().join(name).display().to_string()
    }

    pub fn config(&self) -> String {
        self.path("anteroom.toml")
    }

    /// Serves, with its log in a file of this name.
    pub fn serve(&self, log: &str) -> Running {
        let log: PathBuf = self.dir.path().join(log);
        Running::start(program(&["serve", "--config", &self.config()]), &log)
    }

    /// A token of a member of staff.
    pub fn token(&self, staff: &str, scopes: &[&str]) -> String {
        let mut args = vec!["token", "create", "--staff", staff, "--name", "test"];
        for scope in scopes {
            args.extend(["--scope", scope]);
        }
        let config = self.config();
        args.extend(["--config", &config]);
        let (well, says) = run(&args);
        assert!(well, "{says}");
        says.trim().to_owned()
    }
}
