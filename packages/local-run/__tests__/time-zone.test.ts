/** The time zone of functions and of the app. */
import { useUtc } from '../src/time-zone';

test('useUtc sets TZ to UTC, and returns the TZ of the caller for the app', () => {
  const { TZ: before } = process.env;
  try {
    delete process.env['TZ'];
    expect({ ...process.env, ...useUtc() }['TZ']).toBeUndefined();
    process.env['TZ'] = 'Asia/Tokyo';
    expect({ ...process.env, ...useUtc() }['TZ']).toBe('Asia/Tokyo');
    expect(process.env['TZ']).toBe('UTC');
  } finally {
    delete process.env['TZ'];
    if (before !== undefined) process.env['TZ'] = before;
  }
});
