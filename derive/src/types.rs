//! What can be told from a type's spelling.

use syn::{GenericArgument, PathArguments, Type};

/// The `T` of a field written as `Option<T>`. An alias of it is for the trait system to find.
pub(crate) fn option_of(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ungroup(ty) else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) if last.ident == "Option" && arguments.args.len() == 1 => {
            Some(inner)
        }
        _ => None,
    }
}

/// Macros pass types in invisible groups.
fn ungroup(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungroup(&group.elem),
        Type::Paren(paren) => ungroup(&paren.elem),
        _ => ty,
    }
}
