//! The views of pages that people read, a kind of page a file. Each knows the site and the parts that pages are made of, no other
//! page's view.

pub mod authors;
pub mod browse;
pub mod concepts;
mod essay;
pub mod home;
mod incident;
pub mod incidents;
pub mod patterns;
mod plain_pages;
pub mod readings;
pub mod series;
pub mod side_by_side;
