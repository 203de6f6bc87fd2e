//! What can be told from the spelling of a type or a value.

use syn::{Expr, ExprLit, GenericArgument, Lit, LitStr, PathArguments, Type};

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

/// The string that `expression` is, also as `$name:literal` of a macro.
pub(crate) fn string_of(expression: &Expr) -> Option<&LitStr> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
        Expr::Group(group) => string_of(&group.expr),
        _ => None,
    }
}

/// `f32` or `f64`, if the type is spelled so.
pub(crate) fn float(ty: &Type) -> Option<&'static str> {
    let Type::Path(path) = ungroup(ty) else { return None };
    ["f32", "f64"].into_iter().find(|float| path.path.is_ident(float))
}

/// Macros pass types in invisible groups.
fn ungroup(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungroup(&group.elem),
        Type::Paren(paren) => ungroup(&paren.elem),
        _ => ty,
    }
}
