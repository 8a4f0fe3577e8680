import { useEffect, useState } from 'react';

/**
 * The present moment in milliseconds, renewed so that "2 min ago" and "3 h
 * left" stay true while a page is open.
 *
 * @param intervalMs - how often to look at the clock
 */
export function useNow(intervalMs = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return now;
}
