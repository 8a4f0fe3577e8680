import { requestInputSchema } from 'backstage-plugin-aws-access-common';
import { useMemo, useRef, useState } from 'react';
import {
  buildRequestInput,
  RequestFormValues,
} from '../model/buildRequestInput';
import { findMissingField } from '../model/findMissingField';
import { readPrefill } from '../model/readPrefill';
import { emptyWish, usualDuration, Wish } from '../model/wishes';
import { RequestFormPrefill } from '../routes';

/**
 * What is filled in, the request it describes, and one idempotency key for the
 * life of the form: pressing the button twice files once.
 *
 * @param filer - ref of the person who files it
 */
export function useRequestForm(
  filer: string | undefined,
  prefill: RequestFormPrefill,
) {
  const [values, setValues] = useState<RequestFormValues>(() =>
    readPrefill(prefill),
  );
  const [idempotencyKey] = useState(() => `form-${crypto.randomUUID()}`);
  const lastWish = useRef(1);

  const built = useMemo(
    () => (filer ? buildRequestInput(values, filer) : undefined),
    [values, filer],
  );
  const issues = useMemo(
    () =>
      built
        ? requestInputSchema.safeParse(built.input).error?.issues ?? []
        : [],
    [built],
  );

  return {
    values,
    /** Changes some fields; another team has other people and groups. */
    change: (changed: Partial<RequestFormValues>) =>
      setValues(current => {
        const isOtherTeam =
          changed.team !== undefined && changed.team !== current.team;
        const wishes = isOtherTeam
          ? current.wishes.map(wish => ({ ...wish, people: [] }))
          : current.wishes;
        return { ...current, wishes, ...changed };
      }),
    changeWish: (id: string, changed: Partial<Wish>) =>
      setValues(current => {
        const wishes = current.wishes.map(wish =>
          wish.id === id ? { ...wish, ...changed } : wish,
        );
        return withWishes(current, wishes);
      }),
    addWish: () => {
      lastWish.current += 1;
      const wish = emptyWish(String(lastWish.current));
      setValues(current => withWishes(current, [...current.wishes, wish]));
    },
    removeWish: (id: string) =>
      setValues(current =>
        withWishes(
          current,
          current.wishes.filter(wish => wish.id !== id),
        ),
      ),
    missing: findMissingField(values),
    built,
    /** What the wire schema refuses, before anybody is asked. */
    issues,
    /** Undefined while there is nothing to ask a plan for. */
    previewInput: issues.length === 0 ? built?.input : undefined,
    idempotencyKey,
  };
}

/** Other wishes: a duration that nobody has chosen suits what is asked for. */
function withWishes(
  current: RequestFormValues,
  wishes: Wish[],
): RequestFormValues {
  const isUsual = current.duration === usualDuration(current.wishes);
  return {
    ...current,
    wishes,
    ...(isUsual && { duration: usualDuration(wishes) }),
  };
}

/** The state of a form and what changes it. */
export type RequestForm = ReturnType<typeof useRequestForm>;
