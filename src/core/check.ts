/**
 * Refuses values that are not positive and finite.
 *
 * @throws RangeError naming the first value that is refused.
 */
export function requirePositive(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isFinite(value) || value <= 0) {
      throw new RangeError(`${name} must be a positive number, not ${value}`);
    }
  }
}

/**
 * Refuses values that are negative or not finite; zero passes.
 *
 * @throws RangeError naming the first value that is refused.
 */
export function requireNotNegative(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isFinite(value) || value < 0) {
      throw new RangeError(`${name} must be zero or more, not ${value}`);
    }
  }
}

/**
 * Refuses values that are not whole numbers of at least one.
 *
 * @throws RangeError naming the first value that is refused.
 */
export function requireCount(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a whole number of at least 1, not ${value}`);
    }
  }
}

/**
 * Refuses values outside the range from zero (excluded) to one (included).
 *
 * @throws RangeError naming the first value that is refused.
 */
export function requireFraction(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value > 0 && value <= 1)) {
      throw new RangeError(`${name} must be above 0 and at most 1, not ${value}`);
    }
  }
}
