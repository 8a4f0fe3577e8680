import { AccessLevel } from 'backstage-plugin-aws-access-common';
import { AccessLevelChip } from './AccessLevelChip';
import classes from './PermissionSetName.module.css';

/** A permission set's name, never without what it lets its holder do. */
export function PermissionSetName(props: {
  permissionSet: { name: string; accessLevel: AccessLevel };
}) {
  return (
    <span className={classes.permissionSet}>
      {props.permissionSet.name}
      <AccessLevelChip level={props.permissionSet.accessLevel} />
    </span>
  );
}
