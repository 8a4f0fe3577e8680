import { Link, useSidebarOpenState } from '@backstage/core-components';
import { Text } from '@backstage/ui';
import { ParcelMark } from './ParcelMark';

/** The company's mark, with its name where the sidebar has room for it. */
export function PortalLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      aria-label="Example Parcel portal, start page"
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: 12,
        height: 64,
        paddingLeft: 20,
      }}
    >
      <ParcelMark size={32} />
      {isOpen && (
        <Text weight="bold" style={{ color: '#ffffff' }}>
          Example Parcel
        </Text>
      )}
    </Link>
  );
}
