import { z } from 'zod';

/** The place in a list at which an earlier answer stopped. */
export const continueSchema = z
  .string()
  .regex(/^\d{1,7}$/, 'must be a token from an earlier answer')
  .exactOptional();

/** A column to sort by, with "-" in front for descending. */
export function sortSchema<const Column extends string>(columns: readonly Column[], usual: Column) {
  return z
    .string()
    .regex(
      new RegExp(`^-?(${columns.join('|')})$`),
      `must be one of ${columns.join(', ')}, with "-" in front for descending`,
    )
    .default(usual);
}
