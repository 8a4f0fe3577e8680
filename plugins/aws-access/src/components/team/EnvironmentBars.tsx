import {
  AccessResponse,
  Environment,
} from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import classes from './EnvironmentBars.module.css';

const ORDER: Environment[] = ['prod', 'staging', 'dev', 'sandbox', 'unknown'];

/** How much of the access lies in which environment, as small bars. */
export function EnvironmentBars(props: {
  environments: AccessResponse['environments'];
}) {
  const t = useTexts();
  const largest = Math.max(1, ...Object.values(props.environments));
  return (
    <ul className={classes.bars} aria-label={t('team.environments')}>
      {ORDER.filter(environment => props.environments[environment] > 0).map(
        environment => (
          <li key={environment} className={classes.row}>
            <span>{t(`environment.${environment}`)}</span>
            <span className={classes.track} aria-hidden="true">
              <span
                className={classes.bar}
                data-environment={environment}
                style={{
                  display: 'block',
                  width: `${
                    (100 * props.environments[environment]) / largest
                  }%`,
                }}
              />
            </span>
            <span className={classes.count}>
              {props.environments[environment]}
            </span>
          </li>
        ),
      )}
    </ul>
  );
}
