export * from './exampleConstants';
export * from './exampleCompany';
export * from './examplePeople';
export * from './exampleAccounts';
export * from './examplePermissionSets';
export * from './exampleGroups';
export * from './exampleAssignments';
export * from './seedExampleCompany';
