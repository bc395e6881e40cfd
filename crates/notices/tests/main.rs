//! What is written to people: its words, its files and its ways out.

mod calendar;
mod feed;
mod mailer;
mod neutral;
mod print;
mod rendering;
mod support;
mod texts;
mod told;
