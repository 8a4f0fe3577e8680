import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { isUniqueViolation } from './isUniqueViolation';

/** @throws ConflictError with the message when a unique index has the row */
export async function insertOnce(
  knex: Knex,
  table: string,
  row: object,
  message: string,
): Promise<void> {
  try {
    await knex(table).insert(row);
  } catch (error) {
    if (isUniqueViolation(error)) throw new ConflictError(message);
    throw error;
  }
}
