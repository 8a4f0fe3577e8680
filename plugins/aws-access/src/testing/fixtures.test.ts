import {
  accessResponseSchema,
  planSchema,
  previewResponseSchema,
  requestDetailSchema,
  requestSummarySchema,
  REQUEST_STATES,
} from 'backstage-plugin-aws-access-common';
import {
  aSummary,
  myAccess,
  noAccess,
  planOfEveryKind,
  preview,
  requestsInEveryState,
  teamAccess,
} from './fixtures';

// The tests of the pages are worth what their fixtures are: these must be
// answers that the backend could give.
describe('the fixtures', () => {
  it('hold a request in every state, as the wire schema has it', () => {
    expect(requestsInEveryState.map(request => request.state)).toEqual([
      ...REQUEST_STATES,
    ]);
    for (const request of requestsInEveryState) {
      expect(requestDetailSchema.parse(request)).toEqual(request);
      expect(requestSummarySchema.parse(request)).toEqual(aSummary(request));
    }
  });

  it('hold access and a preview as the wire schemas have them', () => {
    for (const access of [teamAccess, myAccess, noAccess]) {
      expect(accessResponseSchema.parse(access)).toEqual(access);
    }
    expect(previewResponseSchema.parse(preview)).toEqual(preview);
    expect(planSchema.parse(planOfEveryKind)).toEqual(planOfEveryKind);
  });
});
