//! Fields that an update sets together, because halves of index keys are composed of several of them.

use heck::ToUpperCamelCase;
use quote::format_ident;
use syn::Ident;
use syn::ext::IdentExt;

use super::entity::{Entity, IndexHalf};

/// Fields of which none can be set without the others: two are joined where they share half an index key.
pub(crate) struct Group<'e> {
    /// By their places in [`Entity::fields`], in that order.
    pub(crate) fields: Vec<usize>,
    /// What they are composed into.
    pub(crate) halves: Vec<IndexHalf<'e>>,
}

impl Entity<'_> {
    /// The fields of the primary key, and the times that writes set, are known to every update, so they join nothing.
    pub(crate) fn groups(&self) -> Vec<Group<'_>> {
        let primary = self.key.fields();
        let mut groups: Vec<Group<'_>> = Vec::new();
        for half in self.index_halves() {
            let mut fields = half.template.fields();
            fields.retain(|field| !primary.contains(field) && !self.fields[*field].is_set_by_writes());
            let mut group = Group { fields, halves: vec![half] };
            let shares = |other: &mut Group<'_>| other.fields.iter().any(|at| group.fields.contains(at));
            let joined: Vec<_> = groups.extract_if(.., shares).collect();
            for other in joined.into_iter().rev() {
                group.fields.extend(other.fields);
                group.halves.splice(0..0, other.halves);
            }
            group.fields.sort_unstable();
            group.fields.dedup();
            groups.push(group);
        }
        groups.retain(|group| group.fields.len() > 1);
        groups
    }

    /// `ProductTenantStatus`
    pub(crate) fn group_ident(&self, group: &Group<'_>) -> Ident {
        let names = group.fields.iter().map(|field| self.fields[*field].ident.unraw().to_string());
        let names: String = names.map(|name| name.to_upper_camel_case()).collect();
        format_ident!("{}{names}", self.ident().unraw(), span = self.ident().span())
    }
}
