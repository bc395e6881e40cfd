//! A notice as a letter: PDF/UA-1 (ISO 14289-1) on US Letter paper, the address where a window envelope shows it, and a code that
//! opens the inquiry's page.

use crate::{
    facts::NoticeFacts,
    letter::{self, Part},
};
use fast_qr::{ECL, QRBuilder};
use jiff::{ToSpan, tz::TimeZone};
use krilla::{
    Document, SerializeSettings,
    color::luma,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{Path, PathBuilder, Point, Rect},
    metadata::Metadata,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagTree,
    },
    text::{Font, TextDirection},
};
use locale::{Tongue, Words, args};
use std::{num::NonZeroU16, sync::Arc};
use unicode_normalization::UnicodeNormalization;

/// US Letter, in points.
const PAGE: (f32, f32) = (612.0, 792.0);
/// Left and right margins: 7/8 inch, where the window of a No. 10 envelope begins.
const LEFT: f32 = 63.0;
const RIGHT: f32 = PAGE.0 - LEFT;
/// The first baseline of a page, and the last.
const TOP: f32 = 60.0;
const BOTTOM: f32 = PAGE.1 - 66.0;
/// The first baseline of the address and its end. A sheet folded in three has room to slide in a No. 10 envelope (window 1/2 inch
/// from the bottom, 1 1/8 inch high): what stands from 2 1/2 to 3 1/8 inches is seen wherever it lies.
const ADDRESS: f32 = 189.0;
const ADDRESS_END: f32 = 226.0;
/// Where the letter itself begins, below the first fold.
const BODY: f32 = 288.0;
/// The side of the code, with its white border.
const CODE: f32 = 108.0;

/// Why letters cannot be printed.
#[derive(Debug, thiserror::Error)]
pub enum PressFault {
    /// The typeface is none.
    #[error("the typeface of letters cannot be read")]
    Font,
    /// The standard cannot be asked for.
    #[error("PDF/UA cannot be written")]
    Standard,
    /// The pages do not make a document that the standard allows. What is wrong with them is not kept: it names what they say.
    #[error("the letter does not keep to PDF/UA")]
    Document,
    /// The link is too long for a code.
    #[error("the link does not fit into a code")]
    Code,
}

/// A letter: what it says, in which words, and the lines of the address that it goes to.
#[derive(Debug)]
pub struct Sheet {
    /// In which words: each letter was decided at a time of its own.
    pub words: Arc<Words>,
    /// What it says.
    pub facts: NoticeFacts,
    /// To whom, line by line: the name first.
    pub address: Vec<String>,
}

/// A typeface: for drawing, and for measuring.
struct Face {
    font: Font,
    data: Arc<Vec<u8>>,
}

impl Face {
    /// The text in letters that the typeface has: a letter with marks that it lacks loses its marks, any other becomes a question
    /// mark. A missing letter would be an empty box, which the standard does not allow.
    fn fold(&self, text: &str) -> String {
        let Ok(face) = ttf_parser::Face::parse(&self.data, 0) else { return text.to_owned() };
        let has = |c: &char| face.glyph_index(*c).is_some();
        text.chars()
            .flat_map(|c| {
                if has(&c) {
                    return vec![c];
                }
                let plain: Vec<char> = c.nfd().filter(has).take(1).collect();
                if plain.is_empty() { vec!['?'] } else { plain }
            })
            .collect()
    }

    fn new(data: Vec<u8>) -> Result<Self, PressFault> {
        let data = Arc::new(data);
        let font = Font::new(Arc::clone(&data).into(), 0).ok_or(PressFault::Font)?;
        ttf_parser::Face::parse(&data, 0).map_err(|_| PressFault::Font)?;
        Ok(Self { font, data })
    }
}

/// Prints letters.
pub struct Press {
    regular: Face,
    bold: Face,
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Press")
    }
}

impl Press {
    /// A press with these typefaces, each the bytes of a TrueType or OpenType file.
    ///
    /// # Errors
    /// [`PressFault::Font`].
    pub fn new(regular: Vec<u8>, bold: Vec<u8>) -> Result<Self, PressFault> {
        Ok(Self { regular: Face::new(regular)?, bold: Face::new(bold)? })
    }

    /// One document with all of these letters, each on a sheet of its own. The same letters make the same document.
    ///
    /// # Errors
    /// When what should be printed does not make a document.
    pub fn print(&self, sheets: &[Sheet]) -> Result<Vec<u8>, PressFault> {
        let configuration = ConfigurationBuilder::new()
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(|_| PressFault::Standard)?;
        let mut document =
            Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
        let mut tree = TagTree::new();
        let mut outline = Outline::new();
        let mut pages = 0;
        let mut title = String::new();
        let mut lang = String::new();
        for sheet in sheets {
            let t = sheet.words.tongue(&sheet.facts.lang);
            let letter = self.set(t, sheet);
            if title.is_empty() {
                title.clone_from(&letter.title);
                lang = t.lang().to_string();
            }
            let place = XyzDestination::new(pages, Point::from_xy(0.0, 0.0));
            outline.push_child(OutlineNode::new(letter.title.clone(), place));
            pages += letter.page + 1;
            tree.push(self.draw(&mut document, t, &letter, sheet)?);
        }
        document.set_metadata(Metadata::new().title(title).language(lang.clone()));
        document.set_outline(outline);
        document.set_tag_tree(tree.with_lang(Some(lang)));
        document.finish().map_err(|_| PressFault::Document)
    }

    /// Breaks the letter into lines and pages.
    fn set(&self, t: &Tongue, sheet: &Sheet) -> Setting {
        let letter = letter::write(t, &sheet.facts);
        let made = sheet.facts.made_at.to_zoned(TimeZone::UTC).date();
        let mut setting = Setting { title: letter.subject.clone(), blocks: Vec::new(), page: 0, y: TOP };
        let face = |bold| self.measure(bold);
        // Whose envelope it is says nothing either where nothing is to be said.
        if !sheet.facts.is_neutral() {
            let phone = sheet.facts.agency.phone.as_str();
            setting.fixed(Role::Paragraph, &[letter.agency.as_str()], LEFT, TOP, (12.0, true));
            setting.fixed(Role::Paragraph, &[phone], LEFT, TOP + 15.0, (10.0, false));
        }
        // Longer addresses begin higher, so that the last line stays in the window.
        #[expect(clippy::cast_precision_loss, reason = "an address has a handful of lines")]
        let first = ADDRESS_END - 12.0 * (sheet.address.len().max(1) - 1) as f32;
        let address: Vec<&str> = sheet.address.iter().map(String::as_str).collect();
        setting.fixed(Role::Paragraph, &address, LEFT, first.min(ADDRESS), (10.0, false));
        setting.y = BODY;
        // Seen from a year before, so that the year is said: letters are kept.
        let date = t.opening(&t.day(made, made.checked_sub(1.year()).unwrap_or(made)));
        setting.flow(Role::Paragraph, &date, face(false), (10.5, false), 0.0);
        setting.gap(8.0);
        setting.flow(Role::Heading, &letter.subject, face(true), (15.0, true), 0.0);
        setting.gap(4.0);
        for part in &letter.parts {
            match part {
                Part::Say(text) => setting.flow(Role::Paragraph, text, face(false), (11.0, false), 0.0),
                Part::Card(rows) => {
                    for (label, lines) in rows {
                        setting.flow(Role::Paragraph, label, face(true), (11.0, true), 12.0);
                        for line in lines {
                            setting.flow(Role::More, line, face(false), (11.0, false), 12.0);
                        }
                    }
                }
                Part::List { title, items } => {
                    setting.flow(Role::Paragraph, title, face(true), (11.0, true), 0.0);
                    for item in items {
                        setting.flow(Role::Item, item, face(false), (11.0, false), 12.0);
                    }
                }
                // The address with its token is for the code: nobody types that.
                Part::Link { label, .. } => {
                    let site = letter::site(sheet.facts.link.reveal());
                    let how = t.say_plain_with(
                        "print-scan",
                        &args! { "label" => label, "site" => site, "number" => sheet.facts.inquiry.to_string() },
                    );
                    setting.flow(Role::Paragraph, &how, face(false), (11.0, false), 0.0);
                }
                Part::Note(text) => setting.flow(Role::Paragraph, text, face(false), (9.5, false), 0.0),
            }
            setting.gap(6.0);
        }
        setting
    }

    /// How wide a text is at one point, in the one face or the other.
    fn measure(&self, bold: bool) -> impl Fn(&str) -> f32 + '_ {
        let face = if bold { &self.bold } else { &self.regular };
        let face = ttf_parser::Face::parse(&face.data, 0).ok();
        move |text: &str| {
            let Some(face) = &face else { return 0.0 };
            let units: u32 = text
                .chars()
                .map(|c| {
                    let glyph = face.glyph_index(c).unwrap_or_default();
                    u32::from(face.glyph_hor_advance(glyph).unwrap_or_default())
                })
                .sum();
            #[expect(clippy::cast_precision_loss, reason = "a line has some hundred thousand units at most")]
            let width = units as f32;
            width / f32::from(face.units_per_em())
        }
    }

    fn draw(
        &self,
        document: &mut Document,
        t: &Tongue,
        letter: &Setting,
        sheet: &Sheet,
    ) -> Result<TagGroup, PressFault> {
        // A code that opens something is no neutral thing to find in a letter.
        let opens = !sheet.facts.is_neutral();
        let code = opens.then(|| code(sheet.facts.link.reveal())).transpose()?;
        let mut drawn: Vec<Vec<Identifier>> = letter.blocks.iter().map(|_| Vec::new()).collect();
        let mut figure = None;
        let black = Fill { paint: luma::Color::black().into(), ..Fill::default() };
        let pages = letter.page + 1;
        for page_no in 0..pages {
            let settings = PageSettings::from_wh(PAGE.0, PAGE.1).unwrap_or_default();
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            surface.set_fill(Some(black.clone()));
            for (block, ids) in letter.blocks.iter().zip(&mut drawn) {
                for line in block.lines.iter().filter(|line| line.page == page_no) {
                    ids.push(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
                    self.line(&mut surface, line);
                    surface.end_tagged();
                }
            }
            if let Some(code) = code.as_ref().filter(|_| page_no == 0) {
                figure = Some(surface.start_tagged(ContentTag::Other));
                surface.draw_path(code);
                surface.end_tagged();
            }
            if pages > 1 {
                surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PageNumber)));
                let foot = t.say_plain_with(
                    "print-page",
                    &args! { "number" => sheet.facts.inquiry.to_string(), "page" => page_no + 1, "pages" => pages },
                );
                let line =
                    Line { page: page_no, x: LEFT, y: PAGE.1 - 36.0, text: foot, size: 9.0, bold: false };
                self.line(&mut surface, &line);
                surface.end_tagged();
            }
            surface.finish();
            page.finish();
        }
        let mut section = TagGroup::new(Tag::Section.with_lang(Some(t.lang().to_string())));
        let mut figure = figure.map(|id| {
            let alt = t.say_plain_with("print-code", &args! { "number" => sheet.facts.inquiry.to_string() });
            TagGroup::with_children(Tag::Figure(Some(alt)), vec![id.into()])
        });
        let mut blocks = letter.blocks.iter().zip(drawn).peekable();
        while let Some((block, ids)) = blocks.next() {
            let mut ids = ids;
            match block.role {
                Role::Heading => {
                    let tag = Tag::Hn(NonZeroU16::MIN, Some(letter.title.clone()));
                    section.push(TagGroup::with_children(tag, leaves(ids)));
                    // The code stands beside the heading.
                    if let Some(figure) = figure.take() {
                        section.push(figure);
                    }
                }
                Role::Item => {
                    let mut list = TagGroup::new(Tag::L(ListNumbering::None));
                    loop {
                        let body = TagGroup::with_children(Tag::LBody, leaves(ids));
                        list.push(TagGroup::with_children(Tag::LI, vec![body.into()]));
                        match blocks.next_if(|(next, _)| next.role == Role::Item) {
                            Some((_, next)) => ids = next,
                            None => break,
                        }
                    }
                    section.push(list);
                }
                Role::Paragraph | Role::More => {
                    while let Some((_, more)) = blocks.next_if(|(next, _)| next.role == Role::More) {
                        ids.extend(more);
                    }
                    section.push(TagGroup::with_children(Tag::P, leaves(ids)));
                }
            }
        }
        Ok(section)
    }

    fn line(&self, surface: &mut Surface<'_>, line: &Line) {
        let face = if line.bold { &self.bold } else { &self.regular };
        // The space between the last word and the next line's first stands in the text, for whoever reads it aloud or copies it.
        let text = format!("{} ", face.fold(&line.text));
        let at = Point::from_xy(line.x, line.y);
        surface.draw_text(at, face.font.clone(), line.size, &text, false, TextDirection::LeftToRight);
    }
}

fn leaves(ids: Vec<Identifier>) -> Vec<Node> {
    ids.into_iter().map(Into::into).collect()
}

/// What a block is to whoever hears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Heading,
    Paragraph,
    /// It belongs to the paragraph before.
    More,
    Item,
}

struct Block {
    role: Role,
    lines: Vec<Line>,
}

struct Line {
    page: usize,
    x: f32,
    y: f32,
    text: String,
    size: f32,
    bold: bool,
}

/// A letter in lines and pages.
struct Setting {
    title: String,
    blocks: Vec<Block>,
    page: usize,
    y: f32,
}

impl Setting {
    /// Lines at a place of the first page.
    fn fixed(&mut self, role: Role, texts: &[&str], x: f32, y: f32, (size, bold): (f32, bool)) {
        let mut at = y;
        let mut lines = Vec::new();
        for text in texts {
            lines.push(Line { page: 0, x, y: at, text: (*text).to_owned(), size, bold });
            at += size * 1.2;
        }
        self.blocks.push(Block { role, lines });
    }

    /// A block where the last one ended, in as many lines as it needs.
    fn flow(
        &mut self,
        role: Role,
        text: &str,
        width: impl Fn(&str) -> f32,
        (size, bold): (f32, bool),
        indent: f32,
    ) {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && width(&longer) * size > self.room(indent) {
                lines.push(self.line(std::mem::replace(&mut line, word.to_owned()), size, bold, indent));
            } else {
                line = longer;
            }
        }
        lines.push(self.line(line, size, bold, indent));
        self.blocks.push(Block { role, lines });
    }

    /// How wide a line may be: the code stands at the right of the letter's beginning.
    fn room(&self, indent: f32) -> f32 {
        let beside = self.page == 0 && self.y < BODY + CODE;
        RIGHT - LEFT - indent - if beside { CODE } else { 0.0 }
    }

    fn line(&mut self, text: String, size: f32, bold: bool, indent: f32) -> Line {
        let down = size * 1.35;
        if self.y + down > BOTTOM {
            self.page += 1;
            self.y = TOP;
        }
        let line = Line { page: self.page, x: LEFT + indent, y: self.y, text, size, bold };
        self.y += down;
        line
    }

    fn gap(&mut self, points: f32) {
        self.y += points;
    }
}

/// The code as a path: a square for each dark module, four light ones around (ISO/IEC 18004 §5.3.8).
fn code(link: &str) -> Result<Path, PressFault> {
    let qr = QRBuilder::new(link).ecl(ECL::M).build().map_err(|_| PressFault::Code)?;
    #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 modules a side")]
    let module = CODE / (qr.size + 8) as f32;
    let mut path = PathBuilder::new();
    for row in 0..qr.size {
        for column in 0..qr.size {
            if qr[row][column].value() {
                #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 modules a side")]
                let (x, y) = (column as f32, row as f32);
                let (x, y) = (RIGHT - CODE + (x + 4.0) * module, BODY - 12.0 + (y + 4.0) * module);
                if let Some(square) = Rect::from_xywh(x, y, module, module) {
                    path.push_rect(square);
                }
            }
        }
    }
    path.finish().ok_or(PressFault::Code)
}
