import type { AwsCall } from '../protocol/AwsService';
import { toEpochSeconds } from '../protocol/timestamps';
import type { InstanceRow } from './rows';

/** A Region in which the instance is, or is becoming, available. */
export interface RegionRow {
  seq: number;
  region: string;
  status: 'ACTIVE' | 'ADDING' | 'REMOVING';
  added_at: number;
  is_primary: number;
}

/** The Regions of the instance, the primary one first. Those whose removal is over are gone. */
export function listedRegions(
  call: AwsCall,
  instance: InstanceRow,
): RegionRow[] {
  const { store, operationDelayMs } = call.context;
  return store.all<RegionRow>(
    `SELECT 1 AS seq, :primary AS region, 'ACTIVE' AS status, :created AS added_at, 1 AS is_primary
     UNION ALL
     SELECT rowid + 1, region,
       CASE WHEN removed_at IS NOT NULL THEN 'REMOVING' WHEN added_at > :settled THEN 'ADDING' ELSE 'ACTIVE' END,
       added_at, 0
     FROM aws_instance_regions WHERE removed_at IS NULL OR removed_at > :settled ORDER BY 1`,
    {
      primary: instance.region,
      created: instance.created_at,
      settled: call.now - operationDelayMs,
    },
  );
}

/** Where a call was signed for, as the instance sees it. */
export function regionOf(
  call: AwsCall,
): 'primary' | 'additional' | 'elsewhere' {
  const instance = call.context.store.get<InstanceRow>(
    'SELECT * FROM aws_instance',
  );
  const region =
    instance &&
    listedRegions(call, instance).find(
      row => row.region === call.caller.region && row.status === 'ACTIVE',
    );
  if (!region) {
    return 'elsewhere';
  }
  return region.is_primary ? 'primary' : 'additional';
}

/** A Region on the wire. */
export function describeRegion(row: RegionRow) {
  return {
    RegionName: row.region,
    Status: row.status,
    AddedDate: toEpochSeconds(row.added_at),
    IsPrimaryRegion: row.is_primary === 1,
  };
}
