//! Plain values as bytes that are hashed and never read back: values of one type that differ have different bytes. Knows serde's data
//! model, no hash.

use std::fmt;

use serde::Serialize;
use serde::ser;

/// The bytes of `value`, added to `out`.
pub fn write(value: &impl Serialize, out: &mut Vec<u8>) {
    // Every value that is hashed is made of plain values, so this does not fail.
    let _ = value.serialize(Writer(out));
}

/// What a piece begins with, so that no two shapes run into one another.
#[repr(u8)]
enum Shape {
    No = 1,
    Yes,
    Number,
    Float,
    Text,
    Bytes,
    None,
    Unit,
    Variant,
    List,
    Map,
    Close,
    Skipped,
}

struct Writer<'a>(&'a mut Vec<u8>);

impl Writer<'_> {
    fn shape(&mut self, shape: Shape) {
        self.0.push(shape as u8);
    }

    fn sized(&mut self, shape: Shape, bytes: &[u8]) {
        self.shape(shape);
        self.0.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
    }

    fn number(self, number: i128) -> Result<(), Never> {
        // Most are small: as many bytes as it has, their number, and the sign.
        let magnitude = number.unsigned_abs();
        let length = (u128::BITS - magnitude.leading_zeros()).div_ceil(u8::BITS) as usize;
        self.0.extend_from_slice(&[Shape::Number as u8, u8::from(number < 0), length as u8]);
        self.0.extend_from_slice(&magnitude.to_le_bytes()[..length]);
        Ok(())
    }
}

/// A list, map or struct that is open.
struct Open<'a>(&'a mut Vec<u8>);

impl<'a> Open<'a> {
    fn list(mut writer: Writer<'a>) -> Self {
        writer.shape(Shape::List);
        Self(writer.0)
    }

    fn map(mut writer: Writer<'a>) -> Self {
        writer.shape(Shape::Map);
        Self(writer.0)
    }

    fn add(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Never> {
        value.serialize(Writer(self.0))
    }

    fn close(self) -> Result<(), Never> {
        self.0.push(Shape::Close as u8);
        Ok(())
    }
}

/// Nothing here fails; a value's own `Serialize` may.
#[derive(Debug)]
struct Never(String);

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

macro_rules! numbers {
    ($($name:ident: $type:ty),+) => {
        $(fn $name(self, value: $type) -> Result<(), Never> {
            self.number(value.into())
        })+
    };
}

impl<'a> ser::Serializer for Writer<'a> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = Open<'a>;

    numbers!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);

    /// Values that templates see have their fields in no order.
    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(mut self, value: bool) -> Result<(), Never> {
        self.shape(if value { Shape::Yes } else { Shape::No });
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Never> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(mut self, value: f64) -> Result<(), Never> {
        self.shape(Shape::Float);
        self.0.extend_from_slice(&value.to_bits().to_le_bytes());
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Never> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(mut self, value: &str) -> Result<(), Never> {
        self.sized(Shape::Text, value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(mut self, value: &[u8]) -> Result<(), Never> {
        self.sized(Shape::Bytes, value);
        Ok(())
    }

    fn serialize_none(mut self) -> Result<(), Never> {
        self.shape(Shape::None);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(mut self) -> Result<(), Never> {
        self.shape(Shape::Unit);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(mut self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Never> {
        self.sized(Shape::Variant, variant.as_bytes());
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.sized(Shape::Variant, variant.as_bytes());
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Never> {
        Ok(Open::list(self))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a>, Never> {
        Ok(Open::list(self))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Never> {
        Ok(Open::list(self))
    }

    fn serialize_tuple_variant(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Never> {
        self.sized(Shape::Variant, variant.as_bytes());
        Ok(Open::list(self))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, Never> {
        Ok(Open::map(self))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Never> {
        Ok(Open::map(self))
    }

    fn serialize_struct_variant(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Never> {
        self.sized(Shape::Variant, variant.as_bytes());
        Ok(Open::map(self))
    }
}

macro_rules! lists {
    ($($trait:ident::$method:ident),+) => {
        $(impl ser::$trait for Open<'_> {
            type Ok = ();
            type Error = Never;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                self.add(value)
            }

            fn end(self) -> Result<(), Never> {
                self.close()
            }
        })+
    };
}

lists!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

/// A program's structs always have the same fields in the same order, so that their names say nothing; those passed over
/// leave a mark.
macro_rules! structs {
    ($($trait:ident),+) => {
        $(impl ser::$trait for Open<'_> {
            type Ok = ();
            type Error = Never;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), Never> {
                self.add(value)
            }

            fn skip_field(&mut self, _: &'static str) -> Result<(), Never> {
                self.0.push(Shape::Skipped as u8);
                Ok(())
            }

            fn end(self) -> Result<(), Never> {
                self.close()
            }
        })+
    };
}

structs!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.add(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.add(value)
    }

    fn end(self) -> Result<(), Never> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[derive(Serialize)]
    struct Skipping {
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        b: Option<u8>,
    }

    fn bytes(value: &impl Serialize) -> Vec<u8> {
        let mut out = Vec::new();
        write(value, &mut out);
        out
    }

    #[test]
    fn values_that_differ_differ_as_bytes() {
        let all = [
            bytes(&json!(null)),
            bytes(&json!(false)),
            bytes(&json!(0)),
            bytes(&json!(1)),
            bytes(&json!("1")),
            bytes(&json!("")),
            bytes(&json!([])),
            bytes(&json!([[]])),
            bytes(&json!(["ab", "c"])),
            bytes(&json!(["a", "bc"])),
            bytes(&json!([["a"], "bc"])),
            bytes(&json!({"a": "bc"})),
            bytes(&json!({"a": {"b": 1}, "c": 2})),
            bytes(&json!({"a": {"b": 1, "c": 2}})),
            bytes(&(1_u8, None::<u8>)),
            bytes(&(None::<u8>, 1_u8)),
            bytes(&"\u{1}"),
            bytes(&0.5_f64),
            bytes(&-1_i64),
            bytes(&256),
            bytes(&i64::MIN),
        ];
        for (n, a) in all.iter().enumerate() {
            assert!(all.iter().skip(n + 1).all(|b| a != b), "{n} has the bytes of another");
        }
        let skipping = |a, b| bytes(&Skipping { a, b });
        assert_ne!(skipping(Some(1), None), skipping(None, Some(1)));
        let map = BTreeMap::from([("a", 1), ("b", 2)]);
        assert_eq!(bytes(&map), bytes(&map.clone()));
    }
}
