//! Two entities of one table, whose fields are parts of overloaded, sparse, natural and local index keys, alone and in
//! groups. One of them has a version and unique values.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "house", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), index(Sparse, pk = "GSI2PK"))]
#[table(index(ByPlace, pk = [site, place], sk = [rank: N, zone]), index(ByDue, local, sk = "LSI1SK"))]
pub enum House {
    Member(Member),
    Note(Note),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = House, pk = "MEMBER#{id}", sk = "MEMBER", unique(email), unique(team, nick))]
#[entity(index(Gsi1, pk = "TEAM#{team}#SITE#{site}", sk = "{rank}#{id}"), index(Sparse, pk = "FLAG#{flag}"))]
#[entity(index(ByPlace), index(ByDue, sk = "DUE#{due}"))]
pub struct Member {
    pub id: u8,
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
    #[entity(version)]
    pub version: u32,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = House, pk = "MEMBER#{id}", sk = "NOTE#{number}")]
#[entity(index(Gsi1, pk = "SITE#{site}", sk = "{team}"), index(Sparse, pk = "NOTE#{flag}#{rank}"))]
#[entity(index(ByPlace), index(ByDue, sk = "NOTE#{due}#{number}"))]
pub struct Note {
    pub id: u8,
    pub number: u8,
    pub team: Option<String>,
    pub site: String,
    pub rank: Option<u8>,
    pub place: Option<String>,
    pub zone: Option<String>,
    pub flag: Option<u8>,
    pub due: Option<u16>,
    pub count: i64,
}
