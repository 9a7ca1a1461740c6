//! A part of the documents, chosen by identifier alone.

use super::hash;
use crate::format::OptionError;
use std::str::FromStr;

/// Shard `index` of `count`: every document is in exactly one, whatever the others hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: u64,
    count: u64,
}

impl Default for Shard {
    /// The only shard of one.
    fn default() -> Self {
        Shard { index: 0, count: 1 }
    }
}

impl Shard {
    /// Whether a document is in this shard.
    pub fn holds(&self, id: &str) -> bool {
        hash::number(id) % self.count == self.index
    }

    /// The name of the shard's manifest, without extension.
    pub(crate) fn manifest(&self) -> String {
        match self.count {
            1 => "manifest".into(),
            _ => format!("manifest-{}-of-{}", self.index, self.count),
        }
    }
}

impl FromStr for Shard {
    type Err = OptionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "it is i/n with i from 0 to n-1, such as 0/3";
        let (index, count) = text.split_once('/').ok_or(WRONG)?;
        let number = |t: &str| t.parse::<u64>().map_err(|_| WRONG);
        let shard = Shard { index: number(index)?, count: number(count)? };
        if shard.index < shard.count { Ok(shard) } else { Err(WRONG.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_is_in_exactly_one_shard() {
        let shards: Vec<Shard> = (0..3).map(|i| format!("{i}/3").parse().unwrap()).collect();
        let mut sizes = [0; 3];
        for id in (0..3000).map(|n| format!("dump#{n}")) {
            let holding: Vec<_> = (0..3).filter(|&i| shards[i].holds(&id)).collect();
            assert_eq!(holding.len(), 1);
            sizes[holding[0]] += 1;
        }
        assert!(sizes.iter().all(|s| (900..1100).contains(s)), "{sizes:?}");
        assert!(["3/3", "0/0", "1", "-1/2", "a/b"].iter().all(|s| s.parse::<Shard>().is_err()));
    }
}
