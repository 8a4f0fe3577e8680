/** An entry of Microsoft's application gallery, as far as the sandbox needs it. */
export type GalleryTemplate = {
  id: string;
  displayName: string;
  publisher: string;
  description: string;
  homePageUrl: string | null;
  logoUrl: string | null;
  categories: string[];
  supportedSingleSignOnModes: string[];
  supportedProvisioningTypes: string[];
  /** What an application made from it starts with. */
  application: object;
  /** What its instance starts with. */
  servicePrincipal: object;
};

const gallery = {
  tags: [
    'WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1',
    'WindowsAzureActiveDirectoryIntegratedApp',
  ],
};

const custom = {
  tags: [
    'WindowsAzureActiveDirectoryCustomSingleSignOnApplication',
    'WindowsAzureActiveDirectoryIntegratedApp',
  ],
};

/** The ids are Microsoft's, the same in every tenant. */
export const galleryTemplates: GalleryTemplate[] = [
  {
    id: '21ed01d2-ec13-4e9e-86c1-cd546719ebc4',
    displayName: 'AWS IAM Identity Center (successor to AWS Single Sign-On)',
    publisher: 'Amazon',
    description:
      'Sign-on to all accounts of an AWS organization, with users and groups provisioned by SCIM.',
    homePageUrl: 'https://aws.amazon.com/iam/identity-center/',
    logoUrl: null,
    categories: ['developerServices', 'itInfrastructure'],
    supportedSingleSignOnModes: ['saml'],
    supportedProvisioningTypes: ['sync'],
    application: gallery,
    servicePrincipal: gallery,
  },
  {
    id: '8b1025e4-1dd2-430b-a150-2ef79cd700f5',
    displayName: 'AWS Single-Account Access',
    publisher: 'Amazon',
    description:
      'Sign-on to the roles of one AWS account. Roles are imported, nobody is provisioned.',
    homePageUrl: 'https://aws.amazon.com/',
    logoUrl: null,
    categories: ['developerServices', 'itInfrastructure'],
    supportedSingleSignOnModes: ['saml', 'external'],
    supportedProvisioningTypes: ['sync'],
    application: {
      ...gallery,
      identifierUris: [],
      web: { redirectUris: ['https://signin.aws.amazon.com/saml'] },
    },
    servicePrincipal: {
      ...gallery,
      replyUrls: ['https://signin.aws.amazon.com/saml'],
    },
  },
  {
    id: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
    displayName: 'Custom',
    publisher: 'Microsoft',
    description: 'An application that the gallery does not have.',
    homePageUrl: null,
    logoUrl: null,
    categories: [],
    supportedSingleSignOnModes: ['saml', 'password', 'external', 'oidc'],
    supportedProvisioningTypes: ['sync'],
    application: custom,
    servicePrincipal: custom,
  },
];
