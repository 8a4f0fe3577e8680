import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { defineOperation } from '../protocol/AwsService';
import { describeRegion, listedRegions } from './regions';
import { requireInstance, requireVisibleInstance, ssoAdminPage } from './rows';
import { InstanceArn, paging } from './shapes';

const RegionName = z
  .string()
  .min(1)
  .max(32)
  .regex(/^([a-z]+-){2,3}\d$/);

const input = z.object({ InstanceArn, RegionName });

const addRegion = defineOperation({
  name: 'AddRegion',
  input,
  handle({ InstanceArn: arn, RegionName: region }, call) {
    const instance = requireVisibleInstance(call, arn);
    const regions = listedRegions(call, instance);
    if (regions.some(row => row.region === region || row.status !== 'ACTIVE')) {
      throw AwsError.conflict(
        `The Region ${region} is there already, or another change of Regions is in progress.`,
      );
    }
    call.context.store.run(
      'INSERT OR REPLACE INTO aws_instance_regions (region, added_at) VALUES (?, ?)',
      [region, call.now],
    );
    return { Status: 'ADDING' };
  },
});

const removeRegion = defineOperation({
  name: 'RemoveRegion',
  input,
  handle({ InstanceArn: arn, RegionName: region }, call) {
    const regions = listedRegions(call, requireInstance(call, arn));
    const row = regions.find(candidate => candidate.region === region);
    if (!row) {
      throw AwsError.notFound(`Could not find the Region ${region}.`);
    }
    if (row.is_primary) {
      throw AwsError.validation('The primary Region cannot be removed.');
    }
    if (regions.some(candidate => candidate.status !== 'ACTIVE')) {
      throw AwsError.conflict('Another change of Regions is in progress.');
    }
    call.context.store.run(
      'UPDATE aws_instance_regions SET removed_at = ? WHERE region = ?',
      [call.now, region],
    );
    return { Status: 'REMOVING' };
  },
});

const listRegions = defineOperation({
  name: 'ListRegions',
  input: z.object({ InstanceArn, ...paging }),
  handle(request, call) {
    const instance = requireVisibleInstance(call, request.InstanceArn);
    const { rows, NextToken } = ssoAdminPage(call, request, (after, limit) =>
      listedRegions(call, instance)
        .filter(row => row.seq > after)
        .slice(0, limit),
    );
    return { Regions: rows.map(describeRegion), NextToken };
  },
});

const describeRegionOperation = defineOperation({
  name: 'DescribeRegion',
  input,
  handle({ InstanceArn: arn, RegionName: region }, call) {
    const row = listedRegions(call, requireInstance(call, arn)).find(
      candidate => candidate.region === region,
    );
    if (!row) {
      throw AwsError.notFound(`Could not find the Region ${region}.`);
    }
    return describeRegion(row);
  },
});

export const regionOperations = [
  addRegion,
  removeRegion,
  listRegions,
  describeRegionOperation,
];
