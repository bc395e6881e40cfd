//! The frame of every page.

use crate::{
    assets,
    core::{Ctx, card},
    parts,
};
use maud::{DOCTYPE, Markup, html};

/// How wide the text of a page may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Width {
    /// As wide as reads well.
    #[default]
    Reading,
    /// As wide as the window, for tables and boards.
    Full,
}

/// A page: its one heading, and what is under it.
#[derive(Debug)]
pub(crate) struct Page {
    heading: String,
    title: Option<String>,
    body: Markup,
    width: Width,
    /// What stands above the heading: where one is, a way back.
    above: Markup,
    /// Replaces the header's links (the desks have their own).
    nav: Option<Markup>,
    /// What the header has below its first row.
    below: Markup,
    /// Does it load the scripts that keep it fresh?
    live: bool,
    /// More style sheets and scripts, by their paths under `assets/`.
    extra: Vec<&'static str>,
    /// May it be shown in another language by the switch? Not what was made by sending a form.
    switch: bool,
    /// What it is about, for search engines and for previews of its link. None: nobody keeps it.
    about: Option<String>,
    around: Around,
}

/// What stands around a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    /// The agency's name, which leads to the first page, and the public footer, with the emergency text.
    Whole,
    /// No footer.
    Bare,
    /// Neither a footer nor a way anywhere.
    Stays,
}

impl Page {
    /// A page with this heading.
    pub(crate) fn new(heading: impl Into<String>, body: Markup) -> Self {
        Self {
            heading: heading.into(),
            title: None,
            body,
            width: Width::Reading,
            above: html! {},
            nav: None,
            below: html! {},
            live: false,
            extra: Vec::new(),
            switch: true,
            about: None,
            around: Around::Whole,
        }
    }

    /// Another title than the heading, for the window's bar.
    pub(crate) fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// As wide as the window.
    pub(crate) const fn wide(mut self) -> Self {
        self.width = Width::Full;
        self
    }

    /// What stands above the heading.
    pub(crate) fn above(mut self, above: Markup) -> Self {
        self.above = above;
        self
    }

    /// Search engines may keep it, and its link may be shown with these words: it says nothing of anybody.
    pub(crate) fn indexed(mut self, about: &str) -> Self {
        self.about = Some(about.to_owned());
        self
    }

    /// The header's links.
    pub(crate) fn nav(mut self, nav: Markup) -> Self {
        self.nav = Some(nav);
        self
    }

    /// What the header has below its first row.
    pub(crate) fn below(mut self, below: Markup) -> Self {
        self.below = below;
        self
    }

    /// Loads htmx and its live updates.
    pub(crate) const fn live(mut self) -> Self {
        self.live = true;
        self
    }

    /// Loads one more style sheet (`.css`) or script (`.js`), by its path under `assets/`.
    pub(crate) fn with(mut self, path: &'static str) -> Self {
        self.extra.push(path);
        self
    }

    /// Without the public footer.
    pub(crate) const fn bare(mut self) -> Self {
        self.around = Around::Bare;
        self
    }

    /// Nothing around it leads away: for a screen in the hall that the next person must find as it was.
    pub(crate) const fn stays(mut self) -> Self {
        self.around = Around::Stays;
        self
    }

    /// The page as HTML.
    pub(crate) fn render(self, ctx: &Ctx) -> Markup {
        let t = ctx.t();
        let agency = ctx.app.desk.pack().agency();
        let short = agency.short_name.in_lang(&ctx.lang);
        let title = self.title.as_deref().unwrap_or(&self.heading);
        let sheet = match t.dir() {
            locale::Dir::Ltr => "dist/css/uswds.min.css",
            locale::Dir::Rtl => "dist/css/uswds.rtl.min.css",
        };
        let main_class = match self.width {
            Width::Reading => "grid-container usa-section padding-top-4 page-reading",
            Width::Full => "page-full",
        };
        html! {
            (DOCTYPE)
            html lang=(ctx.lang) dir=(t.dir().as_str()) {
                head {
                    meta charset="utf-8";
                    title { (title) " – " (short) }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    @match &self.about {
                        None => meta name="robots" content="noindex";,
                        Some(about) => (preview(ctx, title, about)),
                    }
                    meta name="format-detection" content="telephone=no";
                    link rel="icon" href=(assets::url("icon.svg")) type="image/svg+xml";
                    link rel="stylesheet" href=(assets::url(sheet));
                    link rel="stylesheet" href="/assets/look.css";
                    link rel="stylesheet" href=(assets::url("own.css"));
                    @if self.live {
                        meta name="htmx-config" content="includeIndicatorCSS:false";
                        script src=(assets::url("dist/js/htmx.min.js")) defer {}
                        script src=(assets::url("dist/js/hx-sse.min.js")) defer {}
                    }
                    script src=(assets::url("own.js")) defer {}
                    @for path in &self.extra {
                        @if std::path::Path::new(path).extension().is_some_and(|ext| ext == "css") {
                            link rel="stylesheet" href=(assets::url(path));
                        } @else {
                            script src=(assets::url(path)) defer {}
                        }
                    }
                }
                body {
                    a.usa-skipnav href="#main" { (t.say("web-skip")) }
                    (parts::demo_bar(ctx))
                    (parts::header(ctx, self.nav.as_ref(), &self.below, self.switch, self.around != Around::Stays))
                    main #main class=(main_class) tabindex="-1" {
                        (self.above)
                        h1 { (self.heading) }
                        (self.body)
                    }
                    @if self.around == Around::Whole { (parts::footer(ctx)) }
                }
            }
        }
    }

    /// A page that was made by sending a form has no address of its own to switch to.
    pub(crate) const fn no_switch(mut self) -> Self {
        self.switch = false;
        self
    }
}

/// What search engines and previews of links read: one address for each language, and what is there.
fn preview(ctx: &Ctx, title: &str, about: &str) -> Markup {
    let agency = ctx.app.desk.pack().agency();
    let base = ctx.app.options.public_url.trim_end_matches('/');
    let path = ctx.rest.split('?').next().unwrap_or_default();
    let url = |lang: &domain::text::Lang| format!("{base}/{lang}{path}");
    html! {
        meta name="description" content=(about);
        link rel="canonical" href=(url(&ctx.lang));
        @for lang in ctx.app.desk.pack().languages() {
            link rel="alternate" hreflang=(lang) href=(url(lang));
        }
        meta property="og:type" content="website";
        meta property="og:site_name" content=(agency.short_name.in_lang(&ctx.lang));
        meta property="og:title" content=(title);
        meta property="og:description" content=(about);
        meta property="og:url" content=(url(&ctx.lang));
        @let name = agency.name.in_lang(&ctx.lang);
        @if card::can(name) {
            meta property="og:image" content={ (base) (card::address(&ctx.lang)) };
            meta property="og:image:width" content=(card::WIDE);
            meta property="og:image:height" content=(card::HIGH);
            meta property="og:image:alt" content=(name);
        }
        meta name="twitter:card" content="summary";
    }
}
