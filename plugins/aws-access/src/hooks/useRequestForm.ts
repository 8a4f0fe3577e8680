import { useState } from 'react';
import {
  buildRequestInput,
  findMissingField,
  RequestFormValues,
} from '../model/buildRequestInput';
import { RequestFormPrefill } from '../routes';

/**
 * What is filled in, the request it describes, and one idempotency key for the
 * life of the form: pressing the button twice files once.
 */
export function useRequestForm(
  requester: string | undefined,
  prefill: RequestFormPrefill,
) {
  const [values, setValues] = useState<RequestFormValues>(() => ({
    team: prefill.team,
    audience: 'myself',
    people: [],
    accountIds: prefill.account ? [prefill.account] : [],
    permissionSetArn: prefill.permissionSet,
    duration: 'PT8H',
    justification: '',
    ticket: '',
  }));
  const [idempotencyKey] = useState(() => `form-${crypto.randomUUID()}`);
  const build = (of: RequestFormValues) =>
    requester ? buildRequestInput(of, requester) : undefined;
  return {
    values,
    /** Changes some fields; another team has other people. */
    change: (changed: Partial<RequestFormValues>) =>
      setValues(current => ({
        ...current,
        ...(changed.team !== undefined &&
          changed.team !== current.team && { people: [] }),
        ...changed,
      })),
    missing: findMissingField(values),
    input: build(values),
    /** With the words: the policy may ask for what they say. */
    previewInput: build(values),
    idempotencyKey,
  };
}
