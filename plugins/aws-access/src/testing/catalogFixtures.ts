import {
  Entity,
  RELATION_HAS_MEMBER,
  RELATION_MEMBER_OF,
} from '@backstage/catalog-model';

const MEMBERS = [
  ['ana', 'Ana Alves'],
  ['ben', 'Ben Brandt'],
] as const;

/** The team Payments of the example company. */
export const paymentsTeam: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'payments', namespace: 'default' },
  spec: { type: 'team', profile: { displayName: 'Payments' }, children: [] },
  relations: MEMBERS.map(([name]) => ({
    type: RELATION_HAS_MEMBER,
    targetRef: `user:default/${name}`,
  })),
};

/** The team and the people in it. */
export const catalogEntities: Entity[] = [
  paymentsTeam,
  ...MEMBERS.map(([name, displayName]) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { profile: { displayName }, memberOf: ['payments'] },
    relations: [
      { type: RELATION_MEMBER_OF, targetRef: 'group:default/payments' },
    ],
  })),
];
