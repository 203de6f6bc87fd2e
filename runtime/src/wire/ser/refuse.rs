//! The methods of a serialiser for what has no place where it is.

/// Methods of `Serializer` that refuse, with what `$refusal` says. A serialiser of these has [`Never`](super::Never)
/// for its compounds.
macro_rules! refuse {
    ($refusal:path: $($what:ident)*) => { $(refuse!(@ $what $refusal);)* };
    (@ bool $r:path) => { refuse!(# $r, serialize_bool(bool) ()); };
    (@ i8 $r:path) => { refuse!(# $r, serialize_i8(i8) ()); };
    (@ i16 $r:path) => { refuse!(# $r, serialize_i16(i16) ()); };
    (@ i32 $r:path) => { refuse!(# $r, serialize_i32(i32) ()); };
    (@ i64 $r:path) => { refuse!(# $r, serialize_i64(i64) ()); };
    (@ u8 $r:path) => { refuse!(# $r, serialize_u8(u8) ()); };
    (@ u16 $r:path) => { refuse!(# $r, serialize_u16(u16) ()); };
    (@ u32 $r:path) => { refuse!(# $r, serialize_u32(u32) ()); };
    (@ u64 $r:path) => { refuse!(# $r, serialize_u64(u64) ()); };
    (@ f32 $r:path) => { refuse!(# $r, serialize_f32(f32) ()); };
    (@ f64 $r:path) => { refuse!(# $r, serialize_f64(f64) ()); };
    (@ char $r:path) => { refuse!(# $r, serialize_char(char) ()); };
    (@ str $r:path) => { refuse!(# $r, serialize_str(&str) ()); };
    (@ bytes $r:path) => { refuse!(# $r, serialize_bytes(&[u8]) ()); };
    (@ none $r:path) => { refuse!(# $r, serialize_none() ()); };
    (@ unit $r:path) => { refuse!(# $r, serialize_unit() ()); };
    (@ unit_struct $r:path) => { refuse!(# $r, serialize_unit_struct(&'static str) ()); };
    (@ unit_variant $r:path) => { refuse!(# $r, serialize_unit_variant(&'static str, u32, &'static str) ()); };
    (@ some $r:path) => {
        fn serialize_some<T: ?Sized + serde::Serialize>(self, _: &T) -> crate::wire::Result<()> {
            $r()
        }
    };
    (@ newtype_variant $r:path) => {
        fn serialize_newtype_variant<T: ?Sized + serde::Serialize>(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: &T,
        ) -> crate::wire::Result<()> {
            $r()
        }
    };
    (@ seq $r:path) => { refuse!(# $r, serialize_seq(Option<usize>) super::Never); };
    (@ tuple $r:path) => { refuse!(# $r, serialize_tuple(usize) super::Never); };
    (@ tuple_struct $r:path) => { refuse!(# $r, serialize_tuple_struct(&'static str, usize) super::Never); };
    (@ tuple_variant $r:path) => {
        refuse!(# $r, serialize_tuple_variant(&'static str, u32, &'static str, usize) super::Never);
    };
    (@ map $r:path) => { refuse!(# $r, serialize_map(Option<usize>) super::Never); };
    (@ struct_ $r:path) => { refuse!(# $r, serialize_struct(&'static str, usize) super::Never); };
    (@ struct_variant $r:path) => {
        refuse!(# $r, serialize_struct_variant(&'static str, u32, &'static str, usize) super::Never);
    };
    (# $r:path, $method:ident($($type:ty),*) $never:ty) => {
        fn $method(self, $(_: $type),*) -> crate::wire::Result<$never> {
            $r()
        }
    };
}
pub(super) use refuse;
