//! One task, its orders, and the map that says what they should be.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use fastrand::Rng;
use monotable::{Entity, Error, ErrorKind, Handle};

use crate::run::{Losses, Mix, Pulse, Until};
use crate::world::{Order, OrderKey, Soak};

/// The numbers of a task's orders: few, so that most writes meet others.
const NUMBERS: u32 = 40;
const STATES: [&str; 3] = ["open", "paid", "sent"];

pub struct Task {
    shop: Handle<Soak>,
    number: u32,
    luck: Rng,
    losses: Losses,
    mix: Mix,
    pulse: Arc<Pulse>,
    model: BTreeMap<u32, Order>,
}

/// What a write makes of some orders: each is as before, or as it says.
type Intent = Vec<(u32, Option<Order>)>;

impl Task {
    pub fn new(
        shop: Handle<Soak>,
        number: u32,
        seed: u64,
        (losses, mix): (Losses, Mix),
        pulse: Arc<Pulse>,
    ) -> Self {
        let luck = Rng::with_seed(seed * 1000 + u64::from(number));
        Self { shop, number, luck, losses, mix, pulse, model: BTreeMap::new() }
    }

    pub async fn work(mut self, until: Until) {
        loop {
            let turns = self.pulse.turns.load(Ordering::Relaxed);
            match until {
                Until::Turns(all) if turns >= all => break,
                Until::Passed(_) if self.pulse.stop.load(Ordering::Relaxed) => break,
                _ => self.turn().await,
            }
            self.pulse.turns.fetch_add(1, Ordering::Relaxed);
            // Else a task that meets no fault is done before the next one begins.
            tokio::task::yield_now().await;
        }
        // At its end, all of it.
        let all = loop {
            match self.shop.query(Order::by_task(self.number)).consistent().all().await {
                Ok(all) => break all.into_inner(),
                Err(error) => self.failed(&error),
            }
        };
        assert!(all.iter().eq(self.model.values()), "task {} has other orders", self.number);
        self.pulse.stop.store(true, Ordering::Relaxed);
    }

    async fn turn(&mut self) {
        match self.luck.u32(..100) {
            0..15 => self.put().await,
            15..22 => self.insert().await,
            22..28 => self.replace().await,
            28..36 => self.delete().await,
            36..46 => self.update().await,
            46..52 if self.mix == Mix::All => self.transact().await,
            46..52 => self.put().await,
            52..56 => self.batch_write().await,
            56..68 => self.get().await,
            68..72 => self.exists().await,
            72..80 => self.query().await,
            80..85 => self.pages().await,
            85..90 => self.stream().await,
            90..94 => self.by_state().await,
            94..97 => self.batch_get().await,
            _ => self.transact_get().await,
        }
    }

    fn any(&mut self) -> u32 {
        self.luck.u32(..NUMBERS)
    }

    fn key(&self, number: u32) -> OrderKey {
        OrderKey { task: self.number, number }
    }

    fn order(&mut self, number: u32) -> Order {
        let state = STATES[self.luck.usize(..3)].to_owned();
        let text = "x".repeat(self.luck.usize(..1500));
        Order { task: self.number, number, state, cents: self.luck.u64(..1000), text }
    }

    /// An operation failed: of what was injected, and of nothing else.
    fn failed(&self, error: &Error) {
        use ErrorKind::*;
        let injected = [Throttled, Service, Unreachable, Timeout, Conflict].contains(&error.kind());
        assert!(injected, "task {}: {error:?}", self.number);
        self.pulse.errors.fetch_add(1, Ordering::Relaxed);
    }

    /// What is stored, as soon as it can be read.
    async fn stored(&self, number: u32) -> Option<Order> {
        loop {
            match self.shop.get(self.key(number)).consistent().await {
                Ok(found) => return found.into_inner(),
                Err(error) => self.failed(&error),
            }
        }
    }

    /// Writes, now and then with little patience: then nobody knows whether it was done.
    async fn try_to(&mut self, write: impl Future<Output = Result<(), Error>>) -> Option<Result<(), Error>> {
        match self.losses == Losses::Some && self.luck.u32(..6) == 0 {
            true => tokio::time::timeout(Duration::from_millis(2), write).await.ok(),
            false => Some(write.await),
        }
    }

    /// Takes note of what came of a write. If it failed, all of it was done or nothing.
    async fn note(&mut self, intent: Intent, outcome: Option<Result<(), Error>>) {
        if let Some(Ok(())) = outcome {
            return self.model_is(intent);
        }
        let mut stored = Vec::new();
        for (number, _) in &intent {
            stored.push((*number, self.stored(*number).await));
        }
        let as_before = stored.iter().all(|(number, order)| order.as_ref() == self.model.get(number));
        let done = stored == intent;
        assert!(as_before || done, "task {}: {outcome:?}, and {stored:?} is stored", self.number);
        match outcome {
            // A try whose answer got lost had put it there.
            Some(Err(error)) if error.kind() == ErrorKind::AlreadyExists => {
                assert!(done, "{error}");
                self.pulse.refused(&error);
            }
            Some(Err(error)) => self.failed(&error),
            _ => {}
        }
        self.model_is(stored);
    }

    fn model_is(&mut self, intent: Intent) {
        for (number, order) in intent {
            match order {
                Some(order) => drop(self.model.insert(number, order)),
                None => drop(self.model.remove(&number)),
            }
        }
    }

    /// What cannot be done fails, and changes nothing.
    async fn refused(&mut self, number: u32, kind: ErrorKind, outcome: Option<Result<(), Error>>) {
        match outcome {
            Some(Ok(())) => panic!("task {}: order {number} is written, which cannot be", self.number),
            Some(Err(error)) if error.kind() == kind => self.pulse.refused(&error),
            Some(Err(error)) => self.failed(&error),
            None => {}
        }
        assert_eq!(self.stored(number).await.as_ref(), self.model.get(&number));
    }

    async fn put(&mut self) {
        let number = self.any();
        let order = self.order(number);
        let put = self.shop.put(&order);
        let outcome = self.try_to(async { put.await.map(drop) }).await;
        self.note(vec![(number, Some(order))], outcome).await;
    }

    async fn insert(&mut self) {
        let number = self.any();
        let order = self.order(number);
        let insert = self.shop.insert(&order);
        let outcome = self.try_to(async { insert.await.map(drop) }).await;
        match self.model.contains_key(&number) {
            true => self.refused(number, ErrorKind::AlreadyExists, outcome).await,
            false => self.note(vec![(number, Some(order))], outcome).await,
        }
    }

    async fn replace(&mut self) {
        let number = self.any();
        let order = self.order(number);
        let replace = self.shop.replace(&order);
        let outcome = self.try_to(async { replace.await.map(drop) }).await;
        match self.model.contains_key(&number) {
            true => self.note(vec![(number, Some(order))], outcome).await,
            false => self.refused(number, ErrorKind::NotFound, outcome).await,
        }
    }

    async fn delete(&mut self) {
        let number = self.any();
        let delete = self.shop.delete(self.key(number));
        let outcome = self.try_to(async { delete.await.map(drop) }).await;
        self.note(vec![(number, None)], outcome).await;
    }

    async fn update(&mut self) {
        let (number, cents) = (self.any(), self.luck.u64(..1000));
        let update = self.shop.update(self.key(number)).set(Order::CENTS, cents);
        let outcome = self.try_to(async { update.await.map(drop) }).await;
        match self.model.get(&number).cloned() {
            Some(order) => self.note(vec![(number, Some(Order { cents, ..order }))], outcome).await,
            None => self.refused(number, ErrorKind::NotFound, outcome).await,
        }
    }

    async fn transact(&mut self) {
        let (put, delete) = (self.any(), self.any());
        if put == delete {
            return;
        }
        let order = self.order(put);
        let transact = self.shop.transact().put(order.put()).delete(Order::delete(self.key(delete)));
        let outcome = self.try_to(async { transact.await.map(drop) }).await;
        self.note(vec![(put, Some(order)), (delete, None)], outcome).await;
    }

    async fn batch_write(&mut self) {
        let mut batch = self.shop.batch_write();
        let mut intent = BTreeMap::new();
        for _ in 0..self.luck.u32(1..60) {
            let number = self.any();
            let order = (self.luck.u32(..3) > 0).then(|| self.order(number));
            batch = match &order {
                Some(order) => batch.put(order),
                None => batch.delete(self.key(number)),
            };
            intent.insert(number, order);
        }
        let mut outcome = batch.await;
        while let Err(unwritten) = outcome {
            self.failed(unwritten.error());
            outcome = unwritten.resend(&self.shop).await;
        }
        self.model_is(intent.into_iter().collect());
    }

    async fn get(&mut self) {
        let number = self.any();
        match self.shop.get(self.key(number)).await {
            Ok(found) => assert_eq!(found.as_ref(), self.model.get(&number)),
            Err(error) => self.failed(&error),
        }
    }

    async fn exists(&mut self) {
        let number = self.any();
        match self.shop.exists(self.key(number)).await {
            Ok(there) => assert_eq!(*there, self.model.contains_key(&number)),
            Err(error) => self.failed(&error),
        }
    }

    async fn query(&mut self) {
        let from = self.any();
        match self.shop.query(Order::by_task(self.number).number_in(from..)).await {
            Ok(found) => assert!(found.iter().eq(self.model.range(from..).map(|(_, order)| order))),
            Err(error) => self.failed(&error),
        }
    }

    async fn pages(&mut self) {
        let (size, mut cursor, mut found) = (self.luck.usize(1..20), None, Vec::new());
        loop {
            let query = self.shop.query(Order::by_task(self.number)).newest_first().limit(size);
            match query.after(cursor.clone()).page().await {
                Ok(page) => {
                    let page = page.into_inner();
                    found.extend(page.items);
                    cursor = page.next;
                    if cursor.is_none() {
                        break;
                    }
                }
                Err(error) => self.failed(&error),
            }
        }
        assert!(found.iter().eq(self.model.values().rev()));
    }

    /// Up to an item: the next page is on its way when it is given up.
    async fn stream(&mut self) {
        let (size, most) = (self.luck.usize(1..10), self.luck.usize(..40));
        let mut items = self.shop.query(Order::by_task(self.number)).page_size(size).stream();
        let mut orders = self.model.values();
        for _ in 0..most {
            match items.next().await {
                Some(Ok(order)) => assert_eq!(Some(&order), orders.next()),
                Some(Err(error)) => return self.failed(&error),
                None => return assert_eq!(orders.next(), None),
            }
        }
    }

    async fn by_state(&mut self) {
        let state = STATES[self.luck.usize(..3)];
        let expected = self.model.values().filter(|order| order.state == state);
        match self.shop.query(Order::by_state(self.number, state)).await {
            Ok(found) => assert!(found.iter().eq(expected)),
            Err(error) => self.failed(&error),
        }
    }

    fn some(&mut self) -> Vec<u32> {
        (0..self.luck.u32(1..60)).map(|_| self.any()).collect()
    }

    fn check(&self, numbers: &[u32], found: &[Option<Order>]) {
        assert!(found.iter().map(Option::as_ref).eq(numbers.iter().map(|number| self.model.get(number))));
    }

    async fn batch_get(&mut self) {
        let numbers = self.some();
        let keys: Vec<_> = numbers.iter().map(|number| self.key(*number)).collect();
        match self.shop.batch_get(keys).await {
            Ok(found) => self.check(&numbers, &found),
            Err(error) => self.failed(&error),
        }
    }

    async fn transact_get(&mut self) {
        let numbers = self.some();
        let keys: Vec<_> = numbers.iter().map(|number| self.key(*number)).collect();
        match self.shop.transact_get(keys).await {
            Ok(found) => self.check(&numbers, &found),
            Err(error) => self.failed(&error),
        }
    }
}
