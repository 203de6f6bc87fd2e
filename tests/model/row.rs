//! An item of either entity in plain Rust, and what can be changed of it.

use monotable::{Binding, Error, Handle, Update};

use crate::house::{House, Member, MemberKey, MemberTeamSite, Note, NoteKey, NoteRankFlag};

/// The member, and the number of a note of theirs.
pub type Key = (u8, Option<u8>);

/// What both entities have. A note has no address, nickname and version.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub id: u8,
    pub number: Option<u8>,
    pub email: String,
    pub nick: Option<u8>,
    pub team: Option<String>,
    pub site: String,
    pub rank: Option<u8>,
    pub place: Option<String>,
    pub zone: Option<String>,
    pub flag: Option<u8>,
    pub due: Option<u16>,
    pub count: i64,
    pub version: u32,
}

/// One clause of an update, or two that belong together.
#[derive(Debug, Clone)]
pub enum Change {
    Email(String),
    Nick(Option<u8>),
    TeamAndSite(Option<String>, String),
    NoTeam,
    FlagAndRank(Option<u8>, Option<u8>),
    NoFlag,
    NoRank,
    Place(Option<String>),
    Zone(Option<String>),
    Due(Option<u16>),
    Count(i64),
}

impl Change {
    /// Two changes of one field do not fit into one update.
    pub fn field(&self) -> u8 {
        match self {
            Self::Email(_) => 0,
            Self::Nick(_) => 1,
            Self::TeamAndSite(..) | Self::NoTeam => 2,
            Self::FlagAndRank(..) | Self::NoFlag | Self::NoRank => 3,
            Self::Place(_) => 4,
            Self::Zone(_) => 5,
            Self::Due(_) => 6,
            Self::Count(_) => 7,
        }
    }

    pub fn is_of_members(&self) -> bool {
        matches!(self, Self::Email(_) | Self::Nick(_))
    }

    pub fn apply(&self, row: &mut Row) {
        match self.clone() {
            Self::Email(email) => row.email = email,
            Self::Nick(nick) => row.nick = nick,
            Self::TeamAndSite(team, site) => (row.team, row.site) = (team, site),
            Self::NoTeam => row.team = None,
            Self::FlagAndRank(flag, rank) => (row.flag, row.rank) = (flag, rank),
            Self::NoFlag => row.flag = None,
            Self::NoRank => row.rank = None,
            Self::Place(place) => row.place = place,
            Self::Zone(zone) => row.zone = zone,
            Self::Due(due) => row.due = due,
            Self::Count(more) => row.count += more,
        }
    }

    pub fn of_member<C: Binding, P>(&self, update: Update<Member, C, P>) -> Update<Member, C, P> {
        match self.clone() {
            Self::Email(email) => update.set(Member::EMAIL, email),
            Self::Nick(nick) => update.set(Member::NICK, nick),
            Self::TeamAndSite(team, site) => update.set_together(MemberTeamSite { team, site }),
            Self::NoTeam => update.remove(Member::TEAM),
            Self::FlagAndRank(flag, rank) => update.set(Member::FLAG, flag).set(Member::RANK, rank),
            Self::NoFlag => update.remove(Member::FLAG),
            Self::NoRank => update.remove(Member::RANK),
            Self::Place(place) => update.set(Member::PLACE, place),
            Self::Zone(zone) => update.set(Member::ZONE, zone),
            Self::Due(due) => update.set(Member::DUE, due),
            Self::Count(more) => update.add(Member::COUNT, more),
        }
    }

    pub fn of_note<C: Binding, P>(&self, update: Update<Note, C, P>) -> Update<Note, C, P> {
        match self.clone() {
            Self::Email(_) | Self::Nick(_) => unreachable!("a note has none"),
            Self::TeamAndSite(team, site) => update.set(Note::TEAM, team).set(Note::SITE, site),
            Self::NoTeam => update.remove(Note::TEAM),
            Self::FlagAndRank(flag, rank) => update.set_together(NoteRankFlag { flag, rank }),
            Self::NoFlag => update.remove(Note::FLAG),
            Self::NoRank => update.remove(Note::RANK),
            Self::Place(place) => update.set(Note::PLACE, place),
            Self::Zone(zone) => update.set(Note::ZONE, zone),
            Self::Due(due) => update.set(Note::DUE, due),
            Self::Count(more) => update.add(Note::COUNT, more),
        }
    }
}

impl Row {
    pub fn key(&self) -> Key {
        (self.id, self.number)
    }

    /// All that an upsert has to say to create it.
    pub fn as_changes(&self) -> Vec<Change> {
        let row = self.clone();
        let mut changes = vec![
            Change::Email(row.email),
            Change::Nick(row.nick),
            Change::TeamAndSite(row.team, row.site),
            Change::FlagAndRank(row.flag, row.rank),
            Change::Place(row.place),
            Change::Zone(row.zone),
            Change::Due(row.due),
            Change::Count(row.count),
        ];
        changes.retain(|change| self.number.is_none() || !change.is_of_members());
        changes
    }

    pub fn member(&self) -> Member {
        let Self { id, email, nick, team, site, rank, place, zone, flag, due, count, version, .. } =
            self.clone();
        Member { id, email, nick, team, site, rank, place, zone, flag, due, count, version }
    }

    pub fn note(&self) -> Note {
        let Self { id, number, team, site, rank, place, zone, flag, due, count, .. } = self.clone();
        let number = number.expect("it is a note");
        Note { id, number, team, site, rank, place, zone, flag, due, count }
    }

    /// The item as the library reads it.
    pub async fn read(&self, house: &Handle<House>) -> Result<Option<Self>, Error> {
        match self.number {
            None => Ok(house.get(MemberKey { id: self.id }).await?.into_inner().map(Self::from)),
            Some(number) => {
                Ok(house.get(NoteKey { id: self.id, number }).await?.into_inner().map(Self::from))
            }
        }
    }
}

impl From<Member> for Row {
    fn from(member: Member) -> Self {
        let Member { id, email, nick, team, site, rank, place, zone, flag, due, count, version } = member;
        Self { id, number: None, email, nick, team, site, rank, place, zone, flag, due, count, version }
    }
}

impl From<Note> for Row {
    fn from(note: Note) -> Self {
        let Note { id, number, team, site, rank, place, zone, flag, due, count } = note;
        let (number, email, nick, version) = (Some(number), String::new(), None, 0);
        Self { id, number, email, nick, team, site, rank, place, zone, flag, due, count, version }
    }
}
