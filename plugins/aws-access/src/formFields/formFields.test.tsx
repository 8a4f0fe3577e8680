import {
  createExtensionTester,
  mockApis,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { ApiRef, identityApiRef } from '@backstage/frontend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  FieldExtensionOptions,
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import {
  FormFieldBlueprint,
  Stepper,
} from '@backstage/plugin-scaffolder-react/alpha';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  renderInTestApp as renderInLegacyTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  PreviewResponse,
  RequestInput,
} from 'backstage-plugin-aws-access-common';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ReactNode } from 'react';
import { awsAccessApiRef } from '../api';
import { FakeAwsAccessApi } from '../testing/FakeAwsAccessApi';
import { paymentsProd, powerUser, preview } from '../testing/fixtures';
import { formFieldExtensions } from './formFieldExtensions';
import * as legacyFields from './legacy';

const manifest = {
  title: 'Request AWS access',
  steps: [
    {
      title: 'What you need',
      schema: {
        type: 'object',
        required: ['team', 'for', 'accounts', 'permissionSet', 'duration'],
        properties: {
          team: {
            title: 'Team',
            type: 'string',
            'ui:field': 'AwsAccessTeamPicker',
          },
          for: {
            title: 'For whom',
            type: ['string', 'array'],
            default: 'me',
            'ui:field': 'AwsAccessPeoplePicker',
          },
          accounts: {
            title: 'Accounts',
            type: 'array',
            items: { type: 'string' },
            'ui:field': 'AwsAccessAccountPicker',
          },
          permissionSet: {
            title: 'Permission set',
            type: 'string',
            'ui:field': 'AwsAccessPermissionSetPicker',
          },
          duration: {
            title: 'How long',
            type: 'string',
            'ui:field': 'AwsAccessDurationPicker',
          },
          accessGroup: {
            title: 'Access group',
            type: 'string',
            'ui:field': 'AwsAccessGroupPicker',
          },
          policy: {
            title: 'Inline policy',
            type: 'string',
            'ui:field': 'AwsAccessPolicyEditor',
          },
          preview: { type: 'null', 'ui:field': 'AwsAccessPreview' },
        },
      },
    },
  ],
};

/** The same with its preview as the readable part of the review. */
function summarizing(): typeof manifest {
  const copy = structuredClone(manifest) as any;
  copy.steps[0].schema.properties.preview = {
    type: 'array',
    items: { type: 'string' },
    'ui:field': 'AwsAccessPreview',
    'ui:backstage': { review: { name: 'What is asked for' } },
  };
  return copy;
}

const payments = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'payments', namespace: 'default' },
  spec: { profile: { displayName: 'Payments' } },
};

const ben = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ben', namespace: 'default' },
  spec: { profile: { displayName: 'Ben Brandt' } },
  relations: [{ type: 'memberOf', targetRef: 'group:default/payments' }],
};

interface Setup {
  manifest?: typeof manifest;
  preview?: () => Promise<PreviewResponse>;
  initialState?: Record<string, any>;
}

function createApis({ preview: getPreview = async () => preview }: Setup) {
  const awsAccess = new FakeAwsAccessApi();
  const previewRequest = jest.fn(async (_input: RequestInput) => getPreview());
  awsAccess.previewRequest = previewRequest;
  const apis: [ApiRef<any>, any][] = [
    [awsAccessApiRef, awsAccess],
    [
      identityApiRef,
      mockApis.identity({
        userEntityRef: 'user:default/ana',
        ownershipEntityRefs: ['user:default/ana', 'group:default/payments'],
      }),
    ],
    [catalogApiRef, catalogApiMock({ entities: [payments, ben] })],
  ];
  return { previewRequest, apis };
}

/** The form of a template, as the scaffolder's own page mounts it. */
function Wizard(props: {
  fields: FieldExtensionOptions<any, any>[];
  onCreate: (values: object) => Promise<void>;
  manifest?: typeof manifest;
  initialState?: Record<string, any>;
}) {
  return (
    <Stepper
      manifest={props.manifest ?? manifest}
      extensions={props.fields}
      onCreate={props.onCreate}
      initialState={props.initialState}
    />
  );
}

function loadFields() {
  return Promise.all(
    formFieldExtensions.map(async extension => {
      const load = createExtensionTester<any>(extension).get(
        FormFieldBlueprint.dataRefs.formFieldLoader,
      ) as () => Promise<unknown>;
      return (await load()) as FieldExtensionOptions<any, any>;
    }),
  );
}

async function renderNew(setup: Setup) {
  const { previewRequest, apis } = createApis(setup);
  const onCreate = jest.fn(async () => {});
  const fields = await loadFields();
  renderInTestApp(
    <Wizard
      fields={fields}
      onCreate={onCreate}
      manifest={setup.manifest}
      initialState={setup.initialState}
    />,
    { apis },
  );
  return { previewRequest, onCreate };
}

function LegacyOutlet(props: {
  children: ReactNode;
  onCreate: (values: object) => Promise<void>;
  manifest?: typeof manifest;
  initialState?: Record<string, any>;
}) {
  const { children, ...rest } = props;
  return (
    <Wizard
      {...rest}
      fields={useCustomFieldExtensions<FieldExtensionOptions>(children)}
    />
  );
}

async function renderLegacy(setup: Setup) {
  const { previewRequest, apis } = createApis(setup);
  const onCreate = jest.fn(async () => {});
  // What a plugin's provide() does.
  const fields = Object.values(legacyFields).map(extension =>
    (extension as { expose(plugin: any): React.ComponentType }).expose({}),
  );
  await renderInLegacyTestApp(
    <TestApiProvider apis={apis}>
      <LegacyOutlet
        onCreate={onCreate}
        manifest={setup.manifest}
        initialState={setup.initialState}
      >
        <ScaffolderFieldExtensions>
          {fields.map((Field, index) => (
            <Field key={index} />
          ))}
        </ScaffolderFieldExtensions>
      </LegacyOutlet>
    </TestApiProvider>,
  );
  return { previewRequest, onCreate };
}

async function choose(label: string, option: RegExp) {
  await userEvent.click(
    await screen.findByRole('button', { name: new RegExp(label) }),
  );
  await userEvent.click(await screen.findByRole('option', { name: option }));
  // A dialog of accounts stays open for more of them, and so does a list.
  const done = screen.queryByRole('button', { name: 'Done' });
  if (done) await userEvent.click(done);
  else await userEvent.keyboard('{Escape}');
}

const filledIn = {
  team: 'group:default/payments',
  accounts: [paymentsProd.id],
  permissionSet: powerUser.arn,
  duration: 'PT8H',
};

async function goToReview() {
  await userEvent.click(await screen.findByRole('button', { name: 'Review' }));
}

// A whole wizard is filled in by pointer and keyboard.
jest.setTimeout(30_000);

// The wizard scrolls to its top; jsdom cannot scroll.
beforeEach(() => {
  jest.spyOn(window, 'scrollTo').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

describe.each([
  ['new', renderNew],
  ['legacy', renderLegacy],
])('template fields in the %s frontend system', (_system, render) => {
  it('fill in a request, with its preview beside it', async () => {
    const { previewRequest, onCreate } = await render({});

    // Ana is in one team, which is chosen for her.
    await screen.findByRole('button', { name: /Payments.*Team/ });
    await choose('Accounts', /payments-prod/);
    await choose('Permission set', /PowerUser \(power\)/);
    expect(await screen.findByText('Reads in Amazon S3.')).toBeVisible();
    await userEvent.click(screen.getByRole('radio', { name: 'Standing' }));
    await userEvent.click(screen.getByRole('radio', { name: /^Named/ }));
    await choose('People', /Ben Brandt/);
    await choose('Access group', /AWS-Payments-PowerUser/);
    expect(
      await screen.findByRole('textbox', { name: 'Inline policy' }),
    ).toBeVisible();

    const panel = await screen.findByRole('region', { name: 'Preview' });
    expect(await within(panel).findByText('Otto Olsen')).toBeVisible();

    await goToReview();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );

    await waitFor(() =>
      expect(onCreate).toHaveBeenCalledWith({
        ...filledIn,
        for: ['user:default/ben'],
        accessGroup: '22222222-0000-4000-8000-000000000001',
        duration: 'standing',
        preview: null,
      }),
    );
    expect(previewRequest.mock.lastCall?.[0]).toMatchObject({
      team: 'group:default/payments',
      duration: null,
      changes: [
        { members: { kind: 'people', people: ['user:default/ben'] } },
        {
          permissionSet: { arn: powerUser.arn },
          accounts: { accountIds: [paymentsProd.id] },
        },
      ],
    });
  });

  it('offer no more time than the policy allows, and put the request in words for the review', async () => {
    const { onCreate } = await render({
      // Standing, as a template's default may be.
      initialState: { ...filledIn, duration: 'standing' },
      manifest: summarizing(),
      preview: async () => ({
        ...preview,
        longestDuration: { seconds: 12 * 3600, because: ['production'] },
      }),
    });
    expect(
      await screen.findByText(
        'The policy allows at most 12 hr for this, and no standing access (production).',
      ),
    ).toBeVisible();
    expect(await screen.findByRole('radio', { name: '12 hr' })).toBeChecked();
    for (const name of ['1 day', '7 days', 'Standing']) {
      expect(screen.getByRole('radio', { name })).toBeDisabled();
    }
    expect(screen.getByRole('radio', { name: '8 hr' })).toBeEnabled();

    await screen.findByText('Otto Olsen');
    // Whoever is quicker than the preview is told to press the button again.
    const row = await waitFor(async () => {
      await goToReview();
      return screen.getByRole('row', { name: /What is asked for/ });
    });
    expect(row).toHaveTextContent('Team: Payments');
    expect(row).toHaveTextContent(/Accounts: .*\(\d{12}\)/);
    expect(row).toHaveTextContent('How long: 12 hr');
    expect(row).toHaveTextContent('Approves as account owner: Otto Olsen');
    await userEvent.click(screen.getByRole('button', { name: 'Create' }));
    await waitFor(() =>
      expect(onCreate).toHaveBeenCalledWith(
        expect.objectContaining({ duration: 'PT12H' }),
      ),
    );
  });

  it('say what to do about what a link filled in wrongly', async () => {
    const { onCreate } = await render({
      initialState: {
        team: 'user:default/ana',
        for: [],
        accounts: ['payments-prod'],
        permissionSet: 'PowerUser',
        duration: 'a while',
        accessGroup: 'AWS-Payments-PowerUser',
        policy: '{"Version":',
      },
    });
    await goToReview();

    for (const message of [
      /not a team of the catalog/,
      /Choose who gets the access/,
      /payments-prod is not an account id of twelve digits/,
      /not the ARN of a permission set/,
      /between 15 minutes and 366 days/,
      /not the object id of a group in Entra/,
      /it is not JSON yet/,
    ]) {
      expect((await screen.findAllByText(message))[0]).toBeVisible();
    }
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
    expect(onCreate).not.toHaveBeenCalled();
  });

  it('do not go on with a request that could not be filed', async () => {
    await render({
      initialState: filledIn,
      preview: async () => ({
        ...preview,
        outcome: 'cannotFile',
        problems: [
          {
            path: 'team',
            message: 'Ana is not in this team.',
            fix: 'Choose a team that you are in.',
          },
        ],
      }),
    });
    await screen.findByText('Ana is not in this team.');
    await goToReview();

    const told = await screen.findAllByText(
      /Ana is not in this team\. Choose a team that you are in\./,
    );
    expect(told[0]).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('go on where the preview cannot be made now', async () => {
    await render({
      initialState: filledIn,
      preview: async () => {
        throw new NotAllowedError('not today');
      },
    });
    expect(
      await screen.findByText(/The preview could not be made/),
    ).toBeVisible();
    await goToReview();
    expect(await screen.findByRole('button', { name: 'Create' })).toBeVisible();
  });
});

it('are all there that the shipped templates name', async () => {
  const folder = resolve(__dirname, '../../../../examples/templates');
  const named = readdirSync(folder).flatMap(name =>
    [
      ...readFileSync(resolve(folder, name, 'template.yaml'), 'utf8').matchAll(
        /ui:field: (AwsAccess\w+)/g,
      ),
    ].map(([, field]) => field),
  );

  const fields = await loadFields();
  expect(fields.map(({ name }) => name)).toEqual(
    expect.arrayContaining([...new Set(named)]),
  );
});
