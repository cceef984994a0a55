//! Dates that have the shape of ISO 8601's extended form, with all its slips.

use super::clock::{Cursor, Offset, Time};
use super::plain::DASH;
use super::reading::{Fault, Faults, Form, Parts};

/// Reads a date of the shape year, month, day with dashes; `None` where the text has another shape. A form is given where
/// the shape is right and the spelling is a local one all the same.
pub(super) fn read(bytes: &[u8]) -> Option<(Parts, Faults, Option<Form>)> {
    let mut cursor = Cursor { rest: bytes };
    let mut faults = Faults::default();
    let (year, 4) = cursor.number(4)? else { return None };
    let first_typographic = read_dash(&mut cursor)?;
    let month = cursor.pair(&mut faults)?;
    let typographic = read_dash(&mut cursor)? || first_typographic;
    let day = cursor.pair(&mut faults)?;
    let mut form = typographic.then_some(Form::Dashes);
    let mut parts = Parts { year: year as u16, month, day, time: None, offset: Offset::Missing };

    let separated = read_separator(&mut cursor, &mut faults);
    if cursor.is_done() {
        faults.add(Fault::NoTime);
    } else if separated && cursor.peek().is_some_and(|byte| byte.is_ascii_digit()) {
        let time = Time::read(&mut cursor, &mut faults)?;
        let (time, halved) = time.read_half_day(&mut cursor)?;
        form = if halved { Some(Form::TwelveHour) } else { form };
        parts.time = Some(time);
        parts.offset = Offset::read(&mut cursor, &mut faults)?;
    } else {
        faults.add(Fault::NoTime);
        parts.offset = Offset::read(&mut cursor, &mut faults)?;
        if faults.has(Fault::Offset) {
            return None;
        }
    }
    Some((parts, faults, form))
}

/// A dash between the parts of a day, and whether it is a typographic one.
fn read_dash(cursor: &mut Cursor<'_>) -> Option<bool> {
    let typographic = cursor.eat(DASH);
    (typographic || cursor.eat(b'-')).then_some(typographic)
}

/// What stands between day and time: `T`, or blanks, or both.
fn read_separator(cursor: &mut Cursor<'_>, faults: &mut Faults) -> bool {
    let before = cursor.rest.len();
    let blank = cursor.blanks();
    let small = !cursor.eat(b'T') && cursor.eat(b't');
    let blank = cursor.blanks() || blank;
    faults.add_if(Fault::Separator, blank || small);
    cursor.rest.len() < before
}
