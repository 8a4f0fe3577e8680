import { getRequestFlags, RequestViewer } from './getRequestFlags';
import { REQUEST_STATES } from './requestStates';

const stranger: RequestViewer = {
  isRequester: false,
  benefits: false,
  isEligibleApprover: false,
  hasDecided: false,
  isOperator: false,
  canRevoke: false,
  isUserThemselves: true,
};

describe('getRequestFlags', () => {
  it.each(REQUEST_STATES)(
    'lets nobody who benefits decide in state %s, whatever else they are',
    state => {
      const flags = getRequestFlags(state, {
        isRequester: true,
        benefits: true,
        isEligibleApprover: true,
        hasDecided: false,
        isOperator: true,
        canRevoke: true,
        isUserThemselves: true,
      });
      expect(flags.canApprove).toBe(false);
      expect(flags.canReject).toBe(false);
      expect(flags.decideReason).toContain('Who filed a request');
      expect(
        getRequestFlags(state, { ...stranger, benefits: true }).decideReason,
      ).toContain('benefits them');
    },
  );

  it.each(REQUEST_STATES)(
    'gives a stranger nothing to do in state %s',
    state => {
      expect(getRequestFlags(state, stranger)).toMatchObject({
        canApprove: false,
        canReject: false,
        canWithdraw: false,
        canReturn: false,
        canRetry: false,
      });
    },
  );

  it('security rule 25: does not let who asked for an adoption end what others have', () => {
    const adopter = { ...stranger, isRequester: true, adopts: true };
    expect(getRequestFlags('active', adopter).canReturn).toBe(false);
    expect(
      getRequestFlags('active', { ...adopter, canRevoke: true }).canReturn,
    ).toBe(true);
  });

  it('lets an eligible approver decide once, in person, while it is pending', () => {
    const approver = { ...stranger, isEligibleApprover: true };
    expect(getRequestFlags('pending', approver)).toMatchObject({
      canApprove: true,
      canReject: true,
      decideReason: null,
    });
    expect(
      getRequestFlags('pending', { ...approver, hasDecided: true }).canApprove,
    ).toBe(false);
    expect(
      getRequestFlags('pending', { ...approver, isUserThemselves: false })
        .canApprove,
    ).toBe(false);
    expect(getRequestFlags('approved', approver).canApprove).toBe(false);
  });

  it('lets access be given back by its requester, and taken by who may revoke', () => {
    const requester = { ...stranger, isRequester: true, benefits: true };
    const security = { ...stranger, canRevoke: true };
    for (const state of [
      'provisioning',
      'propagating',
      'active',
      'stuck',
    ] as const) {
      expect(getRequestFlags(state, requester).canReturn).toBe(true);
      expect(getRequestFlags(state, security).canReturn).toBe(true);
    }
    expect(getRequestFlags('pending', requester)).toMatchObject({
      canReturn: false,
      canWithdraw: true,
    });
    expect(getRequestFlags('ended', requester).canReturn).toBe(false);

    const endsOnly = [
      {
        id: '111122223333',
        name: 'payments-prod',
        environment: 'prod' as const,
      },
    ];
    const owner = { ...security, endsOnly };
    expect(getRequestFlags('active', owner).endsOnly).toEqual(endsOnly);
    expect(getRequestFlags('active', security).endsOnly).toBeNull();
    expect(getRequestFlags('ended', owner).endsOnly).toBeNull();
  });
});
