import { Alert, Card, CardBody, Flex, Text } from '@backstage/ui';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { usePolicy } from '../../hooks/usePolicy';
import { useSimulation } from '../../hooks/useSimulation';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { QueryView } from '../common/QueryView';
import { RowsSkeleton } from '../common/RowsSkeleton';
import { PolicyRules } from '../policies/PolicyRules';
import { SimulationForm } from '../policies/SimulationForm';
import { PreviewContent } from '../request/PreviewContent';
import classes from '../request/RequestForm.module.css';
import { PageFrame } from './PageFrame';

/** The rules in words, and what they would say of somebody's request. */
export function PoliciesPage() {
  return (
    <AwsAccessQueryProvider>
      <PoliciesContent />
    </AwsAccessQueryProvider>
  );
}

function PoliciesContent() {
  const t = useTexts();
  const policy = usePolicy();
  return (
    <PageFrame title={t('policy.title')}>
      <QueryView query={policy} skeleton={<RowsSkeleton />}>
        {data => (
          <Flex direction="column" gap="6">
            <PolicyRules policy={data} />
            <Simulator />
          </Flex>
        )}
      </QueryView>
    </PageFrame>
  );
}

function Simulator() {
  const t = useTexts();
  const simulation = useSimulation();
  const { data, error } = simulation;
  return (
    <Flex direction="column" gap="3">
      <Text as="h2" variant="title-x-small">
        {t('policy.try')}
      </Text>
      <div className={classes.layout}>
        <Card>
          <CardBody>
            <SimulationForm
              isRunning={simulation.isPending}
              onSimulate={values => simulation.mutate(values)}
            />
          </CardBody>
        </Card>
        <section aria-label={t('policy.result')} aria-live="polite">
          {error && (
            <Alert
              status="danger"
              icon
              role="alert"
              title={t('policy.simulateFailed')}
              description={getErrorMessage(error)}
            />
          )}
          {data && (
            <Flex direction="column" gap="4">
              <Text weight="bold">{t(`policy.outcome.${data.outcome}`)}</Text>
              <PreviewContent preview={data} />
            </Flex>
          )}
        </section>
      </div>
    </Flex>
  );
}
