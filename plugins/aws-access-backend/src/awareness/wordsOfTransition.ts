import {
  RequestState,
  TimelineEventKind,
} from 'backstage-plugin-aws-access-common';
import { OPERATORS } from '../outbox/OutboxStore';
import { RequestRow } from '../requests/stores/RequestStore';
import { Word } from './notify';

const DECIDED = {
  approved: 'is approved',
  rejected: 'is rejected',
  denied: 'is denied by the policy',
  lapsed: 'has lapsed',
} as const;

/** Who has to do with a request, by catalog ref. */
export interface Audience {
  /** Who was asked to decide on the present plan. */
  asked: string[];
  /** Whose access grows by it. */
  gaining: string[];
}

/**
 * What people are told when a request has moved. One person gets one word: the
 * thread of a request shows the newest only. Pure.
 *
 * @param news - the state before, and what happened
 */
export function wordsOfTransition(
  row: Pick<
    RequestRow,
    'number' | 'state' | 'requesterRef' | 'filerRef' | 'teamRef'
  >,
  news: { from: RequestState; what: TimelineEventKind },
  audience: Audience,
): Word[] {
  const { requesterRef, filerRef, teamRef } = row;
  const filers = [requesterRef, ...(filerRef ? [filerRef] : [])];
  const { from, what } = news;
  const name = `Request ${row.number}`;
  const holders = [...filers, ...audience.gaining];
  const askedOnly = audience.asked.filter(ref => !filers.includes(ref));

  switch (row.state) {
    case 'pending':
      return from === 'pending'
        ? [
            {
              to: filers,
              topic: 'decided',
              title:
                what === 'narrowed'
                  ? `${name} was narrowed`
                  : `${name} has one more approval`,
              severity: 'low',
            },
          ]
        : [
            {
              to: [...filers, ...audience.asked],
              topic: 'pending',
              title: `${name} needs decisions again`,
            },
          ];
    case 'approved':
    case 'rejected':
    case 'denied':
    case 'lapsed':
      return from === 'pending' || row.state === 'lapsed'
        ? [
            {
              to: filers,
              topic: 'decided',
              title:
                what === 'narrowed'
                  ? `${name} is approved for less`
                  : `${name} ${DECIDED[row.state]}`,
            },
            {
              to: askedOnly,
              topic: 'decided',
              title: `${name} ${DECIDED[row.state]}: nothing more to decide`,
              severity: 'low',
            },
          ]
        : [];
    case 'withdrawn':
      return [
        {
          to: askedOnly,
          topic: 'decided',
          title: `${name} was withdrawn: nothing more to decide`,
          severity: 'low',
        },
      ];
    case 'active':
      return [
        {
          to: [...holders, teamRef],
          topic: 'usable',
          title: `The access of request ${row.number} is usable`,
        },
      ];
    case 'ending':
      // A removal that was stuck and goes on by itself is no news.
      return from === 'stuck'
        ? []
        : [
            {
              to: holders,
              topic: 'ended',
              title: `The access of request ${row.number} is being taken away`,
            },
          ];
    case 'ended':
      return [
        {
          to: [...holders, teamRef],
          topic: 'ended',
          title:
            from === 'provisioning' || from === 'propagating'
              ? `${name} is done`
              : `The access of request ${row.number} has ended`,
          severity: 'low',
        },
      ];
    case 'stuck':
      return [
        {
          to: [...filers, OPERATORS],
          topic: 'stuck',
          title: `${name} is stuck`,
          severity: 'high',
        },
      ];
    default:
      return [];
  }
}
