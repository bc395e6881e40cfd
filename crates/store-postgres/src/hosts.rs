//! Reading the URL: one database, on one host or on several of which one writes.

use domain::pii::Pii;
use sqlx::postgres::PgConnectOptions;
use std::str::FromStr;
use store::StoreError;

/// Why a URL is not one of ours. It never repeats the URL: there may be a password in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlError {
    /// It does not begin with `postgres://` or `postgresql://`.
    Scheme,
    /// Between two commas there is no host.
    NoHost,
    /// A part of it cannot be read; the driver says which.
    Part(String),
}

impl std::fmt::Display for UrlError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Scheme => f.write_str("a PostgreSQL URL begins with postgres://"),
            Self::NoHost => f.write_str("the PostgreSQL URL names an empty host"),
            Self::Part(why) => write!(f, "the PostgreSQL URL cannot be read: {why}"),
        }
    }
}

impl std::error::Error for UrlError {}

/// One way to connect for each host: `postgres://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE?OPTIONS`. A host is a
/// name, an address, an IPv6 address in brackets, or the folder of a Unix socket with `/` written as `%2F`.
pub(crate) fn hosts(url: &str, password: Option<&Pii<String>>) -> Result<Vec<PgConnectOptions>, StoreError> {
    let read = || {
        let one = |one: &String| {
            let host = PgConnectOptions::from_str(one).map_err(|error| UrlError::Part(error.to_string()))?;
            Ok(match password {
                Some(password) => host.password(password.reveal()),
                None => host,
            })
        };
        split(url)?.iter().map(one).collect::<Result<Vec<_>, UrlError>>()
    };
    read().map_err(|error| StoreError::Engine(Box::new(error)))
}

/// A URL as it may be printed: the hosts and the database, without who connects and how.
///
/// # Errors
/// [`UrlError`] when a database could not be opened by it.
pub fn said(url: &str) -> Result<String, UrlError> {
    for one in split(url)? {
        PgConnectOptions::from_str(&one).map_err(|error| UrlError::Part(error.to_string()))?;
    }
    let (scheme, rest) = url.split_once("://").ok_or(UrlError::Scheme)?;
    let rest = rest.split('?').next().unwrap_or_default();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let hosts = authority.rsplit_once('@').map_or(authority, |(_, hosts)| hosts);
    Ok(format!("{scheme}://{hosts}{path}"))
}

/// A URL for each host.
fn split(url: &str) -> Result<Vec<String>, UrlError> {
    let (scheme, rest) = url.split_once("://").ok_or(UrlError::Scheme)?;
    if !matches!(scheme, "postgres" | "postgresql") {
        return Err(UrlError::Scheme);
    }
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (user, hosts) = authority.rsplit_once('@').map_or(("", authority), |(user, hosts)| (user, hosts));
    let at = if authority.contains('@') { "@" } else { "" };
    if !hosts.contains(',') {
        return Ok(vec![url.to_owned()]);
    }
    let one = |host: &str| {
        if host.is_empty() { Err(UrlError::NoHost) } else { Ok(format!("{scheme}://{user}{at}{host}{path}")) }
    };
    hosts.split(',').map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::ConnectOptions;

    #[test]
    fn names_each_host_with_all_the_rest() {
        let urls = split("postgres://ann:p%40ss@one:5433,two,[::1]:5434/anteroom?sslmode=require").unwrap();
        assert_eq!(
            urls,
            [
                "postgres://ann:p%40ss@one:5433/anteroom?sslmode=require",
                "postgres://ann:p%40ss@two/anteroom?sslmode=require",
                "postgres://ann:p%40ss@[::1]:5434/anteroom?sslmode=require",
            ]
        );
        let found = hosts("postgresql://%2Frun%2Fpostgresql,db.example/anteroom", None).unwrap();
        assert_eq!(found[0].get_socket().unwrap().to_str(), Some("/run/postgresql"));
        assert_eq!((found[1].get_host(), found[1].get_database()), ("db.example", Some("anteroom")));
    }

    #[test]
    fn takes_one_host_as_it_stands() {
        for url in
            ["postgres://localhost", "postgres:///anteroom?host=/run/postgresql", "postgres://u@h:1?dbname=a"]
        {
            assert_eq!(split(url).unwrap(), [url]);
            assert_eq!(hosts(url, None).unwrap().len(), 1);
        }
    }

    #[test]
    fn refuses_what_it_cannot_read_without_repeating_it() {
        assert_eq!(split("mysql://h/d"), Err(UrlError::Scheme));
        assert_eq!(split("anteroom.db"), Err(UrlError::Scheme));
        assert_eq!(split("postgres://a,,b/d"), Err(UrlError::NoHost));
        let told = hosts("postgres://ann:secret@h:port/d", None).unwrap_err();
        let told = format!("{told:?} {told}");
        assert!(!told.contains("secret"), "{told}");
    }

    #[test]
    fn says_where_and_not_who() {
        let url = "postgres://ann:hush@one:5433,two/anteroom?password=hush&sslmode=require";
        assert_eq!(said(url).unwrap(), "postgres://one:5433,two/anteroom");
        assert_eq!(said("postgresql://%2Frun%2Fpg/a").unwrap(), "postgresql://%2Frun%2Fpg/a");
        assert_eq!(said("postgres://ann:hush@one:5433").unwrap(), "postgres://one:5433");
        assert!(said("postgres://h:port/d").is_err() && said("sqlite:a").is_err());
    }

    #[test]
    fn takes_the_password_that_is_given_apart() {
        let given = Pii::new("p@ss/word".to_owned());
        for host in hosts("postgres://ann:other@one,two/a", Some(&given)).unwrap() {
            assert_eq!(host.to_url_lossy().password(), Some("p%40ss%2Fword"));
        }
    }
}
