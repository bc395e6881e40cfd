//! Browser assets: fetched by the lock, copied by this recipe, embedded by `crates/web`. Never committed.
//! Why not vendored: `docs/decisions/0001-browser-assets-from-the-lock.md`.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::run;

/// This file is part of the stamp: whoever changes the recipe gets a new set without thinking of it.
const RECIPE: &str = include_str!("assets.rs");

/// Files taken as they are: from (under `node_modules`), to (under `assets/dist`).
const COPIES: &[(&str, &str)] = &[
    (
        "@uswds/uswds/dist/fonts/source-sans-pro/sourcesanspro-regular-webfont.ttf",
        "print/sourcesanspro-regular-webfont.ttf",
    ),
    (
        "@uswds/uswds/dist/fonts/source-sans-pro/sourcesanspro-bold-webfont.ttf",
        "print/sourcesanspro-bold-webfont.ttf",
    ),
    ("htmx.org/dist/htmx.min.js", "js/htmx.min.js"),
    ("htmx.org/dist/ext/hx-sse.min.js", "js/hx-sse.min.js"),
    ("@uswds/uswds/LICENSE.md", "licenses/uswds.md"),
    ("htmx.org/LICENSE", "licenses/htmx.txt"),
];

/// The style sheet, of which only what our pages name is taken: all of it is half a megabyte, which somebody with a slow telephone
/// would wait for. `crates/web/purgecss.config.cjs` says where names stand.
const SHEET: &str = "@uswds/uswds/dist/css/uswds.min.css";

/// Makes `crates/web/assets/dist` what the lock and the recipe say, unless it is that already.
pub fn assets(root: &Path) -> Result<()> {
    let web = root.join("crates/web");
    let dist = web.join("assets/dist");
    let mut file =
        fs::File::open(web.join("package-lock.json")).context("cannot open crates/web/package-lock.json")?;
    // Held until we return: a second `cargo xtask` waits instead of fetching into the same folder.
    file.lock()?;
    let mut lock = String::new();
    file.read_to_string(&mut lock)?;
    let old = fs::read_to_string(dist.join("stamp")).unwrap_or_default();
    // Written by npm last: a half-finished installation has none. The lock stands first in a stamp, as it is: the build script
    // of `web` compares it without knowing the recipe.
    let modules = web.join("node_modules");
    if !(modules.join(".package-lock.json").is_file() && old.starts_with(&lock)) {
        println!("fetching the browser assets (npm ci)");
        run::run(
            Command::new("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
                .current_dir(&web),
        )
        .context("npm could not fetch the browser assets")?;
    }
    let names = named_by_pages(&web, &fs::read_to_string(modules.join(SHEET))?)?;
    let stamp = format!("{lock}{RECIPE}{}", names.into_iter().collect::<Vec<_>>().join("\n"));
    if old == stamp {
        return Ok(());
    }
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    for (from, to) in COPIES {
        copy(&modules.join(from), &dist.join(to))?;
    }
    sheets(&web, &dist)?;
    // Last: a stamp means that all of the above is there.
    fs::write(dist.join("stamp"), stamp)?;
    Ok(())
}

/// The style sheet with what our pages name of it, its mirror for languages that are written from the right, and the files both
/// name.
fn sheets(web: &Path, dist: &Path) -> Result<()> {
    let css = dist.join("css");
    fs::create_dir_all(&css)?;
    run::run(
        Command::new("node")
            .args(["node_modules/purgecss/bin/purgecss.js", "--config", "purgecss.config.cjs", "--output"])
            .arg(&css)
            .current_dir(web)
            .stdout(Stdio::null()),
    )?;
    let sheet = css.join("uswds.min.css");
    // A text that is drawn anew when its typeface comes moves what is below it: what comes late is for the next page.
    let text = fs::read_to_string(&sheet).context("purgecss wrote no style sheet")?;
    let text = text.replace("font-display:fallback", "font-display:optional");
    fs::write(&sheet, &text)?;
    for name in named_by(&text) {
        copy(&web.join("node_modules/@uswds/uswds/dist").join(&name), &dist.join(&name))?;
    }
    // Stock USWDS is off the screen in right-to-left pages; the mirrored sheet is made by the usual tool.
    let mirrored = css.join("uswds.rtl.min.css");
    run::run(
        Command::new("node")
            .arg(web.join("node_modules/rtlcss/bin/rtlcss.js"))
            .args(["--silent"])
            .arg(&sheet)
            .arg(&mirrored),
    )?;
    ensure!(mirrored.is_file(), "rtlcss wrote no right-to-left style sheet");
    Ok(())
}

/// The classes of a style sheet that stand anywhere in what makes our pages: when they change, it is made anew.
fn named_by_pages(web: &Path, css: &str) -> Result<BTreeSet<String>> {
    let classes: BTreeSet<String> = classes(css);
    let mut named = BTreeSet::new();
    let mut folders = vec![web.join("src"), web.join("assets")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let kind = path.extension().and_then(|kind| kind.to_str());
            if path.is_dir() && !path.ends_with("assets/dist") {
                folders.push(path);
            } else if matches!(kind, Some("rs" | "js")) {
                let text = fs::read_to_string(&path)?;
                let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "_:-".contains(c)));
                named.extend(words.filter(|word| classes.contains(*word)).map(str::to_owned));
            }
        }
    }
    Ok(named)
}

/// The classes that a style sheet has rules for, unescaped: `.tablet\:grid-col-6` is `tablet:grid-col-6`.
fn classes(css: &str) -> BTreeSet<String> {
    let name = |rest: &str| {
        let mut name = String::new();
        let mut signs = rest.chars();
        while let Some(sign) = signs.next() {
            match sign {
                '\\' => name.extend(signs.next()),
                _ if sign.is_ascii_alphanumeric() || sign == '-' || sign == '_' => name.push(sign),
                _ => break,
            }
        }
        name
    };
    css.split('.').skip(1).map(name).collect()
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}

/// The files a style sheet names as `url(../folder/file)`: its woff2 fonts and its icons.
fn named_by(css: &str) -> BTreeSet<String> {
    css.split("url(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter_map(|url| url.trim_matches(['"', '\'']).strip_prefix("../"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_comes_with_its_licence() {
        let package = |path: &str| path.split("/dist/").next().map(str::to_owned);
        let licensed: Vec<_> = COPIES
            .iter()
            .filter(|(_, to)| to.starts_with("licenses/"))
            .filter_map(|(from, _)| from.rsplit_once('/').map(|(package, _)| package))
            .collect();
        for (from, _) in COPIES.iter().filter(|(_, to)| !to.starts_with("licenses/")) {
            assert!(
                licensed.iter().any(|l| Some(*l) == package(from).as_deref()),
                "{from} without its licence"
            );
        }
    }

    #[test]
    fn finds_the_classes_of_a_style_sheet() {
        let css = r"@media (min-width:40em){.tablet\:grid-col-6{width:50%}.a-b__c--d:hover>.e{top:.5px}}";
        assert_eq!(
            classes(css).into_iter().collect::<Vec<_>>(),
            ["5px", "a-b__c--d", "e", "tablet:grid-col-6"]
        );
    }

    #[test]
    fn finds_what_a_style_sheet_names_once_each() {
        let css = r#"@font-face{src:url(../fonts/a/b.woff2)format("woff2")}
            .x{mask:url("../img/i.svg");background:url('../img/i.svg'),url(),url(data:image/png;base64,AA)}"#;
        assert_eq!(named_by(css).into_iter().collect::<Vec<_>>(), ["fonts/a/b.woff2", "img/i.svg"]);
    }
}
