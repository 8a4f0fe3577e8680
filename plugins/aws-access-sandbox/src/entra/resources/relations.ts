import type { GraphRelations } from '../query/expandRelation';
import {
  directoryObjectType,
  memberOfSource,
  memberSource,
  ownerSource,
  transitiveMemberOfSource,
  transitiveMemberSource,
} from './memberships';

type Source = typeof memberSource;

const relation = (source: Source): GraphRelations[string] => ({
  type: directoryObjectType,
  related: ({ context }, id, limit) => source(context, id).page({ limit }),
});

/** What `$expand` shows of a group. */
export const groupRelations: GraphRelations = {
  members: relation(memberSource),
  owners: relation(ownerSource),
  memberOf: relation(memberOfSource),
  transitiveMembers: relation(transitiveMemberSource),
  transitiveMemberOf: relation(transitiveMemberOfSource),
};

/** What `$expand` shows of a user. */
export const userRelations: GraphRelations = {
  memberOf: relation(memberOfSource),
  transitiveMemberOf: relation(transitiveMemberOfSource),
};
