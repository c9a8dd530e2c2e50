//! Messages between the editor and the server: their bytes, their types, those that wait. Knows no site.

pub mod framing;
pub mod inbox;
pub mod outbox;
pub mod protocol;
