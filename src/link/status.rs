//! Whether a document is part of the site, and why not. Knows dates and flags, no links.

use std::sync::Arc;

use jiff::ZonedDateTime;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, rules};
use crate::model::When;
use crate::outline::{Document, Front};

use super::Include;

rules! {
    LEFT_OUT = "left-out", note, "a draft, or an essay dated after today, is left out";
}

/// What becomes of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Status {
    Published,
    /// Left out: a draft.
    Draft,
    /// Left out: dated after today. Holds the date as a reader would say it.
    Future(String),
    /// Left out: a concept of the program's that the site does not name.
    Unused,
}

impl Status {
    /// Completes the sentence "`X` ..." for what is left out and can be linked to.
    pub fn why(&self) -> Option<String> {
        match self {
            Self::Draft => Some("is a draft".to_owned()),
            Self::Future(date) => Some(format!("is dated {date}")),
            Self::Published | Self::Unused => None,
        }
    }

    /// What would take it in.
    pub const fn flag(&self) -> Option<&'static str> {
        match self {
            Self::Draft => Some("--drafts"),
            Self::Future(_) => Some("--future"),
            Self::Published | Self::Unused => None,
        }
    }
}

pub(super) fn of(document: &Document, now: &ZonedDateTime, include: Include) -> Status {
    if is_left_out(document, include) {
        return Status::Draft;
    }
    let Front::Essay(front) = &document.front else { return Status::Published };
    match &front.date {
        Some(date) if is_scheduled(document, now) && !include.future => Status::Future(shown_date(&date.value, now)),
        _ => Status::Published,
    }
}

/// Whether it is dated after today, and so for another day.
pub(super) fn is_scheduled(document: &Document, now: &ZonedDateTime) -> bool {
    matches!(&document.front, Front::Essay(front) if front.date.as_ref().is_some_and(|date| date.value.is_after(now)))
}

pub(super) fn is_draft(document: &Document) -> bool {
    document.front.is_draft()
}

/// Whether it is a draft that is no part of the site.
pub(super) fn is_left_out(document: &Document, include: Include) -> bool {
    is_draft(document) && !include.drafts
}

/// `3 May`, with the year where it is not this one.
fn shown_date(date: &When, now: &ZonedDateTime) -> String {
    if date.year() == now.year() { date.day_and_month() } else { format!("{} {}", date.day_and_month(), date.year()) }
}

/// A note for each essay that is left out.
pub(super) fn left_out<'a>(
    documents: &'a [Arc<Document>],
    status: &'a [Status],
) -> impl Iterator<Item = Diagnostic> + 'a {
    documents.iter().zip(status).filter_map(|(document, status)| {
        let (why, flag) = (status.why()?, status.flag()?);
        let message = format!("\u{201c}{}\u{201d} is left out: it {why}", document.title());
        Some(Diagnostic::new(LEFT_OUT, message).in_file(&document.path).help(format!("take it in with `{flag}`")))
    })
}
