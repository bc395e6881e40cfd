//! One call in a terminal: keys are typed, words are printed, and time passes when an empty line is given.

use super::agency::Agency;
use crate::fault::Faults;
use jiff::{SignedDuration, Timestamp};
use line::{Answer, Effect, Engine, Event, Flow, Gather, Given, Key, Query};
use locale::Words;
use std::{
    collections::VecDeque,
    io::{BufRead, Write},
    sync::Arc,
};

const HELP: &str =
    "keys: 0-9 * #    nothing: silence    o: the operator answers, or hangs up    x: no operator can be had
p 3: third in line    p 3 4 9: and 4 to 9 minutes to wait    h: hang up    ?: this";
/// The longest line that is typed.
const LONGEST: u64 = 200;
/// How long it takes to press a key.
const KEY: SignedDuration = SignedDuration::from_millis(300);

/// A call in a terminal.
pub struct Terminal<W> {
    /// The house's own words.
    pub words: Words,
    /// Who answers what the line asks.
    pub agency: Agency,
    /// Where it is printed.
    pub out: W,
}

/// What is asked and waits for whoever sits at the terminal.
type Waiting = Option<(u64, Query)>;

impl<W: Write> Terminal<W> {
    /// Plays one call until it is over or nothing more is typed.
    pub async fn play(
        &mut self,
        flow: Arc<Flow>,
        given: &Given,
        now: Timestamp,
        mut typed: impl BufRead,
    ) -> Result<(), Faults> {
        writeln!(self.out, "{HELP}\n")?;
        let mut now = now;
        let (mut engine, effects) = Engine::start(flow, given, now);
        let mut waiting = None;
        self.follow(&mut engine, effects, now, &mut waiting).await?;
        while !engine.is_over() {
            write!(self.out, "> ")?;
            self.out.flush()?;
            let mut line = String::new();
            if std::io::Read::take(&mut typed, LONGEST).read_line(&mut line)? == 0 {
                writeln!(self.out)?;
                line.push('h');
            }
            for event in self.events(line.trim(), &engine, &mut now, &mut waiting)? {
                now = now.checked_add(KEY).unwrap_or(now);
                let effects = engine.handle(event, now);
                self.follow(&mut engine, effects, now, &mut waiting).await?;
            }
        }
        Ok(())
    }

    /// What a typed line means.
    fn events(
        &mut self,
        line: &str,
        engine: &Engine,
        now: &mut Timestamp,
        waiting: &mut Waiting,
    ) -> Result<Vec<Event>, Faults> {
        let answered =
            |answer, (ask, _): (u64, Query)| vec![Event::Answered { ask, answer: Box::new(answer) }];
        match line {
            "" => {
                if let Some(at) = engine.next_wakeup() {
                    writeln!(self.out, "  … {} seconds of silence", at.duration_since(*now).as_secs())?;
                    *now = at;
                    return Ok(vec![Event::Wake]);
                }
                writeln!(self.out, "  … silence; the line waits for somebody else (o, x)")?;
            }
            "?" => writeln!(self.out, "{HELP}")?,
            "h" => return Ok(vec![Event::HungUp]),
            "o" | "x" => {
                let Some(asked) = waiting.take() else {
                    writeln!(self.out, "  nobody waits for an operator here")?;
                    return Ok(Vec::new());
                };
                let answer = match (&asked.1, line) {
                    (Query::Enqueue(_), "o") => Answer::Reached,
                    (Query::Enqueue(_), _) => Answer::QueueClosed,
                    (_, "o") => Answer::Talked,
                    _ => Answer::NotConnected,
                };
                return Ok(answered(answer, asked));
            }
            place if place.starts_with('p') => {
                let numbers: Vec<u16> = place[1..].split_whitespace().flat_map(str::parse).collect();
                match numbers.as_slice() {
                    [place] => return Ok(vec![Event::Position { place: (*place).into(), wait: None }]),
                    [place, from, to] => {
                        return Ok(vec![Event::Position {
                            place: (*place).into(),
                            wait: Some((*from, *to)),
                        }]);
                    }
                    _ => writeln!(self.out, "  a place in line is written p 3, or p 3 4 9 with the wait")?,
                }
            }
            keys => {
                let known: Option<Vec<Key>> = keys.chars().filter(|c| *c != ' ').map(Key::new).collect();
                match known {
                    Some(keys) => return Ok(keys.into_iter().map(Event::Key).collect()),
                    None => {
                        writeln!(self.out, "  a telephone has the keys 0 to 9, * and #; ? tells the rest")?;
                    }
                }
            }
        }
        Ok(Vec::new())
    }

    /// Does what is to be done, until the call waits for a key, a person or time.
    async fn follow(
        &mut self,
        engine: &mut Engine,
        effects: Vec<Effect>,
        now: Timestamp,
        waiting: &mut Waiting,
    ) -> Result<(), Faults> {
        let mut open = VecDeque::from(effects);
        while let Some(effect) = open.pop_front() {
            let event = match effect {
                Effect::Entered(state) => {
                    writeln!(self.out, "[{state}]")?;
                    continue;
                }
                Effect::Say(say) => {
                    let rate = say.rate.percent();
                    let pace = if rate < 100 { format!(" ({rate} %)") } else { String::new() };
                    for spoken in &say.prompts {
                        let words = engine.flow().words(spoken, &self.words, now);
                        writeln!(self.out, "  {}{pace}: {words}", spoken.lang)?;
                    }
                    Event::Spoken { turn: say.turn }
                }
                Effect::Gather(gather) => {
                    writeln!(self.out, "  ({})", listens(&gather))?;
                    continue;
                }
                Effect::Ask { ask, query, lang } => match self.agency.answer(&query, &lang, now).await {
                    Ok(Some(answer)) => {
                        let acts = matches!(query, Query::MoveCallback(..) | Query::CancelCallback(_));
                        if acts && self.agency.only_pretends() {
                            writeln!(self.out, "  (nothing is changed: this is only tried out)")?;
                        }
                        Event::Answered { ask, answer: Box::new(answer) }
                    }
                    Ok(None) => {
                        writeln!(
                            self.out,
                            "  ({}; o: an operator answers or hangs up, x: none can be had)",
                            query.ask().as_str()
                        )?;
                        *waiting = Some((ask, query));
                        continue;
                    }
                    Err(faults) => {
                        writeln!(self.out, "  ({} failed: {faults})", query.ask().as_str())?;
                        Event::Failed { ask }
                    }
                },
                Effect::Withdraw { .. } => {
                    *waiting = None;
                    continue;
                }
                Effect::Remember { lang } => {
                    writeln!(self.out, "  (this number's language is now {lang})")?;
                    continue;
                }
                Effect::Over { keep_place } => {
                    let kept = if keep_place { "; the place in line is kept" } else { "" };
                    writeln!(self.out, "The call is over{kept}.")?;
                    continue;
                }
                Effect::Hush | Effect::Hangup => continue,
            };
            open.extend(engine.handle(event, now));
        }
        Ok(())
    }
}

/// What keys are listened for.
fn listens(gather: &Gather) -> String {
    match gather {
        Gather::Keys(keys) => {
            let keys: Vec<String> = keys.iter().map(|key| key.sign().to_string()).collect();
            format!("keys {}; 0 a person, * again, 9 slower", keys.join(" "))
        }
        Gather::Digits { least, most } if least == most => {
            format!("{most} digits; *0 a person, ** again, *9 slower, *# anew")
        }
        Gather::Digits { least, most } => {
            format!("{least} to {most} digits, then #; *0 a person, ** again, *9 slower, *# anew")
        }
    }
}
