//! A file of staff: `sign_in,name,roles,office,langs,password` or `password_hash` in place of the last.

use crate::{fault::Faults, passwords};
use desk::{acts::NewStaff, passwords::taken_over};
use domain::{
    account::{LONGEST_PASSWORD, SHORTEST_PASSWORD},
    actor::{PasswordHash, Role},
    pii::Pii,
};
use std::collections::BTreeMap;

/// The most bytes of a file of staff.
const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The most members of one file.
const MAX_ROWS: usize = 50_000;
const REQUIRED: [&str; 3] = ["sign_in", "name", "roles"];
const COLUMNS: [&str; 7] = ["sign_in", "name", "roles", "office", "langs", "password", "password_hash"];

/// A member of staff as the file names them, before the password is hashed.
#[derive(Debug)]
pub struct Row {
    /// With a password that opens nothing.
    new: NewStaff,
    secret: Secret,
}

#[derive(Debug)]
enum Secret {
    Password(Pii<String>),
    Hash(PasswordHash),
}

/// Reads and checks a file of staff.
///
/// # Errors
/// Every fault with its line. A password is never repeated.
pub fn read(content: &[u8]) -> Result<Vec<Row>, Faults> {
    if content.len() > MAX_BYTES {
        return Err(Faults::one(format!("the file has more than {} MiB", MAX_BYTES / 1024 / 1024)));
    }
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(content);
    let header = reader
        .headers()
        .map_err(|_| Faults::one("line 1: the first line names the columns, as UTF-8 text"))?
        .clone();
    let mut faults = header_faults(&header);
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                faults.push(format!("line {line}: this line cannot be read as UTF-8 text with commas"));
                break;
            }
        };
        let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
        if record.iter().all(str::is_empty) {
            continue;
        }
        if rows.len() == MAX_ROWS {
            faults.push(format!("line {line}: the file has more than {MAX_ROWS} members of staff"));
            break;
        }
        if record.len() != header.len() {
            faults.push(format!("line {line}: {} cells under {} columns", record.len(), header.len()));
            continue;
        }
        let cells: BTreeMap<&str, &str> = header.iter().zip(&record).collect();
        match row(&cells) {
            Ok(row) => {
                if let Some(earlier) = first.insert(row.new.sign_in.clone(), line) {
                    faults.push(format!(
                        "line {line}: sign_in {:?} is already on line {earlier}",
                        row.new.sign_in
                    ));
                }
                rows.push(row);
            }
            Err(wrong) => faults.extend(wrong.into_iter().map(|says| format!("line {line}: {says}"))),
        }
    }
    if faults.is_empty() && rows.is_empty() {
        faults.push("the file names nobody".to_owned());
    }
    if faults.is_empty() { Ok(rows) } else { Err(Faults(faults)) }
}

fn header_faults(header: &csv::StringRecord) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, name) in header.iter().enumerate() {
        if !COLUMNS.contains(&name) {
            faults.push(format!("line 1: there is no column {name:?}; there are {}", COLUMNS.join(", ")));
        } else if header.iter().take(at).any(|other| other == name) {
            faults.push(format!("line 1: the column {name} is there twice"));
        }
    }
    for name in REQUIRED.iter().filter(|name| !header.iter().any(|n| n == **name)) {
        faults.push(format!("line 1: the column {name} is missing"));
    }
    if !header.iter().any(|name| name.starts_with("password")) {
        faults.push("line 1: a column password or password_hash is missing".to_owned());
    }
    faults
}

fn row(cells: &BTreeMap<&str, &str>) -> Result<Row, Vec<String>> {
    let cell = |name: &str| cells.get(name).copied().unwrap_or_default();
    let mut wrong = Vec::new();
    let roles: Vec<Role> = cell("roles")
        .split_whitespace()
        .filter_map(|role| {
            role.parse().map_err(|error: domain::actor::RoleError| wrong.push(format!("roles: {error}"))).ok()
        })
        .collect();
    let office = Some(cell("office")).filter(|office| !office.is_empty()).and_then(|office| {
        office.parse().map_err(|error: domain::codes::CodeError| wrong.push(format!("office: {error}"))).ok()
    });
    let langs = cell("langs")
        .split_whitespace()
        .filter_map(|lang| {
            lang.parse().map_err(|error: domain::text::LangError| wrong.push(format!("langs: {error}"))).ok()
        })
        .collect();
    let new = NewStaff {
        sign_in: cell("sign_in").to_lowercase(),
        name: cell("name").to_owned(),
        roles,
        office,
        langs,
        password: PasswordHash("none".to_owned()),
    };
    // What cannot be read at all is told once.
    let told = |says: &String, wrong: &[String]| {
        let field = says.split(':').next().unwrap_or_default();
        wrong.iter().any(|other| other.split(':').next() == Some(field))
    };
    let more: Vec<String> = new.faults().into_iter().filter(|says| !told(says, &wrong)).collect();
    wrong.extend(more);
    let secret = match (cell("password"), cell("password_hash")) {
        ("", "") => Err("password: this is empty, and so is password_hash".to_owned()),
        (_, "") if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&cell("password").chars().count()) => {
            Err(format!("password: {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"))
        }
        (password, "") => Ok(Secret::Password(password.into())),
        ("", hash) => taken_over(hash)
            .map(Secret::Hash)
            .ok_or_else(|| "password_hash: an Argon2id hash that begins with $argon2id$".to_owned()),
        _ => Err("password and password_hash exclude each other".to_owned()),
    };
    match secret {
        Ok(secret) if wrong.is_empty() => Ok(Row { new, secret }),
        Ok(_) => Err(wrong),
        Err(says) => {
            wrong.push(says);
            Err(wrong)
        }
    }
}

/// The same staff for a dry run, which needs no hashes: making them takes long on purpose.
pub fn unhashed(rows: Vec<Row>) -> Vec<NewStaff> {
    rows.into_iter()
        .map(|Row { new, secret }| match secret {
            Secret::Hash(password) => NewStaff { password, ..new },
            Secret::Password(_) => new,
        })
        .collect()
}

/// Hashes what has to be hashed.
pub async fn hashed(rows: Vec<Row>) -> Result<Vec<NewStaff>, Faults> {
    let clear = rows
        .iter()
        .filter_map(|row| match &row.secret {
            Secret::Password(password) => Some(password.clone()),
            Secret::Hash(_) => None,
        })
        .collect();
    let mut hashes = passwords::hash(clear).await?.into_iter();
    rows.into_iter()
        .map(|Row { new, secret }| {
            let password = match secret {
                Secret::Hash(hash) => hash,
                Secret::Password(_) => {
                    hashes.next().ok_or_else(|| Faults::one("a password was not hashed"))?
                }
            };
            Ok(NewStaff { password, ..new })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::Lang;

    const HEADER: &str = "sign_in,name,roles,office,langs,password";

    fn faults(rows: &str) -> Vec<String> {
        read(format!("{HEADER}\n{rows}").as_bytes()).unwrap_err().0
    }

    #[tokio::test]
    async fn reads_staff_and_hashes_their_passwords() {
        let text = format!(
            "\u{feff}{HEADER}\r\nAna,Ana Ruiz,officer supervisor,,en es,correct horse battery\r\n\r\nbo,Bo,clerk,LOS,en,another long password\r\n"
        );
        let staff = hashed(read(text.as_bytes()).unwrap()).await.unwrap();
        assert_eq!(staff.len(), 2);
        assert_eq!(staff[0].sign_in, "ana");
        assert_eq!(staff[0].roles, [Role::Officer, Role::Supervisor]);
        assert_eq!(staff[0].langs, [Lang::en(), Lang::es()]);
        assert_eq!(staff[1].office.as_ref().unwrap().as_str(), "LOS");
        assert!(staff.iter().all(|s| s.password.0.starts_with("$argon2id$")));
        let again =
            format!("sign_in,name,roles,password_hash\nana,Ana,auditor,\"{}\"\n", staff[0].password.0);
        let taken = hashed(read(again.as_bytes()).unwrap()).await.unwrap();
        assert_eq!(taken[0].password, staff[0].password);
    }

    #[test]
    fn every_fault_is_told_and_no_password() {
        let told = faults(
            "a b,,boss,L S,english,short-secret\nok,Ok,clerk,,en,correct horse battery\nok,Ok,officer,,,correct horse battery\nx,y\n",
        );
        let want = [
            "line 2: sign_in: 2 to 60 letters, digits, or . - _ @ +",
            "line 2: name: 1 to 100 characters",
            "line 2: password: 15 to 200 characters",
            "line 3: office: clerks and office managers work at one",
            "line 5: 2 cells under 6 columns",
        ];
        for fault in want {
            assert!(told.contains(&fault.to_owned()), "{fault}\nis not among\n{}", told.join("\n"));
        }
        assert!(told.iter().any(|f| f.contains("\"boss\" is not a role")));
        assert!(!told.join("").contains("short-secret"));
        assert_eq!(
            faults("ok,Ok,officer,,,correct horse battery\nOK,Ok,officer,,,correct horse battery\n"),
            ["line 3: sign_in \"ok\" is already on line 2"]
        );
        assert_eq!(faults(""), ["the file names nobody"]);
        assert_eq!(read(b"sign_in,colour\nx,y").unwrap_err().0.len(), 4);
    }
}
