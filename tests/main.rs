//! All tests that need more than one module. A case is data: a small site in, pages or diagnostics out.

mod cases;
mod support;
