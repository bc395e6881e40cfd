//! Browser assets: fetched by the lock, copied by this recipe, embedded by `crates/web`. Never committed.
//! Why not vendored: `docs/decisions/0001-browser-assets-from-the-lock.md`.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::run;

/// This file is part of the stamp: whoever changes the recipe gets a new set without thinking of it.
const RECIPE: &str = include_str!("assets.rs");

/// Files taken as they are: from (under `node_modules`), to (under `assets/dist`).
const COPIES: &[(&str, &str)] = &[
    ("@uswds/uswds/dist/css/uswds.min.css", "css/uswds.min.css"),
    ("@uswds/uswds/dist/js/uswds.min.js", "js/uswds.min.js"),
    ("@uswds/uswds/dist/js/uswds-init.min.js", "js/uswds-init.min.js"),
    ("@uswds/uswds/dist/img/sprite.svg", "img/sprite.svg"),
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

/// Named by the style sheet, used by no page of ours: a stock photo for a landing page.
const UNUSED: &[&str] = &["img/hero.jpg"];

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
    // The lock stands first, as it is: the build script of `web` compares it without knowing the recipe.
    let stamp = format!("{lock}{RECIPE}");
    // Written by npm last: a half-finished installation has none.
    let installed = web.join("node_modules/.package-lock.json").is_file();
    if installed && fs::read_to_string(dist.join("stamp")).is_ok_and(|old| old == stamp) {
        return Ok(());
    }
    println!("fetching the browser assets (npm ci)");
    run::run(
        Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&web),
    )
    .context("npm could not fetch the browser assets")?;
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    copy_all(&web.join("node_modules"), &dist)?;
    // Stock USWDS is off the screen in right-to-left pages; the mirrored sheet is made by the usual tool.
    run::run(
        Command::new("node")
            .arg(web.join("node_modules/rtlcss/bin/rtlcss.js"))
            .args(["--silent"])
            .arg(dist.join("css/uswds.min.css"))
            .arg(dist.join("css/uswds.rtl.min.css")),
    )?;
    ensure!(dist.join("css/uswds.rtl.min.css").is_file(), "rtlcss wrote no right-to-left style sheet");
    // Last: a stamp means that all of the above is there.
    fs::write(dist.join("stamp"), stamp)?;
    Ok(())
}

fn copy_all(modules: &Path, dist: &Path) -> Result<()> {
    for (from, to) in COPIES {
        copy(&modules.join(from), &dist.join(to))?;
    }
    let css = fs::read_to_string(dist.join("css/uswds.min.css"))?;
    for name in named_by(&css) {
        if !UNUSED.contains(&name.as_str()) {
            copy(&modules.join("@uswds/uswds/dist").join(&name), &dist.join(&name))?;
        }
    }
    Ok(())
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
    fn finds_what_a_style_sheet_names_once_each() {
        let css = r#"@font-face{src:url(../fonts/a/b.woff2)format("woff2")}
            .x{mask:url("../img/i.svg");background:url('../img/i.svg'),url(),url(data:image/png;base64,AA)}"#;
        assert_eq!(named_by(css).into_iter().collect::<Vec<_>>(), ["fonts/a/b.woff2", "img/i.svg"]);
    }
}
