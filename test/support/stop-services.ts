/** After the last test. */
export default async function stopServices(): Promise<void> {
  await (globalThis as unknown as { stopServices?: () => Promise<void> }).stopServices?.();
}
