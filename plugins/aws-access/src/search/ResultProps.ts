import { SearchDocument } from '@backstage/plugin-search-common';
import { ReactNode } from 'react';

/** What the search page hands to what shows a result. */
export interface ResultProps {
  result?: SearchDocument;
  icon?: ReactNode;
}
