import { createApp } from '@backstage/frontend-defaults';
import { homePlugin } from './home';
import { navigationModule } from './navigation';
import { signInModule } from './signIn';

// Everything else, the AWS access plugin included, is discovered from
// package.json: see app.packages in app-config.yaml.
export default createApp({
  features: [homePlugin, navigationModule, signInModule],
});
