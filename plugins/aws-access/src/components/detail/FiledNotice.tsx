import { Alert } from '@backstage/ui';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../hooks/useTexts';
import classes from './detail.module.css';

/** Says that the request is filed. It takes the focus, as the form is gone. */
export function FiledNotice({ request }: { request: RequestDetail }) {
  const t = useTexts();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => notice.current?.focus(), []);
  const names = request.stages
    .filter(stage => stage.isOpen && stage.have < stage.need)
    .flatMap(stage => stage.approvers.map(person => person.displayName));
  return (
    <div ref={notice} tabIndex={-1} role="status" className={classes.notice}>
      <Alert
        status="success"
        icon
        title={t('detail.filedTitle', { number: String(request.number) })}
        description={
          names.length > 0
            ? t('detail.filedWaits', { people: [...new Set(names)].join(', ') })
            : t('detail.filedBody')
        }
      />
    </div>
  );
}
