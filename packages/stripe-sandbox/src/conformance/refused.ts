/** For calls that must fail; what is captured then is the error. */
export async function refused(call: Promise<unknown>): Promise<void> {
  const succeeded = await call.then(
    () => true,
    () => false,
  );
  if (succeeded) throw new Error("The call succeeded and should have been refused");
}
