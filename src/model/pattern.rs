//! David Woods's nine patterns of how complex systems get into trouble. The list is closed; their definitions are content.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// One of the Messy 9. The order is the one in which Woods lists them and in which pages show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    Congestion,
    Cascades,
    Conflicts,
    Saturation,
    Lag,
    Friction,
    Tempos,
    Surprises,
    Tangles,
}

impl Pattern {
    /// All nine, in order.
    pub const ALL: [Self; 9] = [
        Self::Congestion,
        Self::Cascades,
        Self::Conflicts,
        Self::Saturation,
        Self::Lag,
        Self::Friction,
        Self::Tempos,
        Self::Surprises,
        Self::Tangles,
    ];

    /// The id used in front matter, links and URLs.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Congestion => "congestion",
            Self::Cascades => "cascades",
            Self::Conflicts => "conflicts",
            Self::Saturation => "saturation",
            Self::Lag => "lag",
            Self::Friction => "friction",
            Self::Tempos => "tempos",
            Self::Surprises => "surprises",
            Self::Tangles => "tangles",
        }
    }

    /// The pattern with this id, if it is one of the nine.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pattern| pattern.id() == id)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::from_id(&id).ok_or_else(|| de::Error::custom("none of the nine"))
    }
}

/// Two different patterns, the one whose id comes first in the alphabet first, as in `/patterns/<a>/<b>/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PatternPair(Pattern, Pattern);

impl PatternPair {
    /// The pair of `a` and `b` in either order; none if they are the same.
    pub fn new(a: Pattern, b: Pattern) -> Option<Self> {
        match a.id().cmp(b.id()) {
            std::cmp::Ordering::Less => Some(Self(a, b)),
            std::cmp::Ordering::Greater => Some(Self(b, a)),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// The two, first in the alphabet first.
    pub const fn both(self) -> (Pattern, Pattern) {
        (self.0, self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_round_trip_and_a_tenth_is_refused() {
        for pattern in Pattern::ALL {
            assert_eq!(Pattern::from_id(pattern.id()), Some(pattern));
        }
        assert_eq!(Pattern::from_id("entropy"), None);
    }

    #[test]
    fn a_pair_is_the_same_in_either_order() {
        let pair = PatternPair::new(Pattern::Lag, Pattern::Cascades);
        assert_eq!(pair, PatternPair::new(Pattern::Cascades, Pattern::Lag));
        assert_eq!(pair.map(PatternPair::both), Some((Pattern::Cascades, Pattern::Lag)));
        assert_eq!(PatternPair::new(Pattern::Lag, Pattern::Lag), None);
    }
}
