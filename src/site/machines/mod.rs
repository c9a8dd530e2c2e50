//! What a site has for programs: feeds, the sitemap, data, what hosts and search are given, what stands for a page elsewhere. Knows
//! documents and addresses; writes no format.

mod data;
pub mod feeds;
pub mod hosts;
mod linked_data;
pub mod search;
pub mod social_cards;
pub mod vocabulary;
