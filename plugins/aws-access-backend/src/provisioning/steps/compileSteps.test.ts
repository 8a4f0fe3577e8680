import { Plan } from 'backstage-plugin-aws-access-common';
import { randomUUID } from 'node:crypto';
import { LeaseObject, leaseObjectKey, LeaseRow } from '../../leases/LeaseStore';
import { elevationPlan, groupPlan } from '../../testing/changePlans';
import { permissionSetArn, personId, planOf } from '../../testing/planOf';
import { compileRemovalSteps } from './compileRemovalSteps';
import { compileSteps } from './compileSteps';
import { footprintOf } from '../starting/footprintOf';

const plan = planOf({
  groupName: 'AWS-Payments-ReadOnly',
  people: ['ana', 'ben'],
  accounts: ['payments-dev', 'payments-staging'],
});

describe('compileSteps', () => {
  it('orders steps so that each finds what it needs, in words people understand', () => {
    expect(compileSteps(plan).map(step => [step.kind, step.title])).toEqual([
      ['ensureAccessGroup', 'Create the Entra group AWS-Payments-ReadOnly'],
      [
        'ensureMembers',
        expect.stringMatching(
          /^Put (Ana Alves and Ben Brandt|Ben Brandt and Ana Alves) into AWS-Payments-ReadOnly$/,
        ),
      ],
      [
        'assignGroupToEnterpriseApplication',
        'Let the enterprise application see AWS-Payments-ReadOnly',
      ],
      [
        'provisionOnDemand',
        'Ask Entra to send AWS-Payments-ReadOnly to AWS now',
      ],
      [
        'awaitIdentityStoreGroup',
        'Wait until AWS knows AWS-Payments-ReadOnly and its members',
      ],
      [
        'ensureAssignment',
        'Give AWS-Payments-ReadOnly ReadOnly in payments-dev (111122225555)',
      ],
      [
        'ensureAssignment',
        'Give AWS-Payments-ReadOnly ReadOnly in payments-staging (111122224444)',
      ],
      ['verify', 'Check in AWS that it is as approved'],
    ]);
  });

  it('security rule 4: takes away first and gives last, and writes only what the plan changes', () => {
    const group = { groupId: 'group-1', displayName: 'AWS-Data-ReadOnly' };
    const steps = compileSteps(
      groupPlan({
        group,
        members: ['ana', 'otto'],
        join: ['ben'],
        stay: ['ana'],
        leave: ['otto'],
        assign: ['payments-dev'],
        unassign: ['data-dev'],
      }),
    );
    expect(steps.map(step => [step.kind, step.title])).toEqual([
      [
        'removeAssignment',
        'Take ReadOnly in data-dev (555566669999) away from AWS-Data-ReadOnly',
      ],
      ['removeMembers', 'Take Otto Olsen out of AWS-Data-ReadOnly'],
      ['ensureAccessGroup', 'Find the Entra group AWS-Data-ReadOnly (group-1)'],
      ['ensureMembers', 'Put Ben Brandt into AWS-Data-ReadOnly'],
      ['ensureMembers', 'Note that AWS-Data-ReadOnly has Ana Alves already'],
      ['provisionOnDemand', 'Ask Entra to send AWS-Data-ReadOnly to AWS now'],
      [
        'awaitIdentityStoreGroup',
        'Wait until AWS knows AWS-Data-ReadOnly and its members',
      ],
      [
        'ensureAssignment',
        'Give AWS-Data-ReadOnly ReadOnly in payments-dev (111122225555)',
      ],
      ['verify', 'Check in AWS that it is as approved'],
    ]);
    expect(steps.map(step => (step.input as any).isThere)).toEqual([
      undefined,
      undefined,
      undefined,
      false,
      true,
      undefined,
      undefined,
      false,
      undefined,
    ]);
  });

  it('security rule 1: takes what it changes for itself, and shares what it relies on', () => {
    const modes = (of: Plan) =>
      Object.fromEntries(
        footprintOf(of)
          .filter(({ objectKey }) => /^(group|elevation)/.test(objectKey))
          .map(({ objectKey, mode }) => [objectKey, mode]),
      );
    const group = { groupId: 'group-1', displayName: 'AWS-Data-ReadOnly' };
    const exclusive = { 'group/group-1': 'exclusive' };
    expect(modes(groupPlan({ group, join: ['ben'] }))).toEqual(exclusive);
    expect(modes(groupPlan({ group, assign: ['data-dev'] }))).toEqual(
      exclusive,
    );
    expect(modes(groupPlan({ group, unassign: ['data-dev'] }))).toEqual(
      exclusive,
    );
    expect(modes(groupPlan({ group, stay: ['ben'] }))).toEqual({
      'group/group-1': 'shared',
    });
    expect(modes(elevationPlan({ people: ['ana'] }))).toEqual({
      [`elevation/${personId('ana')}/111122225555`]: 'exclusive',
    });
  });

  it('refuses a plan that refers to a group it does not have', () => {
    const broken = structuredClone(plan);
    broken.objects = broken.objects.filter(
      object => object.kind !== 'accessGroup',
    );
    expect(() => compileSteps(broken)).toThrow(/no access group/);
  });
});

describe('compileRemovalSteps', () => {
  const lease = (object: LeaseObject): LeaseRow => ({
    id: randomUUID(),
    organizationId: 'parcel',
    requestId: 'request-1',
    objectKey: leaseObjectKey(object),
    object,
    teamRef: 'group:default/payments',
    startsAt: '2026-01-01T00:00:00.000Z',
    endsAt: null,
    endedAt: null,
    removedAt: null,
    takenByRequestId: null,
  });

  it('security rule 25: takes away assignment, membership, application assignment and group, in this order', () => {
    const leases = [
      lease({
        kind: 'accessGroup',
        entraGroupId: 'group-1',
        uniqueName: 'awsaccess-1',
        displayName: 'AWS-Payments-ReadOnly',
      }),
      lease({ kind: 'applicationAssignment', entraGroupId: 'group-1' }),
      lease({
        kind: 'membership',
        entraGroupId: 'group-1',
        entraUserId: personId('ana'),
      }),
      lease({
        kind: 'accountAssignment',
        accountId: '111122225555',
        permissionSetArn: permissionSetArn('ReadOnly'),
        entraGroupId: 'group-1',
        storeGroupId: 'store-1',
      }),
    ];
    const steps = compileRemovalSteps(leases, plan);
    expect(steps.map(step => [step.kind, step.title])).toEqual([
      [
        'removeAssignment',
        'Take ReadOnly in payments-dev (111122225555) away from AWS-Payments-ReadOnly',
      ],
      ['removeMembers', 'Take Ana Alves out of AWS-Payments-ReadOnly'],
      [
        'removeApplicationAssignment',
        'Take AWS-Payments-ReadOnly out of the enterprise application',
      ],
      ['removeAccessGroup', 'Delete the Entra group AWS-Payments-ReadOnly'],
      ['verifyGone', 'Check that the access is gone'],
    ]);
  });

  it('looks by its unique name for a group whose creation was never answered', () => {
    const [remove] = compileRemovalSteps(
      [
        lease({
          kind: 'accessGroup',
          entraGroupId: null,
          uniqueName: 'awsaccess-1',
          displayName: 'AWS-Payments-ReadOnly',
        }),
      ],
      plan,
    );
    expect(remove.input).toEqual({
      entraGroupId: null,
      uniqueName: 'awsaccess-1',
      groupName: 'AWS-Payments-ReadOnly',
    });
  });
});
