//! The cues of patterns and concepts as readers see them. Knows which are words; matches none.

/// Those that can be read as they are: words, with dots for others between them. A cue with choices in it is for programs.
pub fn readable(cues: &[String]) -> Vec<String> {
    cues.iter().filter(|cue| !cue.contains(['|', '*'])).cloned().collect()
}
