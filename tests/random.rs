//! Random cases that can be run again: each test has a seed of its own, and `NINEFOLD_SEED` in the environment gives all of
//! them another. A failure names the seed it came with. Knows no case.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const VARIABLE: &str = "NINEFOLD_SEED";

/// The seed that all tests are run with instead of their own, if one is asked for.
fn asked() -> Option<u64> {
    let text = std::env::var(VARIABLE).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{VARIABLE} must be a number, not `{text}`")))
}

/// Checks `test` on `cases` values; `own` is the test's own seed. What fails is made smaller first.
pub fn check<S: Strategy>(own: u64, cases: u32, strategy: S, test: impl Fn(S::Value)) {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&own.to_le_bytes());
    seed[8..16].copy_from_slice(&asked().unwrap_or_default().to_le_bytes());
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let outcome = runner.run(&strategy, |value| {
        test(value);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{VARIABLE}={}: {error}", asked().unwrap_or_default());
    }
}
