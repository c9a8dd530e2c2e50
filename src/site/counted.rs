//! What publishing asks of a site's documents. Knows their status, no target.

use serde::{Deserialize, Serialize};

use crate::link::Status;
use crate::model::UrlPath;

use super::Site;

/// Counts that need the documents to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Essays, incidents and pages that are part of the site.
    pub documents: usize,
    /// Addresses of those that are left out.
    pub left_out: Vec<UrlPath>,
}

impl Site {
    pub fn counted(&self) -> Counted {
        let mut counted = Counted::default();
        for ((document, status), url) in self.documents().iter().zip(&self.linked.status).zip(&*self.linked.urls) {
            match status {
                Status::Published => counted.documents += usize::from(document.kind.is_text()),
                Status::Draft | Status::Future(_) => counted.left_out.push(url.clone()),
                Status::Unused => {}
            }
        }
        counted
    }
}
