import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { NavContentComponentProps } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import { RiMenuLine, RiSearchLine } from '@remixicon/react';
import { PortalLogo } from './PortalLogo';

/** What people come for first, then the rest of the portal, then their own things. */
export function PortalSidebar({ navItems }: NavContentComponentProps) {
  const items = navItems.withComponent(({ icon, href, title }) => (
    <SidebarItem icon={() => <>{icon}</>} to={href} text={title} />
  ));
  // Notifications have an item of their own, which counts the unread ones.
  items.take('page:notifications');
  const search = items.take('page:search');
  const settings = items.take('page:user-settings');

  return (
    <Sidebar>
      <PortalLogo />
      <SidebarDivider />
      <SidebarGroup label="Search" icon={<RiSearchLine />} to="/search">
        {search}
      </SidebarGroup>
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<RiMenuLine />}>
        {items.take('page:aws-access')}
        {items.take('page:catalog')}
        {items.take('page:scaffolder')}
        <SidebarScrollWrapper>
          {items.rest({ sortBy: 'title' })}
        </SidebarScrollWrapper>
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem />
      <SidebarGroup
        label="Settings"
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        {settings}
      </SidebarGroup>
    </Sidebar>
  );
}
