//! One question, asked in every way there is: the answers have to be one.

use std::fmt::Debug;

use monotable::{Cursor, ErrorKind, Handle, Index, Query, Table};
use proptest::prelude::*;

/// How the answer is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub newest_first: bool,
    pub way: Way,
}

#[derive(Debug, Clone, Copy)]
pub enum Way {
    /// At once.
    All { limit: Option<usize> },
    /// By pages of every size.
    Pages,
    /// Item by item, resumed behind each.
    Stream,
    /// What is known of it without reading it all.
    Summary,
}

pub fn wanted() -> impl Strategy<Value = Wanted> {
    let all = proptest::option::of(0..6usize).prop_map(|limit| Way::All { limit });
    let way = prop_oneof![12 => all, 1 => Just(Way::Pages), 1 => Just(Way::Stream), 1 => Just(Way::Summary)];
    (any::<bool>(), way).prop_map(|(newest_first, way)| Wanted { newest_first, way })
}

/// A question, and what a filter in plain Rust finds.
pub struct Question<'a, E, I, T: Table, K> {
    /// What failures call it.
    pub asked: &'a dyn Debug,
    pub query: Query<E, I, Handle<T>>,
    /// With what it is sorted by. Items that share an index key come in no particular order.
    pub found: Vec<(K, E)>,
    /// Its range is: nothing may be sent.
    pub reversed: bool,
    /// How many partitions it reads.
    pub shards: usize,
}

impl<E, I, T, K> Question<'_, E, I, T, K>
where
    E: Send + PartialEq + Debug + 'static,
    I: Index,
    T: Table,
    K: Ord,
{
    pub async fn check(self, wanted: Wanted) {
        let Self { asked, query, mut found, reversed, shards } = self;
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        // What it is sorted by matters no more, so all that follows is compiled once for each entity and index.
        let mut ranks = vec![0; found.len()];
        for at in 1..found.len() {
            ranks[at] = ranks[at - 1] + usize::from(found[at - 1].0 != found[at].0);
        }
        let found = ranks.into_iter().zip(found.into_iter().map(|(_, item)| item)).collect();
        Question { asked, query, found, reversed, shards }.check_ranked(wanted).await;
    }
}

impl<E, I, T> Question<'_, E, I, T, usize>
where
    E: Send + PartialEq + Debug + 'static,
    I: Index,
    T: Table,
{
    async fn check_ranked(mut self, wanted: Wanted) {
        if wanted.newest_first {
            self.found.reverse();
            self.query = self.query.newest_first();
        }
        match wanted.way {
            Way::All { limit } => Box::pin(self.all(limit)).await,
            Way::Pages => Box::pin(self.pages()).await,
            Way::Stream => Box::pin(self.stream()).await,
            Way::Summary => Box::pin(self.summary()).await,
        }
    }

    fn query(&self) -> Query<E, I, Handle<T>> {
        self.query.clone()
    }

    async fn whole(&self) -> Vec<E> {
        let whole = self.query().all().await.unwrap().into_inner();
        assert_eq!(whole.len(), self.found.len(), "{:?}: {whole:?}", self.asked);
        self.assert_in_order(&whole);
        whole
    }

    /// Position by position, the sort keys are the expected ones, and nothing comes twice.
    fn assert_in_order(&self, answer: &[E]) {
        let asked = self.asked;
        for (at, item) in answer.iter().enumerate() {
            let same = self.found.iter().position(|(_, one)| one == item);
            let same = same.unwrap_or_else(|| panic!("{asked:?}: {item:?} was not asked for"));
            assert!(self.found[same].0 == self.found[at].0, "{asked:?}: {item:?} is not in its place");
            assert!(!answer[..at].contains(item), "{asked:?}: {item:?} comes twice");
        }
    }

    async fn all(&self, limit: Option<usize>) {
        let asked = self.asked;
        let query = limit.into_iter().fold(self.query(), Query::limit);
        let (answer, cost) = query.await.unwrap().into_parts();
        let limit = limit.unwrap_or(usize::MAX);
        assert_eq!(answer.len(), self.found.len().min(limit), "{asked:?} {limit}: {answer:?}");
        self.assert_in_order(&answer);
        if self.reversed || limit == 0 {
            assert_eq!((cost.calls, answer.len()), (0, 0), "{asked:?}");
        } else {
            // There may be nothing between bounds that are not reversed, and then there need be no call.
            let calls = if self.found.is_empty() { 0..=self.shards } else { self.shards..=self.shards };
            assert!(calls.contains(&(cost.calls as usize)), "{asked:?}: {cost:?}");
        }
        if self.shards == 1 {
            assert_eq!(cost.evaluated, answer.len() as u64, "{asked:?} reads more than it returns");
        } else {
            assert!(cost.evaluated <= self.found.len().min(limit.saturating_mul(self.shards)) as u64);
        }
    }

    async fn pages(&self) {
        let (asked, whole) = (self.asked, self.whole().await);
        for size in 1..=whole.len() + 1 {
            assert_eq!(self.paged(|query| query.limit(size), Some(size)).await, whole, "{asked:?} {size}");
            let two = self.paged(|query| query.limit(size).page_size(2), Some(size)).await;
            assert_eq!(two, whole, "{asked:?} {size} by two");
            assert_eq!(self.paged(|query| query.page_size(size), None).await, whole, "{asked:?} {size}");
            let all = self.query().page_size(size).all().await.unwrap();
            assert_eq!(*all, whole, "{asked:?} {size}");
            if self.shards == 1 && !whole.is_empty() {
                // A page that is full does not say that it is the last.
                assert_eq!(all.cost().calls as usize, whole.len() / size + 1, "{asked:?} {size}");
            }
        }
    }

    /// The pages one after another, each by a query of its own.
    async fn paged(
        &self,
        sized: impl Fn(Query<E, I, Handle<T>>) -> Query<E, I, Handle<T>>,
        limit: Option<usize>,
    ) -> Vec<E> {
        let (mut items, mut next) = (Vec::new(), None::<Cursor>);
        // An item a page is the least, and the last may be empty.
        for _ in 0..=self.found.len() + self.shards {
            let (page, cost) = sized(self.query()).after(next).page().await.unwrap().into_parts();
            match limit {
                Some(limit) if page.next.is_some() => assert_eq!(page.items.len(), limit, "{:?}", self.asked),
                Some(limit) => assert!(page.items.len() <= limit, "{:?}", self.asked),
                None => assert!(cost.calls as usize <= self.shards, "{:?}", self.asked),
            }
            items.extend(page.items);
            let Some(cursor) = page.next else { return items };
            next = Some(Cursor::from(cursor.to_string()));
        }
        panic!("{:?}: no end of pages after {items:?}", self.asked);
    }

    async fn stream(&self) {
        let (asked, whole) = (self.asked, self.whole().await);
        for size in [Some(1), Some(2), Some(3), None] {
            let query = size.into_iter().fold(self.query(), Query::page_size);
            let mut items = query.stream();
            for taken in 0..=whole.len() {
                let rest = match items.cursor() {
                    Some(cursor) => self.query().after(cursor).all().await.unwrap().into_inner(),
                    None => Vec::new(),
                };
                assert_eq!(rest, whole[taken..], "{asked:?}: resumed behind {taken}");
                let item = items.next().await.transpose().unwrap();
                assert_eq!(item.as_ref(), whole.get(taken), "{asked:?}: item {taken}");
            }
            assert_eq!(items.cursor(), None, "{asked:?}");
            assert!(items.next().await.is_none());
            if self.shards == 1 {
                assert_eq!(items.cost().evaluated, whole.len() as u64, "{asked:?}");
            }
        }
    }

    async fn summary(&self) {
        let (asked, whole) = (self.asked, self.whole().await);
        let (counted, counting) = self.query().count().await.unwrap().into_parts();
        assert_eq!(counted, whole.len(), "{asked:?}");
        assert_eq!(counting, *self.query().all().await.unwrap().cost(), "{asked:?}");
        for limit in 0..=whole.len() + 1 {
            let counted = self.query().limit(limit).count().await.unwrap();
            assert_eq!(*counted, whole.len().min(limit), "{asked:?} {limit}");
            let counted = self.query().limit(limit).page_size(2).count().await.unwrap();
            assert_eq!(*counted, whole.len().min(limit), "{asked:?} {limit}");
        }
        let first = self.query().first().await.unwrap();
        assert_eq!(first.as_ref(), whole.first(), "{asked:?}");
        let read = if whole.is_empty() { counting.calls } else { self.shards as u32 };
        assert_eq!(first.cost().calls, read, "{asked:?}");
        assert!(first.cost().evaluated <= self.shards as u64, "{asked:?} reads more than one of each shard");
        let one = self.query().one().await;
        match (&whole[..], one) {
            ([], Err(error)) => assert_eq!(error.kind(), ErrorKind::NotFound, "{asked:?}"),
            ([only], Ok(one)) => assert_eq!(*one, *only, "{asked:?}"),
            ([_, _, ..], Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::NotUnique, "{asked:?}");
                assert!((2..=2 * self.shards as u64).contains(&error.cost().evaluated), "{asked:?}");
            }
            (whole, one) => panic!("{asked:?}: {one:?} of {whole:?}"),
        }
        self.resumed(&whole).await;
    }

    /// Every way goes on behind a cursor.
    async fn resumed(&self, whole: &[E]) {
        let mut items = self.query().stream();
        for taken in 0..whole.len() {
            if let Some(cursor) = items.cursor() {
                let query = || self.query().after(cursor.clone());
                assert_eq!(*query().count().await.unwrap(), whole.len() - taken, "{:?}", self.asked);
                assert_eq!(query().first().await.unwrap().as_ref(), whole.get(taken), "{:?}", self.asked);
                let one = query().one().await;
                assert_eq!(one.is_ok(), whole.len() - taken == 1, "{:?}", self.asked);
            }
            items.next().await.unwrap().unwrap();
        }
    }
}
