//! What two sorted lists have in common.

use std::cmp::Ordering;

/// The elements of `a` that stand in `b` too, each as often as in the list that has fewer of it. Both must be sorted.
pub fn common<'a, T: Ord>(a: &'a [T], b: &'a [T]) -> impl Iterator<Item = &'a T> {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    std::iter::from_fn(move || {
        loop {
            match a.peek()?.cmp(b.peek()?) {
                Ordering::Less => drop(a.next()),
                Ordering::Greater => drop(b.next()),
                Ordering::Equal => {
                    b.next();
                    return a.next();
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::common;

    #[track_caller]
    fn check(a: &[u8], b: &[u8], expected: &[u8]) {
        assert_eq!(common(a, b).copied().collect::<Vec<_>>(), expected);
        assert_eq!(common(b, a).copied().collect::<Vec<_>>(), expected, "the other way round");
    }

    #[test]
    fn each_is_in_common_as_often_as_both_have_it() {
        check(&[1, 2, 2, 2, 5], &[0, 2, 2, 5, 6], &[2, 2, 5]);
        check(&[1, 3], &[2, 4], &[]);
        check(&[], &[1], &[]);
    }
}
