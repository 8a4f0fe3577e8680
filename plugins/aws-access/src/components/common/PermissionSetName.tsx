import { Link } from '@backstage/ui';
import { AccessLevel } from 'backstage-plugin-aws-access-common';
import { useOrganizations } from '../../hooks/useOrganizations';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { AccessLevelChip } from './AccessLevelChip';
import { Chip } from './Chip';
import classes from './PermissionSetName.module.css';

/** Permission sets that a request makes have no ARN of AWS yet. */
const EXISTING = /^arn:/;

/**
 * A permission set's name, never without what it lets its holder do; a link to
 * its page where it exists.
 */
export function PermissionSetName(props: {
  permissionSet: { arn?: string; name: string; accessLevel: AccessLevel };
  /** Named in the link where several organizations may have one of that name. */
  organizationId?: string;
  /** False: the level stands for "cannot tell". */
  isLevelKnown?: boolean;
}) {
  const t = useTexts();
  const routes = useRoutes();
  const organizations = useOrganizations().data?.items ?? [];
  const organization =
    organizations.length > 1 ? props.organizationId : undefined;
  const { arn, name, accessLevel } = props.permissionSet;
  return (
    <span className={classes.permissionSet}>
      {arn && EXISTING.test(arn) ? (
        <Link href={routes.permissionSet(name, organization)}>{name}</Link>
      ) : (
        name
      )}
      <AccessLevelChip level={accessLevel} />
      {props.isLevelKnown === false && (
        <Chip tone="warning">{t('permissionSet.levelUnknown')}</Chip>
      )}
    </span>
  );
}
