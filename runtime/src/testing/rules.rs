//! What a proxy is told to do, and to which call.

use std::fmt;
use std::time::Duration;

use fastrand::Rng;

use crate::testing::calls::Calls;
use crate::testing::fault::{Fault, Kind};
use crate::testing::hold::Held;
use crate::testing::record::Request;

/// All that a proxy is told.
#[derive(Debug)]
pub(super) struct Rules {
    seed: u64,
    rules: Vec<Rule>,
    /// How many there ever were: each has luck of its own, so that none changes that of another.
    count: u64,
}

#[derive(Debug)]
struct Rule {
    deed: Deed,
    luck: Rng,
}

enum Deed {
    Inject { calls: Calls, seen: u64, fault: Fault },
    Hold { calls: Calls, seen: u64, chosen: u64, held: Held },
    Script(Box<Script>),
}

type Script = dyn FnMut(&Request) -> Option<Fault> + Send;

/// What is done to one call.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Held back, under these numbers.
    pub(super) holds: Vec<(Held, u64)>,
    /// Before it gets to the engine, and after.
    pub(super) latency: (Duration, Duration),
    /// What goes wrong, but for latency.
    pub(super) fault: Option<Fault>,
    /// All that goes wrong.
    pub(super) faults: Vec<Fault>,
}

impl Rules {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, rules: Vec::new(), count: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.rules.clear();
    }

    pub(super) fn inject(&mut self, calls: Calls, fault: Fault) {
        self.add(Deed::Inject { calls, seen: 0, fault });
    }

    pub(super) fn hold(&mut self, calls: Calls, held: Held) {
        self.add(Deed::Hold { calls, seen: 0, chosen: 0, held });
    }

    pub(super) fn script(&mut self, script: impl FnMut(&Request) -> Option<Fault> + Send + 'static) {
        self.add(Deed::Script(Box::new(script)));
    }

    fn add(&mut self, deed: Deed) {
        // Far apart, so that near seeds have nothing in common.
        let seed = self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(self.count);
        self.count += 1;
        self.rules.push(Rule { deed, luck: Rng::with_seed(seed) });
    }

    /// What is done to this call. Latencies add up; of the other faults, the first that is for it is.
    pub(super) fn plan(&mut self, request: &Request) -> Plan {
        let mut plan = Plan::default();
        for Rule { deed, luck } in &mut self.rules {
            match deed {
                Deed::Inject { calls, seen, fault } => {
                    if is_for(calls, seen, luck, request) {
                        plan.add(fault.clone(), luck);
                    }
                }
                Deed::Hold { calls, seen, chosen, held } => {
                    if is_for(calls, seen, luck, request) {
                        *chosen += 1;
                        plan.holds.push((held.clone(), *chosen));
                    }
                }
                Deed::Script(script) => {
                    if let Some(fault) = script(request) {
                        plan.add(fault, luck);
                    }
                }
            }
        }
        plan
    }
}

fn is_for(calls: &Calls, seen: &mut u64, luck: &mut Rng, request: &Request) -> bool {
    calls.count(request) && {
        *seen += 1;
        calls.contain(*seen, luck)
    }
}

impl Plan {
    fn add(&mut self, fault: Fault, luck: &mut Rng) {
        if let Kind::Latency(least, most) = fault.kind {
            let time = least + most.saturating_sub(least).mul_f64(luck.f64());
            let (before, after) = &mut self.latency;
            *(if fault.after_effect { after } else { before }) += time;
        } else if self.fault.is_none() {
            self.fault = Some(fault.clone());
        } else {
            return;
        }
        self.faults.push(fault);
    }
}

impl fmt::Debug for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inject { calls, fault, .. } => write!(f, "{fault:?} on {calls:?}"),
            Self::Hold { calls, .. } => write!(f, "hold on {calls:?}"),
            Self::Script(_) => f.write_str("script"),
        }
    }
}
