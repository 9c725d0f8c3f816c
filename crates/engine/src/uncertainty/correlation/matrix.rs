//! Correlation matrices: their form, the Cholesky factor and the nearest valid one.

type Matrix = Vec<Vec<f64>>;

/// Least eigenvalue of the valid matrix that is proposed: away from the edge, so that it can be copied with four decimals.
const LEAST_EIGENVALUE: f64 = 1e-3;

/// Square, as many rows as quantities, symmetric, 1 on the diagonal, the rest from −1 to 1; else what is wrong.
pub fn check_form(rows: &[Vec<f64>], quantities: usize) -> Result<(), String> {
    if rows.len() != quantities {
        return Err(format!("{} rows for {quantities} quantities: give one row for each", rows.len()));
    }
    for (i, row) in rows.iter().enumerate() {
        if row.len() != quantities {
            return Err(format!("row {} has {} numbers: give {quantities}", i + 1, row.len()));
        }
        for (j, x) in row.iter().enumerate() {
            let place = format!("row {}, column {}", i + 1, j + 1);
            if !(-1.0..=1.0).contains(x) {
                return Err(format!("{place} is {x}: give numbers from -1 to 1"));
            }
            if i == j && *x < 1.0 {
                return Err(format!("{place} is {x}: give 1 on the diagonal"));
            }
            if rows.get(j).and_then(|r| r.get(i)).is_none_or(|y| (x - y).abs() > 1e-12) {
                return Err(format!("{place} differs from row {}, column {}: give a symmetric matrix", j + 1, i + 1));
            }
        }
    }
    Ok(())
}

/// The lower-triangular `L` with `L·Lᵀ` the matrix; none where it is not positive definite.
pub fn cholesky(matrix: &[Vec<f64>]) -> Option<Matrix> {
    let n = matrix.len();
    let mut l = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| l[i][k] * l[j][k]).sum();
            let rest = matrix[i][j] - known;
            if i == j {
                if rest <= 1e-12 {
                    return None;
                }
                l[i][i] = libm::sqrt(rest);
            } else {
                l[i][j] = rest / l[j][j];
            }
        }
    }
    Some(l)
}

/// The nearest correlation matrix in the Frobenius norm, by alternating projections with Dykstra's correction (Higham 2002,
/// algorithm 3.3), with eigenvalues no smaller than 0.001.
pub fn nearest_correlation(matrix: &[Vec<f64>]) -> Matrix {
    let n = matrix.len();
    let mut unit = matrix.to_vec();
    let mut correction = vec![vec![0.0; n]; n];
    for _ in 0..1000 {
        let shifted = combine(&unit, &correction, -1.0);
        let positive = lift_eigenvalues(&shifted);
        correction = combine(&positive, &shifted, -1.0);
        let mut next = positive.clone();
        for (i, row) in next.iter_mut().enumerate() {
            row[i] = 1.0;
        }
        let moved = next.iter().flatten().zip(unit.iter().flatten()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        unit = next;
        if moved < 1e-10 {
            break;
        }
    }
    unit
}

/// `a + factor·b`.
fn combine(a: &[Vec<f64>], b: &[Vec<f64>], factor: f64) -> Matrix {
    a.iter().zip(b).map(|(r, s)| r.iter().zip(s).map(|(x, y)| x + factor * y).collect()).collect()
}

/// The matrix with its eigenvalues raised to the least one allowed.
fn lift_eigenvalues(matrix: &[Vec<f64>]) -> Matrix {
    let n = matrix.len();
    let (values, vectors) = eigen(matrix);
    let entry =
        |i: usize, j: usize| (0..n).map(|k| vectors[i][k] * values[k].max(LEAST_EIGENVALUE) * vectors[j][k]).sum();
    (0..n).map(|i| (0..n).map(|j| entry(i.min(j), i.max(j))).collect()).collect()
}

/// Eigenvalues and eigenvectors (in columns) of a symmetric matrix by Jacobi's rotations.
fn eigen(matrix: &[Vec<f64>]) -> (Vec<f64>, Matrix) {
    let n = matrix.len();
    let mut a = matrix.to_vec();
    let mut v: Matrix = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for _ in 0..100 {
        let off: f64 = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i][j] * a[i][j]).sum();
        if off < 1e-26 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut v, p, q);
            }
        }
    }
    ((0..n).map(|i| a[i][i]).collect(), v)
}

/// One rotation, after which `a[p][q]` is 0.
fn rotate(a: &mut Matrix, v: &mut Matrix, p: usize, q: usize) {
    if a[p][q].abs() < 1e-300 {
        return;
    }
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let t = libm::copysign(1.0, theta) / (theta.abs() + libm::sqrt(theta * theta + 1.0));
    let c = 1.0 / libm::sqrt(t * t + 1.0);
    let s = t * c;
    for row in a.iter_mut().chain(v.iter_mut()) {
        (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
    }
    let (above, below) = a.split_at_mut(q);
    for (x, y) in above[p].iter_mut().zip(&mut below[0]) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
}

#[cfg(test)]
mod tests {
    use super::{check_form, cholesky, nearest_correlation};

    #[test]
    fn the_factor_of_a_two_by_two_matrix_by_hand() {
        let l = cholesky(&[vec![1.0, 0.6], vec![0.6, 1.0]]).expect("0.6 is a correlation");
        // √(1 − 0.36) = 0.8
        assert!((l[1][0] - 0.6).abs() < 1e-15 && (l[1][1] - 0.8).abs() < 1e-15);
    }

    #[test]
    fn the_nearest_matrix_is_highams() {
        // Higham (2002), section 4: the nearest correlation matrix to this one has 0.7607 beside and 0.1573 across.
        let wrong = [vec![1.0, 1.0, 0.0], vec![1.0, 1.0, 1.0], vec![0.0, 1.0, 1.0]];
        assert_eq!(cholesky(&wrong), None);
        let near = nearest_correlation(&wrong);
        assert!((near[0][1] - 0.7607).abs() < 2e-3 && (near[0][2] - 0.1573).abs() < 2e-3, "{near:?}");
        assert!(check_form(&near, 3).is_ok() && cholesky(&near).is_some());
        let rounded: Vec<Vec<f64>> = near.iter().map(|r| r.iter().map(|x| (x * 1e4).round() / 1e4).collect()).collect();
        assert!(cholesky(&rounded).is_some(), "four decimals can be copied");
    }

    #[test]
    fn a_valid_matrix_is_its_own_nearest() {
        let valid = [vec![1.0, 0.5, 0.2], vec![0.5, 1.0, -0.3], vec![0.2, -0.3, 1.0]];
        for (row, same) in nearest_correlation(&valid).iter().zip(&valid) {
            assert!(row.iter().zip(same).all(|(a, b)| (a - b).abs() < 1e-9));
        }
    }

    #[test]
    fn what_is_no_correlation_matrix_by_its_form_is_explained() {
        assert!(check_form(&[vec![1.0]], 2).expect_err("too few").contains("2 quantities"));
        assert!(check_form(&[vec![1.0, 0.5], vec![0.4, 1.0]], 2).expect_err("skew").contains("symmetric"));
        assert!(check_form(&[vec![0.9, 0.5], vec![0.5, 1.0]], 2).expect_err("diagonal").contains("diagonal"));
        assert!(check_form(&[vec![1.0, 1.5], vec![1.5, 1.0]], 2).expect_err("range").contains("from -1 to 1"));
        assert!(check_form(&[vec![1.0, f64::NAN], vec![0.0, 1.0]], 2).is_err());
    }
}
