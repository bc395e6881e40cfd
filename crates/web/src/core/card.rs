//! The picture that a preview of a link shows: the agency's name on its colour. We draw it ourselves, letter by letter, so that nobody
//! else's picture or typeface is in it; it is made anew for whoever asks, and small.

use crate::App;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// Its size in dots.
pub(crate) const WIDE: usize = 600;
pub(crate) const HIGH: usize = 315;
/// Each dot of a letter is so many dots wide and high.
const DOT: usize = 4;
/// A letter with the space behind it, and a line with the room for accents above it.
const STEP: usize = 6 * DOT;
const LINE: usize = 11 * DOT;
/// What stays free at the sides.
const MARGIN: usize = 24;
/// USWDS `primary-darker`, where the agency has no colour of its own.
const DARK: [u8; 3] = [0x16, 0x2e, 0x51];

/// Letters of five dots by seven, row by row; the first dot of a row is its highest bit.
const LETTERS: &[(char, [u8; 7])] = &[
    (' ', [0; 7]),
    ('A', [0x0e, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11]),
    ('B', [0x1e, 0x11, 0x11, 0x1e, 0x11, 0x11, 0x1e]),
    ('C', [0x0e, 0x11, 0x10, 0x10, 0x10, 0x11, 0x0e]),
    ('D', [0x1c, 0x12, 0x11, 0x11, 0x11, 0x12, 0x1c]),
    ('E', [0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f]),
    ('F', [0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x10]),
    ('G', [0x0e, 0x11, 0x10, 0x17, 0x11, 0x11, 0x0f]),
    ('H', [0x11, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11]),
    ('I', [0x0e, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0e]),
    ('J', [0x07, 0x02, 0x02, 0x02, 0x02, 0x12, 0x0c]),
    ('K', [0x11, 0x12, 0x14, 0x18, 0x14, 0x12, 0x11]),
    ('L', [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1f]),
    ('M', [0x11, 0x1b, 0x15, 0x15, 0x11, 0x11, 0x11]),
    ('N', [0x11, 0x11, 0x19, 0x15, 0x13, 0x11, 0x11]),
    ('O', [0x0e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e]),
    ('P', [0x1e, 0x11, 0x11, 0x1e, 0x10, 0x10, 0x10]),
    ('Q', [0x0e, 0x11, 0x11, 0x11, 0x15, 0x12, 0x0d]),
    ('R', [0x1e, 0x11, 0x11, 0x1e, 0x14, 0x12, 0x11]),
    ('S', [0x0f, 0x10, 0x10, 0x0e, 0x01, 0x01, 0x1e]),
    ('T', [0x1f, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04]),
    ('U', [0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e]),
    ('V', [0x11, 0x11, 0x11, 0x11, 0x11, 0x0a, 0x04]),
    ('W', [0x11, 0x11, 0x11, 0x15, 0x15, 0x15, 0x0a]),
    ('X', [0x11, 0x11, 0x0a, 0x04, 0x0a, 0x11, 0x11]),
    ('Y', [0x11, 0x11, 0x11, 0x0a, 0x04, 0x04, 0x04]),
    ('Z', [0x1f, 0x01, 0x02, 0x04, 0x08, 0x10, 0x1f]),
    ('0', [0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e]),
    ('1', [0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e]),
    ('2', [0x0e, 0x11, 0x01, 0x02, 0x04, 0x08, 0x1f]),
    ('3', [0x1f, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0e]),
    ('4', [0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02]),
    ('5', [0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e]),
    ('6', [0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e]),
    ('7', [0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08]),
    ('8', [0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e]),
    ('9', [0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c]),
    ('.', [0x00, 0x00, 0x00, 0x00, 0x00, 0x0c, 0x0c]),
    (',', [0x00, 0x00, 0x00, 0x00, 0x0c, 0x04, 0x08]),
    ('-', [0x00, 0x00, 0x00, 0x1f, 0x00, 0x00, 0x00]),
    ('\'', [0x0c, 0x04, 0x08, 0x00, 0x00, 0x00, 0x00]),
    ('&', [0x0c, 0x12, 0x14, 0x08, 0x15, 0x12, 0x0d]),
];

const ACUTE: [u8; 2] = [0x02, 0x04];
const TILDE: [u8; 2] = [0x0d, 0x16];
const DOTS: [u8; 2] = [0x0a, 0x00];

/// Capital letters with what stands above them.
const ACCENTED: &[(char, char, [u8; 2])] = &[
    ('Á', 'A', ACUTE),
    ('É', 'E', ACUTE),
    ('Í', 'I', ACUTE),
    ('Ó', 'O', ACUTE),
    ('Ú', 'U', ACUTE),
    ('Ñ', 'N', TILDE),
    ('Ã', 'A', TILDE),
    ('Õ', 'O', TILDE),
    ('Ä', 'A', DOTS),
    ('Ö', 'O', DOTS),
    ('Ü', 'U', DOTS),
];

/// The rows of a letter, with the two above it; none for one that we cannot draw.
fn letter(sign: char) -> Option<[u8; 9]> {
    let accented = ACCENTED.iter().find(|(whole, ..)| *whole == sign);
    let (base, above) = accented.map_or((sign, [0, 0]), |(_, base, above)| (*base, *above));
    let (_, rows) = LETTERS.iter().find(|(known, _)| *known == base)?;
    let mut all = [0; 9];
    all[..2].copy_from_slice(&above);
    all[2..].copy_from_slice(rows);
    Some(all)
}

/// The lines of a name in capitals; none when it has letters that we cannot draw, or does not fit.
fn lines(name: &str) -> Option<Vec<Vec<[u8; 9]>>> {
    let most = (WIDE - 2 * MARGIN) / STEP;
    let mut lines: Vec<Vec<[u8; 9]>> = Vec::new();
    for word in name.to_uppercase().split_whitespace() {
        let word: Vec<[u8; 9]> = word.chars().map(letter).collect::<Option<_>>()?;
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= most => {
                line.push([0; 9]);
                line.extend(word);
            }
            _ if word.len() <= most => lines.push(word),
            _ => return None,
        }
    }
    let fits = !lines.is_empty() && lines.len() * LINE <= HIGH - 2 * MARGIN;
    fits.then_some(lines)
}

/// Can the name be drawn? Where it cannot, a preview has no picture.
pub(crate) fn can(name: &str) -> bool {
    lines(name).is_some()
}

/// The picture of a name as a PNG of two colours; none when it cannot be drawn.
fn picture(name: &str, ground: [u8; 3]) -> Option<Vec<u8>> {
    let lines = lines(name)?;
    let stride = WIDE.div_ceil(8);
    let mut dots = vec![vec![0_u8; stride]; HIGH];
    let top = (HIGH - lines.len() * LINE) / 2;
    for (n, line) in lines.iter().enumerate() {
        for (at, letter) in line.iter().enumerate() {
            for (row, bits) in letter.iter().enumerate() {
                for column in (0..5).filter(|column| *bits & (0x10_u8 >> column) != 0) {
                    let (x, y) = (MARGIN + at * STEP + column * DOT, top + n * LINE + row * DOT);
                    for (y, x) in (0..DOT * DOT).map(|dot| (y + dot / DOT, x + dot % DOT)) {
                        if let Some(byte) = dots.get_mut(y).and_then(|row| row.get_mut(x / 8)) {
                            *byte |= 0x80 >> (x % 8);
                        }
                    }
                }
            }
        }
    }
    // Each row begins with its filter: none.
    let raw: Vec<u8> = dots.into_iter().flat_map(|row| std::iter::once(0).chain(row)).collect();
    Some(png(&raw, ground))
}

/// A PNG (ISO/IEC 15948) of rows of one bit for each dot, not compressed: two dozen kilobytes.
fn png(raw: &[u8], ground: [u8; 3]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    for side in [WIDE, HIGH] {
        head.extend(u32::try_from(side).unwrap_or(0).to_be_bytes());
    }
    // One bit for each dot, which is a place in the palette.
    head.extend([1, 3, 0, 0, 0]);
    chunk(&mut file, *b"IHDR", &head);
    chunk(&mut file, *b"PLTE", &[&ground[..], &[0xff; 3]].concat());
    let mut data = vec![0x78, 0x01];
    let parts = raw.chunks(usize::from(u16::MAX));
    let last = parts.len().saturating_sub(1);
    for (n, part) in parts.enumerate() {
        let long = u16::try_from(part.len()).unwrap_or(u16::MAX);
        data.push(u8::from(n == last));
        data.extend(long.to_le_bytes());
        data.extend((!long).to_le_bytes());
        data.extend(part);
    }
    let (a, b) = raw.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    data.extend(((b << 16) | a).to_be_bytes());
    chunk(&mut file, *b"IDAT", &data);
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    let from = file.len();
    file.extend(kind);
    file.extend(data);
    let crc = file[from..].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    });
    file.extend((!crc).to_be_bytes());
}

/// The colour that a pack writes as `#162e51`.
fn colour(text: &str) -> Option<[u8; 3]> {
    let bytes = hex::decode(text.strip_prefix('#')?).ok()?;
    bytes.try_into().ok()
}

/// The address of the picture in a language, behind the public address.
pub(crate) fn address(lang: &domain::text::Lang) -> String {
    format!("/assets/preview/{lang}.png")
}

pub(crate) async fn show(State(app): State<App>, Path(file): Path<String>) -> Response {
    let pack = app.desk.pack();
    let lang = file.strip_suffix(".png");
    let lang = pack.languages().iter().find(|known| Some(known.as_str()) == lang);
    let ground = pack.agency().look.primary.as_deref().and_then(colour).unwrap_or(DARK);
    let drawn = lang.and_then(|lang| picture(pack.agency().name.in_lang(lang), ground));
    let Some(drawn) = drawn else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, drawn).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_drawn_small_and_whole_or_not_at_all() {
        let drawn = picture("Servicio de Ciudadanía e Inmigración", DARK).unwrap();
        assert!(
            drawn.starts_with(b"\x89PNG") && drawn.ends_with(&[0xae, 0x42, 0x60, 0x82]),
            "IEND and its sum"
        );
        assert!(drawn.len() < 30_000, "{}", drawn.len());
        assert_eq!(drawn[16..24], [0, 0, 2, 88, 0, 0, 1, 59]);
        for no in ["", "الوكالة", &"X".repeat(40), &"LONG NAME ".repeat(40)] {
            assert!(!can(no) && picture(no, DARK).is_none(), "{no}");
        }
        assert_eq!(letter('É').unwrap()[2..], letter('E').unwrap()[2..]);
    }

    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        let mut file = Vec::new();
        chunk(&mut file, *b"IEND", &[]);
        assert_eq!(file, [0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82]);
    }
}
