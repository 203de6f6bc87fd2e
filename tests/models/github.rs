//! DeBrie's GitHub clone, chapter 21 of The DynamoDB Book.
//!
//! What is declared otherwise than published:
//!
//! * Users and organizations have one key by intent, so that a name is taken once. Two entities cannot
//!   have one key, so they are one entity, whose kind is a field.
//! * In GSI2 a repository stands below itself, and a fork below what it was forked from: the template
//!   depends on the state. An entity has one template for each index, so the state is a part of it,
//!   [`Place`], and what it stands below are fields of their own. The keys are the published ones.
//! * A comment's partition has the number of its issue unpadded, elsewhere it has ten digits. It is kept,
//!   as `{number:plain}`; it is only ever asked for by equality.

mod patterns;

use monotable::{Entity, KeyPart, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::published::{Published, stored, text_of};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "github")]
#[table(index(Gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK"))]
#[table(index(Gsi2, name = "GSI2", pk = "GSI2PK", sk = "GSI2SK"))]
#[table(index(Gsi3, name = "GSI3", pk = "GSI3PK", sk = "GSI3SK"))]
enum GitHub {
    Repository(Repository),
    Issue(Issue),
    PullRequest(PullRequest),
    IssueComment(IssueComment),
    PrComment(PrComment),
    Star(Star),
    Reaction(Reaction),
    Account(Account),
    Membership(Membership),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = GitHub, pk = "REPO#{owner}#{repo}", sk = "REPO#{owner}#{repo}")]
#[entity(index(Gsi1, pk = "REPO#{owner}#{repo}", sk = "REPO#{owner}#{repo}", query = with_pull_requests))]
#[entity(index(Gsi2, pk = "REPO#{source_owner}#{source_repo}", sk = "{place}#{place_name}", query = forks_of))]
#[entity(index(Gsi3, pk = "ACCOUNT#{owner}", sk = "#{updated_at}", query = of_account))]
struct Repository {
    owner: String,
    repo: String,
    source_owner: String,
    source_repo: String,
    place: Place,
    /// The repository's name, or the owner of the fork.
    place_name: String,
    updated_at: String,
}

/// Where a repository stands below its source: the source itself comes before its forks.
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
enum Place {
    #[key(rename = "#REPO")]
    Source,
    #[key(rename = "FORK")]
    Fork,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = GitHub, pk = "REPO#{owner}#{repo}", sk = "ISSUE#{number:010}")]
struct Issue {
    owner: String,
    repo: String,
    number: u32,
    title: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = GitHub, pk = "PR#{owner}#{repo}#{number:010}", sk = "PR#{owner}#{repo}#{number:010}")]
#[entity(index(Gsi1, pk = "REPO#{owner}#{repo}", sk = "PR#{number:010}", query = of_repository))]
struct PullRequest {
    owner: String,
    repo: String,
    number: u32,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = GitHub, pk = "ISSUECOMMENT#{owner}#{repo}#{number:plain}", sk = "ISSUECOMMENT#{comment_id}")]
struct IssueComment {
    owner: String,
    repo: String,
    number: u32,
    comment_id: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = GitHub, pk = "PRCOMMENT#{owner}#{repo}#{number:plain}", sk = "PRCOMMENT#{comment_id}")]
struct PrComment {
    owner: String,
    repo: String,
    number: u32,
    comment_id: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = GitHub, pk = "REPO#{owner}#{repo}", sk = "STAR#{user}")]
struct Star {
    owner: String,
    repo: String,
    user: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = GitHub, query = by_target)]
#[entity(
    pk = "{kind}REACTION#{owner}#{repo}#{target}#{user}",
    sk = "{kind}REACTION#{owner}#{repo}#{target}#{user}"
)]
struct Reaction {
    kind: Kind,
    owner: String,
    repo: String,
    target: String,
    user: String,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
#[serde(rename_all = "UPPERCASE")]
enum Kind {
    Issue,
    Pr,
    IssueComment,
    PrComment,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = GitHub, pk = "ACCOUNT#{name}", sk = "ACCOUNT#{name}")]
#[entity(index(Gsi3, pk = "ACCOUNT#{name}", sk = "ACCOUNT#{name}", query = with_repositories))]
struct Account {
    name: String,
    is_organization: bool,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = GitHub, pk = "ACCOUNT#{org}", sk = "MEMBERSHIP#{user}", query = of_organization)]
struct Membership {
    org: String,
    user: String,
}

fn repository(owner: &str, place: Place) -> Repository {
    let place_name = if place == Place::Source { "mono" } else { owner };
    Repository {
        owner: owner.into(),
        repo: "mono".into(),
        source_owner: "ada".into(),
        source_repo: "mono".into(),
        place_name: place_name.into(),
        place,
        updated_at: "2026-06-21T19:18:00Z".into(),
    }
}

#[test]
fn keys_are_the_published_ones() {
    let Some(published) = Published::read("debrie_github") else { return };
    let (owner, repo, number) = (|| "ada".to_owned(), || "mono".to_owned(), 7);
    let values = [("owner", "ada"), ("repo", "mono")];
    let source = repository("ada", Place::Source);
    published.primary("repository", &values, &source);
    published.indexed("GSI1", "repository", &values, &source);
    published.indexed("GSI3", "repository", &[("owner", "ada"), ("updated_at", &source.updated_at)], &source);
    published.indexed("GSI2", "repository (original)", &values, &source);
    let fork = repository("bob", Place::Fork);
    let values = [("source owner", "ada"), ("source repo", "mono"), ("owner", "bob")];
    published.indexed("GSI2", "repository (fork)", &values, &fork);

    let values = [("owner", "ada"), ("repo", "mono"), ("number", "0000000007")];
    let issue = Issue { owner: owner(), repo: repo(), number, title: "It sorts wrongly".into() };
    published.primary("issue", &values, &issue);
    let pull = PullRequest { owner: owner(), repo: repo(), number };
    published.primary("pull request", &values, &pull);
    published.indexed("GSI1", "pull request", &values, &pull);

    let values = [("owner", "ada"), ("repo", "mono"), ("number", "7"), ("comment_id", "c1"), ("user", "bob")];
    let comment_id = || "c1".to_owned();
    let comment = IssueComment { owner: owner(), repo: repo(), number, comment_id: comment_id() };
    published.primary("issue comment", &values, &comment);
    let comment = PrComment { owner: owner(), repo: repo(), number, comment_id: comment_id() };
    published.primary("PR comment", &values, &comment);
    published.primary("star", &values, &Star { owner: owner(), repo: repo(), user: "bob".into() });

    let (target, user) = ("0000000007".to_owned(), "bob".to_owned());
    let reaction = Reaction { kind: Kind::Pr, owner: owner(), repo: repo(), target, user };
    let values =
        [("KIND", "PR"), ("owner", "ada"), ("repo", "mono"), ("target", "0000000007"), ("user", "bob")];
    published.primary("reaction", &values, &reaction);

    let account = Account { name: "ada".into(), is_organization: false };
    published.primary("user / organization", &[("name", "ada")], &account);
    published.indexed("GSI3", "user / organization", &[("name", "ada")], &account);
    let membership = Membership { org: "ada".into(), user: "bob".into() };
    published.primary("membership", &[("org", "ada"), ("user", "bob")], &membership);
    published.is_complete();
}

#[tokio::test]
async fn a_repository_stands_before_its_forks_and_behind_its_issues() {
    let table = open::<GitHub>().await;
    let (source, fork) = (repository("ada", Place::Source), repository("bob", Place::Fork));
    for repository in [&fork, &source] {
        table.put(repository).await.expect("a put");
    }
    let forks = table.query(Repository::forks_of("ada", "mono")).await.expect("a query");
    assert_eq!(*forks, [source, fork.clone()]);
    let forks = table.query(Repository::forks_of("ada", "mono").place(Place::Fork)).await.expect("a query");
    assert_eq!(*forks, [fork]);
    for number in [2, 10] {
        let (owner, repo, title) = ("ada".into(), "mono".into(), String::new());
        table.put(&Issue { owner, repo, number, title }).await.expect("a put");
    }
    let star = Star { owner: "ada".into(), repo: "mono".into(), user: "bob".into() };
    table.put(&star).await.expect("a put");
    let issues = table.query(Issue::by_owner_and_repo("ada", "mono")).newest_first().await.expect("a query");
    assert_eq!(issues.iter().map(|issue| issue.number).collect::<Vec<_>>(), [10, 2]);
    // "The repository and its newest issues" is a range over two entities: today two queries, or all of it.
    let all = table.item_collection(Issue::by_owner_and_repo("ada", "mono")).await.expect("a query");
    let kinds: Vec<_> = all.iter().map(|item| matches!(item, GitHub::Repository(_))).collect();
    assert_eq!(kinds, [false, false, true, false], "issues, the repository, stars");
}

/// Ten digits are the end: the number does not sort wrongly, it is refused where it is made.
#[test]
fn an_issue_number_fits_its_place() {
    let sort_key = |number| {
        let issue = Issue { owner: "ada".into(), repo: "mono".into(), number, title: String::new() };
        text_of(&stored(&issue), Some("SK")).expect("a sort key")
    };
    assert_eq!(sort_key(u32::MAX), "ISSUE#4294967295");
    assert!([9, 10, 99, 100, u32::MAX].map(sort_key).is_sorted());
}
