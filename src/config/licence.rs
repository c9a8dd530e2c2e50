//! On what terms a site may be used. Knows the form of a licence's name, not whether there is one of it.

use serde::Serialize;

use crate::diagnostic::rules;
use crate::fields::{Faults, Fields, Form, Numbers, no_space};

use super::fault;

rules! {
    BAD_LICENCE = "bad-licence", error fixed, "`licence` is no name of a licence and no address", settings "licence: all rights reserved";
}

const FORM: Form = Form {
    numbers: Numbers::Any,
    flags: true,
    ..Form::of(
        "The short name of a licence, or the address of its text: CC-BY-4.0",
        concat!("[A-Za-z0-9._-]+|[Hh][Tt][Tt][Pp][Ss]?://", no_space!(), "*"),
    )
};

/// A licence, as `site.yaml` gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Licence {
    /// By its name in lists of licences (spdx.org/licenses): `CC-BY-4.0`.
    Named(String),
    /// By the address of its text.
    At(String),
}

impl Licence {
    pub(super) fn read(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<Self> {
        let licence = fields.takes(FORM).text("licence", faults)?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        let lower = licence.value.to_lowercase();
        if ["https://", "http://"].iter().any(|start| lower.starts_with(start)) && !lower.contains(char::is_whitespace)
        {
            return Some(Self::At(licence.value));
        }
        if licence.value.chars().all(is_name) {
            return Some(Self::Named(licence.value));
        }
        let message = format!("`{}` is no name of a licence", licence.value);
        let fault = fault(BAD_LICENCE, message, licence.spot);
        faults.push(fault.help("write its short name, such as `CC-BY-4.0`, or the https:// address of its text"));
        None
    }
}
